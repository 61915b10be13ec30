"""What a reader typed into the search form, read strictly: a filter that names nothing is said, not ignored."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from crawler import taxonomy
from scheduler.web.periods import start

LONGEST_QUERY = 200
LAST_PAGE = 50
CODES = ("sector", "instrument", "actor", "status", "outlet")
DAYS = ("since", "until")


@dataclass(frozen=True, slots=True)
class Asked:
    """The query's words, the filters as typed and as the database takes them, the page, and what was not understood."""

    words: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    wanted: dict[str, str] = field(default_factory=dict)
    page: int = 1
    problems: tuple[str, ...] = ()


def known_codes(outlets: Collection[str]) -> dict[str, Collection[str]]:
    """What each filter may name; a sector filter may name a group."""
    return {
        "sector": {*taxonomy.load_groups(), *taxonomy.load_sectors()},
        "instrument": taxonomy.load_instruments(),
        "actor": taxonomy.load_actors(),
        "status": taxonomy.STATUSES,
        "outlet": outlets,
    }


def read(arguments: Mapping[str, str], known: Mapping[str, Collection[str]], zone: ZoneInfo) -> Asked:
    """The form's fields; an unknown code or day is left out and named among the problems."""
    typed = {key: value for key in (*CODES, *DAYS) if (value := arguments.get(key, "").strip()[:LONGEST_QUERY])}
    wanted, problems = {}, []
    for key, value in typed.items():
        understood = stored_day(key, value, zone) if key in DAYS else value if value in known[key] else None
        if understood is None:
            problems.append(value)
        else:
            wanted[key] = understood
    number = arguments.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 1
    words = " ".join(arguments.get("q", "").split())[:LONGEST_QUERY]
    return Asked(words, typed, wanted, min(max(page, 1), LAST_PAGE), tuple(problems))


def stored_day(key: str, value: str, zone: ZoneInfo) -> str | None:
    """The stored time at which a day starts, or ends for `until`; None for what is no day."""
    try:
        day = date.fromisoformat(value)
        return start(day + timedelta(days=1) if key == "until" else day, zone)
    except (ValueError, OverflowError):
        return None
