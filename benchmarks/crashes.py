"""kill -9 the scheduler, its crawling child, or both at random moments while the newsroom publishes.

    python -m benchmarks.crashes --kills 30

After each kill the newsroom publishes, the scheduler is started again if it was killed, and everything must be there:
each article once, and each run closed, as `killed` where it was.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path
from threading import Event

from crawler.newsroom import Newsroom
from tests.whole.crawls import stored
from tests.whole.press import Scheduler, all_asked, furnish, is_alive, kill, make_due, query, wait_for

VICTIMS = ("parent", "child", "both")
REQUESTS = 85  # that a first crawl of the newsroom makes


def crash(folder: Path, victim: str, chance: random.Random) -> str:
    """One kill and what must hold after it; returns when it struck. Raises AssertionError."""
    with Newsroom() as newsroom:
        furnish(newsroom, folder)
        scheduler = Scheduler(folder)
        requests, pause = chance.randrange(REQUESTS), chance.random() * 0.3
        try:
            wait_for(lambda: requests == 0 or (scheduler.children() and len(newsroom.log) >= requests), "the crawl")
            Event().wait(pause)
            children = scheduler.children()
            for pid in {"parent": [scheduler.process.pid], "child": children}.get(
                victim, [scheduler.process.pid, *children]
            ):
                kill(pid)
            wait_for(lambda: not any(map(is_alive, children)), "the child's end")
            cut = {row[0] for row in query(scheduler.database, "select id from runs where finished_at is null")}
            if victim == "child":  # its second try begins at once: it must not read lists of before and end after
                wait_for(lambda: all_asked(scheduler.database), "the second try")
            newsroom.advance()
            make_due(scheduler.database)
            if victim != "child":
                scheduler.process.wait()
                scheduler.log.close()
                scheduler = Scheduler(folder)
            wait_for(lambda: all_asked(scheduler.database), "the crawl after the kill")
            verify(newsroom, scheduler, cut)
        finally:
            status = scheduler.end()
    assert status == 0, f"the scheduler ended with {status}"
    return f"{requests} requests and {pause:.2f} s, {len(cut)} runs cut off"


def verify(newsroom: Newsroom, scheduler: Scheduler, cut: set[int]) -> None:
    articles, truth = stored(scheduler.database), newsroom.truth()
    assert truth.keys() <= articles.keys(), f"missing: {truth.keys() - articles.keys()}"
    same = {(row["outlet"], row["title"], row["published_at"]) for row in articles.values()}
    assert len(same) == len(articles), "an article is stored twice"
    ends = dict(scheduler.query("select id, reason from runs where finished_at is not null"))
    assert not scheduler.query("select id from runs where finished_at is null"), "a run is open"
    assert all(ends[run] == "killed" for run in cut), f"a killed run is closed as {[ends[run] for run in cut]}"
    assert scheduler.query("pragma integrity_check") == [("ok",)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    for number in range(arguments.kills):
        victim = VICTIMS[number % len(VICTIMS)]
        with tempfile.TemporaryDirectory() as folder:
            print(f"{number + 1:3} {victim:6} after {crash(Path(folder), victim, chance)}: nothing lost", flush=True)


if __name__ == "__main__":
    main()
