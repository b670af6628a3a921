"""What to do next: the most urgent first, and of those the oldest."""

import heapq


class Agenda:
    def __init__(self):
        self.entries = []
        self.count = 0
        self.dropped = set()

    def add(self, urgency, what):
        """Gives a ticket, by which it can be dropped."""
        self.count += 1
        heapq.heappush(self.entries, (-urgency, self.count, what))
        return self.count

    def drop(self, ticket):
        self.dropped.add(ticket)

    def next(self):
        """The next thing to do, or None."""
        while self.entries:
            _, ticket, what = heapq.heappop(self.entries)
            if ticket not in self.dropped:
                return what
            self.dropped.remove(ticket)
        return None
