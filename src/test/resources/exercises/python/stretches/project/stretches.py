"""Stretches of a road under work, from one kilometre to another."""


def merged(parts):
    result = []
    for part in parts:
        if result and part[0] < result[-1][1]:
            result[-1] = (result[-1][0], part[1])
        else:
            result.append(part)
    return result


def length(parts):
    return sum(part[1] - part[0] for part in parts)
