"""Works a sum out: products before sums, from the left."""


def parse(tokens):
    rest = list(reversed(tokens))
    result = total(rest)
    if rest:
        raise ValueError(f"{rest[-1]!r} is out of place")
    return result


def total(rest):
    result = product(rest)
    while rest and rest[-1] in ("+", "-"):
        result = result + product(rest) if rest.pop() == "+" else result - product(rest)
    return result


def product(rest):
    result = factor(rest)
    while rest and rest[-1] in ("*", "/"):
        if rest.pop() == "*":
            result *= factor(rest)
        else:
            divisor = factor(rest)
            if divisor == 0:
                raise ValueError("nothing can be divided by zero")
            result /= divisor
    return result


def factor(rest):
    token = rest.pop() if rest else "the end"
    if token == "-":
        return -factor(rest)
    if token == "(":
        result = total(rest)
        if not rest or rest.pop() != ")":
            raise ValueError("a bracket is left open")
        return result
    if isinstance(token, str):
        raise ValueError(f"{token!r} is out of place")
    return token
