"""Times as stored: UTC with its zone, so that text order is time order."""

from __future__ import annotations

from datetime import UTC, datetime


def to_text(time: datetime | None) -> str | None:
    """`2026-11-24T03:05:00Z`. Raises ValueError for a time without a zone: it could be any of three."""
    if time is None:
        return None
    if time.tzinfo is None:
        raise ValueError(f"{time} has no time zone")
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def from_text(text: str | None) -> datetime | None:
    """The inverse of `to_text`."""
    return datetime.fromisoformat(text) if text else None
