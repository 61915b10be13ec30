"""`jurus.toml`: what a user may say once for all commands."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DEFAULT_PATH = Path("jurus.toml")


class ConfigError(ValueError):
    """`jurus.toml` cannot be used; the message names file, key and reason in one line."""


@dataclass(frozen=True, slots=True)
class Config:
    """Where the database lies, where a user's own outlet files lie (or None), how outlets can reach the user, and the
    zone in which times are shown."""

    database: Path = Path("jurus.db")
    outlets: Path | None = None
    contact: str = ""
    timezone: str = "Asia/Jakarta"

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
    known = {field.name for field in fields(Config)}
    for key, value in table.items():
        if key not in known:
            raise ConfigError(f"{path}: {key}: unknown key; known are {', '.join(sorted(known))}")
        if not isinstance(value, str):
            raise ConfigError(f"{path}: {key}: must be a string in quotes")
        if "\n" in value:
            raise ConfigError(f"{path}: {key}: must be one line")
    given = {key: str(value) for key, value in table.items()}
    config = Config(contact=given.get("contact", ""), timezone=given.get("timezone", "Asia/Jakarta"))
    try:
        _ = config.zone
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ConfigError(f"{path}: timezone: there is no time zone {config.timezone!r}; try Asia/Jakarta") from error
    if "database" in given:
        config = replace(config, database=path.parent / given["database"])
    if "outlets" in given:
        config = replace(config, outlets=path.parent / given["outlets"])
    return config
