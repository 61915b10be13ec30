"""Exactly one scheduler a database: a lease that is renewed while it runs and expires when it does not."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from db import Database, jobs, writing
from db.jobs import Lease

HOLDS = timedelta(seconds=60)  # after the last renewal


class LeaseHeld(Exception):
    """Another scheduler runs on this database; the message says which."""


def take(db: Database, now: datetime) -> datetime:
    """Take the lease; returns since when it is held. Raises LeaseHeld while another process has it."""
    now = now.replace(microsecond=0)  # as it is stored
    with writing(db):
        held = jobs.lease(db)
        if held is not None and is_held(held, now):
            raise LeaseHeld(
                f"a scheduler runs on this database already: process {held.pid} on {held.host}, since "
                f"{held.taken_at:%Y-%m-%d %H:%M} UTC; stop that one first"
            )
        jobs.write_lease(db, here(), os.getpid(), now, now, HOLDS)
    return now


def renew(db: Database, taken_at: datetime, now: datetime) -> bool:
    """Hold the lease for longer; False where another process has taken it: this one slept through its end, or the other
    is its twin, with the same number on a host of the same name (containers may be)."""
    with writing(db):
        held = jobs.lease(db)
        if held is not None and not (is_own(held) and held.taken_at == taken_at):
            return False
        jobs.write_lease(db, here(), os.getpid(), taken_at, now, HOLDS)
    return True


@contextmanager
def held(db: Database, clock: Callable[[], datetime]) -> Iterator[datetime]:
    """Hold the lease for one piece of work, which renews it where that takes long. Raises LeaseHeld."""
    since = take(db, clock())
    try:
        yield since
    finally:
        jobs.drop_lease(db, here(), os.getpid(), since)


def is_held(lease: Lease, now: datetime) -> bool:
    """Whether another process still has it: not where it has expired, nor where the process is gone from this host.

    A renewal in the future means that the clock has gone back: then only the process tells.
    """
    if lease.host == here():
        return not is_own(lease) and is_alive(lease.pid) and now < lease.expires_at
    return is_fresh(lease, now)


def here() -> str:
    return socket.gethostname()


def is_fresh(lease: Lease, now: datetime) -> bool:
    """Whether its holder was heard of within the time that a lease holds, as far as the clock can be trusted."""
    return lease.renewed_at - HOLDS <= now < lease.expires_at


def is_at_work(lease: Lease, now: datetime) -> bool:
    """Whether its holder was heard of lately, and is not gone from this host."""
    return is_fresh(lease, now) and (lease.host != here() or is_alive(lease.pid))


def is_own(lease: Lease) -> bool:
    return lease.host == here() and lease.pid == os.getpid()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it is another user's
        return True
    return True
