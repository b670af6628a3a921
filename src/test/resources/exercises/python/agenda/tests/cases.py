import os

from agenda import Agenda
from checks import same


def test_the_most_urgent_first():
    agenda = Agenda()
    for urgency, what in [(1, "rest"), (9, "fire"), (5, "cook")]:
        agenda.add(urgency, what)
    same([agenda.next() for _ in range(4)], ["fire", "cook", "rest", None])


def test_the_oldest_of_equals():
    agenda = Agenda()
    for what in "dbca":
        agenda.add(3, what)
    same("".join(agenda.next() for _ in range(4)), "dbca")


def test_things_that_have_no_order():
    agenda = Agenda()
    agenda.add(1, {"a": 1})
    agenda.add(1, {"b": 2})
    same(agenda.next(), {"a": 1})


def test_dropped_things_do_not_come():
    agenda = Agenda()
    agenda.add(1, "stay")
    ticket = agenda.add(2, "go")
    agenda.drop(ticket)
    same([agenda.next(), agenda.next()], ["stay", None])


def test_the_old_sort_is_gone():
    same([os.path.exists("sorting.py"), os.listdir("notes")], [False, ["names.txt"]])
