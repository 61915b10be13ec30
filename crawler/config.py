"""`jurus.toml`: what a user may say once for all commands."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DEFAULT_PATH = Path("jurus.toml")


class ConfigError(ValueError):
    """`jurus.toml` cannot be used; the message names file, key and reason in one line."""


@dataclass(frozen=True, slots=True)
class Llm:
    """A language model that gives a second opinion: an OpenAI-compatible endpoint, the seconds that one article may
    take, the requests and tokens that one run may take, and the file that keeps the answers."""

    base_url: str
    model: str
    timeout: float = 120
    requests: int = 200
    tokens: int = 1_000_000
    cache: Path = Path("jurus-llm.db")


@dataclass(frozen=True, slots=True)
class Running:
    """How `jurus run` works: the minutes and megabytes that a crawl of due outlets may take, the loopback port for
    metrics (0: none), the file of the daily backup (None: no backup) and how many are kept, and for how many days
    articles keep their texts (0: for ever)."""

    crawl_minutes: int = 15
    crawl_megabytes: int = 700
    metrics_port: int = 0
    backup: Path | None = None
    backups: int = 7
    keep_text_days: int = 0


@dataclass(frozen=True, slots=True)
class Config:
    """Where the database lies, where a user's own outlet files lie (or None), how outlets can reach the user, the
    zone in which times are shown, the language model for second opinions (or None), and how `jurus run` works. What is
    said of digests and subscriptions is checked where they are made; `path` is the file that says it."""

    database: Path = Path("jurus.db")
    outlets: Path | None = None
    contact: str = ""
    timezone: str = "Asia/Jakarta"
    llm: Llm | None = None
    run: Running = Running()
    digest: dict[str, Any] = field(default_factory=dict)
    subscriptions: list[Any] = field(default_factory=list)
    path: Path | None = None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def user_agent(self) -> str:
        contact = self.contact or "no contact given"
        return f"Jurus/0.1 (news research, obeys robots.txt; +{contact})"


def read(path: Path | None = None) -> Config:
    """The configuration in `path`, or the defaults where no path is given and there is no `jurus.toml` here.

    Paths inside the file count from its own folder. Raises ConfigError.
    """
    if path is None and not DEFAULT_PATH.exists():
        return Config()
    path = path or DEFAULT_PATH
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}: name another file with --config") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from error
    return check(path, table)


def check(path: Path, table: dict[str, object]) -> Config:
    table = dict(table)
    llm = check_llm(path, table.pop("llm")) if "llm" in table else None
    run = check_run(path, table.pop("run", {}))
    digest, subscriptions = table.pop("digest", {}), table.pop("subscription", [])
    if not isinstance(digest, dict) or not isinstance(subscriptions, list):
        raise ConfigError(f"{path}: digest must be a table, [digest], and each subscription one of [[subscription]]")
    known = {field.name for field in fields(Config)} - {"digest", "subscriptions", "path"}
    for key in table:
        if key not in known:
            raise ConfigError(f"{path}: {key}: unknown key; known are {', '.join(sorted(known))}")
    given = {key: line(path, key, value) for key, value in table.items()}
    config = Config(contact=given.get("contact", ""), timezone=given.get("timezone", "Asia/Jakarta"), llm=llm, run=run)
    config = replace(config, digest=digest, subscriptions=subscriptions, path=path)
    try:
        _ = config.zone
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:  # "Asia" is a folder of zones
        raise ConfigError(f"{path}: timezone: there is no time zone {config.timezone!r}; try Asia/Jakarta") from error
    if "database" in given:
        config = replace(config, database=path.parent / given["database"])
    if "outlets" in given:
        config = replace(config, outlets=path.parent / given["outlets"])
    return config


def check_llm(path: Path, table: object) -> Llm:
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: llm: must be a table: [llm]")
    known = {field.name for field in fields(Llm)}
    for key in table:
        if key not in known:
            raise ConfigError(
                f"{path}: llm.{key}: unknown key; known are {', '.join(sorted(known))} "
                "(a secret key is read from JURUS_LLM_KEY)"
            )
    table = {"cache": "jurus-llm.db"} | table
    for key in ("base_url", "model", "cache"):
        if not line(path, f"llm.{key}", table.get(key, "")).strip():
            raise ConfigError(f"{path}: llm.{key}: missing")
    if not is_endpoint(table["base_url"]):
        raise ConfigError(f"{path}: llm.base_url: must be http://... or https://... without password, ? or #")
    for key, kind in (("timeout", int | float), ("requests", int), ("tokens", int)):
        value = table.get(key, 1)
        if isinstance(value, bool) or not isinstance(value, kind) or not 0 < value <= 10**9:
            wanted = "whole number" if kind is int else "number"
            raise ConfigError(f"{path}: llm.{key}: must be a {wanted} above 0, a billion at most")
    values: dict[str, Any] = table | {"cache": path.parent / str(table["cache"])}
    return Llm(**values)


LEAST = {"metrics_port": 0, "keep_text_days": 0}  # of the numbers in [run]; of all others 1
MOST = {"metrics_port": 65535}


def check_run(path: Path, table: object) -> Running:
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: run: must be a table: [run]")
    known = {field.name for field in fields(Running)}
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            raise ConfigError(f"{path}: run.{key}: unknown key; known are {', '.join(sorted(known))}")
        if key == "backup":
            values[key] = path.parent / line(path, "run.backup", value)
            continue
        least, most = LEAST.get(key, 1), MOST.get(key, 1_000_000)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ConfigError(f"{path}: run.{key}: must be a whole number from {least} to {most}")
        values[key] = value
    return Running(**values)


def is_endpoint(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    plain = not (parts.username or parts.password or parts.query or parts.fragment)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and plain and url.isprintable()


def line(path: Path, key: str, value: object) -> str:
    """A value that must be one line of text."""
    if not isinstance(value, str):
        raise ConfigError(f"{path}: {key}: must be a string in quotes")
    if "\n" in value:
        raise ConfigError(f"{path}: {key}: must be one line")
    return value
