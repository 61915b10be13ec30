"""`jurus run`: one tick that renews the lease and starts what is due, and the signals that end or change it."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from crawler.config import ConfigError
from crawler.outlets import OutletError
from db import Database, DatabaseUnusable, connect, jobs, upkeep
from scheduler import lease, notify, wellbeing
from scheduler.cli import Workplace
from scheduler.clock import Watch, utc_now
from scheduler.crawls import Crawls, add_outlets, decide_pending
from scheduler.jobs import JOBS
from scheduler.logs import tell, warn
from scheduler.metrics import Metrics
from scheduler.rota import Rota, close_killed

TICK_SECONDS = 10
WATCH_SECONDS = 5
LOOK_EVERY = timedelta(minutes=10)
STOP_SECONDS = 9.0
LOCKED_SECONDS = 3.0  # that it waits for another program's write: the next tick comes soon, and a stop must not wait
DEFAULTS = {
    "misfire_grace_time": 3600,  # a late tick is better than none: it starts all that became due meanwhile
    "coalesce": True,  # many late ticks are one
    "max_instances": 1,  # a tick only starts things; a second beside it could start them twice
}


class Service:
    """The scheduler of one database, from taking its lease to giving it back."""

    def __init__(self, workplace: Workplace, clock: Callable[[], datetime] = utc_now) -> None:
        self.workplace = workplace
        self.clock = clock
        self.stop = asyncio.Event()
        self.status = 0
        self.metrics = Metrics(workplace.config.database, lambda: self.workplace.on(), clock)
        self.crawls = Crawls(self.stop, clock, self.hear)
        self.rota = Rota(self.stop, clock)
        self.looked_at: datetime | None = None

    async def run(self) -> int:
        """Work until told to stop; returns the exit status. Raises LeaseHeld, DatabaseUnusable."""
        with connect(self.workplace.config.database) as db:
            self.taken_at = lease.take(db, self.clock())
            self.begin(db)
        self.scheduler = self.make_scheduler()
        metrics = self.metrics.serve(self.workplace.config.run.metrics_port)
        self.listen()
        self.scheduler.start()
        notify.tell("READY=1")
        watch = asyncio.create_task(self.watch_clock())
        tell(
            "scheduler runs", database=self.workplace.config.database, outlets=len(self.workplace.on()), metrics=metrics
        )
        await self.stop.wait()
        watch.cancel()
        await self.end()
        return self.status

    def database(self) -> Any:  # noqa: ANN401 - a context manager of Database
        return connect(self.workplace.config.database, LOCKED_SECONDS)

    def begin(self, db: Database) -> None:
        """Close what a killed scheduler left open, and plan."""
        closed = upkeep.close_open_runs(db, self.clock())
        closed += close_killed(self.workplace, db, self.clock(), ("crawl", *JOBS))
        if closed:
            warn("closed what was killed", rows=closed)
        add_outlets(db, self.workplace.on(), self.clock())
        self.rota.plan(self.workplace, db, starting=True)

    def make_scheduler(self) -> AsyncIOScheduler:
        zone = self.workplace.config.zone
        scheduler = AsyncIOScheduler(timezone=zone, job_defaults=DEFAULTS)
        scheduler.add_listener(tell_trouble, EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES | EVENT_JOB_ERROR)
        every = IntervalTrigger(seconds=TICK_SECONDS, timezone=zone)
        scheduler.add_job(self.tick, every, id="tick", next_run_time=datetime.now(zone))
        return scheduler

    async def tick(self) -> None:
        """Renew the lease, and start what is due; where the database cannot be used just now, the next one does."""
        if self.stop.is_set():
            return
        try:
            with self.database() as db:
                self.work(db)
        except DatabaseUnusable as error:
            warn("tick failed", error=error)
            return
        notify.tell("WATCHDOG=1")

    def work(self, db: Database) -> None:
        if not lease.renew(db, self.taken_at, self.clock()):
            held = jobs.lease(db)
            warn("another scheduler has taken over", process=held and held.pid, host=held and held.host)
            self.status = 1
            self.stop.set()
            return
        decide_pending(db, self.workplace.on(), self.workplace.config.zone, self.clock())
        self.crawls.start_due(self.workplace, db)
        self.rota.start_due(self.workplace, db)
        self.look_around(db)

    def look_around(self, db: Database) -> None:
        """Now and then: judge all outlets, as silence is no event; and plan anew, should the database be another, put
        there from a backup."""
        if self.looked_at is not None and abs(self.clock() - self.looked_at) < LOOK_EVERY:
            return
        self.looked_at = self.clock()
        add_outlets(db, self.workplace.on(), self.clock())
        self.rota.plan(self.workplace, db, starting=False)
        wellbeing.record(db, self.workplace.on(), self.clock())

    def hear(self, facts: Mapping[str, Any]) -> None:
        """An outlet was crawled."""
        self.metrics.count(facts)
        with self.database() as db:
            on = self.workplace.on()
            wellbeing.record(db, {slug: on[slug] for slug in on if slug == facts["outlet"]}, self.clock())

    def listen(self) -> None:
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(sign, self.stop.set)
        loop.add_signal_handler(signal.SIGHUP, self.reread)

    def reread(self) -> None:
        """Work by what configuration and outlet files say now; where these are wrong, go on as before."""
        try:
            workplace = self.workplace.reread()
        except (ConfigError, OutletError) as error:
            warn("configuration not changed", error=error)
            return
        if workplace.config.database != self.workplace.config.database:
            warn("configuration not changed", error="another database needs a restart")
            return
        try:
            self.metrics.move(workplace.config.run.metrics_port)
        except OSError as error:
            warn("configuration not changed", error=error)
            return
        self.workplace = workplace
        with self.database() as db:
            add_outlets(db, workplace.on(), self.clock())
            self.rota.plan(workplace, db, starting=False)
        tell("configuration read", outlets=len(workplace.on()))

    async def watch_clock(self) -> None:
        """Tick at once where the clock has jumped: waiting for a time on the old clock could take for ever."""
        watch = Watch(self.clock, asyncio.get_running_loop().time)
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            if by := watch.jump():
                warn("the clock jumped", seconds=round(by.total_seconds()))
                self.scheduler.modify_job("tick", next_run_time=datetime.now(self.workplace.config.zone))

    async def end(self) -> None:
        """Park what is under way, within ten seconds, and give the lease back."""
        notify.tell("STOPPING=1")
        tell("scheduler stops", crawls=len(self.crawls.tasks))
        self.scheduler.shutdown(wait=False)
        tasks = {*self.crawls.tasks, *([self.rota.task] if self.rota.task else [])}
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=STOP_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        self.metrics.close()
        try:
            with self.database() as db:
                self.leave(db)
        except DatabaseUnusable as error:
            warn("lease not given back", error=error)  # it is free all the same, as this process will be gone

    def leave(self, db: Database) -> None:
        if self.status == 0:  # else they are another's
            upkeep.close_open_runs(db, self.clock())
        jobs.drop_lease(db, lease.here(), os.getpid(), self.taken_at)


def tell_trouble(event: JobEvent) -> None:
    """A tick that was missed, skipped or failed: said, and made good by the next."""
    if event.code == EVENT_JOB_ERROR:
        warn("tick failed", error=f"{type(event.exception).__name__}: {event.exception}")
    else:
        warn("tick missed" if event.code == EVENT_JOB_MISSED else "tick skipped: the last one still runs")
