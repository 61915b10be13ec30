"""What hosts' robots.txt said when it was last asked for."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlite_utils import Database

from db import writing
from db.times import to_text

KEPT = timedelta(days=1)  # RFC 9309, 2.4


def find(db: Database, host: str, now: datetime) -> bytes | None:
    """The robots.txt of a host, where it was asked for within the last day."""
    row = db.execute(
        "select body from robots where host = ? and asked_at > ? and asked_at <= ?",
        [host, to_text(now - KEPT), to_text(now)],
    ).fetchone()
    return row[0] if row else None


def keep(db: Database, host: str, body: bytes, now: datetime) -> None:
    """Remember it, in place of what was known."""
    with writing(db):
        db.execute("insert or replace into robots (host, asked_at, body) values (?, ?, ?)", [host, to_text(now), body])
