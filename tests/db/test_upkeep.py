import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from db import DatabaseUnusable, connect, queries, search, store, upkeep
from db.models import Run
from scheduler.backups import back_up, overwrites
from tests.crawler.press import NOON, RELEASE, article, mention, publish, visit

DAY = timedelta(days=1)


def test_old_texts_go_and_their_quotes_stay(db: Database):
    quote = RELEASE.split(". ")[0]
    for days in (0, 10):
        publish(db, visit(article("warta", f"kain-{days}", RELEASE, NOON + days * DAY), mention(quote)))
    assert upkeep.forget_texts(db, NOON + 5 * DAY) == 1
    texts = dict(db.execute("select url, text is not null from articles").fetchall())
    assert texts == {"https://warta.test/kain-0": 0, "https://warta.test/kain-10": 1}
    assert [row["quote"] for row in queries.mentions(db)] == [quote, quote]
    found = [row["url"] for row in search.articles(db, "penenunnya")]
    assert found == ["https://warta.test/kain-10"]
    db.execute("insert into articles_fts (articles_fts, rank) values ('integrity-check', 1)")
    assert upkeep.forget_texts(db, NOON + 5 * DAY) == 0


def test_quiet_runs_are_forgotten_before_those_that_tell_something(db: Database):
    for days, new, reason in (
        (90, 1, "finished"),
        (90, 0, "finished"),
        (90, 0, "killed"),
        (1, 0, "finished"),
        (500, 9, "x"),
    ):
        run = Run("warta", NOON - days * DAY, NOON, reason, new=new)
        store.save_run(db, store.start_run(db, run), run)
    assert upkeep.forget_runs(db, NOON - 30 * DAY, NOON - 400 * DAY) == 2
    assert [(row["new"], row["reason"]) for row in queries.last_runs(db, 9)] == [
        (0, "finished"),
        (0, "killed"),
        (1, "finished"),
    ]


def test_open_runs_are_closed_as_killed(db: Database):
    store.start_run(db, Run("warta", NOON))
    assert upkeep.close_open_runs(db, NOON + DAY) == 1
    assert upkeep.close_open_runs(db, NOON + DAY) == 0
    assert queries.last_runs(db, 1)[0]["reason"] == "killed"


def test_backups_are_whole_while_another_process_writes_and_kept_so_deep(db: Database, path: Path, tmp_path: Path):
    copy = tmp_path / "copy.db"
    with connect(path) as other:
        for number in range(4):
            publish(other, visit(article("warta", f"kain-{number}", RELEASE, NOON)))
            other.conn.execute("begin immediate")
            other.execute("update articles set title = 'not committed'")
            back_up(db, copy, keep=3)
            other.conn.rollback()
    names = sorted(path.name for path in tmp_path.glob("copy*"))
    assert names == ["copy.db", "copy.db.1", "copy.db.2"]
    for name, count in zip(names, (4, 3, 2), strict=True):
        with closing(sqlite3.connect(tmp_path / name)) as copied:
            assert copied.execute("pragma integrity_check").fetchone() == ("ok",)
            titles = [title for (title,) in copied.execute("select title from articles")]
            assert len(titles) == count
            assert "not committed" not in titles


def test_a_backup_that_cannot_be_made_leaves_the_earlier_ones(db: Database, tmp_path: Path):
    back_up(db, tmp_path / "copy.db", keep=2)
    (tmp_path / "copy.db.part").mkdir()
    with pytest.raises(DatabaseUnusable, match="unable to open"):
        back_up(db, tmp_path / "copy.db", keep=2)
    assert sorted(path.name for path in tmp_path.glob("copy.db*") if path.is_file()) == ["copy.db"]


@pytest.mark.parametrize(
    ("database", "copy", "keep", "harm"),
    [
        ("jurus.db", "jurus.db", 1, True),
        ("jurus.db", "folder/../jurus.db", 1, True),
        ("jurus.db", "jurus.db-wal", 1, True),
        ("jurus.db.2", "jurus.db", 3, True),
        ("jurus.db.2", "jurus.db", 2, False),
        ("jurus.db.part", "jurus.db", 1, True),
        ("jurus.db", "copy.db", 7, False),
    ],
)
def test_a_copy_never_takes_the_place_of_the_database(tmp_path: Path, database: str, copy: str, keep: int, harm: bool):
    assert overwrites(tmp_path / database, tmp_path / copy, keep) is harm


def test_the_log_is_written_back(db: Database, path: Path):
    log = path.with_name(f"{path.name}-wal")
    publish(db, visit(article("warta", "kain", RELEASE, NOON)))
    assert log.stat().st_size > 0
    assert "written back" in upkeep.optimize(db)
    assert log.stat().st_size == 0
