"""Crawls in a row through the scheduler against the newsroom: what the parent holds of memory, files and tasks.

    python -m benchmarks.steady --crawls 300

Each crawl is a child of its own that asks one outlet. The scheduler ticks faster than in life, so that it does not take
an hour; the newsroom is a process of its own, so that only the scheduler is measured.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import multiprocessing
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from crawler.newsroom import Newsroom
from scheduler import service
from scheduler.children import resident
from scheduler.cli import Workplace
from scheduler.logs import log
from tests.whole.press import furnish, now, query

TICK_SECONDS = 0.1
STEP = 50  # crawls between two lines


@dataclass(frozen=True, slots=True)
class Sample:
    crawls: int
    bytes: int
    files: int
    tasks: int
    children: int


async def crawl_in_a_row(folder: Path, crawls: int) -> Sequence[Sample]:
    """Run a scheduler for so many crawls, one outlet after the other; what it held after each, told on the way."""
    database = folder / "jurus.db"
    running = service.Service(Workplace(None, database, folder / "outlets"))
    task = asyncio.create_task(running.run())
    samples: list[Sample] = []
    done = 0
    while done < crawls:
        await asyncio.sleep(TICK_SECONDS)
        if running.crawls.tasks or running.rota.task or task.done():
            continue
        done = query(database, "select count(*) from runs where finished_at is not null")[0][0]
        if not samples or done // STEP > samples[-1].crawls // STEP:
            show(sample(done))
        samples.append(sample(done))
        outlets = query(database, "select distinct outlet from polls order by 1")
        if outlets:
            outlet = outlets[len(samples) % len(outlets)][0]
            query(database, "update polls set next_check_at = ? where outlet = ?", now(), outlet)
    running.stop.set()
    assert await task == 0
    samples.append(sample(done))
    show(samples[-1])
    return samples


def show(one: Sample) -> None:
    """At once, so that a run that is broken off leaves figures."""
    print(f"{one.crawls:6} {one.bytes / 2**20:10.1f} {one.files:6} {one.tasks:6} {one.children:9}", flush=True)


def sample(crawls: int) -> Sample:
    gc.collect()
    files = len(list(Path("/proc/self/fd").iterdir()))
    children = len(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())
    return Sample(crawls, resident(os.getpid()), files, len(asyncio.all_tasks()), children)


@contextmanager
def press(folder: Path) -> Iterator[None]:
    """The newsroom in a process of its own, with its outlet files in the folder."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=serve, args=(folder, there), daemon=True)
    process.start()
    here.recv()
    try:
        yield
    finally:
        here.send("over")
        process.join()


def serve(folder: Path, pipe: Connection) -> None:
    with Newsroom() as newsroom:
        furnish(newsroom, folder)
        pipe.send("open")
        pipe.recv()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--crawls", type=int, default=300)
    crawls = parser.parse_args().crawls
    service.TICK_SECONDS = TICK_SECONDS  # type: ignore[assignment]
    log.setLevel("ERROR")
    print("crawls  memory/MB  files  tasks  children")
    with tempfile.TemporaryDirectory() as folder, press(Path(folder)):
        samples = asyncio.run(crawl_in_a_row(Path(folder), crawls))
    after = [one.bytes for one in samples if one.crawls >= 50] or [samples[0].bytes]
    print(f"growth after the first 50 crawls: {(max(after) - after[0]) / 2**20:.1f} MB at most")


if __name__ == "__main__":
    main()
