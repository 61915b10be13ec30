"""What stands around the news of an issue: for whom it is, what it covers, and the way out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote as percent

from crawler import taxonomy
from db import Database
from db import news as table
from db.times import to_text
from scheduler.digest.importance import Points
from scheduler.digest.sentences import flat
from scheduler.digest.subscriptions import WEEKDAYS, Subscription
from scheduler.digest.wording import Wording
from scheduler.web import links


@dataclass(frozen=True, slots=True)
class Edition:
    """What an issue is made with: for whom, by which points, and where its links lead (empty: to the sources)."""

    subscription: Subscription
    points: Points
    page: str = ""
    contact: str = ""

    @property
    def words(self) -> Wording:
        return Wording(self.subscription.language, self.subscription.zone)

    def address(self, measure: str, source: str) -> str:
        return self.at(f"/measures/{percent(measure)}") or source

    def at(self, path: str) -> str:
        """The address of a page of `jurus serve` in the reader's language; empty where it cannot be reached."""
        return self.page.rstrip("/") + links.page(path, self.subscription.language) if self.page else ""


def page_of(until: str, kind: str = "digest") -> str:
    """The file in which the page of an issue or an alert lies, by the stored time until which it tells."""
    name = until.translate({ord(mark): None for mark in "-:Z"}).replace("T", "-")
    return f"{name}.html" if kind == "digest" else f"{name}-{kind}.html"


def covered(db: Database, words: Wording, since: datetime, now: datetime) -> tuple[str, tuple[str, ...]]:
    """What the issue knows its news from, and what it missed."""
    found = table.runs(db, to_text(since) or "", to_text(now) or "")
    rows = [row for row in found if row["crawled"]]
    read = [row for row in rows if row["crawls"] and not row["reason"]]
    text = words.say(
        "coverage_text",
        articles=words.number(sum(row["articles"] for row in found)),
        read=len(read),
        all=len(rows),
        since=words.clock(since),
        until=words.clock(now),
    )
    if not any(row["crawls"] or row["resting"] for row in rows):
        return text, (words.say("no_crawl"),)
    troubled = [row["title"] for row in read if row["troubled"]]
    unread = [row["title"] for row in rows if row["reason"] or not (row["crawls"] or row["resting"])]
    notes = [words.say("troubled", names=", ".join(map(flat, troubled)))] if troubled else []
    return text, tuple(notes + ([words.say("unread", names=", ".join(map(flat, unread)))] if unread else []))


def filters(words: Wording, subscription: Subscription) -> str:
    """What a subscription is for, in words."""
    groups = taxonomy.load_groups()
    named = [words.brief("group" if code in groups else "sector", code) for code in subscription.sectors]
    named += [words.brief("instrument", code) for code in subscription.instruments]
    named += [words.short("actor", code) for code in subscription.actors]
    named += [words.name("status", code) for code in subscription.statuses]
    return ", ".join([*named, *(f"“{word}”" for word in subscription.keywords)]) or words.say("everything")


def rhythm(edition: Edition, now: datetime) -> str:
    """When a subscription's issues come, by the clock of its zone."""
    subscription, words = edition.subscription, edition.words
    local = datetime.combine(now.astimezone(subscription.zone), subscription.time, subscription.zone)
    day = words.name_of_day(WEEKDAYS.index(subscription.day))
    return words.say(f"rhythm_{subscription.frequency}", time=words.hour(local), day=day)


def footer(edition: Edition) -> tuple[tuple[str, str], ...]:
    """Where a reader can say that something is to be otherwise, and look further."""
    words, name = edition.words, edition.subscription.name
    address = edition.subscription.address
    found = [(words.say("archive"), f"{address}/index.html"), ("Atom", f"{address}/feed.atom")] if address else []
    found += [(words.say("front"), edition.at("/"))] if edition.page else []
    if edition.contact:
        mail = f"mailto:{percent(edition.contact, safe='@')}?subject="
        found += [
            (words.say("preferences"), f"{mail}change%20{name}"),
            (words.say("report"), f"{mail}mistake%20{name}"),
            (words.say("unsubscribe"), f"{mail}stop%20{name}"),
        ]
    return tuple(found)
