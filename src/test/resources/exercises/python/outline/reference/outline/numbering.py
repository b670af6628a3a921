"""Numbers the points of an outline."""


def numbered(points, prefix="", depth=0):
    """Yields depth, number and title; a list after a title holds the points below it."""
    count = 0
    for point in points:
        if isinstance(point, str):
            count += 1
            yield depth, f"{prefix}{count}", point
        elif count == 0:
            raise ValueError("points below need a title above them")
        else:
            yield from numbered(point, f"{prefix}{count}.", depth + 1)
