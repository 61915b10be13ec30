"""Lines of JSON and CSV as articles."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.importing import NotImportable, Refused, read
from crawler.importing.rows import COLUMNS, entry
from crawler.outlets import Outlet
from db.models import Article

KABAR = Outlet(slug="kabar", title="Kabar", home="https://kabar.example", article="/berita/", timezone="Asia/Makassar")
OUTLETS = {"kabar": KABAR}
ROW = {
    "url": "https://kabar.example/berita/7?utm_source=x",
    "title": "Bea Masuk  Kaca Diturunkan",
    "text": "Pemerintah menurunkan bea masuk kaca.\n\n Berlaku mulai Mei.",
}


def article(row: dict[str, Any]) -> Article:
    found = entry("line 1", row, OUTLETS)
    assert not isinstance(found, Refused), found
    return found[1]


def test_a_row_is_an_article_of_the_outlet_at_its_address() -> None:
    found = article(ROW)
    assert (found.outlet, found.canonical_url) == ("kabar", "https://kabar.example/berita/7")
    assert found.title == "Bea Masuk Kaca Diturunkan"
    assert found.text == "Pemerintah menurunkan bea masuk kaca.\nBerlaku mulai Mei."
    assert article(ROW | {"url": "https://lain.example/x"}).outlet == "lain-example"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-05-04T10:05:00+07:00", datetime(2026, 5, 4, 3, 5, tzinfo=UTC)),
        ("2026-05-04 10:05", datetime(2026, 5, 4, 2, 5, tzinfo=UTC)),
        ("Senin, 4 Mei 2026 10:05 WIB", datetime(2026, 5, 4, 3, 5, tzinfo=UTC)),
        ("", None),
    ],
)
def test_times_are_read_in_the_outlets_zone_where_they_name_none(written: str, meant: datetime | None) -> None:
    assert article(ROW | {"published_at": written}).published_at == meant


def test_lists_are_lists_or_parted_by_semicolons() -> None:
    assert article(ROW | {"authors": ["Ani", " Budi "], "tags": "kaca; impor"}).authors == ("Ani", "Budi")
    assert article(ROW | {"tags": "kaca; impor;"}).tags == ("kaca", "impor")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"url": ""}, "url is missing"),
        ({"url": "ftp://kabar.example/x"}, "not an http address"),
        ({"title": None}, "title is missing"),
        ({"title": 7}, "title must be text"),
        ({"text": "  "}, "text is missing"),
        ({"published_at": "besok lusa"}, "published_at"),
        ({"authors": {"a": 1}}, "authors must be a list"),
        ({"outlet": "tidak-ada"}, "there is no outlet"),
        ({"url": "https://kabar.example/berita/7?page=2"}, "a further page"),
    ],
)
def test_a_row_that_lacks_something_is_refused_with_the_reason(change: dict[str, Any], reason: str) -> None:
    found = entry("line 3", ROW | change, OUTLETS)
    assert isinstance(found, Refused)
    assert (found.place, reason in found.reason, found.expected) == ("line 3", True, False)


@given(st.dictionaries(st.sampled_from(COLUMNS), st.none() | st.text() | st.integers() | st.lists(st.text())))
def test_no_row_of_strangers_does_more_than_be_refused(row: dict[str, Any]) -> None:
    found = entry("line 1", ROW | row, OUTLETS)
    assert isinstance(found, Refused) or found[1].title


def test_files_of_lines(tmp_path: Path) -> None:
    lines = [json.dumps(ROW), "", "{", "[1]", json.dumps(ROW | {"url": "https://kabar.example/berita/8"})]
    plain = tmp_path / "a.jsonl"
    plain.write_text("\n".join(lines), encoding="utf-8")
    packed = tmp_path / "a.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    for path in (plain, packed):
        found = list(read(path, OUTLETS))
        assert [one.place for one in found if isinstance(one, Refused)] == ["line 3", "line 4"]
        assert len(found) == 4


def test_files_of_csv(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('\ufeffurl,title,text,lain\nhttps://kabar.example/berita/7,Judul,"Satu.\nDua.",x\n,,,\n', "utf-8")
    first, second = read(path, OUTLETS)
    assert not isinstance(first, Refused)
    assert first[1].text == "Satu.\nDua."
    assert second == Refused("line 4", "url is missing")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "its name must end in"),
        ("a.csv", b"judul;teks\n", "missing: url, title, text"),
        ("a.csv", b"url,title,text\n\xff\xfe,b,c\n", "not UTF-8"),
        ("a.jsonl.gz", b"tidak terkemas", "Not a gzipped file"),
        ("a.warc", b"bukan arsip web\n\n", "no web archive"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(NotImportable, match=reason) as caught:
        list(read(tmp_path / name, OUTLETS))
    assert str(tmp_path / name) in str(caught.value)
