"""The rows that others refer to: outlets, sectors, instruments, actors and regions, from the data files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from crawler import taxonomy
from crawler.outlets import Outlet, publisher_of
from crawler.taxonomy import Actor, Instrument
from crawler.taxonomy.regions import Region, load_regions
from db import Database, open_existing, store


def save_codes(db: Database, outlets: Iterable[Outlet]) -> None:
    """Bring the database's code tables up to date with the data files, and with these outlets."""
    rows = [
        {"slug": o.slug, "title": o.title, "home": o.home, "keep": o.keep, "publisher": publisher_of(o)}
        for o in outlets
    ]
    store.save_codes(db, "outlets", rows)
    save_taxonomy(db)


@contextmanager
def open_known(path: Path) -> Iterator[Database]:
    """An existing database that knows the codes of today: those that an earlier Jurus did not have are told now too."""
    with open_existing(path) as db:
        save_taxonomy(db)
        yield db


def save_taxonomy(db: Database) -> None:
    """Sectors, instruments, actors and regions."""
    sectors = taxonomy.load_sectors().values()
    store.save_codes(
        db,
        "sectors",
        [{"code": s.code, "sector_group": s.group, "name_id": s.name_id, "name_en": s.name_en} for s in sectors],
    )
    named: dict[str, Mapping[str, Instrument | Actor | Region]] = {
        "instruments": taxonomy.load_instruments(),
        "actors": taxonomy.load_actors(),
        "regions": load_regions(),
    }
    for table, entries in named.items():
        store.save_codes(
            db, table, [{"code": e.code, "name_id": e.name_id, "name_en": e.name_en} for e in entries.values()]
        )
