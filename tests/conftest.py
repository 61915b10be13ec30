"""Hypothesis times no example: how fast code is, benchmarks measure, and other work shares the machine."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
