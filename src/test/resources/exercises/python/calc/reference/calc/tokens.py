"""Cuts a sum into numbers and signs."""

import re

TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|([-+*/()]))")


def tokens(text):
    found, position, text = [], 0, text.rstrip()
    while position < len(text):
        token = TOKEN.match(text, position)
        if token is None:
            raise ValueError(f"nothing to be made of {text[position:]!r}")
        number, sign = token.groups()
        found.append(sign or (float(number) if "." in number else int(number)))
        position = token.end()
    return found
