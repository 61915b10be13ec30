"""What a file holds: articles, and things that are none."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.outlets import Outlet
from db.models import Article


class NotImportable(ValueError):
    """A file that cannot be read at all; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Refused:
    """One thing in a file that is no article: `place` says where it stands, `reason` why.

    `expected` is so where that is usual: web archives hold pictures and lists as well.
    """

    place: str
    reason: str
    expected: bool = False


Entry = tuple[Outlet, Article] | Refused
