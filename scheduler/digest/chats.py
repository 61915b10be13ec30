"""Issues in chat, by Apprise: Telegram, Slack, Discord, webhooks and what else it knows."""

from __future__ import annotations

import os

from db.issues import Delivery, Row
from scheduler.digest.outbox import Deferred


def send(row: Row, delivery: Delivery) -> None:
    """Send the short form to the address that an environment variable holds. Raises Deferred."""
    address = os.environ.get(delivery.recipient, "")
    if not address:
        raise Deferred(f"{delivery.recipient} is not set: it must hold the Apprise address of the chat")
    try:
        import apprise
    except ImportError as error:
        raise Deferred("Apprise is not installed: pip install 'jurus[chat]'") from error
    chat = apprise.Apprise()
    if not chat.add(address):
        raise Deferred(f"{delivery.recipient} holds no address that Apprise knows")
    if not chat.notify(body=row["bodies"]["chat"], title=row["subject"], body_format=apprise.NotifyFormat.TEXT):
        raise Deferred(f"the chat of {delivery.recipient} did not take it")
