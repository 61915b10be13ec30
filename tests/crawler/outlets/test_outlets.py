"""The outlets of the package."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import crawler.outlets
from crawler.addresses import canonical_url
from crawler.outlets import Outlet, bare_host, covers, load_all, outlet_for

OUTLETS = load_all()

# Addresses in the shape of each outlet's articles, with made-up numbers and words.
ARTICLES = {
    "antaranews": ["https://www.antaranews.com/berita/1234567/pemerintah-menata-izin-impor"],
    "bisnis": ["https://ekonomi.bisnis.com/read/20261124/12/1234567/kuota-garam-dibuka"],
    "cnbcindonesia": ["https://www.cnbcindonesia.com/news/20261124101500-4-123456/tarif-baru"],
    "detik-finance": ["https://finance.detik.com/berita-ekonomi-bisnis/d-1234567/subsidi-pupuk-naik"],
    "infobanknews": ["https://infobanknews.com/aturan-bunga-pinjaman"],
    "kemenperin": ["https://kemenperin.go.id/artikel/72000001/Insentif-Motor-Listrik,-Menperin:-Mulai-Mei"],
    "kontan": ["https://industri.kontan.co.id/news/bea-keluar-batubara-berlaku"],
    "swa": ["https://swa.co.id/read/123456/pajak-minimum-global"],
}
OTHERS = {
    "antaranews": ["https://www.antaranews.com/video/1234567/pelabuhan", "https://www.antaranews.com/terkini"],
    "bisnis": ["https://foto.bisnis.com/read/20261124/12/1234567/x", "https://www.bisnis.com/index"],
    "cnbcindonesia": ["https://www.cnbcindonesia.com/news", "https://www.cnbcindonesia.com/tag/tarif"],
    "detik-finance": [
        "https://finance.detik.com/foto-bisnis/d-1234567/x",
        "https://travel.detik.com/berita/d-1/x",
        "https://finance.detik.com/indeks",
    ],
    "infobanknews": ["https://infobanknews.com/", "https://infobanknews.com/category/perbankan"],
    "kemenperin": ["https://kemenperin.go.id/siaran-pers", "https://agro.kemenperin.go.id/artikel/1/x"],
    "kontan": ["https://insight.kontan.co.id/news/x", "https://www.kontan.co.id/search/indeks"],
    "swa": ["https://swa.co.id/latest", "https://swa.co.id/read/"],
}


@pytest.mark.parametrize("slug", OUTLETS)
def test_each_outlet_tells_its_articles_from_other_pages(slug: str) -> None:
    outlet = OUTLETS[slug]
    for url in ARTICLES[slug]:
        assert canonical_url(outlet, f"{url}?utm_source=rss#top") == url
        assert re.search(outlet.article, url), url
    for url in OTHERS[slug]:
        assert not re.search(outlet.article, canonical_url(outlet, url)), url


@pytest.mark.parametrize("slug", OUTLETS)
def test_each_file_is_short_and_says_how_to_verify_it(slug: str) -> None:
    text = (Path(crawler.outlets.__file__).parent / f"{slug}.toml").read_text(encoding="utf-8")
    assert f"Not verified live: run `jurus check {slug}`" in text
    assert 10 <= len(text.splitlines()) <= 30


@pytest.mark.parametrize("slug", OUTLETS)
def test_each_source_lies_on_the_outlets_site(slug: str) -> None:
    outlet = OUTLETS[slug]
    assert all(covers(outlet, url) for url in (*outlet.feeds, *outlet.sitemaps, *outlet.listings))
    assert not outlet.allow_private


def test_publishers_that_forbid_automated_use_are_not_stored_whole() -> None:
    assert {slug for slug, outlet in OUTLETS.items() if outlet.keep != "text"} == {"antaranews", "swa"}


@pytest.mark.parametrize("slug", OUTLETS)
def test_an_article_is_found_to_belong_to_its_outlet(slug: str) -> None:
    for url in ARTICLES[slug]:
        spellings = (
            url,
            url.replace("https://", "http://"),
            url.replace("://www.", "://amp."),
            f"{url}?utm_source=x#y",
        )
        assert {outlet_for(OUTLETS, spelling) for spelling in spellings} == {OUTLETS[slug]}


@pytest.mark.parametrize("url", ["", "no address", "http://[::1", "https://lain.example/read/1/x", *OTHERS["swa"]])
def test_other_addresses_belong_to_none(url: str) -> None:
    assert outlet_for(OUTLETS, url) is None


def test_the_outlet_nearest_to_the_host_owns_an_address() -> None:
    whole = Outlet(slug="a", title="A", home="https://www.kabar.example", article=".")
    part = Outlet(slug="b", title="B", home="https://industri.kabar.example", article=".")
    outlets = {"a": whole, "b": part}
    assert outlet_for(outlets, "https://industri.kabar.example/1") is part
    assert outlet_for(outlets, "https://kabar.example/1") is whole
    assert outlet_for(outlets, "https://bukankabar.example/1") is None


def test_a_generic_outlet_stands_in_for_an_unknown_one() -> None:
    outlet = crawler.outlets.generic("https://www.Lain-Lagi.example:8080/a/b?c#d")
    assert (outlet.slug, outlet.home) == ("lain-lagi-example", "https://www.lain-lagi.example:8080")
    assert covers(outlet, "https://lain-lagi.example/x")
    assert re.search(outlet.article, "https://www.lain-lagi.example:8080/a/b")
    with pytest.raises(ValueError, match="not an http address"):
        crawler.outlets.generic("berkas.html")


def test_bare_hosts() -> None:
    assert bare_host("https://user@WWW.kabar.example.:8080/x") == "kabar.example"
    assert bare_host("http://[::1") == ""
