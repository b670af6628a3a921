"""Runs every test_... function of cases.py and says how many of them failed."""

import os
import sys


def same(actual, expected):
    if actual != expected:
        raise AssertionError(f"{actual!r} is not {expected!r}")


def refused(call, *arguments):
    try:
        result = call(*arguments)
    except ValueError:
        return
    raise AssertionError(f"{arguments!r} is not refused but gives {result!r}")


def main():
    sys.path.insert(0, os.getcwd())
    import cases

    tests = [test for name, test in vars(cases).items() if name.startswith("test_")]
    failed = 0
    for test in tests:
        try:
            test()
        except Exception as problem:
            failed += 1
            print(f"FAILED {test.__name__}: {type(problem).__name__}: {problem}")
    print(f"{failed} of {len(tests)} tests failed" if failed else f"all {len(tests)} tests passed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
