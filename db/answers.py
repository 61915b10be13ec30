"""Answers of language models, kept in a file of their own that may be deleted at any time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from db import DatabaseUnusable

TABLE = """
create table if not exists answers (
    name text primary key,
    model text not null,
    answer text not null
) strict, without rowid
"""


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The file, made where it is missing; one transaction. SQLite's errors come out as DatabaseUnusable."""
    try:
        with closing(sqlite3.connect(path)) as database, database:
            database.execute(TABLE)
            yield database
    except sqlite3.Error as error:
        raise DatabaseUnusable(f"{path}: {error}: delete it, or name another file as cache in [llm]") from error


def find(path: Path, name: str) -> str | None:
    """The answer kept under this name, or None."""
    with opened(path) as database:
        row = database.execute("select answer from answers where name = ?", [name]).fetchone()
    return row[0] if row else None


def keep(path: Path, name: str, model: str, answer: str) -> None:
    """Keep an answer; another one of the same name gives way."""
    with opened(path) as database:
        database.execute("insert or replace into answers values (?, ?, ?)", [name, model, answer])
