"""Digests from end to end: make those that are due, send what waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from crawler.config import Config
from db import Database, issues
from db.issues import Delivery, Draft, Row
from db.times import from_text, to_text
from scheduler.digest import archive, chats, mail, outbox
from scheduler.digest.alerts import send_alerts
from scheduler.digest.compose import compose
from scheduler.digest.frame import Edition
from scheduler.digest.model import Issue
from scheduler.digest.news import News, sight
from scheduler.digest.outbox import Outcome, Send
from scheduler.digest.rendering import render
from scheduler.digest.schedule import due
from scheduler.digest.settings import Settings, read
from scheduler.digest.subscriptions import Subscription


def send_due(db: Database, config: Config, now: datetime) -> list[Outcome]:
    """Make every digest that is due, once, and send all that waits; returns how each delivery went.

    Cheap where nothing is due, so a scheduler may call it each minute. Raises ConfigError.
    """
    settings = read(config)
    waiting = [(one, slot) for one in settings.subscriptions.values() if (slot := slot_of(db, one, now))]
    if waiting:
        sight(db, now)
    for subscription, slot in waiting:
        outbox.make(db, subscription, partial(draft_of, settings), now, slot)
    send_alerts(db, settings, now)
    return outbox.deliver(db, senders(db, settings), now)


def slot_of(db: Database, subscription: Subscription, now: datetime) -> datetime | None:
    """When the subscription was due, if it is. One that is seen for the first time begins now."""
    state = issues.state(db, subscription.name)
    if state is None:
        sight(db, now)
        outbox.enrol(db, subscription, now)
        return None
    last = from_text(state.slot)
    return due(subscription, last, now) if last else now


def draft_of(
    settings: Settings, db: Database, subscription: Subscription, found: list[News], since: datetime, now: datetime
) -> Draft:
    """The issue as it is stored."""
    issue = issue_of(settings, db, subscription, found, since, now)
    bodies = render(issue, edition_of(settings, subscription).words)
    told = {turn for one in found for turn in one.turns}
    return Draft(
        "digest", to_text(since) or "", to_text(now) or "", issue.subject, issue.new, issue.changed, bodies, told
    )


def issue_of(
    settings: Settings, db: Database, subscription: Subscription, found: Sequence[News], since: datetime, now: datetime
) -> Issue:
    return compose(db, edition_of(settings, subscription), found, since, now)


def edition_of(settings: Settings, subscription: Subscription) -> Edition:
    return Edition(subscription, settings.points, settings.page, settings.contact)


def senders(db: Database, settings: Settings) -> Mapping[str, Send]:
    """How each channel is served."""

    def file(row: Row, delivery: Delivery) -> None:
        known = settings.subscriptions.get(row["subscription"])
        newest = issues.newest(db, row["subscription"], archive.SHOWN)
        archive.write(Path(delivery.recipient), row, newest, known.address if known else "")

    return {"mail": partial(mail.send, settings=settings), "chat": chats.send, "folder": file}
