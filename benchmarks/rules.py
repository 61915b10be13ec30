"""Rules by which pollers choose when to ask a feed again: fixed ones, two published ones, and ours.

A rule is made anew for each feed, shown each poll as the feed's answer, and names the next time.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from scheduler import polling

MINUTE = timedelta(minutes=1)
WEEK = timedelta(days=7)
FLOOR, CEILING = 10 * MINUTE, timedelta(days=1)  # as an outlet file has them by default


@dataclass(frozen=True, slots=True)
class Answer:
    """What a poll showed: the articles in the feed, which of them were new, and the times that it tells of the new."""

    at: datetime
    links: int
    new: int
    published: Sequence[datetime]


Rule = Callable[[Answer], datetime]
"""From an answer to the time of the next poll."""


def fixed(minutes: int) -> Rule:
    return lambda answer: answer.at + minutes * MINUTE


def miniflux() -> Rule:
    """miniflux, `POLLING_SCHEDULER=entry_frequency` with its defaults (factor 1, 5 minutes to 24 hours).

    internal/model/feed.go, ScheduleNextCheck, and internal/storage/feed.go, WeeklyFeedEntryCount: the weekly count is
    a week by the mean gap of the articles published in the last week, 0 where these are fewer than two. An article
    without a time counts as published when it was found. Read in its favour: the queue is looked at all the time, not
    every POLLING_FREQUENCY (60) minutes.
    """
    times: list[datetime] = []

    def next_check(answer: Answer) -> datetime:
        times.extend(answer.published or [answer.at] * answer.new)
        times[:] = [time for time in times if time >= answer.at - WEEK]
        span = max(times) - min(times) if times else timedelta()
        weekly = ceil(WEEK / (span / (len(times) - 1))) if span else 0
        minutes = round(WEEK / MINUTE / weekly) if weekly else 24 * 60
        return answer.at + min(max(minutes, 5), 24 * 60) * MINUTE

    return next_check


def media_cloud() -> Rule:
    """Media Cloud's rss-fetcher, with the defaults of fetcher/config.py (db74c74) and fetcher/tasks.py, update_feed.

    From 6 hours: where 67 % or more of a feed's articles were known, 10 minutes longer (no change counts as 100 %);
    where under 33 % were, an hour shorter, or 6 hours where it was more; 10 minutes to 24 hours. The first answer
    changes nothing. Its polls come on time, and articles were new within the last 31 days.
    """
    minutes, answers = 6 * 60, 0

    def next_check(answer: Answer) -> datetime:
        nonlocal minutes, answers
        answers += 1
        known = 100 * (1 - answer.new / answer.links) if answer.links else 100
        if answers > 1 and known >= 67:
            minutes = min(minutes + 10, 24 * 60)
        elif answers > 1 and known < 33:
            minutes = 6 * 60 if minutes > 6 * 60 else max(minutes - 60, 10)
        return answer.at + minutes * MINUTE

    return next_check


def ours(zone: ZoneInfo, seed: str, price: float = 1.0) -> Rule:
    """`scheduler/polling.py`, fed as the scheduler feeds it: the last 50 polls, and the times of the last 35 days."""
    chance = random.Random(seed)
    polls: deque[polling.Poll] = deque(maxlen=50)
    found: deque[tuple[datetime, Sequence[datetime]]] = deque()

    def next_check(answer: Answer) -> datetime:
        outcome: polling.Outcome = "read" if answer.new or not polls else "unchanged"
        polls.append(polling.Poll(answer.at, outcome, answer.links, answer.new))
        found.append((answer.at, answer.published))
        while found[0][0] < answer.at - timedelta(days=35):
            found.popleft()
        published = [time for _, times in found for time in times]
        history = polling.History(list(polls), published, FLOOR, CEILING, zone)
        return polling.decide(history, answer.at, chance.random(), price).next_check_at

    return next_check
