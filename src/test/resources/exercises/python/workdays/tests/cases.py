from datetime import date

import workdays
from checks import refused, same

HOLIDAYS = {date(2026, 12, 25), date(2027, 1, 1)}


def test_within_a_week():
    same(workdays.after_workdays(date(2026, 11, 2), 3), date(2026, 11, 5))


def test_over_a_weekend():
    same(workdays.after_workdays(date(2026, 11, 6), 1), date(2026, 11, 9))
    same(workdays.after_workdays(date(2026, 11, 7), 1), date(2026, 11, 9))


def test_over_holidays_and_the_end_of_the_year():
    same(workdays.after_workdays(date(2026, 12, 24), 6, HOLIDAYS), date(2027, 1, 5))


def test_in_a_leap_year():
    same(workdays.after_workdays(date(2028, 2, 28), 2), date(2028, 3, 1))


def test_no_work_and_less_than_none():
    same(workdays.after_workdays(date(2026, 11, 7), 0), date(2026, 11, 7))
    refused(workdays.after_workdays, date(2026, 11, 7), -1)


def test_counting():
    same(workdays.workdays_between(date(2026, 12, 21), date(2027, 1, 3), HOLIDAYS), 8)
    same(workdays.workdays_between(date(2026, 11, 7), date(2026, 11, 8)), 0)
    same(workdays.workdays_between(date(2026, 11, 9), date(2026, 11, 9)), 1)
