"""The jobs of `jurus run` beside the crawls: what each does, when, and for whom it applies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from crawler.config import Config
from db import connect, open_existing, polls, queries, upkeep
from scheduler.backups import back_up
from scheduler.cli import Workplace
from scheduler.clock import utc_now

QUIET_RUNS, RUNS, RESULTS = timedelta(days=30), timedelta(days=400), timedelta(days=35)


@dataclass(frozen=True, slots=True)
class Job:
    """One job: its name, what it does, when (hour and minute in the user's zone, as cron writes them: `02:10`, or
    `*:*/5` for each fifth minute), and its work, which returns what came of it in a sentence. `at_start` also runs it
    when the scheduler starts."""

    name: str
    does: str
    at: str
    work: Callable[[Workplace], str]
    at_start: bool = False
    applies: Callable[[Config], bool] = lambda config: True

    def next_run(self, now: datetime, zone: ZoneInfo) -> datetime:
        hour, minute = self.at.split(":")
        time: datetime = CronTrigger(hour=hour, minute=minute, timezone=zone).get_next_fire_time(None, now)
        return time


def retag(workplace: Workplace) -> str:
    from crawler import retag
    from crawler.extractors.measures import EXTRACTOR_VERSION

    with connect(workplace.config.database) as db:
        waiting, _ = queries.count_stale(db, EXTRACTOR_VERSION)
        steps = list(retag.retag(db, workers=1)) if waiting else []
    changes = steps[-1] if steps else retag.Changes()
    return f"{changes.read} articles read by {EXTRACTOR_VERSION}, {changes.changed} changed"


def keep_up(workplace: Workplace) -> str:
    from crawler.merging.rebuilding import catch_up

    now = utc_now()
    with connect(workplace.config.database) as db:
        joined = catch_up(db)
        runs = upkeep.forget_runs(db, now - QUIET_RUNS, now - RUNS)
        results = polls.forget_results(db, now - RESULTS)
    return f"{joined} articles joined; {runs} old runs and {results} old results of polls deleted"


def optimize(workplace: Workplace) -> str:
    with connect(workplace.config.database) as db:
        return upkeep.optimize(db)


def backup(workplace: Workplace) -> str:
    run = workplace.config.run
    if run.backup is None:
        return "no backup is set up: name a file as backup in [run] of jurus.toml"
    with open_existing(workplace.config.database) as db:
        back_up(db, run.backup, run.backups)
    return f"{run.backup}: {run.backup.stat().st_size / 1e6:.1f} MB"


def forget_texts(workplace: Workplace) -> str:
    days = workplace.config.run.keep_text_days
    if not days:
        return "all texts are kept"
    with connect(workplace.config.database) as db:
        return f"the texts of {upkeep.forget_texts(db, utc_now() - timedelta(days=days))} articles deleted"


def digests(workplace: Workplace) -> str:
    from scheduler.digest import send_due

    with connect(workplace.config.database) as db:
        outcomes = send_due(db, workplace.config, utc_now())
    failed = [f"{one.delivery.recipient}: {one.error}" for one in outcomes if one.state == "failed"]
    sent = sum(one.state == "sent" for one in outcomes)
    return f"{sent} sent, {len(outcomes) - sent} not" + (f" ({'; '.join(failed)})" if failed else "")


JOBS = {
    job.name: job
    for job in (
        Job("retag", "reads stored texts again that another tagger has read", "02:10", retag, at_start=True),
        Job("upkeep", "joins stories and measures that are not joined yet, deletes old runs", "02:40", keep_up, True),
        Job("retention", "deletes texts older than keep_text_days", "03:10", forget_texts,
            applies=lambda config: config.run.keep_text_days > 0),
        Job("optimize", "renews the database's statistics and empties its log", "03:30", optimize),
        Job("backup", "copies the database", "03:50", backup, applies=lambda config: config.run.backup is not None),
        Job("digests", "makes the digests that are due, sends what waits", "*:*/5", digests,
            applies=lambda config: bool(config.subscriptions)),
    )
}  # fmt: skip
"""By name, in the order of the night."""
