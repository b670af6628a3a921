from checks import refused, same
from plan import render


def test_a_flat_list():
    same(render(["dig", "plant"]), "1 dig\n2 plant\n")


def test_points_below_points():
    same(render(["a", ["b", ["c", "d"], "e"], "f"]),
         "1 a\n  1.1 b\n    1.1.1 c\n    1.1.2 d\n  1.2 e\n2 f\n")


def test_nothing():
    same(render([]), "")


def test_points_below_nothing():
    refused(render, [["lost"]])


def test_the_numbering_can_be_used_alone():
    from outline.numbering import numbered

    same(list(numbered(["a", ["b"]])), [(0, "1", "a"), (1, "1.1", "b")])


def test_two_hundred_levels():
    points = ["deepest"]
    for level in range(199):
        points = ["level", points]
    same(render(points).splitlines()[-1].split(), [".".join(["1"] * 200), "deepest"])
