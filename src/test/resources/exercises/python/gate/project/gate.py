"""The gate of a car park: a ticket opens it, and it closes behind the car."""


class Gate:
    def __init__(self):
        self.state = "closed"
        self.cars = 0

    def on(self, event):
        if self.state == "closed" and event == "ticket":
            self.state = "open"
        elif self.state == "open" and event == "passed":
            self.state = "closed"
        return self.state
