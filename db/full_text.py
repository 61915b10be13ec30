"""The full-text index: two FTS5 tables over what stands in `articles` and `mentions`, and the words in all their forms.

The texts stand once, in their own tables; triggers in plain SQL keep the index true whoever writes, in the same
transaction. `words` lists the forms of a stem that were ever seen, so that a search, or a plain SQLite session, can
ask for all of them; the store adds to it.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlite_utils import Database

from db.stems import stem, words

FORM = re.compile(r"[a-z]{5,30}")
BATCH = 500
ALL = -1

SCHEMA = """
create table words (stem text not null, word text not null, primary key (stem, word)) strict, without rowid;

create virtual table articles_fts using fts5 (
    title, text, content='articles', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
);
create trigger articles_fts_insert after insert on articles begin
    insert into articles_fts (rowid, title, text) values (new.id, new.title, new.text);
end;
create trigger articles_fts_delete after delete on articles begin
    insert into articles_fts (articles_fts, rowid, title, text) values ('delete', old.id, old.title, old.text);
end;
create trigger articles_fts_update after update of id, title, text on articles
when (old.id, old.title, old.text) is not (new.id, new.title, new.text) begin
    insert into articles_fts (articles_fts, rowid, title, text) values ('delete', old.id, old.title, old.text);
    insert into articles_fts (rowid, title, text) values (new.id, new.title, new.text);
end;

create virtual table mentions_fts using fts5 (
    quote, content='mentions', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
);
create trigger mentions_fts_insert after insert on mentions begin
    insert into mentions_fts (rowid, quote) values (new.id, new.quote);
end;
create trigger mentions_fts_delete after delete on mentions begin
    insert into mentions_fts (mentions_fts, rowid, quote) values ('delete', old.id, old.quote);
end;
create trigger mentions_fts_update after update of id, quote on mentions
when (old.id, old.quote) is not (new.id, new.quote) begin
    insert into mentions_fts (mentions_fts, rowid, quote) values ('delete', old.id, old.quote);
    insert into mentions_fts (rowid, quote) values (new.id, new.quote);
end;

create index articles_time on articles (coalesce(published_at, first_seen_at));
create index mentions_facets on mentions (instrument, actor, status, article_id);
"""

CREATE_WAITING = """
create table unindexed (article integer not null, mention integer not null) strict;
drop trigger articles_fts_insert;
create trigger articles_fts_insert after insert on articles when not exists (select 1 from unindexed) begin
    insert into articles_fts (rowid, title, text) values (new.id, new.title, new.text);
end;
drop trigger mentions_fts_insert;
create trigger mentions_fts_insert after insert on mentions when not exists (select 1 from unindexed) begin
    insert into mentions_fts (rowid, quote) values (new.id, new.quote);
end;
"""
"""While `unindexed` has a row, which is only ever inside a transaction, new articles and mentions wait after these
numbers: FTS5 writes out what it holds at every statement that fires a trigger, a segment for each article."""


def create(db: Database) -> None:
    """Make the index and fill it from what is stored."""
    for statement in statements(SCHEMA):
        db.execute(statement)
    for table in ("articles_fts", "mentions_fts"):
        db.execute(f"insert into {table} ({table}) values ('rebuild')")  # noqa: S608
    texts = db.execute("select title || ' ' || coalesce(text, '') from articles union all select quote from mentions")
    while batch := texts.fetchmany(BATCH):
        learn(db, [row[0] for row in batch])


def statements(script: str) -> Iterator[str]:
    """A script's statements, a trigger with its body as one."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def at_once(db: Database) -> Iterator[None]:
    """Put what is inserted in this block into the index together, at its end. Only within a transaction."""
    wait(db)
    yield
    index_waiting(db)


@contextmanager
def one_by_one(db: Database) -> Iterator[None]:
    """Let what changes in this block, inside `at_once`, find in the index all that was inserted before."""
    waits = db.execute("select 1 from unindexed").fetchone() is not None
    if waits:
        index_waiting(db)
    yield
    if waits:
        wait(db)


def wait(db: Database) -> None:
    db.execute(
        "insert into unindexed"
        " select (select coalesce(max(id), 0) from articles), (select coalesce(max(id), 0) from mentions)"
    )


def index_waiting(db: Database) -> None:
    db.execute(
        "insert into articles_fts (rowid, title, text)"
        " select id, title, text from articles where id > (select article from unindexed)"
    )
    db.execute(
        "insert into mentions_fts (rowid, quote)"
        " select id, quote from mentions where id > (select mention from unindexed)"
    )
    db.execute("delete from unindexed")


def learn(db: Database, texts: Iterable[str]) -> None:
    """Remember under their stems what words stand in these texts."""
    seen = {word for text in texts for word in FORM.findall(text.lower())}
    rows = [(root, word) for word in seen if (root := stem(word)) != word]
    db.conn.executemany("insert or ignore into words (stem, word) values (?, ?)", rows)


def family(db: Database, word: str, most: int) -> list[str]:
    """The other forms of a word, its stem among them; of a family larger than `most` the shortest."""
    root = stem(word)
    rows = db.execute("select word from words where stem = ? order by length(word), word limit ?", [root, most])
    return [form for form in (root, *(row[0] for row in rows)) if form != word]


def any_of(db: Database, phrases: Iterable[str]) -> str:
    """What FTS5 is asked for texts that hold all words of one of these phrases, each in any of its forms."""
    spelled = [[forms_of(db, word) for word in words(phrase)] for phrase in phrases]
    return " OR ".join(f"({' AND '.join(each)})" for each in spelled if each)


def forms_of(db: Database, word: str) -> str:
    return f"({' OR '.join(json.dumps(form) for form in (word, *family(db, word, ALL)))})"
