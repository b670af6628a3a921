import os

from calc import value
from checks import refused, same


def test_products_before_sums():
    same(value("2+3*4 - 10/5"), 12.0)


def test_from_the_left():
    same((value("10-4-3"), value("100/10/2")), (3, 5.0))


def test_brackets_and_signs():
    same(value("-(2+3)*-(4 - 1)"), 15)


def test_fractions():
    same(value("1.5*4"), 6.0)


def test_what_is_no_sum():
    for text in ["", "1+", "(1", "1)", "1 2", "*3", "1/0", "two", "1..2"]:
        refused(value, text)


def test_the_program():
    same(os.access("bin/calc", os.X_OK), True)
    same(os.popen("bin/calc '6*7'").read(), "42\n")
    same(os.system("bin/calc '6*' 2>/dev/null"), 256)
