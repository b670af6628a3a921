"""Prints a plan with its points numbered."""


def render(points):
    raise NotImplementedError
