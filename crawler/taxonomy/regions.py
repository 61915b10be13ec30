"""Regions: provinces and their places, by code and by name."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from crawler.taxonomy import Province, TaxonomyError, load_provinces


class Region(NamedTuple):
    """A province (`jabar`) or a place in one (`jabar.bekasi`, `Bekasi (Jawa Barat)`).

    Those of its names that are `weak` are also common words.
    """

    code: str
    name_id: str
    name_en: str
    names: tuple[str, ...]
    weak: tuple[str, ...] = ()


@cache
def load_regions() -> dict[str, Region]:
    """All regions by code, each province before its places."""
    regions = {region.code: region for province in load_provinces().values() for region in _regions(province)}
    named: dict[str, str] = {}
    for region in regions.values():
        for name in (*region.names, *region.weak):
            if named.setdefault(name.casefold(), region.code) != region.code:
                raise TaxonomyError(f"regions.toml: {region.code}: {name!r} names {named[name.casefold()]} too")
    return regions


KIND = re.compile(r"^(?:provinsi|prov\.?|kota|kabupaten|kab\.?) | (?:province|city|regency)$")


def find_region(text: str) -> str | None:
    """The code of the region of this code or name, written in any case; None where there is no such region.

    What kind of region it is may be said too (`Kota Bekasi`), but tells no two of one name apart.
    """
    wanted = " ".join(text.casefold().split())
    return _by_name().get(wanted) or _by_name().get(KIND.sub("", wanted))


@cache
def _by_name() -> dict[str, str]:
    return {
        name.casefold(): region.code
        for region in load_regions().values()
        for name in (region.code, region.name_id, region.name_en, *region.names, *region.weak)
    }


def _regions(province: Province) -> list[Region]:
    names = (*province.terms, *province.abbr)
    found = [Region(province.code, province.name_id, province.name_en, names)]
    weak = {_code(province, entry): tuple(entry.split("/")) for entry in province.weak}
    for entry in province.places:
        name, *others = entry.split("/")
        code = _code(province, entry)
        found.append(_place(province, code, (name, *others), weak.pop(code, ())[1:]))
    return found + [_place(province, code, (), names) for code, names in weak.items()]


def _place(province: Province, code: str, names: tuple[str, ...], weak: tuple[str, ...]) -> Region:
    name = (*names, *weak)[0]
    return Region(code, f"{name} ({province.name_id})", f"{name} ({province.name_en})", names, weak)


def _code(province: Province, entry: str) -> str:
    name = entry.partition("/")[0].casefold().replace(" ", "-")
    return f"{province.code}.{name}"
