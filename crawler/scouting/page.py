"""A page as a scout brings it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Page:
    """A page as fetched (`url` is where redirects led), or the reason why it could not be."""

    url: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    error: str | None = None


Pages = Mapping[str, Page]
"""By the address that was asked for."""
