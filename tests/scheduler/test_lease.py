import os
import socket
from datetime import timedelta

import pytest

from db import Database, jobs
from scheduler import lease
from scheduler.lease import HOLDS, LeaseHeld
from tests.scheduler.conftest import Clock

GONE = 2**22 + 1  # above what a process can be numbered


def hold(db: Database, clock: Clock, host: str, pid: int) -> None:
    jobs.write_lease(db, host, pid, clock(), clock(), HOLDS)
    db.conn.commit()


def test_a_second_scheduler_is_told_who_holds_it(store_db: Database, clock: Clock):
    hold(store_db, clock, "lain", 7)
    with pytest.raises(LeaseHeld, match="process 7 on lain"):
        lease.take(store_db, clock())


@pytest.mark.parametrize("minutes", [2, -60 * 24 * 365])
def test_the_lease_of_a_killed_one_elsewhere_expires_and_a_clock_set_back_does_not_keep_it(
    store_db: Database, clock: Clock, minutes: float
):
    hold(store_db, clock, "lain", 7)
    clock.go(minutes=minutes)
    lease.take(store_db, clock())
    assert jobs.lease(store_db).pid == os.getpid()


def test_the_lease_of_a_process_that_is_gone_from_this_host_is_free_at_once(store_db: Database, clock: Clock):
    hold(store_db, clock, socket.gethostname(), GONE)
    assert lease.take(store_db, clock()) == clock()


def test_a_living_process_of_this_host_keeps_it_until_it_expires(store_db: Database, clock: Clock):
    hold(store_db, clock, socket.gethostname(), os.getppid())
    with pytest.raises(LeaseHeld):
        lease.take(store_db, clock())
    clock.now += HOLDS
    lease.take(store_db, clock())


def test_a_restarted_container_takes_its_own_lease_again(store_db: Database, clock: Clock):
    hold(store_db, clock, socket.gethostname(), os.getpid())
    lease.take(store_db, clock())


def test_it_is_renewed_until_another_has_taken_it(store_db: Database, clock: Clock):
    since = lease.take(store_db, clock())
    clock.go(minutes=5)
    assert lease.renew(store_db, since, clock())
    held = jobs.lease(store_db)
    assert (held.taken_at, held.renewed_at) == (since, since + timedelta(minutes=5))
    hold(store_db, clock, "lain", 7)
    assert not lease.renew(store_db, since, clock())
    jobs.drop_lease(store_db, lease.here(), os.getpid(), since)
    assert jobs.lease(store_db).pid == 7


def test_of_twins_the_one_whose_lease_was_taken_ends(store_db: Database, clock: Clock):
    since = lease.take(store_db, clock())
    clock.go(seconds=5)
    twin = lease.take(store_db, clock())  # same number, same host's name: as a restarted container would
    assert not lease.renew(store_db, since, clock())
    jobs.drop_lease(store_db, lease.here(), os.getpid(), since)
    assert lease.renew(store_db, twin, clock())


def test_one_that_was_killed_here_is_not_at_work_though_its_lease_holds(store_db: Database, clock: Clock):
    for host, pid, at_work in (
        (socket.gethostname(), GONE, False),
        (socket.gethostname(), os.getppid(), True),
        ("lain", GONE, True),
    ):
        hold(store_db, clock, host, pid)
        assert lease.is_at_work(jobs.lease(store_db), clock()) is at_work
    assert not lease.is_at_work(jobs.lease(store_db), clock() + HOLDS)


def test_it_is_given_back_after_the_work(store_db: Database, clock: Clock):
    with lease.held(store_db, clock) as since:
        assert since == clock()
        assert lease.is_fresh(jobs.lease(store_db), clock())
    assert jobs.lease(store_db) is None


def test_a_process_of_another_user_is_alive():
    assert lease.is_alive(1)
    assert not lease.is_alive(GONE)
