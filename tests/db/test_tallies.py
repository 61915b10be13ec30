import sqlite3

import pytest
from sqlite_utils import Database

from db import tallies
from db.migrations import migrations

WEEKS = [("2026-11-01", "2026-11-08"), ("2026-11-08", "2026-11-15")]


def fill(db: Database) -> None:
    """Three measures: two in the first week, one of them for two sectors; one at the start of the second."""
    db.execute("insert into outlets (slug, title, home, keep) values ('warta', 'Warta', 'https://warta.test', 'text')")
    names = {"name_id": "nama", "name_en": "name"}
    for code, group in (("ikft", "ikft"), ("ikft.tpt", "ikft"), ("agro", "agro")):
        db.table("sectors").insert({"code": code, "sector_group": group, **names})
    db.table("instruments").insert({"code": "bea", **names})
    db.table("actors").insert({"code": "kemenkeu", **names})
    db.execute(
        "insert into articles (id, outlet, url, title, fingerprint, extractor_version, first_seen_at, changed_at)"
        " values (1, 'warta', 'https://warta.test/1', 'Judul', '', '1', '2026-11-01', '2026-11-01')"
    )
    for measure, day, sectors in (
        ("m1", "2026-11-02", ["ikft.tpt", "ikft"]),
        ("m2", "2026-11-07", ["agro", "ikft"]),
        ("m3", "2026-11-08", ["ikft"]),
    ):
        db.execute(
            "insert into measures (id, title, actor, instrument, status, first_seen_at, last_seen_at, article_id,"
            " mentions, publishers, revision) values (?, '', 'kemenkeu', 'bea', 'planned', ?, ?, 1, 1, 1, 1)",
            [measure, day, day],
        )
        for position, sector in enumerate(sectors):
            db.table("measure_sectors").insert({"measure_id": measure, "sector": sector, "position": position})
    db.conn.commit()


@pytest.fixture(params=["filled after the migration", "filled before it"])
def db(request: pytest.FixtureRequest) -> Database:
    database = Database(sqlite3.connect(":memory:"))
    if request.param == "filled before it":
        migrations.apply(database, stop_before="tallies")
        fill(database)
        migrations.apply(database)
    else:
        migrations.apply(database)
        fill(database)
    return database


def test_by_group_counts_each_measure_once(db):
    assert tallies.by_group(db, WEEKS) == {"ikft": [1, 1], "agro": [1, 0]}


def test_of_sector_counts_a_group_with_its_sectors(db):
    assert tallies.of_sector(db, "ikft", WEEKS) == [2, 1]
    assert tallies.of_sector(db, "ikft.tpt", WEEKS) == [1, 0]
    assert tallies.of_sector(db, "umum", WEEKS) == [0, 0]


def test_by_sector_counts_all_and_those_of_the_week(db):
    counts = {code: (row["measures"], row["of_week"]) for code, row in tallies.by_sector(db, WEEKS[0]).items()}
    assert counts == {"ikft": (3, 2), "ikft.tpt": (1, 1), "agro": (1, 1)}


def test_a_measure_that_turns_out_older_counts_in_its_week(db):
    db.execute("update measures set first_seen_at = '2026-11-03' where id = 'm3'")
    assert tallies.of_sector(db, "ikft", WEEKS) == [3, 0]
