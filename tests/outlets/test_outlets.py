"""Every outlet file reads its recorded pages and lists: one failure for each field that broke."""

from __future__ import annotations

import pytest

from tests.outlets.fixtures import (
    FIELDS,
    LINK_FIELDS,
    OUTLETS,
    fixtures,
    links,
    lists,
    pages,
    read,
    tried,
    wrong,
    wrong_links,
)

named = {"ids": lambda value: value if isinstance(value, str) else f"{value.slug}/{value.name}"}


@pytest.mark.parametrize("fixture", fixtures(), **named)
def test_a_person_has_read_the_expectation(fixture):
    reason = "read it against its page, then set reviewed = true"
    assert fixture.expected.get("reviewed") is True, f"tests/outlets/{fixture.slug}/{fixture.name}.toml: {reason}"
    known = {"reviewed", "source", "links"} if fixture.is_list else {"reviewed", "url", *FIELDS}
    assert set(fixture.expected) <= known


@pytest.mark.parametrize(("page", "field"), list(tried()), **named)
def test_a_field_of_a_page(page, field):
    assert not (error := wrong(page, field, read(page.slug, page.name))), error


@pytest.mark.parametrize("field", LINK_FIELDS)
@pytest.mark.parametrize("fixture", lists(), **named)
def test_a_field_of_a_list(fixture, field):
    assert fixture.expected["links"]
    assert not (error := wrong_links(fixture, field, links(fixture.slug, fixture.name))), error


@pytest.mark.parametrize("slug", [slug for slug, outlet in OUTLETS.items() if outlet.state == "on"])
def test_each_outlet_has_a_page_and_a_list(slug):
    assert slug in {page.slug for page in pages()}
    assert slug in {fixture.slug for fixture in lists()}


def test_pages_without_an_outlet_file_are_read_nearly_as_well():
    """The generic path on the same pages; `python -m benchmarks.outlets` shows it field by field."""
    right = [wrong(page, "text", read(page.slug, page.name, by_selectors=False)) is None for page in pages()]
    assert sum(right) >= 0.9 * len(right)
