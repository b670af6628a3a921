import stretches
from checks import refused, same


def test_any_order():
    same(stretches.merged([(7, 9), (1, 3), (2, 5)]), [(1, 5), (7, 9)])


def test_touching_and_inside():
    same(stretches.merged([(1, 3), (3, 4)]), [(1, 4)])
    same(stretches.merged([(1, 9), (2, 3)]), [(1, 9)])


def test_each_kilometre_counts_once():
    same(stretches.length([(1, 4), (2, 6), (10, 11)]), 6)
    same(stretches.length([]), 0)


def test_backwards():
    refused(stretches.merged, [(4, 1)])


def test_the_open_road():
    same(stretches.open_road([(2, 3), (5, 8)], 0, 10), [(0, 2), (3, 5), (8, 10)])
    same(stretches.open_road([(0, 4), (9, 20)], 1, 10), [(4, 9)])
    same(stretches.open_road([(0, 10)], 2, 8), [])
    same(stretches.open_road([(12, 13)], 1, 10), [(1, 10)])


def test_the_name():
    with open("stretches.py") as source:
        same("part" in source.read(), False)
