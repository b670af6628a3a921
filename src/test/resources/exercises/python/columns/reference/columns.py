"""Lays rows of text out in columns."""


def columns(rows, gap=2):
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))] if rows else []
    return [line(row, widths, gap) for row in rows]


def line(row, widths, gap):
    cells = [cell.rjust(width) if is_number(cell) else cell.ljust(width) for cell, width in zip(row, widths)]
    return (" " * gap).join(cells).rstrip()


def is_number(cell):
    return cell.lstrip("-").replace(".", "", 1).isdigit()
