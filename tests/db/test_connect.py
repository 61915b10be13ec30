import os
import sqlite3
import threading
from pathlib import Path

import pytest

from db import DatabaseUnusable, connect, open_existing
from db.migrations import migrations


def test_the_pragmas_and_strict_tables(db, path: Path):
    assert db.execute("pragma journal_mode").fetchone() == ("wal",)
    assert db.execute("pragma foreign_keys").fetchone() == (1,)
    tables = {"outlets", "articles", "mentions", "mention_sectors", "sectors", "instruments", "actors", "runs", "links"}
    assert tables <= set(db.table_names())
    assert all(db.table(name).strict for name in tables)


def refuse(path: Path, words: str, opener=connect) -> None:
    with pytest.raises(DatabaseUnusable, match=words) as caught, opener(path):
        pass
    assert "\n" not in str(caught.value)


def test_what_is_no_database_is_named(tmp_path: Path):
    refuse(tmp_path, "this is a folder")
    (tmp_path / "text.db").write_text("Ini bukan basis data, " * 100)
    refuse(tmp_path / "text.db", "not a database: name another file")
    refuse(tmp_path / "none" / "jurus.db", "unable to open .*: check that its folder exists")
    refuse(tmp_path / "none.db", "run `jurus crawl` first", open_existing)
    assert not (tmp_path / "none.db").exists()


def test_a_newer_schema_is_refused(db, path: Path):
    db.table("_sqlite_migrations").insert({"migration_set": migrations.name, "name": "of_next_year", "applied_at": ""})
    refuse(path, "made by a newer Jurus .*of_next_year.*: update Jurus")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_database_that_may_not_be_written(db, path: Path):
    db.close()
    path.chmod(0o400)
    refuse(path, "readonly")


def test_a_full_database_says_so_and_keeps_what_it_has(path: Path):
    with pytest.raises(DatabaseUnusable, match="full: free some space"), connect(path) as db:
        db.table("outlets").insert({"slug": "a", "title": "A", "home": "https://a.test", "keep": "text"})
        pages = db.execute("pragma page_count").fetchone()[0]
        db.execute(f"pragma max_page_count = {pages}")
        db.table("outlets").insert_all(
            {"slug": f"s{n}", "title": "A" * 500, "home": "https://a.test", "keep": "text"} for n in range(1000)
        )
    with open_existing(path) as db:
        assert [row["slug"] for row in db.table("outlets").rows] == ["a"]
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)


def test_processes_that_make_the_database_at_once_do_not_collide(path: Path):
    failures: list[Exception] = []

    def open_it() -> None:
        try:
            with connect(path):
                pass
        except (DatabaseUnusable, sqlite3.Error) as error:
            failures.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
