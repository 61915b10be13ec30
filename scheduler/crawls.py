"""The crawls of due feeds: batched, given to children, and each feed's next time decided from what came of it."""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from crawler.codes import save_codes
from crawler.outlets import Outlet
from crawler.patience import host_of
from db import Database, DatabaseUnusable, connect, jobs, polls, store, writing
from db.models import PollResult
from scheduler import polling
from scheduler.children import Limits, work
from scheduler.cli import Workplace
from scheduler.feeds import feeds_of, named
from scheduler.logs import tell, warn

BATCH_OUTLETS = 25  # a child
CHILDREN = 2  # at once: a slow outlet does not keep all others waiting
GRACE_SECONDS = 6.0  # of the ten that a stop may take
KEPT_POLLS = 50
KEPT_TIMES = timedelta(days=35)
COMMAND = (sys.executable, "-m", "crawler.batch")

Batch = dict[str, dict[str, dict[str, str]]]
"""By outlet the sources to ask, with the headers to send."""


def add_outlets(db: Database, outlets: Mapping[str, Outlet], now: datetime) -> None:
    """Make sure that each feed of these outlets is polled; an outlet whose spider needs no source by its home."""
    save_codes(db, outlets.values())
    feeds = [(slug, source, host_of(source)) for slug, one in outlets.items() for source in feeds_of(one)]
    polls.add_polls(db, feeds, now)


def batches(rows: Iterable[polls.Row], outlets: Mapping[str, Outlet], busy: set[str]) -> list[Batch]:
    """The due feeds by outlet, in batches; an outlet whose last crawl was killed goes alone, as it may kill again.

    Feeds that the outlets' files do not name any more are passed over, and so are outlets under way.
    """
    feeds: Batch = {}
    suspects = set()
    for row in named(rows, outlets):
        slug = row["outlet"]
        if slug in busy:
            continue
        feeds.setdefault(slug, {})[row["source"]] = validators(row)
        suspects |= {slug} if row["outcome"] == "killed" else set()
    trusted = [slug for slug in feeds if slug not in suspects]
    groups = [trusted[start : start + BATCH_OUTLETS] for start in range(0, len(trusted), BATCH_OUTLETS)]
    return [{slug: feeds[slug] for slug in group} for group in (*groups, *([slug] for slug in sorted(suspects)))]


def validators(row: polls.Row) -> dict[str, str]:
    named = {"If-None-Match": row["etag"], "If-Modified-Since": row["last_modified"]}
    return {name: value for name, value in named.items() if value}


def decide_pending(db: Database, outlets: Mapping[str, Outlet], zone: ZoneInfo, now: datetime) -> None:
    """Decide when each feed is asked next that was asked since the last decision."""
    for row in polls.pending(db):
        outlet = outlets.get(row["outlet"])
        if outlet is None:
            continue
        history = history_of(db, row["id"], outlet, zone, now)
        failures = polling.failed_in_a_row(history.polls)
        decision = polling.decide(history, now, random.random())  # noqa: S311 - spreads feeds in time, guards nothing
        at, reason = decision.next_check_at, decision.reason
        if failures == 1 and history.polls[-1].outcome == "killed":
            at, reason = now, "its crawl was killed; it is asked once more at once"
        facts = {"reason": reason, "full": decision.full, "failures": failures}
        polls.save_decision(db, row["id"], at, decision.interval, **facts)


def history_of(db: Database, poll_id: int, outlet: Outlet, zone: ZoneInfo, now: datetime) -> polling.History:
    rows = polls.results(db, poll_id, KEPT_POLLS)
    return polling.History(
        polls=[
            polling.Poll(
                **row | {"at": datetime.fromisoformat(row["at"]), "wait": timedelta(seconds=row["wait"])},
            )
            for row in rows
        ],
        published=[datetime.fromisoformat(text) for text in polls.published(db, poll_id, now - KEPT_TIMES)],
        floor=timedelta(minutes=outlet.poll_floor),
        ceiling=timedelta(minutes=outlet.poll_ceiling),
        zone=zone,
    )


class Crawls:
    """The crawls under way. `heard` is shown what each outlet's crawl tells, once its feeds' next times are decided."""

    def __init__(
        self, stop: asyncio.Event, clock: Callable[[], datetime], heard: Callable[[Mapping[str, Any]], None]
    ) -> None:
        self.stop = stop
        self.clock = clock
        self.heard = heard
        self.busy: set[str] = set()  # outlets
        self.tasks: set[asyncio.Task[None]] = set()
        self.killed = False  # whether a crawl did not come to its end

    def start_due(self, workplace: Workplace, db: Database, since: datetime | None = None) -> None:
        """Give the feeds that are due, with `since` those not asked since then, to children, as long as there may be
        more of these."""
        due = polls.due(db, self.clock(), since)
        for batch in batches(due, workplace.on(), self.busy):
            if len(self.tasks) >= CHILDREN or self.stop.is_set():
                return
            self.busy |= batch.keys()
            jobs.start(db, "crawl", self.clock())
            task = asyncio.create_task(self.crawl(workplace, batch))
            self.tasks.add(task)
            task.add_done_callback(self.finish)

    def finish(self, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            warn("crawl failed", error=f"{type(error).__name__}: {error}")

    async def crawl(self, workplace: Workplace, batch: Batch) -> None:
        """One child, from its order to the last of its outlets."""
        run = workplace.config.run
        limits = Limits(60.0 * run.crawl_minutes, GRACE_SECONDS, run.crawl_megabytes * 2**20)
        order = json.dumps({"settings": workplace.scrapy_settings(), "outlets": batch})
        left, cut = dict(batch), set[str]()
        try:
            tell("crawl starts", outlets=len(batch), feeds=sum(map(len, batch.values())))
            hear = partial(self.hear, workplace, left, cut)
            ending = await work(COMMAND, order, limits, hear, complain, self.stop)
            why = ending.why or (f"status {ending.status}" if ending.status else "")
            self.killed = self.killed or bool(left)
            tell("crawl ends", outlets=len(batch), unfinished=",".join(left), why=why)
            with connect(workplace.config.database) as db:
                park(db, left, cut, self.clock(), None if self.stop.is_set() else why)
                decide_pending(db, workplace.on(), workplace.config.zone, self.clock())
                unfinished = f", {len(left)} unfinished ({why or 'see the log'})" if left else ""
                jobs.finish(db, "crawl", self.clock(), not left, f"{len(batch)} outlets{unfinished}")
        finally:
            self.busy -= left.keys()

    def hear(self, workplace: Workplace, left: Batch, cut: set[str], line: str) -> None:
        """What a child prints: an outlet is done, and its feeds' next times can be decided."""
        try:
            facts = json.loads(line)
            slug = facts["outlet"]
            if slug not in left:
                raise KeyError(slug)
        except (ValueError, TypeError, KeyError):  # an outlet's own spider prints what it likes
            complain(line)
            return
        tell("crawled", **facts)
        if facts.get("reason") == "finished":
            left.pop(slug, None)
            self.busy.discard(slug)
        else:
            cut.add(slug)
        try:
            with connect(workplace.config.database) as db:
                decide_pending(db, workplace.on(), workplace.config.zone, self.clock())
            self.heard(facts)
        except DatabaseUnusable as error:  # the next tick decides, and judges in time
            warn("not decided yet", outlet=slug, error=error)


def complain(line: str) -> None:
    warn("crawl says", line=line)


def park(db: Database, left: Mapping[str, Iterable[str]], cut: set[str], now: datetime, why: str | None) -> None:
    """Close the runs of outlets whose crawl did not end; their feeds count as killed for that reason, or just stay due
    where it is None.

    `cut` are those that told so themselves. Those whose turn had not come stay due too, unless the child could not do
    anything at all.
    """
    with writing(db):
        begun = cut | {slug for slug in left if store.close_killed_runs(db, slug, now)}
        for slug in (begun or left) if why is not None else ():
            error = f"killed: {why}" if why else ""
            killed = [PollResult(one, now, "killed", error, missed=True) for one in left.get(slug, ())]
            polls.save_results(db, slug, killed, {})
