"""Exactly one scheduler a database: a lease that is renewed while it runs and expires when it does not."""

from __future__ import annotations

import os
import socket
from datetime import datetime, timedelta

from db import Database, jobs, writing
from db.jobs import Lease

HOLDS = timedelta(seconds=60)  # after the last renewal


class LeaseHeld(Exception):
    """Another scheduler runs on this database; the message says which."""


def take(db: Database, now: datetime) -> datetime:
    """Take the lease; returns since when it is held. Raises LeaseHeld while another process has it."""
    with writing(db):
        held = jobs.lease(db)
        if held is not None and is_held(held, now):
            raise LeaseHeld(
                f"a scheduler runs on this database already: process {held.pid} on {held.host}, since "
                f"{held.taken_at:%Y-%m-%d %H:%M} UTC; stop that one first"
            )
        jobs.write_lease(db, socket.gethostname(), os.getpid(), now, now, HOLDS)
    return now


def renew(db: Database, taken_at: datetime, now: datetime) -> bool:
    """Hold the lease for longer; False where another process has taken it (this one slept through its end)."""
    with writing(db):
        held = jobs.lease(db)
        if held is not None and not is_own(held):
            return False
        jobs.write_lease(db, socket.gethostname(), os.getpid(), taken_at, now, HOLDS)
    return True


def is_held(lease: Lease, now: datetime) -> bool:
    """Whether another process still has it: not where it has expired, nor where the process is gone from this host.

    A renewal in the future means that the clock has gone back: then only the process tells.
    """
    if lease.host == socket.gethostname():
        return not is_own(lease) and is_alive(lease.pid) and now < lease.expires_at
    return lease.renewed_at - HOLDS <= now < lease.expires_at


def is_own(lease: Lease) -> bool:
    return lease.host == socket.gethostname() and lease.pid == os.getpid()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it is another user's
        return True
    return True
