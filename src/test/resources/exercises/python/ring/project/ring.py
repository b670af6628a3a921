"""Keeps the last few values."""


class Ring:
    def __init__(self, size):
        self.size = size
        self.values = []

    def add(self, value):
        self.values.append(value)

    def __iter__(self):
        return iter(self.values)
