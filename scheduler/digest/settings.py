"""What `jurus.toml` says of digests: subscriptions, the mail server, where links lead, what is important."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any
from urllib.parse import quote as percent

from crawler.config import DEFAULT_PATH, Config, ConfigError
from scheduler.digest import subscriptions
from scheduler.digest.importance import Points, load_points
from scheduler.digest.subscriptions import Subscription
from scheduler.web.links import safe

SECURITY = ("starttls", "tls", "none")
KEYS = ("page", "from", "contact", "smtp", "importance")
LONGEST_HEADER = 77
"""Letters of a header that is one word: on the wire a longer one is encoded, which mail programs do not read."""
PASSWORD = "JURUS_SMTP_PASSWORD"  # noqa: S105 - the name of a variable


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server: `security` is `starttls`, `tls` or `none`; the password comes from the environment."""

    host: str
    port: int
    security: str = "starttls"
    user: str = ""

    @property
    def password(self) -> str:
        return os.environ.get(PASSWORD, "")


@dataclass(frozen=True, slots=True)
class Settings:
    """All that digests are made and sent with."""

    subscriptions: Mapping[str, Subscription] = field(default_factory=dict)
    page: str = ""
    sender: str = ""
    contact: str = ""
    server: Server | None = None
    points: Points = field(default_factory=load_points)


def read(config: Config) -> Settings:
    """The settings of `jurus.toml`. Raises ConfigError, which names file, key and fault."""
    path = config.path or DEFAULT_PATH
    table = config.digest
    for key in table:
        if key not in KEYS:
            raise ConfigError(f"{path}: digest.{key}: unknown key; known are {', '.join(KEYS)}")
    page, sender = str(table.get("page", "")), table.get("from", "")
    if page and safe(page) is None:
        raise ConfigError(f"{path}: digest.page: must be an address: https://...")
    for key in ("from", "contact"):
        address_of(path, f"digest.{key}", table.get(key, ""))
    found = subscriptions.read(path, config.subscriptions, config.zone) if config.subscriptions else {}
    settings = Settings(
        found,
        page,
        sender,
        table.get("contact", "") or sender,
        server_of(path, table["smtp"]) if "smtp" in table else None,
        points_of(path, table.get("importance", {})),
    )
    mailed = [one.name for one in found.values() if one.mail]
    if mailed and (settings.server is None or not sender):
        raise ConfigError(f"{path}: digest: mail needs digest.from and [digest.smtp] with its host")
    for name in mailed:
        if (excess := len(unsubscribe(settings.contact, name)) - LONGEST_HEADER) > 0:
            raise ConfigError(f"{path}: digest.contact: by {excess} letters too long beside the name of {name}")
    return settings


def unsubscribe(contact: str, name: str) -> str:
    """The value of `List-Unsubscribe`: a mail to the contact that names the subscription."""
    return f"<mailto:{percent(contact, safe='@')}?subject=stop%20{name}>"


def address_of(path: Path, key: str, value: object) -> None:
    if value:
        try:
            subscriptions.mail_address(value)
        except ValueError as error:
            raise ConfigError(f"{path}: {key}: {error}") from error


def server_of(path: Path, table: object) -> Server:
    known = ("host", "port", "security", "user")
    if not isinstance(table, dict) or not isinstance(table.get("host"), str) or not table["host"].strip():
        raise ConfigError(f"{path}: digest.smtp.host: missing")
    for key in table:
        if key not in known:
            raise ConfigError(
                f"{path}: digest.smtp.{key}: unknown key; known are {', '.join(known)} (a password: {PASSWORD})"
            )
    security = table.get("security", "starttls")
    if security not in SECURITY:
        raise ConfigError(f"{path}: digest.smtp.security: must be one of {', '.join(SECURITY)}")
    port = table.get("port", {"tls": 465, "starttls": 587, "none": 25}[security])
    if isinstance(port, bool) or not isinstance(port, int) or not 0 < port < 65_536:
        raise ConfigError(f"{path}: digest.smtp.port: must be a number up to 65535")
    return Server(table["host"], port, security, str(table.get("user", "")))


def points_of(path: Path, table: object) -> Points:
    """The points of importance, with those that the user replaces."""
    given: dict[str, Any] = dict(table) if isinstance(table, dict) else {"importance": table}
    known = load_points()
    issuers = given.pop("issuer", {})
    if not isinstance(issuers, dict):
        raise ConfigError(f"{path}: digest.importance.issuer: must be a table of bodies and their points")
    for key, value in {**given, **{f"issuer.{name}": value for name, value in issuers.items()}}.items():
        if (key not in known and not key.startswith("issuer.")) or isinstance(value, bool):
            raise ConfigError(f"{path}: digest.importance.{key}: unknown key; known are {', '.join(known)}")
        if not isinstance(value, int | float) or not isfinite(value):
            raise ConfigError(f"{path}: digest.importance.{key}: must be a number")
    return {**known, **given, "issuer": {**known["issuer"], **issuers}}
