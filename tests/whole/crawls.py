"""What the whole-way tests share: the command as a user types it, and what a database holds after it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from db import Database, open_existing

JURUS = [sys.executable, "-m", "scheduler.cli"]
Jurus = Callable[..., subprocess.CompletedProcess[str]]


def without_privileges() -> list[str] | None:
    """What to put before a command so that file permissions bind it, even where the tests run as root."""
    if os.geteuid() != 0:
        return []
    powers = "-dac_override,-dac_read_search"
    return ["setpriv", f"--bounding-set={powers}", f"--inh-caps={powers}"] if shutil.which("setpriv") else None


def stored(path: Path) -> dict[str, dict]:
    """Every article by its address, with lists for lists."""
    with open_existing(path) as db:
        return {row["url"]: read(row) for row in db.table("articles").rows}


def read(row: dict) -> dict:
    return row | {"authors": tuple(json.loads(row["authors"])), "tags": tuple(json.loads(row["tags"]))}


def integrity(db: Database) -> str:
    return db.execute("pragma integrity_check").fetchone()[0]
