"""A thousand days of the newsroom's past, killed ten times: `python -m benchmarks.backfill`."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from crawler.newsroom import Newsroom

SLUG, FIRST, DAYS, KILLS = "kabar-pabrik", date(2023, 1, 1), 1000, 10


def run() -> None:
    last = FIRST + timedelta(days=DAYS - 1)
    with tempfile.TemporaryDirectory() as folder, Newsroom() as newsroom:
        outlets, database = Path(folder) / "outlets", Path(folder) / "jurus.db"
        newsroom.outlets_folder(outlets)
        file = outlets / f"{SLUG}.toml"
        file.write_text(file.read_text(encoding="utf-8").replace("delay = 0.02", "delay = 0"), encoding="utf-8")
        command = [sys.executable, "-m", "scheduler.cli", "--db", str(database), "--outlets", str(outlets)]
        command += ["backfill", SLUG, "--from", FIRST.isoformat(), "--to", last.isoformat()]
        truth = newsroom.past_truth(SLUG, FIRST, last)
        step = (len(truth) + 2 * DAYS) // (KILLS + 1)
        begin = time.monotonic()
        for number in range(1, KILLS + 1):
            victim = subprocess.Popen(command, stdout=subprocess.DEVNULL)
            while victim.poll() is None and len(newsroom.log) < number * step:
                time.sleep(0.01)
            victim.kill()
            if victim.wait() != -9:
                raise SystemExit(f"over before kill {number}")
        done = subprocess.run(command, capture_output=True, text=True)
        print(done.stdout + done.stderr, end="")
        fetched = Counter(request.path for request in newsroom.log if request.path != "/robots.txt")
        stored = {url for (url,) in sqlite3.connect(database).execute("select url from articles")}
        seconds = time.monotonic() - begin
        print(f"{DAYS} days, {len(truth)} articles, {KILLS} kills, {seconds:.0f} s, exit {done.returncode}")
        print(f"missing {len(set(truth) - stored)}, strange {len(stored - set(truth))}")
        print(f"pages fetched {len(fetched)}, of these twice or more {sum(n > 1 for n in fetched.values())}")


if __name__ == "__main__":
    run()
