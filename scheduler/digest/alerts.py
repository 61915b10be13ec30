"""Alerts of outlets that fell silent or came back, to the subscriptions that ask for them, over their channels."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from db import Database, issues, writing
from db import news as table
from db.issues import Draft
from db.times import to_text
from scheduler.digest.sentences import flat
from scheduler.digest.settings import Settings
from scheduler.digest.subscriptions import Subscription
from scheduler.digest.wording import Wording


def send_alerts(db: Database, settings: Settings, now: datetime) -> None:
    """Store one message with all alerts that a subscription has not had; each goes to it once."""
    for subscription in settings.subscriptions.values():
        state = issues.state(db, subscription.name)
        if not subscription.alerts or state is None:
            continue
        at = to_text(now) or ""
        with writing(db):
            rows = table.alerts_after(db, state.alert)
            if not rows:
                continue
            issues.save_state(db, replace(state, alert=rows[-1]["id"]))
            issues.add(db, subscription.name, alert_of(rows, subscription, at), subscription.recipients, at)


def alert_of(rows: list[table.Row], subscription: Subscription, at: str) -> Draft:
    words = Wording(subscription.language, subscription.zone)
    lines = [
        f"{words.clock(row['at'])}  {row['outlet']}: {row['was'] or '-'} -> {row['state']}: {flat(row['why'] or '')}"
        for row in rows
    ]
    text = "\n".join(lines) + "\n"
    subject = words.say("alert_subject", len({row["outlet"] for row in rows}))
    return Draft("alert", at, at, subject, 0, 0, {"text": text, "chat": text}, ())
