from checks import same
from columns import columns


def test_text_stands_left():
    same(columns([["apple", "red"], ["fig", "violet"]]), ["apple  red", "fig    violet"])


def test_numbers_stand_right():
    same(columns([["apple", "7", "kg"], ["fig", "12", "g"]]), ["apple   7  kg", "fig    12  g"])


def test_all_kinds_of_numbers():
    same(columns([["a", "-1"], ["b", "10.25"], ["c", "1.2.3"]]), ["a     -1", "b  10.25", "c  1.2.3"])


def test_the_gap_can_be_chosen():
    same(columns([["a", "b"]], gap=4), ["a    b"])


def test_no_rows():
    same(columns([]), [])
