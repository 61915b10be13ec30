"""Questions in the user's own SQL: answered from a connection that can change nothing and read nothing else."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from db import must_exist, plain_errors

Row = dict[str, Any]

READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
PRAGMAS = {"table_info", "table_xinfo", "table_list", "index_list", "index_info", "foreign_key_list", "data_version"}
"""Those that tell of the schema; `data_version` is asked by the full-text index itself."""
DANGEROUS = {"load_extension", "fts3_tokenizer"}
LONGEST_VALUE = 50_000_000
STEPS_BETWEEN_LOOKS = 10_000


class SqlError(ValueError):
    """The statement cannot be answered; the message is one line that says why."""


class TookTooLong(Exception):
    """The answer was not there in time; the message is one line."""


def ask(path: Path, statement: str, seconds: float) -> tuple[list[str], list[Row]]:
    """The columns and rows that answer one statement, found in at most so many seconds.

    Raises SqlError, TookTooLong, and DatabaseUnusable.
    """
    must_exist(path)
    with plain_errors(path):
        conn = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    with closing(conn):
        with plain_errors(path):
            conn.execute("pragma query_only = on")
            conn.execute("select 1 from sqlite_schema").fetchone()
        guard(conn, time.monotonic() + seconds)
        try:
            cursor = conn.execute(statement)
            columns = list(distinct(column[0] for column in cursor.description or ()))
            return columns, [dict(zip(columns, map(readable, row), strict=True)) for row in cursor]
        except (sqlite3.Error, sqlite3.Warning, ValueError, MemoryError) as error:
            raise refusal(error, seconds) from error


def guard(conn: sqlite3.Connection, deadline: float) -> None:
    """Let the connection only read this database, and stop it at the deadline."""
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    conn.set_authorizer(allowed)
    conn.set_progress_handler(lambda: time.monotonic() > deadline, STEPS_BETWEEN_LOOKS)


def allowed(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    """SQLite's question whether a step of a statement may be done: reading may, and looking at the schema."""
    if action == sqlite3.SQLITE_PRAGMA:
        return sqlite3.SQLITE_OK if first in PRAGMAS else sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_UPDATE and first == "sqlite_master":
        return sqlite3.SQLITE_OK  # so asks a virtual table that declares its columns; SQLite itself refuses all others
    if action == sqlite3.SQLITE_FUNCTION and second in DANGEROUS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in READING else sqlite3.SQLITE_DENY


def refusal(error: Exception, seconds: float) -> Exception:
    reason = " ".join(str(error).split()) or "it needs too much memory"
    if reason == "interrupted":
        return TookTooLong(f"no answer within {seconds:g} s: ask for less, or give it longer with --seconds")
    if "not authorized" in reason or "prohibited" in reason:
        return SqlError(f"only questions are answered here, one SELECT that reads this database ({reason})")
    if "one statement at a time" in reason:
        return SqlError("ask one question at a time: leave out what follows the first ;")
    return SqlError(reason)


def distinct(names: Iterator[str]) -> Iterator[str]:
    """Column names, a repeated one with a number behind."""
    seen: dict[str, int] = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}_{seen[name]}"


def readable(value: object) -> object:
    return f"x'{value.hex()}'" if isinstance(value, bytes) else value
