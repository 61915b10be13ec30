"""From what is new to an issue: the measures in the order of their importance, with what is known of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from crawler import taxonomy
from db import Database, tallies
from db import news as table
from db.times import to_text
from scheduler.digest.choice import codes
from scheduler.digest.frame import Edition, covered, filters, footer, page_of, rhythm
from scheduler.digest.importance import weigh
from scheduler.digest.model import Bar, Change, Group, Issue, Item, Soon
from scheduler.digest.news import STATUSES, News
from scheduler.digest.sentences import cut, flat, headline_of, sentence
from scheduler.digest.speakers import speaker_of
from scheduler.digest.wording import Wording
from scheduler.web import links

Row = dict[str, Any]
TOP, CHANGED, SOON, GROUPS, OF_GROUP, BARS = 3, 8, 8, 8, 5, 8
LONGEST_ADDRESS = 500
LONGEST_QUOTE = 420
WEEK, MONTH = timedelta(days=7), timedelta(days=30)


def compose(db: Database, edition: Edition, found: Sequence[News], since: datetime, now: datetime) -> Issue:
    """The issue that tells this news."""
    words, subscription = edition.words, edition.subscription
    ranked = leading(rank(db, edition, found))
    changed = [one for one in ranked[TOP:] if not one.news.is_new]
    rest = by_sector(one for one in ranked[TOP:] if one.news.is_new)
    shown = [*ranked[:TOP], *changed[:CHANGED], *(one for _, of_sector in rest for one in of_sector[:OF_GROUP])]
    items = described(db, edition, shown)
    top = [items[one.news.measure] for one in ranked[:TOP]]
    new = sum(one.is_new for one in found)
    soon, soon_count, more_soon = coming(db, edition, now)
    coverage, notes = covered(db, words, since, now)
    headline = headline_of(top) or words.say("nothing")
    counts = f" ({new} {words.say('new', new)}, {len(found) - new} {words.say('changed')})" if found else ""
    return Issue(
        language=subscription.language,
        name=subscription.name,
        title=subscription.title,
        tagline=words.say(f"tagline_{subscription.frequency}"),
        dateline=f"{words.weekday(now)}, {words.hour(now)} · {filters(words, subscription)}",
        headline=headline,
        subject=f"Jurus {words.short_day(now)}: {cut(headline, 80)}{counts}",
        new=new,
        changed=len(found) - new,
        soon_count=soon_count,
        top=tuple(top),
        changes=tuple(items[one.news.measure] for one in changed[:CHANGED]),
        more_changes=max(len(changed) - CHANGED, 0),
        soon=soon,
        more_soon=more_soon,
        groups=tuple(grouped(edition, items, rest[:GROUPS])),
        elsewhere=sum(len(of_sector) for _, of_sector in rest[GROUPS:]),
        bars=bars(db, edition, now),
        coverage=coverage,
        notes=notes,
        why=words.say(
            "why", title=subscription.title, filters=filters(words, subscription), rhythm=rhythm(edition, now)
        ),
        links=footer(edition),
        page=edition.at("/"),
        address=f"{subscription.address}/{page_of(to_text(now) or '')}" if subscription.address else "",
    )


@dataclass(frozen=True, slots=True)
class Ranked:
    """One of the news with its measure, the points that make it important, and the story that tells it."""

    news: News
    row: Row
    reasons: Mapping[str, float]
    story: int | None


def rank(db: Database, edition: Edition, found: Sequence[News]) -> list[Ranked]:
    """The news by importance, the most important first."""
    rows = {row["id"]: row for row in table.details(db, [one.measure for one in found])}
    told = table.told_by(db, {one.events[-1].mention for one in found if not one.is_new})
    ranked = []
    for one in found:
        if row := rows.get(one.measure):
            story = told.get(one.events[-1].mention, row)["story"]
            ranked.append(Ranked(one, row, weigh(row, one, edition.subscription, edition.points), story))
    return sorted(ranked, key=lambda one: (-sum(one.reasons.values()), one.news.measure))


def leading(ranked: Sequence[Ranked]) -> list[Ranked]:
    """The same with the most important of three stories first: a reader has little time for one story's details."""
    stories = {one.story: one for one in reversed(ranked)}
    first = [one for one in ranked if stories[one.story] is one][:TOP]
    return first + [one for one in ranked if one not in first]


def by_sector(ranked: Iterable[Ranked]) -> list[tuple[str, list[Ranked]]]:
    """The news by first sector, the fullest sector first."""
    groups: dict[str, list[Ranked]] = {}
    for one in ranked:
        groups.setdefault(next(iter(one.row["sectors"]), ""), []).append(one)
    return sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))


def described(db: Database, edition: Edition, shown: Sequence[Ranked]) -> dict[str, Item]:
    """By measure: all that is printed of it."""
    sources = table.sources(db, [one.news.measure for one in shown])
    told = table.told_by(db, {event.mention for one in shown for event in one.news.events})
    return {one.news.measure: item(edition, one, sources[one.news.measure], told) for one in shown}


def item(edition: Edition, ranked: Ranked, sources: Sequence[Row], told: Mapping[str, Row]) -> Item:
    news, row, words, first = ranked.news, ranked.row, edition.words, sources[0]
    spoken = first if news.is_new else told.get(news.events[-1].mention, first)
    others = dict.fromkeys(one["outlet_title"] for one in sources if one["publisher"] != spoken["publisher"])
    source = source_of(spoken)
    return Item(
        id=row["id"],
        title=titled(row, sources),
        address=edition.address(row["id"], source),
        chip=words.name("status", row["status"]) if news.is_new else words.say("chip_changed"),
        tone=row["status"],
        sector=words.brief("sector", row["sectors"][0]) if row["sectors"] else "",
        instrument=words.brief("instrument", row["instrument"]),
        issuer=words.short("actor", row["actor"]),
        status=words.name("status", row["status"]),
        effective=effective(words, row),
        quote=cut(spoken["quote"], LONGEST_QUOTE),
        speaker=speaker_of(spoken["quote"]) or words.say("quoted_by", outlet=flat(spoken["outlet_title"])),
        source=flat(spoken["outlet_title"]),
        source_address=source,
        source_at=words.clock(spoken["at"]),
        others=tuple(map(flat, others)),
        changes=changes_of(words, news),
        reasons=tuple(ranked.reasons.items()),
    )


def effective(words: Wording, row: Row) -> str:
    """From when on the measure holds, or why that is not said."""
    if row["in_force_on"]:
        return words.say("effective", day=words.day(row["in_force_on"]))
    return words.say("no_date" if row["status"] in ("proposed", "planned") else "no_date_told")


def titled(row: Row, sources: Sequence[Row]) -> str:
    """The measure as a sentence, by the first quote that holds its words."""
    quotes = (one["quote"] for one in sources if row["title"] in one["quote"])
    return sentence(row["title"], row["actor"], next(quotes, ""))


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


def coming(db: Database, edition: Edition, now: datetime) -> tuple[tuple[Soon, ...], int, int]:
    """What takes effect within 30 days, how much of it within 7, and how much is not listed."""
    words, subscription = edition.words, edition.subscription
    today = now.astimezone(subscription.zone).date()
    rows = table.in_force_between(db, f"{today}", f"{today + MONTH}", codes(subscription))
    within = sum(row["in_force_on"] < f"{today + WEEK}" for row in rows)
    shown = [row["id"] for row in rows[:SOON]]
    known = {row["id"]: row for row in table.details(db, shown)}
    sources = table.sources(db, shown)
    listed = [
        Soon(
            words.short_day(known[one]["in_force_on"]),
            titled(known[one], sources[one]),
            edition.address(one, source_of(sources[one][0])),
            words.brief("sector", known[one]["sectors"][0]) if known[one]["sectors"] else "",
        )
        for one in shown
        if one in sources
    ]
    return tuple(listed), within, len(rows) - len(shown)


def grouped(
    edition: Edition, items: Mapping[str, Item], rest: Sequence[tuple[str, Sequence[Ranked]]]
) -> Iterator[Group]:
    """The other new measures by their first sector."""
    for code, ranked in rest:
        shown = tuple(items[one.news.measure] for one in ranked[:OF_GROUP])
        name, address = edition.words.brief("sector", code), edition.at(f"/sectors/{code}") if code else ""
        yield Group(name, address, len(ranked), shown, len(ranked) - len(shown))


def bars(db: Database, edition: Edition, now: datetime) -> tuple[Bar, ...]:
    """New measures of seven days beside the seven before, of the subscription's sectors, or of all groups."""
    words, wanted = edition.words, edition.subscription.sectors or tuple(taxonomy.load_groups())
    edges = [to_text(now - WEEK * back) or "" for back in (2, 1, 0)]
    weeks = [(edges[0], edges[1]), (edges[1], edges[2])]
    counted = [(code, tallies.of_sector(db, code, weeks)) for code in wanted]
    counted = sorted((one for one in counted if any(one[1])), key=lambda one: (-one[1][1], one[0]))[:BARS]
    top = max((week for _, (_, week) in counted), default=0)
    if not top:
        return ()
    groups = taxonomy.load_groups()
    return tuple(
        Bar(words.brief("group" if code in groups else "sector", code), week, before, 100 * week // top)
        for code, (before, week) in counted
    )
