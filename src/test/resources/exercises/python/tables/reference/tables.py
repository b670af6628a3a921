"""Reads tables that spreadsheets write."""


def rows(text):
    found, row, cell, quoted = [], [], "", False
    position = 0
    while position < len(text):
        letter = text[position]
        position += 1
        if quoted:
            if letter != '"':
                cell += letter
            elif text[position:position + 1] == '"':
                cell += '"'
                position += 1
            else:
                quoted = False
        elif letter == '"' and not cell:
            quoted = True
        elif letter == ",":
            row.append(cell)
            cell = ""
        elif letter == "\n":
            found.append(row + [cell.removesuffix("\r")])
            row, cell = [], ""
        else:
            cell += letter
    if quoted:
        raise ValueError("a quote is left open")
    return found + [row + [cell]] if row or cell else found
