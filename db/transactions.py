"""What is written and read as one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database


@contextmanager
def writing(database: Database) -> Iterator[None]:
    """A transaction that is kept whole, or not at all, and waits at its start while another process writes.

    SQLite's own kind begins as a reader, and a reader that turns writer does not wait: it fails at once. Inside
    another such block it is part of that transaction.
    """
    if database.conn.in_transaction:
        yield
        return
    database.conn.execute("begin immediate")
    try:
        yield
        database.conn.commit()
    except BaseException:
        database.conn.rollback()
        raise


@contextmanager
def reading(database: Database) -> Iterator[None]:
    """Several questions to one state of the database, whatever others write meanwhile."""
    if database.conn.in_transaction:
        yield
        return
    database.conn.execute("begin")
    try:
        yield
    finally:
        database.conn.rollback()
