"""The scheduler's own process, with a clock that jumps."""

import asyncio
import logging
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, JobExecutionEvent

from crawler.outlets import Outlet
from db import Database, connect, jobs, polls
from db.models import PollResult
from scheduler import lease, service
from scheduler.cli import Workplace
from scheduler.service import Service, tell_trouble
from tests.scheduler.conftest import Clock


@pytest.fixture
def running(database: Path, clock: Clock, warta: Outlet) -> Service:
    """A service whose only outlet is `warta`, not started."""
    workplace = Workplace(None, database, None)
    workplace.__dict__["outlets"] = {"warta": warta}
    made = Service(workplace, clock)
    made.crawls.start_due = lambda workplace, db: None  # type: ignore[method-assign]
    made.rota.start_due = lambda workplace, db: None  # type: ignore[method-assign]
    return made


def begin(running: Service, clock: Clock) -> None:
    with running.database() as db:
        running.taken_at = service.lease.take(db, clock())
        running.begin(db)


@pytest.mark.parametrize("jump", [timedelta(hours=9), -timedelta(days=400)])
def test_after_a_jump_of_the_clock_it_ticks_at_once(
    running: Service, clock: Clock, jump: timedelta, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(service, "TICK_SECONDS", 3600)
    monkeypatch.setattr(service, "WATCH_SECONDS", 0.01)
    ticks: list[object] = []

    async def tick() -> None:
        ticks.append(clock())

    async def run() -> None:
        monkeypatch.setattr(running, "tick", tick)
        running.scheduler = running.make_scheduler()
        running.scheduler.start()
        watch = asyncio.create_task(running.watch_clock())
        while not ticks:
            await asyncio.sleep(0.01)
        clock.now += jump
        while len(ticks) < 2:
            await asyncio.sleep(0.01)
        watch.cancel()
        running.scheduler.shutdown(wait=False)

    asyncio.run(asyncio.wait_for(run(), 20))
    assert ticks[1] == ticks[0] + jump


def test_what_was_asked_before_a_crash_is_decided_by_the_next_tick(
    running: Service, clock: Clock, store_db: Database, warta: Outlet
):
    begin(running, clock)
    polls.save_results(store_db, "warta", [PollResult(warta.feeds[0], clock(), links=3)], {})
    asyncio.run(running.tick())
    assert polls.pending(store_db) == []


def test_a_database_put_in_its_place_gets_its_feeds_and_jobs(running: Service, clock: Clock, database: Path):
    begin(running, clock)
    asyncio.run(running.tick())
    for path in database.parent.glob("jurus.db*"):
        path.unlink()
    clock.go(minutes=11)
    asyncio.run(running.tick())
    with connect(database) as db:
        assert len(polls.due(db, clock())) == 2
        assert jobs.jobs(db)["optimize"]["next_run_at"]


def test_a_lease_that_another_took_ends_it(running: Service, clock: Clock, store_db: Database):
    begin(running, clock)
    jobs.write_lease(store_db, "lain", 7, clock(), clock(), timedelta(minutes=1))
    store_db.conn.commit()
    asyncio.run(running.tick())
    assert running.stop.is_set()
    assert running.status == 1


def test_a_database_that_another_program_holds_costs_a_tick_and_delays_no_stop(
    running: Service, clock: Clock, database: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    begin(running, clock)
    monkeypatch.setattr(service, "LOCKED_SECONDS", 0.01)
    running.scheduler = running.make_scheduler()
    running.scheduler.start = running.scheduler.shutdown = lambda **how: None  # type: ignore[method-assign]
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("begin immediate")
        asyncio.run(running.tick())
        asyncio.run(running.end())
    told = [record.message for record in caplog.records if record.levelno == logging.WARNING]
    assert told == ["tick failed", "lease not given back"]
    with connect(database) as db:
        assert lease.is_own(jobs.lease(db))
        asyncio.run(running.tick())
        asyncio.run(running.end())
        assert jobs.lease(db) is None


def test_once_told_to_stop_it_starts_nothing(running: Service, clock: Clock, store_db: Database):
    begin(running, clock)
    clock.go(minutes=1)
    running.stop.set()
    asyncio.run(running.tick())
    assert jobs.lease(store_db).renewed_at < clock()


def test_missed_and_failed_ticks_are_told(caplog: pytest.LogCaptureFixture, clock: Clock):
    with caplog.at_level(logging.WARNING):
        tell_trouble(JobExecutionEvent(EVENT_JOB_MISSED, "tick", "default", clock()))
        tell_trouble(JobExecutionEvent(EVENT_JOB_ERROR, "tick", "default", clock(), exception=OSError("disk")))
    assert [(record.message, record.facts) for record in caplog.records] == [
        ("tick missed", {}),
        ("tick failed", {"error": "OSError: disk"}),
    ]
