"""The taxonomy files say what the guide says, and a mistake in one is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crawler.taxonomy import (
    Actor,
    Sector,
    TaxonomyError,
    group_of,
    load_actors,
    load_groups,
    load_instruments,
    load_sectors,
    parse,
)

GUIDE = Path(__file__).parents[3] / "../shared/gold/GUIDE.md"
NAMES = {"code": "x", "name_id": "Iks", "name_en": "Ex"}


def test_every_sector_stands_in_a_known_group() -> None:
    groups = load_groups()
    for sector in load_sectors().values():
        assert sector.group in groups
        assert sector.group in {group_of(sector.code), "luar"}  # outside manufacturing


def test_every_part_of_the_ministry_names_its_parent() -> None:
    actors = load_actors()
    units = [actor for code, actor in actors.items() if code.startswith("kemenperin.")]
    assert len(units) == 7
    assert {unit.parent for unit in units} == {"kemenperin"}


@pytest.mark.skipif(not GUIDE.exists(), reason="the annotation guide is not beside the checkout")
def test_all_codes_stand_in_the_guide() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    for code in (*load_sectors(), *load_instruments(), *load_actors()):
        assert f"`{code}`" in guide


def test_an_office_holder_is_known_by_the_day() -> None:
    finance = load_actors()["kemenkeu"]
    in_2020 = [person.names[0] for person in finance.persons if person.in_office(date(2020, 5, 1))]
    assert "Sri Mulyani Indrawati" in in_2020
    assert "Bambang Brodjonegoro" not in in_2020


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({}, "entry 1: lacks code, name_id, name_en"),
        ({**NAMES, "colour": "red"}, "x: unknown keys colour"),
        ({**NAMES, "group": "g", "terms": ["pabrik", "Pabrik"]}, "x: terms: a phrase stands twice"),
        ({**NAMES, "group": "g", "terms": [" pabrik"]}, "x: terms: ' pabrik' is no phrase"),
        ({**NAMES}, "x: .*group"),
    ],
)
def test_a_mistake_is_named_with_file_and_entry(entry: dict[str, object], fault: str) -> None:
    with pytest.raises(TaxonomyError, match=r"^s\.toml: " + fault):
        parse("s.toml", [entry], Sector)


def test_a_code_that_stands_twice_is_refused() -> None:
    with pytest.raises(TaxonomyError, match="x: the code stands twice"):
        parse("a.toml", [NAMES, NAMES], Actor)


def test_an_office_holder_without_a_date_is_refused() -> None:
    entry = {**NAMES, "persons": [{"names": ["Budi"], "from": "kemarin", "to": ""}]}
    with pytest.raises(TaxonomyError, match="x: person"):
        parse("a.toml", [entry], Actor)
