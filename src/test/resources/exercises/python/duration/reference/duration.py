"""Lengths of time as people write them: 1h30m, 45s, 2d."""

UNITS = {"d": 86400, "h": 3600, "m": 60, "s": 1}


def seconds(text):
    total, digits, largest = 0, "", None
    for letter in text.strip():
        if letter in "0123456789":
            digits += letter
            continue
        size = UNITS.get(letter)
        if size is None or not digits or (largest is not None and size >= largest):
            raise ValueError(f"{text!r} is no length of time")
        total += int(digits) * size
        digits, largest = "", size
    if digits or largest is None:
        raise ValueError(f"{text!r} is no length of time")
    return total


def written(seconds):
    if seconds < 0:
        raise ValueError("a length of time is not negative")
    parts = []
    for letter, size in UNITS.items():
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count}{letter}")
    return "".join(parts) or "0s"
