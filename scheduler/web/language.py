"""What the pages say, in Indonesian and English: words, names of codes, numbers and times."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from crawler import taxonomy
from crawler.taxonomy import Actor, Group, Instrument, Sector
from crawler.taxonomy.regions import Region, load_regions
from db.times import from_text

DEFAULT = "id"
LANGUAGES = {"id": "Indonesia", "en": "English"}
BRACKETS = re.compile(r" \([^)]*\)")
Words = Mapping[str, Mapping[str, str]]


@cache
def load_words() -> Words:
    """Every word of the pages by key, then by language; English counts may have a form for `one`."""
    words: Words = tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
    return words


@cache
def load_names() -> Words:
    """Names of groups, sectors, instruments, actors, regions and statuses: `kind:code` -> language -> name."""
    kinds: dict[str, Mapping[str, Group | Sector | Instrument | Actor | Region]] = {
        "group": taxonomy.load_groups(),
        "sector": taxonomy.load_sectors(),
        "instrument": taxonomy.load_instruments(),
        "actor": taxonomy.load_actors(),
        "region": load_regions(),
    }
    names = {
        f"{kind}:{code}": {"id": entry.name_id, "en": entry.name_en}
        for kind, entries in kinds.items()
        for code, entry in entries.items()
    }
    return names | {f"status:{code}": {"id": id_, "en": en} for code, (id_, en) in taxonomy.STATUSES.items()}


@dataclass(frozen=True, slots=True)
class Language:
    """One language and the zone in which times are shown."""

    code: str
    zone: ZoneInfo

    def say(self, key: str, n: int | None = None, **values: object) -> str:
        """The word for a key, filled with values; `n` counts things. Raises KeyError for an unknown key."""
        forms = load_words()[key]
        text = forms["one"] if n == 1 and self.code == "en" and "one" in forms else forms[self.code]
        return text.format(n="" if n is None else self.number(n), **values) if n is not None or values else text

    def name(self, kind: str, code: str) -> str:
        """The name of a code, or the code itself where the taxonomy knows it no more."""
        return load_names().get(f"{kind}:{code}", {}).get(self.code, code)

    def short(self, kind: str, code: str) -> str:
        """The name without its explanation: what stands before a colon, and outside brackets."""
        return BRACKETS.sub("", self.name(kind, code).partition(":")[0])

    def number(self, value: int) -> str:
        return str(format_decimal(value, locale=self.code))

    def day(self, when: str | date | None, year: bool = True) -> str:
        """`24 November 2026`, of a stored time, a stored day or a date."""
        day = self.local(when)
        return format_date(day, "d MMMM y" if year else "d MMM", locale=self.code) if day else ""

    def span(self, first: date, last: date) -> str:
        """`18–24 November 2026`, with no month or year said twice."""
        pattern = "d" if (first.year, first.month) == (last.year, last.month) else "d MMMM"
        pattern = pattern if first.year == last.year else "d MMMM y"
        return f"{format_date(first, pattern, locale=self.code)} – {self.day(last)}"

    def moment(self, when: str | None) -> str:
        """`24 Nov 2026, 10.05 WIB`."""
        time = self.local(when)
        if not isinstance(time, datetime):
            return self.day(time)
        clock = "HH.mm" if self.code == "id" else "HH:mm"
        return f"{format_datetime(time, f'd MMM y, {clock}', locale=self.code)} {time.tzname()}"

    def local(self, when: str | date | None) -> date | None:
        if not isinstance(when, str):
            return when
        if len(when) == len("2026-11-24"):
            return date.fromisoformat(when)
        time = from_text(when)
        return time.astimezone(self.zone) if time else None


def choose(code: str | None, zone: ZoneInfo) -> Language:
    """The language asked for, or Indonesian."""
    return Language(code if code in LANGUAGES else DEFAULT, zone)
