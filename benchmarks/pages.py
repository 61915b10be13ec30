"""How long the queries of each web page take, and the whole page with its rendering, on a database of any size.

    python -m benchmarks.store --articles 200000 --keep big.db
    python -m benchmarks.pages big.db

Prints the median and the 95th percentile in milliseconds, over varied sectors, measures, words and filters.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from crawler import taxonomy
from db import connect, pages
from scheduler.web import server

ROUNDS = 60
WORDS = ("garam", "bea+masuk", "penyerapan", '"mobil+listrik"', "tekstil", "subsi*", "baja+OR+semen", "impor+-beras")
FILTERS = ("", "&sector=ikft", "&status=planned", "&instrument=bea", "&actor=kemenkeu", "&sector=agro&status=ended")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    database = parser.parse_args().database
    took = watch()
    site = server.make_site(database, "Asia/Jakarta", "127.0.0.1")
    print(f"{'page':10} {'queries: median':>16} {'p95':>7}   {'page: median':>13} {'p95':>7}")
    for name, paths in addresses(database).items():
        if not paths:
            sys.exit(f"{database}: there is nothing to measure in it yet")
        queries, wholes = [], []
        for path in itertools.islice(itertools.cycle(paths), ROUNDS):
            took.clear()
            started = time.perf_counter()
            answer = asyncio.run(site.client.get(path))
            wholes.append(time.perf_counter() - started)
            queries.append(sum(took))
            assert answer.status_code == 200, (path, answer.text)
        print(f"{name:10} {median(queries):16.1f} {p95(queries):7.1f}   {median(wholes):13.1f} {p95(wholes):7.1f}")


def watch() -> list[float]:
    """A list to which every answer of the database adds the seconds it took."""
    took: list[float] = []
    answer = pages.answer

    def timed(*arguments: object) -> object:
        started = time.perf_counter()
        try:
            return answer(*arguments)  # type: ignore[arg-type]
        finally:
            took.append(time.perf_counter() - started)

    pages.answer = timed  # type: ignore[assignment]
    return took


def addresses(database: Path) -> dict[str, list[str]]:
    """By page: addresses with all sectors, and with measures from the most reported to the least."""
    with connect(database) as db:
        measures = [row[0] for row in db.execute("select id from measures order by mentions desc, id limit 30")]
        measures += [row[0] for row in db.execute("select id from measures order by id limit 30")]
    codes = [*taxonomy.load_groups(), *taxonomy.load_sectors()]
    return {
        "front": ["/"],
        "sectors": ["/sectors"],
        "sector": list(sector_addresses(codes)),
        "measure": [f"/measures/{measure}" for measure in measures],
        "list": [f"/search?page={1 + number % 3}{given}" for number, given in enumerate(FILTERS)],
        "search": [f"/search?q={words}{given}" for words, given in itertools.product(WORDS, FILTERS)],
    }


def sector_addresses(codes: list[str]) -> Iterator[str]:
    for number, code in enumerate(codes):
        yield f"/sectors/{code}" + ("?status=planned" if number % 3 == 0 else "")


def median(seconds: list[float]) -> float:
    return sorted(seconds)[len(seconds) // 2] * 1000


def p95(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)] * 1000


if __name__ == "__main__":
    main()
