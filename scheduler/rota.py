"""Which job is due: planned, given to a child one at a time, and planned anew."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from db import Database, connect, jobs
from scheduler.children import Limits, work
from scheduler.cli import Workplace
from scheduler.clock import utc_now
from scheduler.hold import hold, is_held
from scheduler.jobs import JOBS, Job
from scheduler.logs import tell, warn

LIMITS = Limits(seconds=12 * 3600, grace=6, bytes=2**31)
LATE = timedelta(minutes=5)  # from then on a job counts as missed, and is logged as that


class Rota:
    """The jobs beside the crawls, one at a time, each in a child; a missed one runs once, as soon as it can."""

    def __init__(self, stop: asyncio.Event, clock: Callable[[], datetime]) -> None:
        self.stop = stop
        self.clock = clock
        self.task: asyncio.Task[None] | None = None

    def plan(self, workplace: Workplace, db: Database, starting: bool) -> None:
        """Write when each job runs next: a missed one, and when starting those that want it, at once."""
        now, known = self.clock(), jobs.jobs(db)
        for name, job in JOBS.items():
            planned = jobs.next_run(known.get(name))
            if not job.applies(workplace.config):
                jobs.plan(db, name, None)
            elif starting and job.at_start:
                jobs.plan(db, name, now)
            elif planned is None or planned > now:
                jobs.plan(db, name, job.next_run(now, workplace.config.zone))

    def start_due(self, workplace: Workplace, db: Database) -> None:
        """Start the first job that is due, unless one is at work, or somebody runs it by hand. One planned too far
        ahead is planned anew: the clock has gone back."""
        now, known = self.clock(), jobs.jobs(db)
        for name, job in JOBS.items():
            planned = jobs.next_run(known.get(name))
            if planned is None or self.stop.is_set():
                continue
            if planned > job.next_run(now, workplace.config.zone):
                jobs.plan(db, name, job.next_run(now, workplace.config.zone))
            elif planned <= now and self.task is None and not is_held(workplace.config.database, name):
                if now - planned > LATE:
                    warn("job missed", job=name, planned=planned, late=now - planned)
                self.task = asyncio.create_task(self.run(workplace, job))
                self.task.add_done_callback(self.finish)

    async def run(self, workplace: Workplace, job: Job) -> None:
        tell("job starts", job=job.name)
        command = workplace.command("jobs", "run", job.name, "--leash")
        ending = await work(
            command,
            "",
            LIMITS,
            lambda line: tell("job ends", job=job.name, result=line),
            lambda line: warn("job says", job=job.name, line=line),
            self.stop,
        )
        if ending.status:
            warn("job failed", job=job.name, status=ending.status, why=ending.why)
        with connect(workplace.config.database) as db:
            close_killed(workplace, db, self.clock(), [job.name])
            if not self.stop.is_set():
                jobs.plan(db, job.name, job.next_run(self.clock(), workplace.config.zone))

    def finish(self, task: asyncio.Task[None]) -> None:
        self.task = None
        error = None if task.cancelled() else task.exception()
        if error is not None:
            warn("job failed", error=f"{type(error).__name__}: {error}")


def close_killed(workplace: Workplace, db: Database, now: datetime, names: Iterable[str]) -> int:
    """Close those of these jobs whose process was killed, not those that somebody runs by hand. Returns how many."""
    return jobs.finish_killed(db, now, [name for name in names if not is_held(workplace.config.database, name)])


def do(workplace: Workplace, job: Job) -> str:
    """Do a job in this process, and write what came of it. Raises JobHeld where another process does it."""
    with hold(workplace.config.database, job.name):
        with connect(workplace.config.database) as db:
            jobs.start(db, job.name, utc_now())
        ok, result = False, "failed"
        try:
            result = job.work(workplace)
            ok = True
        except Exception as error:
            result = f"{type(error).__name__}: {error}"
            raise
        finally:
            with connect(workplace.config.database) as db:
                jobs.finish(db, job.name, utc_now(), ok, result)
    return result
