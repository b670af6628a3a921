"""Stretches of a road under work, from one kilometre to another."""


def merged(stretches):
    result = []
    for start, end in sorted(stretches):
        if start > end:
            raise ValueError(f"a stretch from {start} to {end} runs backwards")
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def length(stretches):
    return sum(end - start for start, end in merged(stretches))


def open_road(stretches, start, end):
    """What is left of the road from start to end."""
    result = []
    for begins, ends in merged(stretches):
        if begins > start and start < end:
            result.append((start, min(begins, end)))
        start = max(start, ends)
    return result + [(start, end)] if start < end else result
