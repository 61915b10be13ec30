"""When to ask a feed again: decided from how it was asked so far, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Outcome = Literal["read", "unchanged", "failed", "killed"]

DAY = timedelta(days=1)
FULL_AFTER = DAY  # validators lie: after so long a feed is read in full again
WEIGHTS = {"temporary": 0.25, "soft": 0.5, "hard": 1.0}  # of an interval, for each failure in a row
TEMPORARY = frozenset({"429", "503", "killed"})
HARD = ("401", "403", "404", "410", "dns", "forbidden by robots.txt", "a page for readers")


@dataclass(frozen=True, slots=True)
class Poll:
    """One asking of a feed, and what came of it.

    `read` is a full answer, `unchanged` a 304, `failed` one that could not be had or read (`error` says why: an HTTP
    status such as "503", "timeout", "dns", or a sentence), `killed` one whose crawl did not end. `links` counts the
    articles it named, `new` those of them that were not known before. `wait` is how long its answer asked to be left
    alone (Cache-Control, Expires, `<ttl>`).
    """

    at: datetime
    outcome: Outcome
    links: int = 0
    new: int = 0
    error: str = ""
    wait: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class History:
    """What is known of a feed: its last polls (the earliest first), when the items were published that polls of the
    last five weeks found new (in any order), the bounds of its outlet's file, and the zone whose hours it keeps."""

    polls: Sequence[Poll]
    published: Sequence[datetime]
    floor: timedelta
    ceiling: timedelta
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Decision:
    """When to ask next, after which interval (before jitter), why in a sentence, and whether without validators."""

    next_check_at: datetime
    interval: timedelta
    reason: str
    full: bool


def decide(history: History, now: datetime, chance: float) -> Decision:
    """When to ask a feed again, `now` being right after its last poll; `chance` (0 to 1) spreads feeds in time.

    A feed that was never asked is due at once. The interval stays within the outlet's bounds; failures lengthen it, up
    to a day, and what the server asked for wins over both bounds, up to a day.
    """
    if not history.polls:
        return Decision(now, history.floor, "never asked", full=True)
    interval, reason = usual(history)
    failures = failed_in_a_row(history.polls)
    if failures:
        last = history.polls[-1]
        weight = WEIGHTS[error_class(last.error or last.outcome)]
        interval = min(interval * (1 + failures * weight), max(history.ceiling, DAY))
        reason = f"failed {failures} times in a row, last by {last.error or last.outcome}"
    wait = min(history.polls[-1].wait, DAY)
    if wait > interval:
        interval, reason = wait, "the server asked for it"
    jitter = interval * 0.1 * (2 * chance - 1)
    return Decision(now + max(wait, interval + jitter), interval, reason, full=wants_full(history.polls, now))


def usual(history: History) -> tuple[timedelta, str]:
    """The interval of a feed that answers: half the usual time between its items, by how many were new lately."""
    read = [poll for poll in history.polls if poll.outcome in ("read", "unchanged")]
    if len(read) < 2:
        return within(history, 2 * history.floor), "too early to know it"
    span, new = read[-1].at - read[0].at, sum(poll.new for poll in read[1:])
    if not new:
        return within(history, max(2 * (read[-1].at - read[-2].at), 2 * history.floor)), "nothing new lately"
    return within(history, span / new / 2), f"{new} new in {span.total_seconds() / 3600:.1f} hours"


def within(history: History, interval: timedelta) -> timedelta:
    return min(max(interval, history.floor), history.ceiling)


def failed_in_a_row(polls: Sequence[Poll]) -> int:
    """How many of the last polls failed."""
    for count, poll in enumerate(reversed(polls)):
        if poll.outcome in ("read", "unchanged"):
            return count
    return len(polls)


def error_class(error: str) -> str:
    if error in TEMPORARY:
        return "temporary"
    return "hard" if error.startswith(HARD) else "soft"


def wants_full(polls: Sequence[Poll], now: datetime) -> bool:
    """Whether the next poll sends no validators: the last full answer is a day old, or the last poll had none."""
    read = [poll.at for poll in polls if poll.outcome == "read"]
    return not read or now - read[-1] >= FULL_AFTER
