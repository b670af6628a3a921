from checks import refused, same
from duration import seconds, written


def test_one_unit():
    same(seconds("45s"), 45)
    same(seconds("2d"), 172800)


def test_several_units():
    same(seconds("1h30m"), 5400)
    same(seconds(" 1d1h1m1s "), 90061)


def test_what_is_no_length_of_time():
    for text in ["", "5", "h", "1x", "1m1h", "1h1h", "-1s", "1h 30m"]:
        refused(seconds, text)


def test_writing():
    same(written(0), "0s")
    same(written(5400), "1h30m")
    refused(written, -1)


def test_there_and_back():
    for count in [1, 59, 60, 61, 3599, 86399, 86400, 1234567]:
        same(seconds(written(count)), count)
