import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from db import Database, jobs
from scheduler.cli import Workplace
from scheduler.hold import JobHeld, is_held
from scheduler.jobs import JOBS, Job
from scheduler.rota import Rota, close_killed, do
from tests.scheduler.conftest import Clock


@pytest.fixture
def workplace(database: Path) -> Workplace:
    return Workplace(None, database, None)


@pytest.fixture
def rota(clock: Clock) -> Rota:
    return Rota(asyncio.Event(), clock)


def planned(db: Database) -> dict[str, str | None]:
    return {name: row["next_run_at"] for name, row in jobs.jobs(db).items()}


def test_jobs_are_planned_in_the_users_zone_and_those_that_look_after_an_update_at_once(
    store_db: Database, rota: Rota, workplace: Workplace
):
    rota.plan(workplace, store_db, starting=True)
    now, night = "2026-11-24T03:00:00Z", "2026-11-24T20:30:00Z"  # 03:30 in Jakarta
    unasked = {"retention": None, "backup": None, "digests": None}
    assert planned(store_db) == {"retag": now, "upkeep": now, "optimize": night, **unasked}


def test_reading_the_configuration_again_plans_what_now_applies_and_leaves_what_is_due(
    store_db: Database, rota: Rota, tmp_path: Path
):
    rota.plan(Workplace(None, tmp_path / "jurus.db", None), store_db, starting=True)
    (tmp_path / "jurus.toml").write_text('[run]\nbackup = "copy.db"\nkeep_text_days = 30')
    rota.plan(Workplace(tmp_path / "jurus.toml", None, None), store_db, starting=False)
    times = planned(store_db)
    assert times["retag"] == "2026-11-24T03:00:00Z"
    assert times["backup"] == "2026-11-24T20:50:00Z"
    assert times["retention"] == "2026-11-24T20:10:00Z"


def test_a_job_planned_by_a_clock_that_has_gone_back_is_planned_anew(
    store_db: Database, rota: Rota, workplace: Workplace, clock: Clock
):
    jobs.plan(store_db, "optimize", clock() + timedelta(days=400))
    rota.start_due(workplace, store_db)
    assert planned(store_db)["optimize"] == "2026-11-24T20:30:00Z"


def test_a_missed_job_is_logged_and_run_once_in_a_child(
    store_db: Database, rota: Rota, workplace: Workplace, clock: Clock, caplog: pytest.LogCaptureFixture
):
    jobs.plan(store_db, "optimize", clock() - timedelta(days=3))

    async def run() -> None:
        rota.start_due(workplace, store_db)
        assert rota.task is not None
        rota.start_due(workplace, store_db)  # one at a time
        await rota.task

    asyncio.run(run())
    assert "job missed" in [record.message for record in caplog.records]
    row = jobs.jobs(store_db)["optimize"]
    assert (row["last_ok"], row["next_run_at"]) == (1, "2026-11-24T20:30:00Z")
    assert "written back" in row["last_result"]


def test_what_a_job_did_is_kept_also_where_it_failed(store_db: Database, workplace: Workplace):
    def fail(workplace: Workplace) -> str:
        raise ValueError("no disk")

    assert do(workplace, Job("well", "", "*:0", lambda workplace: "all is well")) == "all is well"
    with pytest.raises(ValueError, match="no disk"):
        do(workplace, Job("badly", "", "*:0", fail))
    rows = jobs.jobs(store_db)
    assert (rows["well"]["last_ok"], rows["well"]["last_result"]) == (1, "all is well")
    assert (rows["badly"]["last_ok"], rows["badly"]["last_result"]) == (0, "ValueError: no disk")


def test_a_job_whose_process_was_killed_is_closed(store_db: Database, workplace: Workplace, clock: Clock):
    jobs.start(store_db, "optimize", clock())
    assert close_killed(workplace, store_db, clock(), JOBS) == 1
    assert jobs.jobs(store_db)["optimize"]["last_result"] == "killed"
    assert close_killed(workplace, store_db, clock(), JOBS) == 0


def test_a_job_that_is_run_by_hand_is_neither_killed_nor_run_twice(
    store_db: Database, rota: Rota, workplace: Workplace, clock: Clock
):
    """What the scheduler sees while the job is at work."""
    jobs.plan(store_db, "optimize", clock())

    def look(workplace: Workplace) -> str:
        rota.start_due(workplace, store_db)
        with pytest.raises(JobHeld, match="optimize is being run already"):
            do(workplace, JOBS["optimize"])
        return f"{close_killed(workplace, store_db, clock(), JOBS)} closed"

    assert do(workplace, replace(JOBS["optimize"], work=look)) == "0 closed"
    assert rota.task is None
    assert not is_held(workplace.config.database, "optimize")


@pytest.mark.parametrize("name", ["retag", "upkeep", "retention", "optimize", "backup"])
def test_every_job_runs_on_an_empty_database(store_db: Database, workplace: Workplace, name: str):
    assert do(workplace, JOBS[name])
    assert jobs.jobs(store_db)[name]["last_ok"] == 1
