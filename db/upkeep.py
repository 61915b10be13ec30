"""What keeps a database fit for years: old rows forgotten, statistics and log kept small, copies made."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from db import plain_errors, writing
from db.times import to_text

BATCH = 500  # articles a transaction


def optimize(db: Database) -> str:
    """Let SQLite renew its statistics, and write the log back into the database."""
    db.execute("pragma optimize")
    busy, pages, _ = db.execute("pragma wal_checkpoint(truncate)").fetchone()
    return "readers kept the log from being emptied" if busy else f"{max(pages, 0)} pages of the log written back"


def copy(db: Database, path: Path) -> None:
    """Copy the database as it is now, while others go on writing; the copy is checked. Raises DatabaseUnusable."""
    with plain_errors(path), closing(sqlite3.connect(path)) as target:
        db.conn.backup(target)
        target.execute("pragma journal_mode = delete")  # one file, with no log beside it
        (found,) = target.execute("pragma quick_check(1)").fetchone()
        if found != "ok":
            raise sqlite3.DatabaseError(f"the copy is malformed: {found}")


def forget_texts(db: Database, before: datetime) -> int:
    """Delete the texts of articles published before that time, and what was kept of their earlier versions.

    Titles, quotes and measures stay. Returns how many articles that were.
    """
    forgotten = 0
    while True:
        with writing(db):
            rows = db.execute(
                "select id from articles where text is not null and coalesce(published_at, first_seen_at) < ? limit ?",
                [to_text(before), BATCH],
            ).fetchall()
            db.conn.executemany("update articles set text = null where id = ?", rows)
            db.conn.executemany("update revisions set text = null, diff = '' where article_id = ?", rows)
        if not rows:
            return forgotten
        forgotten += len(rows)


def forget_runs(db: Database, quiet_before: datetime, before: datetime) -> int:
    """Delete runs that began before `before`, and those before `quiet_before` in which nothing happened."""
    with writing(db):
        return db.execute(
            """
            delete from runs where started_at < :before or (started_at < :quiet and reason = 'finished'
                and new = 0 and updated = 0 and unreadable = 0 and failed = '{}' and feeds_failed = '{}')
            """,
            {"before": to_text(before), "quiet": to_text(quiet_before)},
        ).rowcount


def close_open_runs(db: Database, at: datetime) -> int:
    """Close all runs that never finished: their process was killed. Returns how many."""
    with writing(db):
        return db.execute(
            "update runs set finished_at = ?, reason = 'killed' where finished_at is null", [to_text(at)]
        ).rowcount
