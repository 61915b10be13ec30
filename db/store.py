"""The only writer. Every function is one transaction: all of it is kept, or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from db import Database, full_text, writing
from db.mentions import save_mentions
from db.models import Article, Before, Mention, Run, Saved, Visit
from db.queries import known_links
from db.times import to_text


def save_codes(db: Database, table: str, rows: Iterable[dict[str, str]]) -> None:
    """Bring `outlets`, `sectors`, `instruments`, `actors` or `regions` up to date with the data files."""
    with writing(db):
        db.table(table).upsert_all(rows, pk="slug" if table == "outlets" else "code")


def start_run(db: Database, run: Run) -> int:
    """Open the run's row before anything is fetched, so that a killed run leaves a trace."""
    with writing(db):
        return insert(db, "runs", {"outlet": run.outlet, "started_at": to_text(run.started_at)})


def save_run(db: Database, run_id: int, run: Run) -> None:
    """Write what the run has counted so far."""
    row: dict[str, Any] = asdict(run)
    row |= {"started_at": to_text(run.started_at), "finished_at": to_text(run.finished_at)}
    row |= {"failed": json.dumps(run.failed), "feeds_failed": json.dumps(run.feeds_failed)}
    with writing(db):
        db.table("runs").update(run_id, row)


def save_stamps(db: Database, stamps: Mapping[str, dict[str, str]]) -> None:
    """Remember that further kinds of lists name links already known: canonical URL -> source -> stamp."""
    with writing(db):
        for url, link in known_links(db, list(stamps)).items():
            db.table("links").update(url, {"stamps": json.dumps(link.stamps | stamps[url])})


def save_visits(db: Database, visits: Sequence[Visit]) -> list[Saved | None]:
    """Store a batch of visits; for each, what came of its article (None where it has none)."""
    with writing(db):
        full_text.learn(db, texts(visits))
        with full_text.at_once(db):
            return [save_visit(db, visit) for visit in visits]


def texts(visits: Sequence[Visit]) -> Iterator[str]:
    """All words of these visits that can be searched for."""
    for visit in visits:
        if visit.article is not None:
            yield from (visit.article.title, visit.article.text or "", *(mention.quote for mention in visit.mentions))


def save_visit(db: Database, visit: Visit) -> Saved | None:
    saved = None
    article_id = stored_id(db, [visit.url, *visit.aliases])
    if visit.article is not None:
        saved = save_article(db, visit, visit.article, article_id)
        article_id = saved.article_id
    elif visit.state == "gone" and article_id is not None:
        db.execute(
            "update articles set withdrawn_at = coalesce(withdrawn_at, ?) where id = ?", [to_text(visit.at), article_id]
        )
    addresses = {visit.url, *visit.aliases}
    if visit.article is not None:
        addresses.add(visit.article.canonical_url)
    for url in sorted(addresses):
        save_link(db, visit, url, article_id)
    return saved


def save_link(db: Database, visit: Visit, url: str, article_id: int | None) -> None:
    """Attempts count up while the same version of a link goes on failing, and start anew with a new stamp."""
    before = known_links(db, [url]).get(url)
    stamps = before.stamps if before else {}
    repeated = before is not None and before.state == visit.state and stamps.get(visit.source) == visit.stamp
    row = {
        "url": url,
        "outlet": visit.outlet,
        "state": visit.state,
        "reason": visit.reason,
        "stamps": json.dumps(stamps | {visit.source: visit.stamp}),
        "attempts": before.attempts + 1 if before and repeated else 1,
        "tried_at": to_text(visit.at),
        "article_id": article_id,
    }
    db.execute(SAVE_LINK, row)


def stored_id(db: Database, urls: Sequence[str]) -> int | None:
    """The article that one of these addresses led to before."""
    marks = ",".join("?" * len(urls))
    row = db.execute(f"select max(article_id) from links where url in ({marks})", urls).fetchone()  # noqa: S608
    return row[0] if row else None


def moved_id(db: Database, article: Article) -> int | None:
    """The same outlet's article of the same title and minute under another address: it has moved."""
    if article.published_at is None:
        return None
    row = db.execute(
        "select id from articles where outlet = ? and published_at = ? and title = ?",
        [article.outlet, to_text(article.published_at), article.title],
    ).fetchone()
    return row[0] if row else None


def save_article(db: Database, visit: Visit, article: Article, known_id: int | None) -> Saved:
    """Insert or update by canonical URL, an earlier address of it, or its title and minute."""
    row = article_row(article) | {
        "fingerprint": fingerprint(article, visit.mentions),
        "extractor_version": visit.extractor_version,
    }
    same_url = db.execute("select id from articles where url = ?", [article.canonical_url]).fetchone()
    article_id = same_url[0] if same_url else known_id or moved_id(db, article)
    now = to_text(visit.at)
    if article_id is None:
        article_id = insert(db, "articles", row | {"first_seen_at": now, "changed_at": now})
        save_mentions(db, article_id, article.canonical_url, visit.mentions, visit.extractor_version)
        return Saved(article_id, "new")
    before = db.execute("select fingerprint, url, withdrawn_at from articles where id = ?", [article_id]).fetchone()
    if before == (row["fingerprint"], article.canonical_url, None) or loses_text(db, article_id, article):
        return Saved(article_id, "unchanged")
    known = before_change(db, article_id)
    with full_text.one_by_one(db):
        db.table("articles").update(article_id, row | {"changed_at": now, "withdrawn_at": None})
        changes = save_mentions(db, article_id, article.canonical_url, visit.mentions, visit.extractor_version)
    before_it = replace(known, mentions_gone=changes.gone, mentions_new=changes.new)
    return Saved(article_id, "updated", before_it, frozenset(changes.measures))


def loses_text(db: Database, article_id: int, article: Article) -> bool:
    """Whether only a part came of an article that is stored whole: a part never replaces the whole."""
    if article.partial is None:
        return False
    whole = "select 1 from articles where id = ? and partial is null and withdrawn_at is null"
    return db.execute(whole, [article_id]).fetchone() is not None


def before_change(db: Database, article_id: int) -> Before:
    """What an article said until now, and by which version of the extractor its mentions were found."""
    title, text, version = db.execute(
        "select title, text, (select extractor_version from mentions where article_id = articles.id limit 1)"
        " from articles where id = ?",
        [article_id],
    ).fetchone()
    return Before(title, text, version)


def save_revision(db: Database, article_id: int, at: datetime, before: Before, diff: str) -> None:
    """Keep what an article said before it changed."""
    row = {
        "article_id": article_id,
        "seen_at": to_text(at),
        "title": before.title,
        "text": before.text,
        "diff": diff,
        "mentions_gone": json.dumps(before.mentions_gone, ensure_ascii=False),
        "mentions_new": json.dumps(before.mentions_new, ensure_ascii=False),
    }
    insert(db, "revisions", row)


def insert(db: Database, table: str, row: dict[str, Any]) -> int:
    columns, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    row_id = db.execute(f"insert into {table} ({columns}) values ({marks})", row).lastrowid  # noqa: S608
    assert row_id is not None  # noqa: S101 - an insert has a row
    return row_id


def article_row(article: Article) -> dict[str, Any]:
    return {
        "outlet": article.outlet,
        "url": article.canonical_url,
        "title": article.title,
        "authors": json.dumps(article.authors, ensure_ascii=False),
        "published_at": to_text(article.published_at),
        "modified_at": to_text(article.modified_at),
        "section": article.section,
        "tags": json.dumps(article.tags, ensure_ascii=False),
        "language": article.language,
        "text": article.text,
        "partial": article.partial,
    }


def fingerprint(article: Article, mentions: Sequence[Mention]) -> str:
    """Of what the outlet published, so that a second look knows whether anything changed.

    Where the text may not be kept, its quotes stand for it.
    """
    row = {name: value for name, value in article_row(article).items() if name != "partial" or value}
    content = [row, [mention.quote for mention in mentions] if article.text is None else []]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:32]


def close_killed_runs(db: Database, outlet: str, at: datetime) -> int:
    """Close the runs of this outlet that never finished: their process was killed."""
    with writing(db):
        return db.execute(
            "update runs set finished_at = ?, reason = 'killed' where outlet = ? and finished_at is null",
            [to_text(at), outlet],
        ).rowcount


def save_retagged(db: Database, tagged: Mapping[int, Sequence[Mention]], extractor_version: str) -> set[str]:
    """Replace the mentions of stored articles (by id) with those that another extractor found in the same text.

    Returns the measures that lost a mention.
    """
    left: set[str] = set()
    with writing(db):
        for article_id, mentions in tagged.items():
            url = db.execute("select url from articles where id = ?", [article_id]).fetchone()[0]
            left |= save_mentions(db, article_id, url, mentions, extractor_version).measures
            db.execute("update articles set extractor_version = ? where id = ?", [extractor_version, article_id])
    return left


SAVE_LINK = """
insert into links (url, outlet, state, reason, stamps, attempts, tried_at, article_id)
values (:url, :outlet, :state, :reason, :stamps, :attempts, :tried_at, :article_id)
on conflict (url) do update set outlet = excluded.outlet, state = excluded.state, reason = excluded.reason,
    stamps = excluded.stamps, attempts = excluded.attempts, tried_at = excluded.tried_at,
    article_id = excluded.article_id
"""
