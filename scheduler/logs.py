"""Logs, one line an event: for people, or as JSON."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

log = logging.getLogger("jurus")


def tell(event: str, level: int = logging.INFO, /, **facts: object) -> None:
    """Log an event with its facts."""
    log.log(level, event, extra={"facts": facts})


def warn(event: str, /, **facts: object) -> None:
    tell(event, logging.WARNING, **facts)


def set_up(as_json: bool, zone: ZoneInfo) -> None:
    """Write all events to standard error; those of libraries from warnings on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if as_json else Lines(zone))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    log.setLevel(logging.INFO)


class JsonLines(logging.Formatter):
    """`{"at": "2026-11-24T03:05:00.250Z", "level": "info", "event": "crawled", "outlet": "swa", ...}`"""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        own = {"at": at, "level": record.levelname.lower(), "event": record.getMessage()}
        line: dict[str, object] = own | facts_of(record) | own  # a fact of such a name does not pass for ours
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class Lines(logging.Formatter):
    """`2026-11-24 10:05:00 crawled outlet=swa new=3`, in the user's zone."""

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self.zone = zone

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, self.zone)
        level = "" if record.levelno == logging.INFO else f"{record.levelname} "
        told = " ".join(f"{name}={shown(value)}" for name, value in facts_of(record).items())
        line = f"{at:%Y-%m-%d %H:%M:%S} {level}{' '.join(record.getMessage().split())} {told}".rstrip()
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def facts_of(record: logging.LogRecord) -> dict[str, object]:
    return getattr(record, "facts", None) or {"logger": record.name}


def shown(value: object) -> str:
    """A value as one word, or in quotes; what a terminal would obey is escaped."""
    text = str(value)
    if text and not any(c.isspace() or c == '"' for c in text) and text.isprintable():
        return text
    return json.dumps(text, ensure_ascii=not text.isprintable())
