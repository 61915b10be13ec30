"""How fast questions are answered: the listings and the search, as the commands ask them.

    python -m benchmarks.store --articles 200000 --keep bench.db
    python -m benchmarks.query bench.db

Prints the median and the 95th percentile over all questions of a kind, by the clock and of the processor, which tells
more on a busy machine. The searches are drawn from the database's own
quotes with a fixed seed: common words and rare ones, phrases, beginnings, operators, filters. Each is asked twice,
and the second time counts.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks.corpus import NEWEST
from crawler import taxonomy
from db import Database, listing, open_existing, queries, search
from db.stems import words
from db.times import to_text

Question = Callable[[], object]

QUOTES = 100
GOALS = {
    "measures, ikft": 50,
    "articles": 50,
    "search": 100,
    "search with filters": 100,
    "search measures": 100,
    "search measures with filters": 100,
}
"""Milliseconds at the 95th percentile, at 200,000 articles."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with open_existing(given.database) as db:
        print(f"{queries.totals(db)['articles']} articles, {queries.totals(db)['mentions']} mentions")
        for kind, questions in questions_of(db, random.Random(given.seed)).items():
            tell(kind, [milliseconds(question) for question in questions])


def questions_of(db: Database, chance: random.Random) -> dict[str, list[Question]]:
    since: dict[str, Any] = {"since": to_text(NEWEST - timedelta(days=30))}
    groups = sorted({sector.group for sector in taxonomy.load_sectors().values()})
    typed = list(searches(db, chance))
    return {
        "measures, ikft": [partial(queries.measures, db, sector="ikft", **since)] * 20,
        "measures, any group": [partial(queries.measures, db, sector=group, **since) for group in groups],
        "articles": [partial(listing.articles, db, 50, sector=group, **since) for group in groups],
        "search": [partial(search.articles, db, text) for text in typed],
        "search with filters": [
            partial(search.articles, db, text, sector=chance.choice(groups), **since) for text in typed
        ],
        "search measures": [partial(search.measures, db, text) for text in typed],
        "search measures with filters": [
            partial(search.measures, db, text, sector=chance.choice(groups), **since) for text in typed
        ],
    }


def searches(db: Database, chance: random.Random) -> Iterator[str]:
    """What people might type of the things that quotes speak of."""
    quotes = db.execute("select quote from mentions where id % 97 = 0 limit 20000").fetchall()
    for (quote,) in chance.sample(quotes, QUOTES):
        found = [word for word in words(quote) if len(word) > 3] or ["industri"]
        at = chance.randrange(len(found))
        yield found[at]
        yield " ".join(chance.sample(found, min(2, len(found))))
        yield f'"{" ".join(words(quote)[:2])}"'
        yield f"{found[at][:5]}*"
        yield f"{found[at]} OR {found[0]} -{found[-1]}x"


def milliseconds(question: Question) -> tuple[float, float]:
    """By the clock, and of the processor."""
    question()
    started, used = time.perf_counter(), time.thread_time()
    question()
    return (time.perf_counter() - started) * 1000, (time.thread_time() - used) * 1000


def tell(kind: str, times: list[tuple[float, float]]) -> None:
    clock, busy = (quantiles(one, n=20, method="inclusive") for one in zip(*times, strict=True))
    goal = f"  (goal {GOALS[kind]} ms)" if kind in GOALS else ""
    print(f"{kind:29} {len(times):4} questions  median {clock[9]:6.1f} ms  p95 {clock[18]:6.1f} ms", end="")
    print(f"  processor {busy[9]:6.1f} ms  p95 {busy[18]:6.1f} ms{goal}", flush=True)


if __name__ == "__main__":
    main()
