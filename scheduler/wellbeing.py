"""The outlets judged by what the database holds of them; each change of state is an alert."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from crawler.outlets import Outlet
from db import Database, health, polls
from db.times import from_text
from scheduler.feeds import named
from scheduler.health import CHALLENGE, Facts, Feed, Finding, Visits, judge
from scheduler.logs import warn

HISTORY = timedelta(days=60)
READS = 22  # full answers of a feed
VISITS, VISITS_BEFORE = 20, 200
ARTICLES, ARTICLES_BEFORE, ARTICLES_LEAST = 30, 200, 15
RUNS, RUNS_BEFORE = 5, 50


def judge_all(db: Database, outlets: Mapping[str, Outlet], now: datetime) -> dict[str, Finding]:
    """The state of each outlet and why, as of now."""
    rows = polls.outlets_of(named(polls.all_polls(db), outlets))
    return {slug: judge(facts_of(db, outlet, rows.get(slug, []), now)) for slug, outlet in outlets.items()}


def record(db: Database, outlets: Mapping[str, Outlet], now: datetime) -> list[polls.Row]:
    """Judge outlets, keep their states, and tell each change of state once; returns the changes."""
    alerts = health.save_states(db, judge_all(db, outlets, now), now)
    for alert in alerts:
        warn("outlet changed", **{name: alert[name] for name in ("outlet", "was", "state", "why")})
    return alerts


def facts_of(db: Database, outlet: Outlet, rows: list[polls.Row], now: datetime) -> Facts:
    slug = outlet.slug
    feeds = tuple(feed_of(db, row, now) for row in rows)
    return Facts(
        min_links=outlet.min_links,
        feeds=feeds or (Feed(outlet.home, read_at=from_text(health.finished_at(db, slug, now))),),
        published=[time for text in health.published(db, slug, now - HISTORY) if (time := from_text(text))],
        visits=visits_of(health.visits(db, slug, now, 0, VISITS)),
        visits_before=visits_of(health.visits(db, slug, now, VISITS, VISITS_BEFORE)),
        filled=rates(health.filled(db, slug, now, 0, ARTICLES), outlet),
        filled_before=rates(health.filled(db, slug, now, ARTICLES, ARTICLES_BEFORE), outlet),
        forbidden=health.forbidden(db, slug, 0, RUNS),
        forbidden_before=health.forbidden(db, slug, RUNS, RUNS_BEFORE),
    )


def feed_of(db: Database, row: polls.Row, now: datetime) -> Feed:
    answered = from_text(health.answered_at(db, row["id"], now))
    links = tuple(health.feed_reads(db, row["id"], READS))
    return Feed(row["source"], row["failures"], row["error"] or "", answered, links)


def visits_of(visits: list[tuple[str, str]]) -> Visits:
    unreadable = [reason for state, reason in visits if state == "unreadable"]
    return Visits(len(visits), len(unreadable), sum(reason.startswith(CHALLENGE) for reason in unreadable))


def rates(row: Mapping[str, int], outlet: Outlet) -> dict[str, float] | None:
    """The share of articles with each field; None where they are too few to tell."""
    if row["articles"] < ARTICLES_LEAST:
        return None
    fields = ("title", "date", "body", "section") if outlet.keep == "text" else ("title", "date", "section")
    return {name: row[name] / row["articles"] for name in fields}
