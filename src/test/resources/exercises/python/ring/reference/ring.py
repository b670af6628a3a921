"""Keeps the last few values."""


class Ring:
    def __init__(self, size):
        if size < 1:
            raise ValueError("a ring holds one value at least")
        self.size = size
        self.values = []
        self.oldest = 0

    def add(self, value):
        """Gives the value that had to go, or None."""
        if len(self.values) < self.size:
            self.values.append(value)
            return None
        gone = self.values[self.oldest]
        self.values[self.oldest] = value
        self.oldest = (self.oldest + 1) % self.size
        return gone

    def __len__(self):
        return len(self.values)

    def __iter__(self):
        """From the oldest to the newest."""
        for n in range(len(self.values)):
            yield self.values[(self.oldest + n) % len(self.values)]
