"""One job at one time: a lock beside the database, which the system frees when its process ends, however."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class JobHeld(Exception):
    """Another process does the job; the message says so."""


@contextmanager
def hold(database: Path, job: str) -> Iterator[None]:
    """Hold a job while the block lasts. Raises JobHeld while another process does."""
    with lock(database, job).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise JobHeld(f"the job {job} is being run already; wait until it has ended (see `jurus jobs`)") from error
        yield


def is_held(database: Path, job: str) -> bool:
    if not lock(database, job).exists():
        return False
    try:
        with hold(database, job):
            return False
    except JobHeld:
        return True


def lock(database: Path, job: str) -> Path:
    database = database.resolve()
    return database.with_name(f"{database.name}-{job}.lock")
