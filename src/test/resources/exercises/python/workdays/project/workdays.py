"""Days on which work is done: Monday to Friday, without holidays."""

from datetime import timedelta


def is_workday(day, holidays=()):
    return day.weekday() < 5


def after_workdays(start, count, holidays=()):
    """The day on which the work of so many workdays after the start is done."""
    return start + timedelta(days=count)
