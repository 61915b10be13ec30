"""From what is new to an issue: the measures in the order of their importance, with what is known of each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote as percent

from crawler import taxonomy
from db import Database, tallies
from db import news as table
from db.times import to_text
from scheduler.digest.choice import codes
from scheduler.digest.importance import Points, weigh
from scheduler.digest.model import Bar, Change, Group, Issue, Item, Soon
from scheduler.digest.news import STATUSES, News
from scheduler.digest.speakers import speaker_of
from scheduler.digest.subscriptions import Subscription
from scheduler.digest.wording import Wording
from scheduler.web import links

Row = dict[str, Any]
TOP, CHANGED, SOON, GROUPS, OF_GROUP, BARS = 3, 8, 8, 8, 5, 8
LONGEST_ADDRESS = 500
LONGEST_TITLE, LONGEST_QUOTE, LONGEST_HEADLINE = 150, 420, 130
WEEK, MONTH = timedelta(days=7), timedelta(days=30)


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
        return f"{self.page.rstrip('/')}/measures/{percent(measure)}" if self.page else source


def compose(db: Database, edition: Edition, found: Sequence[News], since: datetime, now: datetime) -> Issue:
    """The issue that tells this news."""
    words, subscription = edition.words, edition.subscription
    items = sorted(described(db, edition, found), key=lambda pair: (-pair[1].importance, pair[1].id))
    top = [item for _, item in items[:TOP]]
    changes = [item for one, item in items[TOP:] if not one.is_new]
    rest = [(one.measure, item) for one, item in items[TOP:] if one.is_new]
    new = sum(one.is_new for one in found)
    soon, soon_count = coming(db, edition, now)
    coverage, notes = covered(db, words, since, now)
    headline = headline_of(top) or words.say("nothing")
    counts = f"{new} {words.say('new', new)}, {len(found) - new} {words.say('changed')}"
    return Issue(
        language=subscription.language,
        name=subscription.name,
        title=subscription.title,
        tagline=words.say(f"tagline_{subscription.frequency}"),
        dateline=f"{words.weekday(now)}, {words.hour(now)} · {filters(words, subscription)}",
        headline=headline,
        subject=f"Jurus {words.short_day(now)}: {cut(headline, 80)} ({counts})",
        new=new,
        changed=len(found) - new,
        soon_count=soon_count,
        top=tuple(top),
        changes=tuple(changes[:CHANGED]),
        soon=soon,
        groups=(groups := grouped(words, rest)),
        elsewhere=len(rest) - sum(group.count for group in groups),
        bars=bars(db, edition, now),
        coverage=coverage,
        notes=notes,
        why=words.say("why", title=subscription.title, filters=filters(words, subscription), rhythm=rhythm(edition)),
        links=footer(edition),
        page=edition.page,
    )


def described(db: Database, edition: Edition, found: Sequence[News]) -> list[tuple[News, Item]]:
    """Each of the news with its item."""
    ids = [one.measure for one in found]
    rows = {row["id"]: row for row in table.details(db, ids)}
    sources = table.sources(db, ids)
    told = table.told_by(db, {event.mention for one in found for event in one.events})
    return [
        (one, item(edition, rows[one.measure], sources[one.measure], one, told))
        for one in found
        if one.measure in rows and one.measure in sources
    ]


def item(edition: Edition, row: Row, sources: Sequence[Row], news: News, told: Mapping[str, Row]) -> Item:
    words, first = edition.words, sources[0]
    spoken = first if news.is_new else told.get(news.events[-1].mention, first)
    others = dict.fromkeys(one["outlet_title"] for one in sources if one["publisher"] != first["publisher"])
    source = source_of(spoken)
    return Item(
        id=row["id"],
        title=sentence(row["title"], row["actor"]),
        address=edition.address(row["id"], source),
        chip=words.name("status", row["status"]) if news.is_new else words.say("chip_changed"),
        tone=row["status"],
        sector=words.short("sector", row["sectors"][0]) if row["sectors"] else "",
        instrument=words.short("instrument", row["instrument"]),
        issuer=words.short("actor", row["actor"]),
        status=words.name("status", row["status"]),
        effective=words.say("effective", day=words.day(row["in_force_on"])) if row["in_force_on"] else "",
        quote=cut(spoken["quote"], LONGEST_QUOTE),
        speaker=speaker_of(spoken["quote"]) or words.say("quoted_by", outlet=flat(spoken["outlet_title"])),
        source=flat(spoken["outlet_title"]),
        source_address=source,
        source_at=words.clock(spoken["at"]),
        others=tuple(map(flat, others)),
        changes=changes_of(words, news),
        reasons=tuple(weigh(row, news, edition.subscription, edition.points).items()),
    )


def source_of(spoken: Row) -> str:
    """The address of a source at its quote; without the quote, or empty, where it grew too long for a mail."""
    addresses = links.at_quote(spoken["url"], spoken["quote"]), links.safe(spoken["url"])
    return next((one for one in addresses if one and len(one) <= LONGEST_ADDRESS), "")


def changes_of(words: Wording, news: News) -> tuple[Change, ...]:
    """What became what, of a measure that the reader knows."""
    if news.is_new:
        return ()
    found, fresh = [], set(news.events)
    status = day = ""
    for event in sorted((*news.before, *news.events), key=lambda one: (one.place, one.kind != "announced")):
        if event.kind == "rate_changed" and event in fresh:
            found.append(Change(*map(flat, ([*event.detail.split(" → ", 1), ""])[:2])))
        elif event.kind == "effective":
            if event in fresh:
                found.append(Change(day or words.say("no_date"), words.say("effective", day=words.day(event.detail))))
            day = words.say("effective", day=words.day(event.detail))
        elif event.kind in (*STATUSES, "announced"):
            now = words.name("status", event.detail if event.kind == "announced" else event.kind)
            if event in fresh:
                found.append(Change(status, now))
            status = now
    return tuple(found)


def sentence(title: str, actor: str) -> str:
    """A measure's own words as a sentence: an active verb gets its subject, in Indonesian like the words."""
    text = cut(title, LONGEST_TITLE)
    if re.match(r"(me|akan |telah |sudah |resmi |sedang |tidak )", text):
        names = taxonomy.load_actors()
        subject = names[actor].name_id.partition(" (")[0] if actor in names else "Pemerintah"
        return f"{subject} {text}"
    return text[:1].upper() + text[1:]


def headline_of(top: Sequence[Item]) -> str:
    """The first of the most important, and the second where both are short."""
    titles = [one.title.rstrip(".") for one in top[:2]]
    both = "; ".join(titles)
    return both if len(both) <= LONGEST_HEADLINE else cut(titles[0], LONGEST_HEADLINE)


def flat(text: str) -> str:
    """A stranger's text on one line, without marks that turn the direction of writing or hide letters."""
    return " ".join("".join(c if c.isprintable() or c.isspace() else "" for c in text).split())


def cut(text: str, most: int) -> str:
    """At most so many characters of a text on one line, cut between words where it can be."""
    text = flat(text)
    if len(text) <= most:
        return text
    head = text[: most - 1]
    return f"{head.rpartition(' ')[0] if ' ' in head[most // 2 :] else head}…"


def coming(db: Database, edition: Edition, now: datetime) -> tuple[tuple[Soon, ...], int]:
    """What takes effect within 30 days, and how much of it within 7."""
    words, subscription = edition.words, edition.subscription
    today = now.astimezone(subscription.zone).date()
    rows = table.in_force_between(db, f"{today}", f"{today + MONTH}", codes(subscription), 200)
    within = sum(row["in_force_on"] < f"{today + WEEK}" for row in rows)
    shown = [row["id"] for row in rows[:SOON]]
    known = {row["id"]: row for row in table.details(db, shown)}
    sources = table.sources(db, shown)
    listed = [
        Soon(
            words.short_day(known[one]["in_force_on"]),
            sentence(known[one]["title"], known[one]["actor"]),
            edition.address(one, source_of(sources[one][0])),
            words.short("sector", known[one]["sectors"][0]) if known[one]["sectors"] else "",
        )
        for one in shown
        if one in sources
    ]
    return tuple(listed), within


def grouped(words: Wording, rest: Sequence[tuple[str, Item]]) -> tuple[Group, ...]:
    """The other new measures by their first sector, the fullest sector first."""
    groups: dict[str, list[Item]] = {}
    for _, one in rest:
        groups.setdefault(one.sector, []).append(one)
    ordered = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple(
        Group(name, len(items), tuple(items[:OF_GROUP]), max(0, len(items) - OF_GROUP))
        for name, items in ordered[:GROUPS]
    )


def bars(db: Database, edition: Edition, now: datetime) -> tuple[Bar, ...]:
    """New measures of seven days beside the seven before, of the subscription's sectors, or of all groups."""
    words, wanted = edition.words, edition.subscription.sectors or tuple(taxonomy.load_groups())
    edges = [to_text(now - WEEK * back) or "" for back in (2, 1, 0)]
    weeks = [(edges[0], edges[1]), (edges[1], edges[2])]
    counted = [(code, tallies.of_sector(db, code, weeks)) for code in wanted]
    counted = sorted((one for one in counted if any(one[1])), key=lambda one: (-one[1][1], one[0]))[:BARS]
    top = max((week for _, (_, week) in counted), default=0)
    groups = taxonomy.load_groups()
    return tuple(
        Bar(words.short("group" if code in groups else "sector", code), week, before, 100 * week // top if top else 0)
        for code, (before, week) in counted
    )


def covered(db: Database, words: Wording, since: datetime, now: datetime) -> tuple[str, tuple[str, ...]]:
    """What the issue knows its news from, and what it missed."""
    rows = table.runs(db, to_text(since) or "", to_text(now) or "")
    read = [row for row in rows if row["crawls"] and not row["reason"]]
    text = words.say(
        "coverage_text",
        articles=words.number(sum(row["articles"] for row in rows)),
        read=len(read),
        all=len(rows),
        since=words.clock(since),
        until=words.clock(now),
    )
    if not any(row["crawls"] for row in rows):
        return text, (words.say("no_crawl"),)
    troubled = [row["title"] for row in read if row["troubled"]]
    unread = [row["title"] for row in rows if not row["crawls"] or row["reason"]]
    notes = [words.say("troubled", names=", ".join(map(flat, troubled)))] if troubled else []
    return text, tuple(notes + ([words.say("unread", names=", ".join(map(flat, unread)))] if unread else []))


def filters(words: Wording, subscription: Subscription) -> str:
    """What a subscription is for, in words."""
    groups = taxonomy.load_groups()
    named = [words.short("group" if code in groups else "sector", code) for code in subscription.sectors]
    named += [words.short("instrument", code) for code in subscription.instruments]
    named += [words.short("actor", code) for code in subscription.actors]
    named += [words.name("status", code) for code in subscription.statuses]
    return ", ".join([*named, *(f"“{word}”" for word in subscription.keywords)]) or words.say("everything")


def rhythm(edition: Edition) -> str:
    subscription = edition.subscription
    clock = f"{subscription.time:%H.%M}" if subscription.language == "id" else f"{subscription.time:%H:%M}"
    return edition.words.say(f"rhythm_{subscription.frequency}", time=clock)


def footer(edition: Edition) -> tuple[tuple[str, str], ...]:
    """Where a reader can say that something is to be otherwise, and look further."""
    words, name = edition.words, edition.subscription.name
    found = [(words.say("archive"), edition.page)] if edition.page else []
    if edition.contact:
        mail = f"mailto:{percent(edition.contact, safe='@')}?subject="
        found += [
            (words.say("preferences"), f"{mail}change%20{name}"),
            (words.say("report"), f"{mail}mistake%20{name}"),
            (words.say("unsubscribe"), f"{mail}stop%20{name}"),
        ]
    return tuple(found)
