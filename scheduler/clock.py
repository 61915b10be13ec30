"""The wall clock, and how to notice that it jumped: it was set, or the machine slept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

JUMP = timedelta(seconds=30)


def utc_now() -> datetime:
    return datetime.now(UTC)


class Watch:
    """Holds the wall clock against one that only ever goes forward (seconds)."""

    def __init__(self, wall: Callable[[], datetime], steady: Callable[[], float]) -> None:
        self.wall = wall
        self.steady = steady
        self.offset = self.difference()

    def difference(self) -> timedelta:
        return self.wall() - datetime.fromtimestamp(self.steady(), UTC)

    def jump(self) -> timedelta:
        """By how much the wall clock has jumped since the last look; zero where it did not."""
        before, self.offset = self.offset, self.difference()
        by = self.offset - before
        return by if abs(by) >= JUMP else timedelta()
