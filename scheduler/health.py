"""How an outlet is: held against its own history, with a sentence why. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Literal

State = Literal["ok", "watch", "broken"]
Finding = tuple[State, str]

FAILED_OFTEN = 3  # polls in a row
SILENT, SILENT_LONG = 1.5, 3.0  # times the longest pause so far
SILENT_LEAST, SILENT_LONG_LEAST = timedelta(hours=12), timedelta(days=3)
SILENT_UNKNOWN = timedelta(days=7)  # for an outlet whose pauses are not known yet
KNOWN_ARTICLES, KNOWN_READS = 10, 6
COLLAPSED, VANISHED = 1 / 3, 1 / 10  # of the usual number of links
FEWER, GONE = 0.3, 0.6  # of the articles, that have lost a field
VISITS, WORSE, MOST = 10, 0.2, 0.5  # visits to judge by; a share of them
CHALLENGE = ("a challenge page", "access denied")
FORBIDDEN = "forbidden by robots.txt"
SEVERITY = {"ok": 0, "watch": 1, "broken": 2}


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as its polls have left it: failures in a row with the last cause, when it last answered (or None), and
    how many links its last full answers named, the latest last."""

    source: str
    failures: int = 0
    error: str = ""
    read_at: datetime | None = None
    links: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Visits:
    """Pages asked for: how many, how many of them were no articles, and challenges among those."""

    count: int = 0
    unreadable: int = 0
    challenges: int = 0

    def share(self, part: int) -> float:
        return part / self.count if self.count else 0.0


@dataclass(frozen=True, slots=True)
class Facts:
    """What an outlet is judged by. `published` are the times of its articles in the last weeks; visits, fill rates
    (field -> share of articles that have it) and the share of links that robots.txt forbids are those of late and those
    before."""

    min_links: int
    feeds: tuple[Feed, ...]
    published: Sequence[datetime]
    visits: Visits = Visits()
    visits_before: Visits = Visits()
    filled: Mapping[str, float] | None = None
    filled_before: Mapping[str, float] | None = None
    forbidden: float = 0.0
    forbidden_before: float = 0.0


def judge(facts: Facts) -> Finding:
    """`ok`, `watch` or `broken`, and why: all that is as bad as the worst, in sentences."""
    found = [*failing(facts), *silent(facts), *collapsed(facts), *missing(facts), *refused(facts)]
    if not found:
        return "ok", unheard(facts)
    worst = max((state for state, _ in found), key=SEVERITY.__getitem__)
    return worst, "; ".join(why for state, why in found if state == worst)


def unheard(facts: Facts) -> str:
    """That nothing is known of the outlet yet, which is no finding; empty where it has answered."""
    if any(feed.read_at for feed in facts.feeds):
        return ""
    last = next((feed.error or "killed" for feed in facts.feeds if feed.failures), "")
    return f"has not answered yet, last: {last}" if last else "not asked yet"


def failing(facts: Facts) -> Iterator[Finding]:
    """Feeds that cannot be had, or may not."""
    bad = [feed for feed in facts.feeds if feed.failures >= FAILED_OFTEN or feed.error == FORBIDDEN]
    for feed in bad:
        times = "once" if feed.failures == 1 else f"{feed.failures} times in a row"
        why = f"is {FORBIDDEN}" if feed.error == FORBIDDEN else f"failed {times}, last: {feed.error or 'killed'}"
        yield "broken" if len(bad) == len(facts.feeds) else "watch", f"{feed.source} {why}"


def silent(facts: Facts) -> Iterator[Finding]:
    """No new article for longer than was ever usual, though the feeds answered."""
    read_at = max((feed.read_at for feed in facts.feeds if feed.read_at), default=None)
    if read_at is None:
        return
    times = sorted(time for time in facts.published if time <= read_at)
    if len(times) < KNOWN_ARTICLES:
        if times and read_at - times[-1] > SILENT_UNKNOWN:
            yield "watch", f"no new article for {spoken(read_at - times[-1])}"
        return
    pause, usual = read_at - times[-1], max(after - before for before, after in pairwise(times))
    why = f"no new article for {spoken(pause)}, the longest pause before was {spoken(usual)}"
    if pause > max(SILENT_LONG * usual, SILENT_LONG_LEAST):
        yield "broken", why
    elif pause > max(SILENT * usual, SILENT_LEAST):
        yield "watch", why


def collapsed(facts: Facts) -> Iterator[Finding]:
    """Feeds that twice in a row name far fewer links than before, or fewer in all than the outlet's file asks for."""
    for feed in facts.feeds:
        if len(feed.links) < KNOWN_READS:
            continue
        usual, most = median(feed.links[:-2]), max(feed.links[-2:])
        why = f"{feed.source} names {feed.links[-1]} links, {usual:g} were usual"
        if most < VANISHED * usual:
            yield "broken", why
        elif most < COLLAPSED * usual:
            yield "watch", why
    links = sum(feed.links[-1] for feed in facts.feeds if feed.links)
    if links < facts.min_links and all(feed.links for feed in facts.feeds):
        yield "broken", f"{links} links in all, expected at least {facts.min_links}"


def missing(facts: Facts) -> Iterator[Finding]:
    """Fields that articles lack more often than before."""
    if not facts.filled or not facts.filled_before:
        return
    for name, before in facts.filled_before.items():
        now = facts.filled[name]
        why = f"{now:.0%} of the last articles have a {name}, {before:.0%} had before"
        if before - now >= GONE and name != "section":
            yield "broken", why
        elif before - now >= FEWER:
            yield "watch", why


def refused(facts: Facts) -> Iterator[Finding]:
    """Pages that are forbidden, challenges, or no articles."""
    if facts.forbidden - facts.forbidden_before >= WORSE:
        why = f"robots.txt forbids {facts.forbidden:.0%} of the links, {facts.forbidden_before:.0%} were usual"
        yield ("broken" if facts.forbidden >= MOST else "watch"), why
    late, before = facts.visits, facts.visits_before
    if late.count < VISITS:
        return
    challenges, unreadable = late.share(late.challenges), late.share(late.unreadable)
    if challenges >= WORSE:
        yield ("broken" if challenges >= MOST else "watch"), f"{challenges:.0%} of the last pages are challenges"
    elif unreadable - before.share(before.unreadable) >= WORSE:
        why = f"{unreadable:.0%} of the last pages are no articles, {before.share(before.unreadable):.0%} were before"
        yield ("broken" if unreadable >= MOST else "watch"), why


def spoken(time: timedelta) -> str:
    hours = time.total_seconds() / 3600
    return f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.0f} days"
