"""Lengths of time as people write them: 1h30m, 45s, 2d."""


def seconds(text):
    raise NotImplementedError


def written(seconds):
    raise NotImplementedError
