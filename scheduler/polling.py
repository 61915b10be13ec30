"""When to ask a feed again: decided from how it was asked so far, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from scheduler.rhythm import HOUR, Rhythm, learn

Outcome = Literal["read", "unchanged", "failed", "killed"]

ANSWERED = ("read", "unchanged")

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
# What a request is worth: so many new articles, or so many minutes that they have waited together, or a part of each.
ARTICLES = 0.62
WAITED = 52.0
FILLED = 0.5  # of the articles that a feed shows: it is asked before more than this are new, lest one drop out unseen
SPREAD = 0.05  # of an interval, by which jitter may shorten or lengthen it
STEP = 15  # minutes for which the rate is taken as one
FULL_AFTER = DAY  # validators lie: after so long a feed is read in full again,
SILENT = 5.0  # or after so many articles that were to be expected, and a 304 each time
DAILY_AFTER = 3 * DAY  # a feed that has failed for so long is asked once a day
WEIGHTS = {"temporary": 0.25, "soft": 0.5, "hard": 1.0}  # of an interval, for each failure in a row
TEMPORARY = frozenset({"429", "503"})  # and a crawl that was killed
HARD = ("401", "403", "404", "410", "dns", "forbidden by robots.txt", "a page for readers")


@dataclass(frozen=True, slots=True)
class Poll:
    """One asking of a feed, and what came of it.

    `read` is a full answer, `unchanged` a 304, `failed` one that could not be had or read (`error` says why: an HTTP
    status such as "503", "timeout", "dns", or a sentence), `killed` one whose crawl did not end (`error` says why where
    that is known). `links` counts the articles it named, `new` those of them that were not known before. `wait` is how
    long its answer asked to be left alone (Cache-Control, Expires, `<ttl>`).
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


def decide(history: History, now: datetime, chance: float, price: float = 1.0) -> Decision:
    """When to ask a feed again, `now` being right after its last poll; `chance` (0 to 1) spreads feeds in time.

    `price` is what a request costs against the usual: the dearer, the rarer feeds are asked (`benchmarks.polling`).

    A feed that was never asked is due at once. The interval and the time between two polls stay within the outlet's
    bounds; failures lengthen them, up to a day, and what the server asked for wins over all, up to a day.
    """
    if not history.polls:
        return Decision(now, history.floor, "never asked", full=True)
    rhythm = learn(published(history), history.polls[0].at, now, history.zone)
    failures = failed_in_a_row(history.polls)
    interval, reason = backed_off(history, rhythm, now) if failures else usual(history, rhythm, now, price)
    ceiling = max(history.ceiling, DAY) if failures else history.ceiling
    spread = min(max(interval * (1 + SPREAD * (2 * chance - 1)), history.floor), ceiling)
    wait = min(history.polls[-1].wait, DAY)
    if wait > spread:
        interval, spread, reason = wait, wait, "the server asked to wait so long"
    return Decision(now + spread, interval, reason, full=wants_full(history.polls, rhythm, now))


def published(history: History) -> Sequence[datetime]:
    """When the articles were published; where the feed does not tell, spread over the time between two polls."""
    answered = [poll for poll in history.polls if poll.outcome in ANSWERED]
    if 2 * len(history.published) >= sum(poll.new for poll in answered[1:]):
        return history.published
    return [
        before.at + (poll.at - before.at) * (number + 0.5) / poll.new
        for before, poll in pairwise(answered)
        for number in range(poll.new)
    ]


def usual(history: History, rhythm: Rhythm, now: datetime, price: float) -> tuple[timedelta, str]:
    """The interval of a feed that answers: until the articles expected are worth a request (docs/polling.md)."""
    links = max((poll.links for poll in history.polls if poll.outcome == "read"), default=0)
    room = max(FILLED * links, 1.0)
    minutes, most = 0, int(history.ceiling / MINUTE)
    expected = waited = rate = 0.0
    while minutes < most and expected < room and expected / ARTICLES + waited / WAITED < price:
        if minutes % STEP == 0:
            rate = rhythm.rate(now + minutes * MINUTE) / 60
        minutes += 1
        expected += rate
        waited += expected
    interval = min(max(minutes * MINUTE, history.floor), history.ceiling)
    return interval, f"about {24 * rhythm.mean:.1f} articles a day, {rhythm.rate(now):.1f} an hour now"


def backed_off(history: History, rhythm: Rhythm, now: datetime) -> tuple[timedelta, str]:
    """The interval of a feed that failed: its mean one, a share of it more for each failure in a row, at last a day.

    Its mean one, as the one by the hour would shrink from failure to failure before a busy hour.
    """
    failed = history.polls[len(history.polls) - failed_in_a_row(history.polls) :]
    last = failed[-1].error or failed[-1].outcome
    reason = f"failed {len(failed)} times in a row, last by {last}" if len(failed) > 1 else f"failed once, by {last}"
    if now - failed[0].at >= DAILY_AFTER:
        return max(DAY, history.floor), reason
    base = min(max(HOUR * ARTICLES / rhythm.mean, history.floor), history.ceiling)
    weight = sum(WEIGHTS[error_class(poll.error or poll.outcome)] for poll in failed)
    return min(base * (1 + weight), max(history.floor, DAY)), reason


def failed_in_a_row(polls: Sequence[Poll]) -> int:
    """How many of the last polls failed."""
    for count, poll in enumerate(reversed(polls)):
        if poll.outcome in ANSWERED:
            return count
    return len(polls)


def error_class(error: str) -> str:
    if error in TEMPORARY or error.startswith("killed"):
        return "temporary"
    return "hard" if error.startswith(HARD) else "soft"


def wants_full(polls: Sequence[Poll], rhythm: Rhythm, now: datetime) -> bool:
    """Whether the next poll sends no validators: none was read in full for a day, or a 304 is hard to believe."""
    read = [poll.at for poll in polls if poll.outcome == "read"]
    if not read or now - read[-1] >= FULL_AFTER:
        return True
    hours = range(int((now - read[-1]) / HOUR))
    return sum(rhythm.rate(now - hour * HOUR) for hour in hours) >= SILENT
