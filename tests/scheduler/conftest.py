from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.codes import save_codes
from crawler.outlets import Outlet
from db import Database, connect


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
        self.steady = 0.0

    def __call__(self) -> datetime:
        return self.now

    def go(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def warta() -> Outlet:
    return Outlet(
        "warta", "Warta", "https://warta.test", "/read/", feeds=("https://warta.test/rss", "https://warta.test/2.rss")
    )


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "jurus.db"


@pytest.fixture
def store_db(database: Path, warta: Outlet) -> Iterator[Database]:
    with connect(database) as db:
        save_codes(db, [warta])
        yield db
