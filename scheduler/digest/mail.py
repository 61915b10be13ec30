"""Issues by mail: one message for each recipient, the same bytes each time it is tried."""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from db.issues import Delivery, Row
from scheduler.digest.outbox import Deferred, Refused
from scheduler.digest.sentences import flat
from scheduler.digest.settings import Server, Settings, unsubscribe

PATIENCE = 30.0


def write(row: Row, recipient: str, settings: Settings) -> EmailMessage:
    """The message: text and HTML, a name of its own that never changes, and the way out."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address("Jurus", addr_spec=settings.sender)
    message["To"] = Address(addr_spec=recipient)
    message["Subject"] = flat(row["subject"])
    message["Date"] = format_datetime(datetime.fromisoformat(row["until"]))
    message["Message-ID"] = message_id(row, recipient, settings.sender)
    message["List-ID"] = f"<{row['subscription']}.{settings.sender.partition('@')[2]}>"
    if settings.contact:
        message["List-Unsubscribe"] = unsubscribe(settings.contact, row["subscription"])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(row["bodies"]["text"], cte="quoted-printable")
    if "html" in row["bodies"]:
        message.add_alternative(row["bodies"]["html"], subtype="html", cte="quoted-printable")
    boundary = hashlib.sha256(message["Message-ID"].encode()).hexdigest()[:24]
    if message.is_multipart():
        message.set_boundary(f"jurus-{boundary}")
    return message


def message_id(row: Row, recipient: str, sender: str) -> str:
    told = hashlib.sha256(f"{row['id']} {row['until']} {recipient}".encode()).hexdigest()[:16]
    return f"<{row['subscription']}.{row['id']}.{told}@{sender.partition('@')[2]}>"


def send(row: Row, delivery: Delivery, settings: Settings, context: ssl.SSLContext | None = None) -> None:
    """Hand a message to the mail server. Raises Refused where it will never be taken, Deferred where not now."""
    if settings.server is None:
        raise Deferred("there is no [digest.smtp] in jurus.toml")
    message = write(row, delivery.recipient, settings)
    try:
        with connected(settings.server, context or ssl.create_default_context()) as smtp:
            smtp.send_message(message, settings.sender, [delivery.recipient])
    except smtplib.SMTPRecipientsRefused as error:
        code, words = error.recipients[delivery.recipient]
        raise (Refused if code >= 500 else Deferred)(told(code, words)) from error
    except smtplib.SMTPAuthenticationError as error:
        raise Deferred(f"the mail server does not know us: {told(error.smtp_code, error.smtp_error)}") from error
    except smtplib.SMTPResponseException as error:
        raise (Refused if error.smtp_code >= 500 else Deferred)(told(error.smtp_code, error.smtp_error)) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Deferred(f"{settings.server.host}:{settings.server.port}: {flat(str(error))}") from error


def connected(server: Server, context: ssl.SSLContext) -> smtplib.SMTP:
    """A connection that is encrypted, where the server's settings ask for it, before anything is said."""
    if server.security == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    try:
        if server.security == "starttls":
            smtp.starttls(context=context)
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def told(code: int, words: bytes | str) -> str:
    return f"{code} {flat(words.decode(errors='replace') if isinstance(words, bytes) else words)}"
