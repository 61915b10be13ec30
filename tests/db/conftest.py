from collections.abc import Iterator
from pathlib import Path

import pytest

from db import Database, connect, store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "jurus.db"


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    """A new database that knows one outlet and a few codes."""
    with connect(path) as database:
        outlet = {"slug": "warta", "title": "Warta", "home": "https://warta.test", "keep": "text"}
        store.save_codes(database, "outlets", [outlet])
        names = {"name_id": "nama", "name_en": "name"}
        sectors = [("ikft", "ikft"), ("ikft.tpt", "ikft"), ("agro.sawit", "agro"), ("energi", "luar")]
        store.save_codes(database, "sectors", [{"code": c, "sector_group": g, **names} for c, g in sectors])
        store.save_codes(database, "instruments", [{"code": c, **names} for c in ("bea", "eksim")])
        store.save_codes(
            database, "actors", [{"code": c, **names} for c in ("kemendag", "kemenperin", "kemenperin.ikft")]
        )
        yield database
