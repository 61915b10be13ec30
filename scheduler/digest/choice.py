"""Which measures a subscription is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from db import Database, stems
from db import news as table
from db.issues import State
from scheduler.digest.news import News, news
from scheduler.digest.subscriptions import Subscription

WORD = re.compile(r"\w+")


def codes(subscription: Subscription) -> Mapping[str, Sequence[str]]:
    """The filters by code, for questions to the database."""
    return {key: getattr(subscription, key) for key in table.FITS}


def choose(db: Database, subscription: Subscription, state: State, until: int, since: str | None = None) -> list[News]:
    """What is new for a subscription among the measures that changed until this revision.

    With `since`, a stored time: what was first seen from then on, whatever it has been told.
    """
    candidates = table.candidates(db, state, until, codes(subscription), subscription.keywords, since)
    found = news(db, state, candidates, since)
    return list(speaking(db, found, subscription.keywords) if subscription.keywords else found)


def speaking(db: Database, found: Iterable[News], keywords: Sequence[str]) -> Iterator[News]:
    """Those of the measures whose title, or a quote that told an event, holds one of the keywords."""
    listed = list(found)
    titles = {row["id"]: row["title"] for row in table.details(db, [one.measure for one in listed])}
    keys = {event.mention for one in listed for event in (*one.events, *one.before)}
    quotes = {key: row["quote"] for key, row in table.told_by(db, keys).items()}
    for one in listed:
        said = (quotes.get(event.mention, "") for event in (*one.events, *one.before))
        if any(holds(text, keywords) for text in (titles.get(one.measure, ""), *said)):
            yield one


def holds(text: str, keywords: Iterable[str]) -> bool:
    """Whether the words of a keyword stand in the text, side by side and in any of their forms."""
    said = f" {stemmed(text)} "
    return any(f" {stemmed(keyword)} " in said for keyword in keywords)


def stemmed(text: str) -> str:
    return " ".join(stems.stem(word) for word in WORD.findall(text.lower()))
