"""A database that the first version made, and what becomes of it."""

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from crawler.merging.rebuilding import catch_up
from db import connect, queries, search
from db.migrations import migrations

FIRST, *LATER = [migration.name for migration in migrations._migrations]
ROWS = {
    "outlets": {"slug": "warta", "title": "Warta", "home": "https://warta.test", "keep": "text"},
    "sectors": {"code": "ikft.tpt", "sector_group": "ikft", "name_id": "tekstil", "name_en": "textiles"},
    "instruments": {"code": "bea", "name_id": "bea", "name_en": "duties"},
    "actors": {"code": "kemendag", "name_id": "Kementerian Perdagangan", "name_en": "Ministry of Trade"},
    "articles": {
        "id": 7,
        "outlet": "warta",
        "url": "https://warta.test/kain",
        "title": "Bea Masuk Kain",
        "published_at": "2026-11-24T05:00:00Z",
        "text": "Kementerian Perdagangan menaikkan bea masuk kain untuk melindungi penenun.",
        "fingerprint": "f",
        "extractor_version": "1",
        "first_seen_at": "2026-11-24T05:20:00Z",
        "changed_at": "2026-11-24T05:20:00Z",
    },
    "links": {
        "url": "https://warta.test/kain",
        "outlet": "warta",
        "state": "stored",
        "stamps": "{}",
        "attempts": 1,
        "tried_at": "2026-11-24T05:20:00Z",
        "article_id": 7,
    },
    "mentions": {
        "id": 9,
        "article_id": 7,
        "start_char": 0,
        "end_char": 73,
        "quote": "Kementerian Perdagangan menaikkan bea masuk kain untuk melindungi penenun.",
        "actor": "kemendag",
        "instrument": "bea",
        "status": "in_force",
        "what": "menaikkan bea masuk kain",
        "confidence": 0.9,
        "extractor_version": "1",
    },
    "mention_sectors": {"mention_id": 9, "sector": "ikft.tpt", "position": 0},
    "runs": {"id": 3, "outlet": "warta", "started_at": "2026-11-24T05:19:00Z", "new": 1},
}


@pytest.fixture
def old(path: Path) -> Path:
    """Made by the first version, with a row in each table."""
    database = Database(sqlite3.connect(path))
    migrations.apply(database, stop_before=LATER)
    for table, row in ROWS.items():
        database.table(table).insert(row)
    database.conn.commit()
    database.close()
    return path


def test_the_first_version_has_every_table_filled(old: Path):
    with sqlite3.connect(old) as conn:
        tables = {name for (name,) in conn.execute("select name from sqlite_schema where type = 'table'")}
    conn.close()
    assert tables - {"_sqlite_migrations"} == set(ROWS)


def test_every_row_is_kept_as_it_was(old: Path):
    with connect(old) as db:
        for table, row in ROWS.items():
            (now,) = db.table(table).rows
            assert {column: now[column] for column in row} == row
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)
        assert db.execute("pragma foreign_key_check").fetchall() == []


def test_what_was_stored_before_can_be_searched(old: Path):
    with connect(old) as db:
        assert [row["url"] for row in search.articles(db, "perlindungan kain")] == ["https://warta.test/kain"]
        for table in ("articles_fts", "mentions_fts"):
            db.execute(f"insert into {table} ({table}, rank) values ('integrity-check', 1)")
            assert db.execute(f"select count(*) from {table} where {table} match 'kain'").fetchone() == (1,)


def test_opening_it_again_changes_nothing(old: Path):
    with connect(old) as db:
        before = db.execute("select * from _sqlite_migrations").fetchall()
    with connect(old) as db:
        assert db.execute("select * from _sqlite_migrations").fetchall() == before
        assert len(before) == len(LATER) + 1


def test_what_the_first_version_stored_joins_stories_and_measures(old: Path):
    with connect(old) as db:
        assert catch_up(db) == 1
        assert catch_up(db) == 0
        (measure,) = queries.measures(db)
        assert (measure["mentions"], measure["publishers"], measure["outlet"]) == (1, 1, "warta")
        assert queries.totals(db)["stories"] == 1


def test_an_upgraded_database_has_the_schema_of_a_new_one(old: Path, tmp_path: Path):
    def schema(path: Path) -> set[tuple[str, str]]:
        with connect(path) as db:
            rows = db.execute("select name, sql from sqlite_schema where sql is not null and name not like '%migrat%'")
            return {(name, " ".join(sql.split())) for name, sql in rows}

    assert schema(old) == schema(tmp_path / "new.db")
