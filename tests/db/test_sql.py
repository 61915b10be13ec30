import contextlib
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import DatabaseUnusable, full_text
from db.sql import SqlError, TookTooLong, ask


def answer(path: Path, statement: str) -> list[dict]:
    return ask(path, statement, seconds=10)[1]


def test_rows_with_their_columns(db, path: Path):
    columns, rows = ask(path, "select slug, 1 as slug, x'00ff' from outlets", 10)
    assert columns == ["slug", "slug_2", "x'00ff'"]
    assert rows == [{"slug": "warta", "slug_2": 1, "x'00ff'": "x'00ff'"}]
    assert ask(path, "select slug from outlets where false", 10) == (["slug"], [])
    assert answer(path, "with recursive n (i) as (select 1 union all select i + 1 from n where i < 3) select i from n")
    assert answer(path, "pragma table_info(outlets)")[0]["name"] == "slug"


def test_the_full_text_index_can_be_asked(db, path: Path):
    assert answer(path, "select rowid from articles_fts where articles_fts match 'garam'") == []
    assert answer(path, "select value from json_each('[7]')") == [{"value": 7}]
    full_text.learn(db, ["menyerap"])
    db.conn.commit()
    assert answer(path, "select word from words where stem = 'serap'") == [{"word": "menyerap"}]


@pytest.mark.parametrize(
    "statement",
    [
        "delete from outlets",
        "update outlets set title = 'x'",
        "insert into outlets values ('x', 'x', 'x', 'text')",
        "with o as (select 1) delete from outlets",
        "update sqlite_master set sql = ''",
        "delete from sqlite_schema",
        "drop table outlets",
        "create temp table x (y)",
        "create table x (y)",
        "attach ':memory:' as other",
        "vacuum into '/tmp/stolen.db'",
        "pragma query_only = off",
        "pragma journal_mode = delete",
        "pragma writable_schema = on",
        "begin immediate",
        "insert into articles_fts (articles_fts) values ('delete-all')",
        "reindex",
        "analyze",
        "select load_extension('x')",
        "select fts3_tokenizer('simple')",
        "select 1; delete from outlets",
        "selec",
        "select nama from outlets",
        "select '\x00",
        "select zeroblob(1000000000)",
        "",
    ],
)
def test_what_is_no_question_changes_nothing(db, path: Path, statement: str):
    with contextlib.suppress(SqlError):
        assert answer(path, statement) == []
    with sqlite3.connect(path) as conn:
        assert conn.execute("select slug, title from outlets").fetchall() == [("warta", "Warta")]
        assert conn.execute("pragma journal_mode").fetchone() == ("wal",)
    conn.close()


def test_refusals_say_why_in_one_line(db, path: Path):
    for statement, words in (
        ("delete from outlets", "only questions are answered"),
        ("attach ':memory:' as other", "only questions are answered"),
        ("select load_extension('x')", "only questions are answered"),
        ("select 1; select 2", "one question at a time"),
        ("select nama from outlets", "no such column: nama"),
        ("select\n*\nfrom\nnowhere", "no such table: nowhere"),
    ):
        with pytest.raises(SqlError, match=words) as caught:
            answer(path, statement)
        assert "\n" not in str(caught.value)


def test_a_question_that_never_ends_is_stopped(db, path: Path):
    endless = "with recursive n (i) as (select 1 union all select i + 1 from n) select max(i) from n"
    with pytest.raises(TookTooLong, match="--seconds"):
        ask(path, endless, seconds=0.05)


def test_no_database(tmp_path: Path):
    with pytest.raises(DatabaseUnusable, match="no database yet"):
        answer(tmp_path / "none.db", "select 1")
    (tmp_path / "text.db").write_text("Ini bukan basis data, " * 100)
    with pytest.raises(DatabaseUnusable, match="not a database"):
        answer(tmp_path / "text.db", "select 1")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text())
def test_any_text_is_answered_or_refused(db, path: Path, statement: str):
    with contextlib.suppress(SqlError):
        answer(path, statement)
