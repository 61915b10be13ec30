"""How long an issue takes on a database of any size, with 50 subscriptions, and how much memory.

    python -m benchmarks.store --articles 200000 --keep big.db
    python -m benchmarks.digest big.db

Works on a copy. First every turn is numbered, as once after an update of Jurus; then each subscription gets its first
issue (what came within its last period) and, after a day's articles more, its second. Prints seconds by the clock for
an issue that is chosen, composed, rendered and stored.
"""

from __future__ import annotations

import argparse
import itertools
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks import corpus
from crawler import taxonomy
from db import Database, connect, turns
from db.times import from_text, to_text
from scheduler.digest import outbox
from scheduler.digest.news import sight
from scheduler.digest.sending import draft_of
from scheduler.digest.settings import Settings
from scheduler.digest.subscriptions import Subscription

SUBSCRIPTIONS = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.database.parent) as folder:
        copy = Path(folder) / "digest.db"
        shutil.copy(given.database, copy)
        with connect(copy) as db:
            run(db)


def run(db: Database) -> None:
    articles, newest = db.execute("select count(*), max(first_seen_at) from articles").fetchone()
    started = time.perf_counter()
    now = (from_text(newest) or corpus.NEWEST) + timedelta(minutes=1)
    sight(db, now)
    print(f"{articles} articles: {turns.last(db)} turns numbered in {time.perf_counter() - started:.1f} s")
    settings = Settings({one.name: one for one in subscriptions()}, "https://jurus.contoh.id")
    measure(db, settings, "first issues", now)
    touch(db, now)
    sight(db, now + timedelta(days=1))
    measure(db, settings, "second issues", now + timedelta(days=1))
    retitle(db)
    sight(db, now + timedelta(days=2))
    measure(db, settings, "issues after a rebuild", now + timedelta(days=2))
    print(f"memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def measure(db: Database, settings: Settings, name: str, now) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    took, told = [], 0
    for subscription in settings.subscriptions.values():
        started = time.perf_counter()
        number = outbox.make(db, subscription, partial(draft_of, settings), now)
        took.append(time.perf_counter() - started)
        told += db.execute("select new + changed from issues where id = ?", [number]).fetchone()[0]
    took.sort()
    print(f"{name}: median {took[len(took) // 2]:.3f} s, slowest {took[-1]:.3f} s, {told} measures told")


def touch(db: Database, now) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """A day's news without the crawl: 500 measures get an event that nobody has been told of."""
    rows = db.execute(
        "select measure_id, max(mention_id) from measure_events group by measure_id order by random() limit 500"
    ).fetchall()
    revision = turns.last_revision(db)
    for number, (measure_id, mention) in enumerate(rows, revision + 1):
        event = (measure_id, "ended", to_text(now), mention, number)
        db.execute(
            "insert or ignore into measure_events (measure_id, kind, at, mention_id, revision) values (?, ?, ?, ?, ?)",
            event,
        )
        db.execute("update measures set revision = ? where id = ?", [number, measure_id])
    db.execute("update counters set value = value + 500 where name = 'revision'")
    db.conn.commit()


def retitle(db: Database) -> None:
    """What a rebuild leaves that gives every measure another title: each is to be looked at, none is news."""
    revision = turns.last_revision(db)
    db.execute("update measures set revision = ? + rowid", [revision])
    db.execute("update counters set value = (select max(revision) from measures) where name = 'revision'")
    db.conn.commit()


def subscriptions() -> Iterator[Subscription]:
    """Some for all measures, most for a sector or two, some for an instrument or a word."""
    zone, sectors, instruments = ZoneInfo("Asia/Jakarta"), taxonomy.load_sectors(), taxonomy.load_instruments()
    plain = partial(Subscription, zone=zone, mail=("a@contoh.id",))
    kinds = itertools.cycle(["all", "sector", "sector", "instrument", "word"])
    for number, kind in enumerate(itertools.islice(kinds, SUBSCRIPTIONS)):
        name = f"s{number}"
        if kind == "sector":
            yield plain(name, name, sectors=tuple(list(sectors)[number % len(sectors) :][:2]))
        elif kind == "instrument":
            yield plain(name, name, instruments=(list(instruments)[number % len(instruments)],))
        else:
            yield plain(name, name, keywords=("impor",) if kind == "word" else ())


if __name__ == "__main__":
    main()
