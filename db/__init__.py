"""What is kept: the only place with SQL; it knows nothing above it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from db.migrations import migrations
from db.transactions import reading, writing

__all__ = ["Database", "DatabaseUnusable", "connect", "open_existing", "plain_errors", "reading", "writing"]

PRAGMAS = """
pragma journal_mode = wal
pragma synchronous = normal
pragma foreign_keys = on
pragma cache_size = -65536
pragma wal_autocheckpoint = 8000
"""
"""The cache (KiB) holds what a batch touches, which is else written and read twice; the log grows to 32 MB, so that
what several batches change in a page is carried over once."""


class DatabaseUnusable(Exception):
    """The database cannot be used; the message is one line that says why and what to do."""


@contextmanager
def plain_errors(path: Path | str) -> Iterator[None]:
    """Turn SQLite's errors into one line a person can act on."""
    try:
        yield
    except sqlite3.Error as error:
        reason = str(error)
        hints = {
            "full": "free some space and crawl again; what is stored is whole",
            "not a database": "name another file with --db",
            "malformed": "restore a backup, or name another file with --db",
            "locked": "another program holds it; try again when it has finished",
            "readonly": "you may not write to it or to its folder; name another file with --db",
            "unable to open": "check that its folder exists and that you may write there",
        }
        hint = next((text for word, text in hints.items() if word in reason), "name another file with --db")
        raise DatabaseUnusable(f"{path}: {reason}: {hint}") from error


@contextmanager
def connect(path: Path | str, wait: float = 10) -> Iterator[Database]:
    """Open the database, made or brought up to date as needed, and close it at the end of the block.

    While another process writes, it is waited for so many seconds. SQLite's errors inside the block come out as
    DatabaseUnusable.
    """
    if Path(path).is_dir():
        raise DatabaseUnusable(f"{path}: this is a folder: name a file with --db")
    with plain_errors(path):
        database = Database(sqlite3.connect(path))
        try:
            prepare(database, path, wait)
            yield database
        finally:
            database.close()


@contextmanager
def open_existing(path: Path | str) -> Iterator[Database]:
    """Like `connect`, for questions: a database that is not there is an error, not made."""
    must_exist(path)
    with connect(path) as database:
        yield database


def must_exist(path: Path | str) -> None:
    """Raises DatabaseUnusable where there is no database to ask."""
    if not Path(path).exists():
        raise DatabaseUnusable(f"{path}: there is no database yet: run `jurus crawl` first, or name one with --db")
    if Path(path).is_dir():
        raise DatabaseUnusable(f"{path}: this is a folder: name a file with --db")


def prepare(database: Database, path: Path | str, wait: float) -> None:
    """Set the pragmas and apply what migrations are missing, safely beside another process that does the same."""
    database.conn.execute(f"pragma busy_timeout = {round(1000 * wait)}")
    for pragma in PRAGMAS.strip().splitlines():
        database.conn.execute(pragma)
    known = {migration.name for migration in migrations._migrations}
    newer = [done.name for done in migrations.applied(database) if done.name not in known]
    if newer:
        raise DatabaseUnusable(f"{path}: made by a newer Jurus (it has '{newer[-1]}'): update Jurus to use it")
    if not migrations.pending(database):
        return
    with writing(database):
        migrations.apply(database)
