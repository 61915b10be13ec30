"""The words of the field as data: sectors, instruments, actors, regions and beneficiaries, with what names them in
Indonesian news."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, TypeVar

STATUSES = {
    "proposed": ("Diusulkan", "Proposed"),
    "planned": ("Direncanakan", "Planned"),
    "in_force": ("Berlaku", "In force"),
    "ended": ("Berakhir", "Ended"),
}
"""Status code to its Indonesian and English name, in the order of a measure's life."""


class TaxonomyError(ValueError):
    """A taxonomy file is wrong; the message names the file, the entry and the fault."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group of sectors: a directorate-general's field, all manufacturing, outside manufacturing, or economy-wide."""

    code: str
    name_id: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector: `terms` name it, `weak` words hint at it, phrases of `cancels` void a hit that they cover."""

    code: str
    group: str
    name_id: str
    name_en: str
    terms: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    abbr: tuple[str, ...] = ()
    cancels: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Instrument:
    """What a measure does: `terms` and `abbr` name it, phrases of `cancels` void a hit that they cover."""

    code: str
    name_id: str
    name_en: str
    terms: tuple[str, ...] = ()
    abbr: tuple[str, ...] = ()
    cancels: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """An office holder: full name first, then short ones; `until` is None while in office as far as known."""

    names: tuple[str, ...]
    since: date
    until: date | None = None

    def in_office(self, day: date) -> bool:
        """Whether the person held the office on that day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Actor:
    """A public body: the names and abbreviations that stand for it, its office holders, the kinds of rule it issues."""

    code: str
    name_id: str
    name_en: str
    parent: str = ""
    aliases: tuple[str, ...] = ()
    abbr: tuple[str, ...] = ()
    cancels: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    persons: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Province:
    """A province: `terms` and `abbr` name it; `places` are its cities, regencies and islands.

    A place stands there with other names after slashes. Names in `weak` are also common words; phrases of `cancels`
    void a hit that they cover.
    """

    code: str
    name_id: str
    name_en: str
    terms: tuple[str, ...] = ()
    abbr: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    cancels: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Beneficiary:
    """A kind of people or firms that a measure is for: `terms` and `abbr` are nouns that such a group begins with."""

    code: str
    name_id: str
    name_en: str
    terms: tuple[str, ...] = ()
    abbr: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


Entry = TypeVar("Entry", Group, Sector, Instrument, Actor, Province, Beneficiary)


@cache
def load_groups() -> dict[str, Group]:
    """Sector groups by code, in the order of the file."""
    return parse("sectors.toml", _read("sectors.toml").get("group", []), Group)


@cache
def load_sectors() -> dict[str, Sector]:
    """Sectors by code, in the order of the file."""
    sectors = parse("sectors.toml", _read("sectors.toml").get("sector", []), Sector)
    for sector in sectors.values():
        if sector.group not in load_groups():
            raise TaxonomyError(f"sectors.toml: {sector.code}: unknown group {sector.group!r}")
    return sectors


@cache
def load_instruments() -> dict[str, Instrument]:
    """Instruments by code, in the order of the file."""
    return parse("instruments.toml", _read("instruments.toml").get("instrument", []), Instrument)


@cache
def load_actors() -> dict[str, Actor]:
    """Actors by code, in the order of the file."""
    actors = parse("actors.toml", _read("actors.toml").get("actor", []), Actor)
    for actor in actors.values():
        if actor.parent and actor.parent not in actors:
            raise TaxonomyError(f"actors.toml: {actor.code}: unknown parent {actor.parent!r}")
    return actors


@cache
def load_provinces() -> dict[str, Province]:
    """Provinces by code, in the order of the file; `crawler.taxonomy.regions` has their places too."""
    return parse("regions.toml", _read("regions.toml").get("region", []), Province)


@cache
def load_beneficiaries() -> dict[str, Beneficiary]:
    """Kinds of beneficiaries by code, in the order of the file."""
    return parse("beneficiaries.toml", _read("beneficiaries.toml").get("beneficiary", []), Beneficiary)


def group_of(sector: str) -> str:
    """The group of a sector code as scored and filtered: what stands before the dot (`ikft.tpt` -> `ikft`)."""
    return sector.partition(".")[0]


def _read(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(resources.files(__name__).joinpath(name).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as problem:
        raise TaxonomyError(f"{name}: {problem}") from problem


def parse(name: str, entries: Iterable[dict[str, Any]], kind: type[Entry]) -> dict[str, Entry]:
    """Entries of one TOML file as objects by code; faults raise TaxonomyError with the file's name."""
    parsed: dict[str, Entry] = {}
    for number, raw in enumerate(entries, start=1):
        where = f"{name}: {raw.get('code', f'entry {number}')}"
        entry = _entry(where, dict(raw), kind)
        if entry.code in parsed:
            raise TaxonomyError(f"{where}: the code stands twice")
        parsed[entry.code] = entry
    if not parsed:
        raise TaxonomyError(f"{name}: no entries")
    return parsed


def _entry(where: str, raw: dict[str, Any], kind: type[Entry]) -> Entry:
    raw["cancels"] = raw.pop("not", ())
    known = {f.name for f in fields(kind)}
    if not raw["cancels"]:
        del raw["cancels"]
    if unknown := sorted(set(raw) - known):
        raise TaxonomyError(f"{where}: unknown keys {', '.join(unknown)}")
    if missing := [key for key in ("code", "name_id", "name_en") if not raw.get(key)]:
        raise TaxonomyError(f"{where}: lacks {', '.join(missing)}")
    if "persons" in raw:
        raw["persons"] = tuple(_person(where, person) for person in raw["persons"])
    for key, value in raw.items():
        if isinstance(value, list):
            raw[key] = _phrases(where, key, value)
    try:
        return kind(**raw)
    except TypeError as problem:
        raise TaxonomyError(f"{where}: {problem}") from problem


def _phrases(where: str, key: str, values: list[Any]) -> tuple[str, ...]:
    for value in values:
        if not isinstance(value, str) or value != value.strip() or not value:
            raise TaxonomyError(f"{where}: {key}: {value!r} is no phrase")
    if len({value.casefold() for value in values}) != len(values):
        raise TaxonomyError(f"{where}: {key}: a phrase stands twice")
    return tuple(values)


def _person(where: str, raw: dict[str, Any]) -> Person:
    try:
        until = date.fromisoformat(raw["to"]) if raw["to"] else None
        return Person(_phrases(where, "names", raw["names"]), date.fromisoformat(raw["from"]), until)
    except (KeyError, TypeError, ValueError) as problem:
        raise TaxonomyError(f"{where}: person {raw!r}: {problem}") from problem
