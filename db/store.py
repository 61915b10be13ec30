"""The only writer. Every function is one transaction: all of it is kept, or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Literal

from db import Database, writing
from db.models import Article, Mention, Run, Visit
from db.queries import known_links
from db.times import to_text

Outcome = Literal["new", "updated", "unchanged"]


def save_codes(db: Database, table: str, rows: Iterable[dict[str, str]]) -> None:
    """Bring `outlets`, `sectors`, `instruments` or `actors` up to date with the data files."""
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


def save_visits(db: Database, visits: Sequence[Visit]) -> list[Outcome | None]:
    """Store a batch of visits; for each, whether its article is new, updated or unchanged (None where it has none)."""
    with writing(db):
        return [save_visit(db, visit) for visit in visits]


def save_visit(db: Database, visit: Visit) -> Outcome | None:
    outcome: Outcome | None = None
    article_id = stored_id(db, [visit.url, *visit.aliases])
    if visit.article is not None:
        article_id, outcome = save_article(db, visit, visit.article, article_id)
    elif visit.state == "gone" and article_id is not None:
        db.execute(
            "update articles set withdrawn_at = coalesce(withdrawn_at, ?) where id = ?", [to_text(visit.at), article_id]
        )
    addresses = {visit.url, *visit.aliases}
    if visit.article is not None:
        addresses.add(visit.article.canonical_url)
    for url in sorted(addresses):
        save_link(db, visit, url, article_id)
    return outcome


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
    db.table("links").upsert(row, pk="url")


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


def save_article(db: Database, visit: Visit, article: Article, known_id: int | None) -> tuple[int, Outcome]:
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
        save_mentions(db, article_id, visit.mentions, visit.extractor_version)
        return article_id, "new"
    before = db.execute("select fingerprint, url, withdrawn_at from articles where id = ?", [article_id]).fetchone()
    if before == (row["fingerprint"], article.canonical_url, None):
        return article_id, "unchanged"
    db.table("articles").update(article_id, row | {"changed_at": now, "withdrawn_at": None})
    save_mentions(db, article_id, visit.mentions, visit.extractor_version)
    return article_id, "updated"


def insert(db: Database, table: str, row: dict[str, Any]) -> int:
    last_pk = db.table(table).insert(row).last_pk
    assert isinstance(last_pk, int)  # noqa: S101 - every table here has an integer key
    return last_pk


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
    }


def fingerprint(article: Article, mentions: Sequence[Mention]) -> str:
    """Of what the outlet published, so that a second look knows whether anything changed.

    Where the text may not be kept, its quotes stand for it.
    """
    content = [article_row(article), [mention.quote for mention in mentions] if article.text is None else []]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:32]


def save_mentions(db: Database, article_id: int, mentions: Sequence[Mention], extractor_version: str) -> None:
    """Replace an article's mentions."""
    db.execute("delete from mentions where article_id = ?", [article_id])
    for mention in mentions:
        row = asdict(mention)
        row["start_char"], row["end_char"] = row.pop("start"), row.pop("end")
        sectors = row.pop("sectors")
        row |= {"article_id": article_id, "extractor_version": extractor_version}
        mention_id = insert(db, "mentions", row)
        db.table("mention_sectors").insert_all(
            {"mention_id": mention_id, "sector": sector, "position": position}
            for position, sector in enumerate(sectors)
        )


def close_killed_runs(db: Database, outlet: str, at: datetime) -> int:
    """Close the runs of this outlet that never finished: their process was killed."""
    with writing(db):
        return db.execute(
            "update runs set finished_at = ?, reason = 'killed' where outlet = ? and finished_at is null",
            [to_text(at), outlet],
        ).rowcount


def save_retagged(db: Database, tagged: Mapping[int, Sequence[Mention]], extractor_version: str) -> None:
    """Replace the mentions of stored articles (by id) with those that another extractor found in the same text."""
    with writing(db):
        for article_id, mentions in tagged.items():
            save_mentions(db, article_id, mentions, extractor_version)
            db.execute("update articles set extractor_version = ? where id = ?", [extractor_version, article_id])
