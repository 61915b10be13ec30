"""Addresses of articles to the expression that tells them from other pages."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.scouting.patterns import pattern_of

HOME = "https://www.kabar.example"


@pytest.mark.parametrize(
    ("paths", "others"),
    [
        (["berita/12/bea-masuk", "berita/3456/kuota-gula"], ["berita/", "video/12/bea-masuk", "berita/bea-masuk"]),
        (["2026/11/bea-masuk", "2025/01/kuota-gula"], ["2026/11", "halaman/2"]),
        (["agro/d-1234/bea", "logam/d-99/kuota"], ["agro/bea", "foto/1234/x"]),
        (["read/20261124/12/99/bea", "read/20261125/7/98/kuota"], ["read/20261124/12"]),
        (["bea-masuk-baja", "kuota-gula"], ["tag", "tag.html", "category/x", "wp-admin"]),
        (["bea-masuk.html", "kuota-gula.html"], ["tags.html", "bea-masuk", "about.html"]),
        (["artikel/7248/Akses-Pasar,-RI", "artikel/9/Sertifikasi:-Hijau"], ["cetak/artikel/7248/Akses-Pasar,-RI"]),
        (["?p=12", "?p=7"], ["?page_id=2", "bea-masuk"]),
    ],
)
def test_the_shape_holds_for_its_articles_and_not_for_other_pages(paths: list[str], others: list[str]) -> None:
    pattern = pattern_of(HOME, [f"{HOME}/{path}" for path in paths])
    assert pattern is not None
    assert all(re.search(pattern, f"{HOME}/{path}") for path in paths), pattern
    assert not any(re.search(pattern, f"{HOME}/{path}") for path in others), pattern


def test_channels_on_hosts_below_the_home_are_articles_too() -> None:
    urls = ["https://agro.kabar.example/read/1/a", "https://logam.kabar.example/read/2/b"]
    pattern = pattern_of(HOME, urls)
    assert pattern is not None
    assert re.search(pattern, "https://pajak.kabar.example/read/3/c")
    assert not re.search(pattern, "https://kabar.example.jahat.test/read/3/c")


def test_a_few_strays_do_not_spoil_the_shape() -> None:
    urls = [f"{HOME}/berita/{n}/judul" for n in range(1, 10)] + [f"{HOME}/tentang"]
    assert pattern_of(HOME, urls) == r"^https://www\.kabar\.example/berita/\d+/[^/?]+$"


def test_without_a_shape_in_common_there_is_none() -> None:
    assert pattern_of(HOME, []) is None
    assert pattern_of(HOME, [f"{HOME}/a", f"{HOME}/b/c", f"{HOME}/d/e/f"]) is None


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=30), max_size=8))
def test_whatever_strangers_link_the_result_is_an_expression(paths: list[str]) -> None:
    pattern = pattern_of(HOME, [f"{HOME}/{path.replace('[', '')}" for path in paths])
    assert pattern is None or re.compile(pattern)
