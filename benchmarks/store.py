"""How fast articles are stored into the full schema as the database grows; tagging and sketching are not counted.

    python -m benchmarks.store --articles 200000

Articles come in batches of 100 in the order of time, as a crawl stores them: articles, mentions, sectors, full text,
stories, measures. Prints the rate of every 10,000 by the clock and by the processor, and the size of the database.
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing import Process, Queue
from pathlib import Path

from benchmarks import corpus
from crawler.keeping import keep
from crawler.merging.sketches import sketch
from db import connect
from db.models import Visit

BATCH, STEP = 100, 10_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200_000)
    parser.add_argument("--keep", type=Path, help="leave the database here")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run(given.keep or Path(folder) / "bench.db", given.articles)


def run(path: Path, total: int) -> None:
    """Store so many articles and print what each step took."""
    print("articles  per second  per second of CPU  bytes an article  characters an article")
    with connect(path) as db:
        corpus.prepare(db)
        wall = cpu = 0.0
        stored = characters = before = 0
        for batch in prepared(total):
            started, used = time.perf_counter(), time.process_time()
            keep(db, batch)
            wall, cpu = wall + time.perf_counter() - started, cpu + time.process_time() - used
            stored += len(batch)
            characters += sum(len(visit.article.text or "") for visit in batch if visit.article)
            if stored % STEP == 0 or stored == total:
                count, bytes_each = stored - before, size(path) / stored
                print(f"{stored:8}  {count / wall:10.0f}  {count / cpu:17.0f}  {bytes_each:16.0f}", end="")
                print(f"  {characters / stored:21.0f}", flush=True)
                wall, cpu, before = 0.0, 0.0, stored


def prepared(total: int) -> Iterator[list[Visit]]:
    """The batches, made ahead by another process: tagging, sketching and altering words take longer than storing."""
    queue: Queue[list[Visit] | None] = Queue(20)
    Process(target=prepare, args=(queue, total)).start()
    return iter(queue.get, None)


def prepare(queue: Queue[list[Visit] | None], total: int) -> None:
    for batch in batches(total):
        queue.put(batch)
    queue.put(None)


def batches(total: int) -> Iterator[list[Visit]]:
    """The visits with their sketches, as the pipelines hand them over."""
    visits = corpus.visits(total)
    while batch := list(itertools.islice(visits, BATCH)):
        yield [
            replace(visit, sketch=sketch(visit.article.title, visit.article.text)) if visit.article else visit
            for visit in batch
        ]


def size(path: Path) -> int:
    """Bytes of the database with its log."""
    return sum(Path(f"{path}{suffix}").stat().st_size for suffix in ("", "-wal"))


if __name__ == "__main__":
    main()
