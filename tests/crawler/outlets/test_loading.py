"""An outlet file is read strictly, and its mistakes are named."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.outlets import OutletError, Selectors, load, load_all

GOOD = {
    "title": '"Kabar"',
    "home": '"https://www.kabar.example"',
    "feeds": '["https://www.kabar.example/rss"]',
    "article": "'/berita/\\d+'",
}


def write(folder: Path, changes: dict[str, str | None] | None = None, tail: str = "", name: str = "kabar") -> Path:
    lines = [f"{key} = {value}" for key, value in (GOOD | (changes or {})).items() if value is not None]
    path = folder / f"{name}.toml"
    path.write_text("\n".join([*lines, tail]), encoding="utf-8")
    return path


def test_a_small_file_gives_an_outlet_with_defaults(tmp_path: Path) -> None:
    outlet = load(write(tmp_path))
    assert (outlet.slug, outlet.title, outlet.feeds) == ("kabar", "Kabar", ("https://www.kabar.example/rss",))
    assert (outlet.keep, outlet.timezone, outlet.languages) == ("text", "Asia/Jakarta", ("id",))
    assert outlet.selectors == Selectors()


def test_an_outlet_that_is_off_needs_a_reason_and_no_source(tmp_path: Path) -> None:
    changes = {"feeds": None, "state": '"off"', "reason": '"Answers every program with 403."'}
    outlet = load(write(tmp_path, changes))
    assert (outlet.state, outlet.reason) == ("off", "Answers every program with 403.")


def test_lists_may_be_single_strings(tmp_path: Path) -> None:
    tail = '[selectors]\ntitle = "h1"\ndrop = [".iklan", "aside"]'
    outlet = load(write(tmp_path, {"feeds": '"https://kabar.example/rss"', "delay": "2"}, tail))
    assert outlet.feeds == ("https://kabar.example/rss",)
    assert outlet.selectors == Selectors(title=("h1",), drop=(".iklan", "aside"))


@pytest.mark.parametrize(
    ("changes", "key", "reason"),
    [
        ({"feed": '"x"'}, "feed", "not a key"),
        ({"slug": '"x"'}, "slug", "not a key"),
        ({"title": None}, "title", "missing"),
        ({"article": '""'}, "article", "missing"),
        ({"title": "7"}, "title", "a string"),
        ({"feeds": "7"}, "feeds", "list of strings"),
        ({"feeds": '["https://a.example/rss", 7]'}, "feeds", "list of strings"),
        ({"feeds": '["/rss"]'}, "feeds", "http"),
        ({"sitemaps": '["https://a.example:x/map.xml"]'}, "sitemaps", "http"),
        ({"listings": '["https://a.example/a b"]'}, "listings", "http"),
        ({"feeds": None}, "feeds", "no source"),
        ({"home": '"ftp://kabar.example"'}, "home", "http"),
        ({"home": '"https://[::1"'}, "home", "http"),
        ({"article": "'('"}, "article", "regular expression"),
        ({"skip_titles": "'*'"}, "skip_titles", "regular expression"),
        ({"timezone": '"Asia/Bandung"'}, "timezone", "time zone"),
        ({"timezone": '"../etc/passwd"'}, "timezone", "time zone"),
        ({"languages": '["Indonesia"]'}, "languages", "language codes"),
        ({"keep": '"all"'}, "keep", "text, quotes, metadata"),
        ({"archive": '"https://a.example/{tahun}"'}, "archive", "{tahun} is not known"),
        ({"archive": '"/indeks/{DD}"'}, "archive", "http"),
        ({"archive": '"https://a.example/?n={offset}"'}, "archive_step", "missing"),
        ({"archive_from": '"1 Mei 2020"'}, "archive_from", "a day such as"),
        ({"state": '"paused"'}, "state", "on, off"),
        ({"state": '"off"'}, "reason", "missing"),
        ({"reason": '"a wall"'}, "reason", "only for state"),
        ({"poll_floor": "60", "poll_ceiling": "30"}, "poll_floor", "over poll_ceiling"),
        ({"poll_floor": "0"}, "poll_floor", "1 or more"),
        ({"poll_floor": "true"}, "poll_floor", "whole number"),
        ({"min_links": "2.5"}, "min_links", "whole number"),
        ({"delay": "nan"}, "delay", "0 or more"),
        ({"delay": "-1"}, "delay", "0 or more"),
        ({"allow_private": "1"}, "allow_private", "true or false"),
        ({"fetch_query": '"?page=all"'}, "fetch_query", "page=all"),
        ({"spider": '"sendiri"'}, "spider", "module:Class"),
        ({"selectors": '"h1"'}, "selectors", "table"),
        ({"selectors": "{ headline = 'h1' }"}, "selectors.headline", "not a key"),
        ({"selectors": "{ title = 'h1[' }"}, "selectors.title", "CSS selector"),
        ({"selectors": "{ title = 'h1:sekarang' }"}, "selectors.title", "CSS selector"),
        ({"selectors": "{ title = 'h1::text' }"}, "selectors.title", "element"),
        ({"selectors": "{ title = 1 }"}, "selectors.title", "string"),
    ],
)
def test_a_mistake_is_named_with_file_key_and_reason(
    tmp_path: Path, changes: dict[str, str | None], key: str, reason: str
) -> None:
    path = write(tmp_path, changes)
    with pytest.raises(OutletError) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}: {key}: ")
    assert reason in str(caught.value)


def test_broken_toml_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(OutletError, match=r"kabar\.toml: not TOML: .*line 5"):
        load(write(tmp_path, tail="keep = text"))


def test_a_file_of_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "kabar.toml"
    path.write_bytes('title = "Café"'.encode("latin-1"))
    with pytest.raises(OutletError, match=r"kabar\.toml: not UTF-8"):
        load(path)


@pytest.mark.parametrize("name", ["Kabar", "kabar_baru", "kabar baru"])
def test_a_file_name_that_is_no_slug_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutletError, match="slug"):
        load(write(tmp_path, name=name))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutletError, match=r"tiada\.toml: cannot be read"):
        load(tmp_path / "tiada.toml")


KEYS = st.sampled_from(["title", "feeds", "delay", "keep", "selectors", "lain"])
TEXTS = st.text(st.characters(codec="utf-8"))


@given(st.dictionaries(KEYS, TEXTS))
def test_any_text_is_an_outlet_or_an_outlet_error(
    tmp_path_factory: pytest.TempPathFactory, changes: dict[str, str | None]
) -> None:
    path = write(tmp_path_factory.mktemp("outlets"), changes)
    with contextlib.suppress(OutletError):
        assert load(path).slug == "kabar"


def test_a_users_folder_adds_outlets_and_wins(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, name="swa")
    outlets = load_all(tmp_path)
    assert outlets["swa"].title == outlets["kabar"].title == "Kabar"
    assert set(load_all()) < set(outlets)


def test_a_users_file_replaces_one_of_the_package_without_reading_it_twice(tmp_path: Path) -> None:
    (tmp_path / "catatan.txt").write_text("not an outlet")
    assert load_all(tmp_path) == load_all()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutletError, match="no such folder"):
        load_all(tmp_path / "tiada")
