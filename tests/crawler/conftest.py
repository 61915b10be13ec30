from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.codes import save_codes
from crawler.outlets import Outlet
from db import Database, connect
from tests.crawler.press import OUTLETS


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """A new database that knows all codes and the press's outlets, two of them of one publisher."""
    with connect(tmp_path / "jurus.db") as database:
        save_codes(database, [Outlet(slug, slug, home, ".", feeds=(home,)) for slug, home in OUTLETS.items()])
        yield database
