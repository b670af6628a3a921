"""Prints a plan with its points numbered."""

from outline.numbering import numbered


def render(points):
    return "".join(f"{'  ' * depth}{number} {title}\n" for depth, number, title in numbered(points))
