"""The gate of a car park: a ticket opens it, and it closes behind the car."""

STEPS = {
    ("closed", "ticket"): "opening",
    ("opening", "up"): "open",
    ("open", "passed"): "closing",
    ("closing", "down"): "closed",
    ("closing", "blocked"): "opening",
}


class Gate:
    def __init__(self):
        self.state = "closed"
        self.cars = 0

    def on(self, event):
        after = STEPS.get((self.state, event))
        if after is None:
            raise ValueError(f"{event!r} cannot come while the gate is {self.state}")
        if event == "passed":
            self.cars += 1
        self.state = after
        return self.state
