"""Which job ran when and runs next, and who holds the lease on the database."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from db import writing
from db.times import from_text, to_text

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Lease:
    """Who runs the scheduler of this database: a process on a host, since when, and until when that is sure."""

    host: str
    pid: int
    taken_at: datetime
    renewed_at: datetime
    expires_at: datetime


def lease(db: Database) -> Lease | None:
    """The lease as it stands, expired or not."""
    row = db.execute("select host, pid, taken_at, renewed_at, expires_at from leases").fetchone()
    if row is None:
        return None
    taken, renewed, expires = (datetime.fromisoformat(text) for text in row[2:])
    return Lease(row[0], row[1], taken, renewed, expires)


def write_lease(db: Database, host: str, pid: int, taken_at: datetime, now: datetime, holds: timedelta) -> None:
    """Take the lease, or renew it."""
    db.execute(
        "insert or replace into leases (name, host, pid, taken_at, renewed_at, expires_at)"
        " values ('scheduler', ?, ?, ?, ?, ?)",
        [host, pid, to_text(taken_at), to_text(now), to_text(now + holds)],
    )


def drop_lease(db: Database, host: str, pid: int, taken_at: datetime) -> None:
    """Give the lease back, if this process still holds it."""
    with writing(db):
        db.execute("delete from leases where host = ? and pid = ? and taken_at = ?", [host, pid, to_text(taken_at)])


def jobs(db: Database) -> dict[str, Row]:
    """Each job by its name, as far as it ever ran or was planned."""
    return {row["name"]: row for row in db.query("select * from jobs")}


def plan(db: Database, name: str, next_run_at: datetime | None) -> None:
    """Write when a job runs next."""
    with writing(db):
        db.execute(
            "insert into jobs (name, next_run_at) values (?, ?)"
            " on conflict (name) do update set next_run_at = excluded.next_run_at",
            [name, to_text(next_run_at)],
        )


def start(db: Database, name: str, at: datetime) -> None:
    """A job begins."""
    with writing(db):
        db.execute(
            "insert into jobs (name, last_started_at) values (:name, :at) on conflict (name) do update"
            " set last_started_at = :at, last_finished_at = null, last_ok = null, last_result = ''",
            {"name": name, "at": to_text(at)},
        )


def finish(db: Database, name: str, at: datetime, ok: bool, result: str) -> None:
    """A job has ended, with its result in a sentence."""
    with writing(db):
        db.execute(
            "update jobs set last_finished_at = ?, last_ok = ?, last_result = ? where name = ?",
            [to_text(at), ok, result, name],
        )


def finish_killed(db: Database, at: datetime, names: Iterable[str]) -> int:
    """Close those of these jobs that never ended: their process was killed. Returns how many that were."""
    with writing(db):
        return db.execute(
            "update jobs set last_finished_at = ?, last_ok = 0, last_result = 'killed'"
            " where last_started_at is not null and last_finished_at is null"
            " and name in (select value from json_each(?))",
            [to_text(at), json.dumps([*names])],
        ).rowcount


def next_run(row: Row | None) -> datetime | None:
    return from_text(row["next_run_at"]) if row else None
