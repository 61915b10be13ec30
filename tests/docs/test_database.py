"""docs/database.md says what is so: its queries answer, and what it names is there."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.sql import ask
from tests.whole.filling import fill

TEXT = (Path(__file__).parents[2] / "docs" / "database.md").read_text("utf-8")
QUESTIONS = re.findall(r"### (.+?)\n.*?```sql\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "jurus.db"
    fill(path)
    return path


def names(path: Path, kind: str) -> set[str]:
    with closing(sqlite3.connect(path)) as conn:
        return {row[0] for row in conn.execute("select name from sqlite_schema where type = ?", [kind])}


def test_each_question_has_a_query():
    assert len(QUESTIONS) == TEXT.count("\n### ") == TEXT.count("```sql") >= 12


@pytest.mark.parametrize(("question", "query"), QUESTIONS, ids=[question for question, _ in QUESTIONS])
def test_the_queries_answer(question: str, query: str, filled: Path):
    columns, rows = ask(filled, query, seconds=30)
    assert rows, question
    assert all(any(row[column] is not None for row in rows) for column in columns if column != "in_force_on"), question


@pytest.mark.parametrize(("question", "query"), QUESTIONS, ids=[question for question, _ in QUESTIONS])
def test_a_plain_session_gets_the_same(question: str, query: str, filled: Path):
    with closing(sqlite3.connect(filled)) as conn:
        assert len(conn.execute(query).fetchall()) == len(ask(filled, query, seconds=30)[1])


def described(heading: str) -> set[str]:
    """The names in the first column of the table under a heading."""
    section = TEXT.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`.+?`) \|", section, re.MULTILINE)
    return set(re.findall(r"`(\w+)`", " ".join(cells)))


def test_every_view_is_described_and_every_table_named_exists(filled: Path):
    assert described("Views") == names(filled, "view")
    assert len(described("Tables")) >= 15
    assert described("Tables") <= names(filled, "table")
