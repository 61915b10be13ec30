"""Subscriptions: who is told what, when and how, as `jurus.toml` says it. Each mistake is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields
from datetime import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler import taxonomy
from crawler.config import ConfigError
from scheduler.web.links import safe

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FREQUENCIES = ("daily", "weekdays", "weekly", "hourly")
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")


@dataclass(frozen=True, slots=True)
class Subscription:
    """One reader or circle of readers. Empty filters let everything pass; a sector group includes its sectors.

    `time` is local in `zone`; of an hourly subscription its minute counts. `day` is that of a weekly one. `chat` names
    environment variables that hold Apprise addresses, which contain secrets. `address` is where the folder is served.
    """

    name: str
    title: str
    zone: ZoneInfo
    mail: tuple[str, ...] = ()
    chat: tuple[str, ...] = ()
    folder: Path | None = None
    address: str = ""
    sectors: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    language: str = "id"
    frequency: str = "daily"
    time: time = field(default=time(6, 30))
    day: str = "monday"
    empty: str = "send"
    alerts: bool = False

    @property
    def recipients(self) -> list[tuple[str, str]]:
        """All (channel, recipient)."""
        named = [("mail", address) for address in self.mail] + [("chat", variable) for variable in self.chat]
        return named + ([("folder", str(self.folder))] if self.folder else [])


def read(path: Path, table: object, zone: ZoneInfo) -> dict[str, Subscription]:
    """The subscriptions of `jurus.toml` by name. Raises ConfigError, which names the file, the key and the fault."""
    if not isinstance(table, list) or not all(isinstance(entry, dict) for entry in table):
        raise ConfigError(f"{path}: subscription: must be tables: [[subscription]]")
    found: dict[str, Subscription] = {}
    for number, entry in enumerate(table, 1):
        one = read_one(path, f"subscription {entry.get('name', number)!s}", entry, zone)
        if one.name in found:
            raise ConfigError(f"{path}: subscription {one.name}: the name stands twice")
        found[one.name] = one
    return found


def read_one(path: Path, where: str, entry: Mapping[str, Any], zone: ZoneInfo) -> Subscription:
    known = {one.name for one in fields(Subscription)} - {"zone"} | {"timezone"}

    def wrong(key: str, fault: str) -> ConfigError:
        return ConfigError(f"{path}: {where}: {key}: {fault}")

    values: dict[str, Any] = {}
    for key, value in entry.items():
        if key not in known:
            raise wrong(key, f"unknown key; known are {', '.join(sorted(known))}")
        try:
            values[key] = CHECKS[key](value)
        except ValueError as error:
            raise wrong(key, str(error)) from error
    if "name" not in values:
        raise wrong("name", "missing")
    if not {"mail", "chat", "folder"} & values.keys():
        raise wrong("mail", "missing: name a recipient: mail, chat or folder")
    if "address" in values and "folder" not in values:
        raise wrong("folder", "missing: address is where the folder is served")
    if values.get("frequency") == "hourly" and not values.get("sectors"):
        raise wrong("sectors", "an hourly digest is for chosen sectors: name some")
    if "folder" in values:
        values["folder"] = path.parent / values["folder"]
    return Subscription(**{"title": values["name"], "zone": values.pop("timezone", zone), **values})


def line(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise ValueError("must be one line of text in quotes")
    return value.strip()


def name(value: object) -> str:
    if not NAME.fullmatch(line(value)):
        raise ValueError("must be up to 31 small letters, digits and hyphens")
    return line(value)


def several(check: Callable[[object], str]) -> Callable[[object], tuple[str, ...]]:
    """A list of what passes the check, each once."""

    def checked(value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not value:
            raise ValueError('must be a list: ["...", "..."]')
        return tuple(dict.fromkeys(check(one) for one in value))

    return checked


def one_of(known: Collection[str]) -> Callable[[object], str]:
    def checked(value: object) -> str:
        if line(value) not in known:
            raise ValueError(f"there is no {value!r}; known are {', '.join(known)}")
        return line(value)

    return checked


def like(pattern: re.Pattern[str], fault: str) -> Callable[[object], str]:
    def checked(value: object) -> str:
        if not pattern.fullmatch(line(value)):
            raise ValueError(f"{value!r} {fault}")
        return line(value)

    return checked


def code_of(load: Callable[[], Collection[str]]) -> Callable[[object], str]:
    return lambda value: one_of(load())(value)


def clock(value: object) -> time:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", line(value)):
        raise ValueError(f'{value!r} is no time of day; write "06:30"')
    return time.fromisoformat(line(value))


def zone_of(value: object) -> ZoneInfo:
    try:
        return ZoneInfo(line(value))
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:
        raise ValueError(f"there is no time zone {value!r}; try Asia/Jakarta") from error


def web_address(value: object) -> str:
    if safe(line(value)) is None:
        raise ValueError("must be an address: https://...")
    return line(value).rstrip("/")


def yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


mail_address = like(ADDRESS, "is no address of mail")
CHECKS: dict[str, Callable[[object], object]] = {
    "name": name,
    "title": line,
    "timezone": zone_of,
    "mail": several(mail_address),
    "chat": several(like(VARIABLE, "is no name of an environment variable, which holds the address with its secrets")),
    "folder": line,
    "address": web_address,
    "sectors": several(code_of(lambda: [*taxonomy.load_groups(), *taxonomy.load_sectors()])),
    "instruments": several(code_of(taxonomy.load_instruments)),
    "actors": several(code_of(taxonomy.load_actors)),
    "statuses": several(one_of(taxonomy.STATUSES)),
    "keywords": several(like(re.compile(r".*\w.*"), "holds no word")),
    "language": one_of(("id", "en")),
    "frequency": one_of(FREQUENCIES),
    "time": clock,
    "day": one_of(WEEKDAYS),
    "empty": one_of(("send", "skip")),
    "alerts": yes_or_no,
}
