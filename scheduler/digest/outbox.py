"""The outbox: an issue is stored whole with its deliveries, then sent, then marked. What is cut short is taken up anew.

Each step is a transaction of its own. A process that dies between sending and marking leaves a delivery that is sent
once more, under the same Message-ID: the only way in which anything can arrive twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from db import Database, issues, reading, turns, writing
from db.issues import Delivery, Draft, Row, State
from db.news import last_alert
from db.times import from_text, to_text
from scheduler.digest.choice import choose
from scheduler.digest.news import News
from scheduler.digest.schedule import PERIODS, latest
from scheduler.digest.subscriptions import Subscription

PATIENCE = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
"""How long a delivery waits after each failure; after the last it has failed for good."""
ABANDONED = timedelta(minutes=15)
"""A delivery that has been under way for so long was cut short."""

Compose = Callable[[Database, Subscription, list[News], datetime, datetime], Draft]
Send = Callable[[Row, Delivery], None]


class Refused(Exception):
    """The recipient does not take it and never will; the message is one line."""


class Deferred(Exception):
    """It could not be sent now; the message is one line."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one delivery went: `sent`, `waiting` (to be tried again) or `failed`."""

    delivery: Delivery
    state: str
    error: str = ""


def enrol(db: Database, subscription: Subscription, now: datetime) -> State:
    """The state of a subscription; a new one begins with what came in within its last period."""
    known = issues.state(db, subscription.name)
    if known is not None:
        return known
    since = to_text(now - PERIODS[subscription.frequency]) or ""
    first = turns.last(db, since)
    slot = to_text(latest(subscription, now)) or ""
    state = State(subscription.name, first, turns.first_revision(db, first) - 1, since, slot, last_alert(db))
    with writing(db):
        issues.save_state(db, state)
    return state


def make(
    db: Database, subscription: Subscription, compose: Compose, now: datetime, slot: datetime | None = None
) -> int | None:
    """Store the next issue of a subscription with its deliveries; returns its number.

    None where it would be empty and the subscription skips those, or where another process has just made it.
    """
    state = enrol(db, subscription, now)
    with reading(db):
        until = turns.sighted(db)
        found = choose(db, subscription, state, until)
        draft = compose(db, subscription, found, from_text(state.told_until) or now, now)
    skipped = not found and subscription.empty == "skip"
    after = replace(state, revision=until, slot=to_text(slot) or state.slot)
    with writing(db):
        if issues.state(db, subscription.name) != state:
            return None
        issues.save_state(db, after if skipped else replace(after, told_until=draft.until))
        if skipped:
            return None
        return issues.add(db, subscription.name, draft, subscription.recipients, to_text(now) or "")


def deliver(db: Database, senders: Mapping[str, Send], now: datetime, issue: int | None = None) -> list[Outcome]:
    """Send all that waits and is due (of one issue, if named), one after the other; others go on where one fails."""
    outcomes = []
    while (delivery := take(db, now, issue)) is not None:
        row = issues.issue(db, delivery.issue)
        assert row is not None  # noqa: S101 - a delivery belongs to an issue
        try:
            senders[delivery.channel](row, delivery)
        except Refused as error:
            outcomes.append(settle(db, delivery, "failed", now, str(error)))
        except Deferred as error:
            outcomes.append(put_off(db, delivery, now, str(error)))
        else:
            outcomes.append(settle(db, delivery, "sent", now))
    return outcomes


def take(db: Database, now: datetime, issue: int | None) -> Delivery | None:
    with writing(db):
        return issues.claim(db, to_text(now) or "", to_text(now - ABANDONED) or "", issue)


def put_off(db: Database, delivery: Delivery, now: datetime, error: str) -> Outcome:
    """Let a delivery wait for its next try, or give it up after the last."""
    if delivery.attempts > len(PATIENCE):
        return settle(db, delivery, "failed", now, f"given up after {delivery.attempts} tries: {error}")
    return settle(db, delivery, "waiting", now + PATIENCE[delivery.attempts - 1], error)


def settle(db: Database, delivery: Delivery, state: str, at: datetime, error: str = "") -> Outcome:
    with writing(db):
        issues.settle(db, delivery.id, state, to_text(at) or "", error)
    return Outcome(delivery, state, error)
