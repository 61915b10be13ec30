"""A draft as a file: whatever strangers call their site and its addresses, it reads as an outlet file."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extractors.page import words
from crawler.outlets import Outlet, load
from crawler.scouting import Draft, as_toml
from crawler.scouting.patterns import pattern_of

HOME = "https://kabar.example"


@given(st.text(st.characters(codec="utf-8"), min_size=1).filter(words))
def test_any_name_of_a_site_is_kept(title: str) -> None:
    assert read(title, "^x$").title == words(title)


@pytest.mark.parametrize("segment", ["berita", "jum'at", "a'''b", "50%25", "a+b"])
def test_any_address_is_kept(segment: str) -> None:
    pattern = pattern_of(HOME, [f"{HOME}/{segment}/{number}/judul" for number in (1, 2)])
    assert pattern is not None
    assert read("Kabar", pattern).article == pattern


def read(title: str, pattern: str) -> Outlet:
    """The outlet that the file of a draft describes."""
    outlet = Outlet(slug="kabar", title=title, home=HOME, article=pattern, feeds=(f"{HOME}/feed",))
    text = as_toml(Draft(outlet, {f"{HOME}/feed": 2}), date(2026, 11, 24))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kabar.toml"
        path.write_text(text, encoding="utf-8")
        return load(path)
