"""Days on which work is done: Monday to Friday, without holidays."""

from datetime import timedelta


def is_workday(day, holidays=()):
    return day.weekday() < 5 and day not in holidays


def after_workdays(start, count, holidays=()):
    """The day on which the work of so many workdays after the start is done."""
    if count < 0:
        raise ValueError("work is not done before it starts")
    day = start
    while count > 0:
        day += timedelta(days=1)
        if is_workday(day, holidays):
            count -= 1
    return day


def workdays_between(first, last, holidays=()):
    """How many workdays there are from the first day to the last, both counted."""
    days = (last - first).days + 1
    return sum(is_workday(first + timedelta(days=n), holidays) for n in range(days))
