"""Reads tables that spreadsheets write."""


def rows(text):
    return [line.split(",") for line in text.splitlines()]
