"""What was spent, by kind."""

from tables import rows


def totals(text):
    sums = {}
    for kind, amount in rows(text)[1:]:
        sums[kind] = sums.get(kind, 0) + int(amount)
    return sums
