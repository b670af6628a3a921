from checks import refused, same
from gate import Gate


def test_a_car_passes():
    gate = Gate()
    same([gate.on(event) for event in ["ticket", "up", "passed", "down"]],
         ["opening", "open", "closing", "closed"])
    same(gate.cars, 1)


def test_something_in_the_way_opens_it_again():
    gate = Gate()
    for event in ["ticket", "up", "passed", "blocked", "up", "passed", "down"]:
        gate.on(event)
    same((gate.state, gate.cars), ("closed", 2))


def test_an_event_out_of_place_changes_nothing():
    gate = Gate()
    for event in ["up", "passed", "down", "blocked", "rain"]:
        refused(gate.on, event)
    same((gate.state, gate.cars), ("closed", 0))
