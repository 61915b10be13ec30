"""The whole way: the real command, the real spiders, real HTTP, a real database file."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.newsroom import Newsroom
from tests.whole.crawls import JURUS, Jurus


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with Newsroom() as newsroom:
        yield newsroom


@pytest.fixture
def crawl_command(newsroom: Newsroom, tmp_path: Path) -> list[str]:
    """`jurus crawl` of all the newsroom's outlets, into `jurus.db` of the test's folder."""
    folder = tmp_path / "outlets"
    newsroom.outlets_folder(folder)
    slugs = sorted(path.stem for path in folder.glob("*.toml"))
    return [*JURUS, "--db", str(tmp_path / "jurus.db"), "--outlets", str(folder), "crawl", *slugs]


@pytest.fixture
def jurus(tmp_path: Path) -> Jurus:
    """Run `jurus` in the test's folder as a user would."""

    def run(
        *arguments: object, stdin: str | None = None, before: tuple[str, ...] = ()
    ) -> subprocess.CompletedProcess[str]:
        command = [*before, *JURUS, *map(str, arguments)]
        return subprocess.run(command, cwd=tmp_path, input=stdin, capture_output=True, text=True, timeout=120)

    return run
