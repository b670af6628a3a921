"""What was spent, by kind."""

from csvread import rows


def totals(text):
    sums = {}
    for kind, amount in rows(text):
        sums[kind] = sums.get(kind, 0) + int(amount)
    return sums
