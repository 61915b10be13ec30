"""A database made by the first version is brought up to date with every row that it had."""

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from crawler.merging.rebuilding import catch_up
from db import connect, queries
from db.migrations import FIRST_TABLES, migrations

ROWS = {
    "outlets": [("warta", "Warta", "https://warta.test", "text"), ("niaga", "Niaga", "https://niaga.test", "quotes")],
    "sectors": [("ikft.tpt", "ikft", "Tekstil", "Textiles")],
    "instruments": [("bea", "Bea", "Duty")],
    "actors": [("kemendag", "Kemendag", "Ministry of Trade")],
    "articles": [
        (1, "warta", "https://warta.test/1", "Bea Masuk", "[]", "2026-01-02T03:00:00Z", None, None, "[]", "id",
         "Kemendag mengenakan bea masuk kain tenun.", "f1", "2026-01-02T04:00:00Z", "2026-01-02T04:00:00Z", None),
        (2, "niaga", "https://niaga.test/2", "Bea Masuk Kain", "[]", None, None, None, "[]", None,
         None, "f2", "2026-01-03T04:00:00Z", "2026-01-03T04:00:00Z", None),
    ],
    "links": [("https://warta.test/1", "warta", "stored", None, "{}", 1, "2026-01-02T04:00:00Z", 1)],
    "mentions": [
        (number, number, 0, 41, "Kemendag mengenakan bea masuk kain tenun.", "kemendag", "bea", "in_force",
         "mengenakan bea masuk kain tenun", 0.9, "1")
        for number in (1, 2)
    ],
    "mention_sectors": [(1, "ikft.tpt", 0), (2, "ikft.tpt", 0)],
    "runs": [(1, "warta", "2026-01-02T03:59:00Z", None, None, 1, 1, 0, 0, 0, 0, "{}", "{}", 100)],
}  # fmt: skip


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database as the first version left it."""
    path = tmp_path / "jurus.db"
    db = Database(sqlite3.connect(path))
    for statement in FIRST_TABLES.split(";"):
        db.execute(statement)
    for table, rows in ROWS.items():
        marks = ", ".join("?" * len(rows[0]))
        db.conn.executemany(f"insert into {table} values ({marks})", rows)
    db.table("_sqlite_migrations").insert(
        {"migration_set": migrations.name, "name": "first_tables", "applied_at": "2026-01-01"},
    )
    db.conn.commit()
    db.close()
    return path


def test_every_row_of_the_first_version_is_kept(old: Path):
    with connect(old) as db:
        for table, rows in ROWS.items():
            columns = ", ".join([row[1] for row in db.execute(f"pragma table_info({table})")][: len(rows[0])])
            assert db.execute(f"select {columns} from {table}").fetchall() == rows, table
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)
        assert db.execute("pragma foreign_key_check").fetchall() == []


def test_what_the_first_version_stored_joins_stories_and_measures(old: Path):
    with connect(old) as db:
        assert catch_up(db) == 2
        (measure,) = queries.measures(db)
        assert (measure["mentions"], measure["publishers"], measure["outlet"]) == (2, 2, "warta")
        assert queries.totals(db)["stories"] == 2


def test_an_upgraded_database_has_the_schema_of_a_new_one(old: Path, tmp_path: Path):
    def schema(path: Path) -> set[tuple[str, str]]:
        with connect(path) as db:
            rows = db.execute("select name, sql from sqlite_master where sql is not null and name not like '%migrat%'")
            return {(name, " ".join(sql.split())) for name, sql in rows}

    assert schema(old) == schema(tmp_path / "new.db")
