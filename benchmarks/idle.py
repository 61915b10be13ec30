"""What `jurus run` costs with nothing due: share of a core and resident memory.

python -m benchmarks.idle --outlets 25 --seconds 300
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from threading import Event

from crawler.newsroom import Newsroom
from scheduler.children import resident
from tests.whole.press import Scheduler, furnish, query, wait_for

FILE = """
title = "Warta {number}"
home = "https://warta-{number}.test"
feeds = ["https://warta-{number}.test/rss", "https://warta-{number}.test/industri/rss"]
article = '/read/'
"""


def processor_seconds(pid: int) -> float:
    """What a process and its dead children have used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def furnish_with(outlets: int, folder: Path) -> None:
    """So many outlets that nothing will be asked of."""
    with Newsroom() as newsroom:
        furnish(newsroom, folder)
        for path in (folder / "outlets").glob("*.toml"):
            text = path.read_text()
            path.write_text(text if text.startswith("state") else f'state = "off"\nreason = "not here"\n{text}')
    for number in range(outlets):
        (folder / "outlets" / f"warta-{number}.toml").write_text(FILE.format(number=number))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--outlets", type=int, default=25)
    parser.add_argument("--seconds", type=int, default=300)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        furnish_with(given.outlets, folder)
        with_rows(folder)
        scheduler = Scheduler(folder)
        wait_for(lambda: len(query(scheduler.database, "select 1 from jobs where last_ok = 1")) >= 2, "its first jobs")
        Event().wait(5)
        before = processor_seconds(scheduler.process.pid)
        Event().wait(given.seconds)
        used, held = processor_seconds(scheduler.process.pid) - before, resident(scheduler.process.pid)
        scheduler.end()

    share = 100 * used / given.seconds
    print(f"{given.outlets} outlets, {given.seconds} s: {share:.2f} % of a core, {held / 2**20:.0f} MB")


def with_rows(folder: Path) -> None:
    """A database whose feeds are all due tomorrow."""
    from datetime import UTC, datetime, timedelta

    from db import connect
    from scheduler.cli import Workplace
    from scheduler.crawls import add_outlets

    with connect(folder / "jurus.db") as db:
        on = Workplace(None, folder / "jurus.db", folder / "outlets").on()
        add_outlets(db, on, datetime.now(UTC) + timedelta(days=1))


if __name__ == "__main__":
    main()
