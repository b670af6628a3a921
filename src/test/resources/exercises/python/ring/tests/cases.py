from checks import refused, same
from ring import Ring


def test_a_new_ring_is_empty():
    same((len(Ring(3)), list(Ring(3))), (0, []))


def test_the_oldest_value_goes():
    ring = Ring(3)
    same([ring.add(n) for n in range(5)], [None, None, None, 0, 1])
    same(list(ring), [2, 3, 4])
    same(len(ring), 3)


def test_many_rounds():
    ring = Ring(4)
    for n in range(30):
        ring.add(n)
    same(list(ring), list(range(26, 30)))


def test_one_place():
    ring = Ring(1)
    same([ring.add("a"), ring.add("b"), list(ring)], [None, "a", ["b"]])


def test_no_place():
    refused(Ring, 0)
