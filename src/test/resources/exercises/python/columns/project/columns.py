"""Lays rows of text out in columns."""


def columns(rows, gap=1):
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return [line(row, widths, gap) for row in rows]


def line(row, widths, gap):
    cells = [cell.ljust(width) for cell, width in zip(row, widths)]
    return (" " * gap).join(cells)


def is_number(cell):
    return cell.isdigit()
