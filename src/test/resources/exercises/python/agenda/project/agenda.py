"""What to do next: the most urgent first, and of those the oldest."""

from sorting import sorted_by_urgency


class Agenda:
    def __init__(self):
        self.entries = []

    def add(self, urgency, what):
        self.entries.append((urgency, what))

    def next(self):
        self.entries = sorted_by_urgency(self.entries)
        return self.entries.pop()[1]
