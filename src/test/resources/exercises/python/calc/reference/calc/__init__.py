"""Sums with + - * / and brackets, on whole numbers and fractions."""

from calc.parse import parse
from calc.tokens import tokens


def value(text):
    return parse(tokens(text))
