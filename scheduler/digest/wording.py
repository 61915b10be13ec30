"""What a digest says in the reader's language: words, names of codes, days and times."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib import resources

from babel.dates import format_date, get_day_names

from db.times import to_text
from scheduler.web.language import Language, Words


@cache
def load_words() -> Words:
    words: Words = tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
    return words


@cache
def load_names() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """Brief names of groups, sectors and instruments: kind -> code -> (Indonesian, English)."""
    names: Mapping[str, Mapping[str, tuple[str, str]]]
    names = tomllib.loads(resources.files(__package__).joinpath("names.toml").read_text(encoding="utf-8"))
    return names


class Wording(Language):
    """The language of the pages with the words of a digest."""

    def say(self, key: str, n: int | None = None, **values: object) -> str:
        """The word for a key, filled with values; `n` counts things. Raises KeyError for an unknown key."""
        forms = load_words()[key]
        text = forms["one"] if n == 1 and self.code == "en" and "one" in forms else forms[self.code]
        return text.format(n="" if n is None else self.number(n), **values)

    def brief(self, kind: str, code: str) -> str:
        """The name of a group, sector or instrument in a word or three; the full one where there is none."""
        names = load_names()[kind].get(code)
        return names[self.code == "en"] if names else self.name(kind, code)

    def weekday(self, when: datetime) -> str:
        """`Selasa, 24 November 2026`."""
        return str(format_date(when.astimezone(self.zone), "EEEE, d MMMM y", locale=self.code))

    def name_of_day(self, weekday: int) -> str:
        """`Senin`, of the number of a weekday (Monday is 0)."""
        return str(get_day_names("wide", locale=self.code)[weekday])

    def short_day(self, when: str | date) -> str:
        """`24 Nov`."""
        local = when.astimezone(self.zone) if isinstance(when, datetime) else when
        return self.day(local, year=False)

    def clock(self, when: str | datetime) -> str:
        """`24 Nov 06.30 WIB`."""
        local = self.local(to_text(when) if isinstance(when, datetime) else when)
        return f"{self.day(local, year=False)} {self.hour(local)}" if isinstance(local, datetime) else self.day(local)

    def hour(self, when: datetime) -> str:
        """`06.30 WIB`."""
        local = when.astimezone(self.zone)
        return f"{local:%H.%M} {local.tzname()}" if self.code == "id" else f"{local:%H:%M} {local.tzname()}"
