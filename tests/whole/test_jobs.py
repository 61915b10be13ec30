"""`jurus jobs run`, beside a scheduler and without one."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crawler.newsroom import Newsroom
from tests.whole.crawls import JURUS, stored
from tests.whole.press import furnish, query

RUN = "import sys; from scheduler import crawls; {change}; from scheduler.cli import main; main(sys.argv[1:])"


def crawl(folder: Path, change: str) -> subprocess.CompletedProcess[str]:
    """`jurus jobs run crawl` by a Jurus that was changed so."""
    options = ("--db", str(folder / "jurus.db"), "--outlets", str(folder / "outlets"))
    command = [sys.executable, "-c", RUN.format(change=change), *options, "jobs", "run", "crawl"]
    return subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=120)


def test_a_crawl_by_hand_asks_all_that_is_due_in_however_many_batches(newsroom: Newsroom, tmp_path: Path) -> None:
    furnish(newsroom, tmp_path)
    done = crawl(tmp_path, "crawls.BATCH_OUTLETS = 2")
    assert done.returncode == 0, done.stderr
    assert query(tmp_path / "jurus.db", "select count(*) from polls where asked_at is null")[0][0] == 0
    assert set(stored(tmp_path / "jurus.db")) == set(newsroom.truth())


@pytest.mark.parametrize("child", ["sys.exit(3)", "import os; os.kill(os.getpid(), 9)"])
def test_a_crawl_by_hand_whose_child_is_killed_ends_and_says_so(newsroom: Newsroom, tmp_path: Path, child: str) -> None:
    furnish(newsroom, tmp_path)
    done = crawl(tmp_path, f"crawls.COMMAND = (sys.executable, '-c', 'import sys; {child}')")
    assert done.returncode == 1
    assert newsroom.log == []


def test_a_job_of_a_process_that_was_killed_can_be_run_again(tmp_path: Path) -> None:
    """The lock goes with its holder, whatever becomes of it; while it lives, there is one line."""
    database = tmp_path / "jurus.db"
    script = f"with hold(Path({str(database)!r}), 'optimize'): print('held', flush=True); input()"
    script = f"from pathlib import Path; from scheduler.hold import hold\n{script}"
    options: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    holder = subprocess.Popen([sys.executable, "-c", script], **options)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    command = [*JURUS, "--db", str(database), "jobs", "run", "optimize"]
    beside = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (beside.returncode, len(beside.stderr.splitlines())) == (1, 1)
    assert "being run already" in beside.stderr
    holder.kill()
    holder.wait()
    assert subprocess.run(command, timeout=60).returncode == 0
