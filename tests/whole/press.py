"""`jurus run` at work on the newsroom: started, looked at and killed as often as a test likes."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from threading import Event
from typing import Any

import crawler.outlets
from crawler.newsroom import Newsroom
from tests.whole.crawls import JURUS

POLL_SECONDS = 0.02
CHILD = "crawler.batch"
UNDER_WAY = "select id from runs where finished_at is null"


def furnish(newsroom: Newsroom, folder: Path) -> None:
    """Outlet files of the newsroom in `outlets`, with those that come with Jurus switched off."""
    newsroom.outlets_folder(folder / "outlets")
    for path in Path(crawler.outlets.__file__).parent.glob("*.toml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if not line.startswith(("state =", "reason ="))]
        (folder / "outlets" / path.name).write_text('state = "off"\nreason = "not here"\n' + "\n".join(kept))


class Scheduler:
    """A running `jurus run`; `folder` holds its database `jurus.db` and its `outlets`."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.database = folder / "jurus.db"
        self.log = (folder / "log.jsonl").open("ab")
        command = [*JURUS, "--db", str(self.database), "--outlets", str(folder / "outlets"), "run", "--log-json"]
        self.process = subprocess.Popen([*command, *options], cwd=folder, stderr=self.log)

    def children(self) -> list[int]:
        """The processes that crawl for it."""
        tasks = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        pids = [int(pid) for pid in tasks.read_text().split()] if tasks.exists() else []
        return [pid for pid in pids if CHILD in command_line(pid)]

    def signal(self, sign: signal.Signals) -> None:
        self.process.send_signal(sign)

    def end(self, seconds: float = 15) -> int:
        """Its exit status, after a SIGTERM."""
        self.signal(signal.SIGTERM)
        try:
            return self.process.wait(seconds)
        finally:
            self.process.kill()
            self.log.close()

    def query(self, sql: str, *values: object) -> list[Any]:
        return query(self.database, sql, *values)


def query(database: Path, sql: str, *values: object) -> list[Any]:
    """Rows of the database, or none while it has no tables yet; writes are kept."""
    with closing(sqlite3.connect(database, timeout=20)) as conn, conn:
        try:
            return conn.execute(sql, values).fetchall()
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return []
            raise


def command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def is_alive(pid: int) -> bool:
    """Whether the process runs (a dead one that nobody has waited for does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def wait_for(condition: Callable[[], object], what: str, seconds: float = 90) -> None:
    """Wait until it is so; the limit is for a test that would else hang."""
    pause = Event()
    for _ in range(int(seconds / POLL_SECONDS)):
        if condition():
            return
        pause.wait(POLL_SECONDS)
    raise AssertionError(f"waited {seconds} seconds for {what}")


def all_asked(database: Path) -> bool:
    """Whether there are feeds, each was asked, and nothing is under way."""
    done = "sum(asked_at is not null and not pending and next_check_at > ?)"
    polls = query(database, f"select count(*), {done} from polls", now())
    return bool(polls) and polls[0][0] == polls[0][1] and not query(database, UNDER_WAY)


def make_due(database: Path) -> None:
    query(database, "update polls set next_check_at = ?, pending = 0", now())


def now() -> str:
    from datetime import UTC, datetime

    from db.times import to_text

    return to_text(datetime.now(UTC)) or ""
