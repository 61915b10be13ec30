"""Whatever a server sends, discovery finds links or says that it is no source; and it always comes to an end."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery import Found, NotASource, discover, sources

from .conftest import FEED, KABAR, LISTING, SITEMAP

ANY = replace(KABAR, article="")
PIECES = r"""
<rss>|<channel>|<item>|</item>|<title>|<link>|<pubDate>|<feed>|<entry>|<updated>|<id>|<rdf:RDF>|<link href="/berita/1"/>
<urlset>|<url>|<loc>|</loc>|<lastmod>|<sitemapindex>|<sitemap>|<html>|<h2>|<a href="/berita/1">|<a href="//[">|</a>
<base href="http://[x">|<time datetime="|<![CDATA[|]]>|<!--|-->|<?xml encoding="utf-16"?>|<?|<!DOCTYPE rss [|]>|&a;
<!ENTITY a "&b;">|&#0;|&#xD800;|&nbsp;|https://www.kabar.example/berita/2|2026-11-24T10:00:00+99:99|0001-01-01|[|{
24 Mei 2026 25:61|Tue, 99 Nov 2026 10:00:00 +0700|xmlns:a="http://www.w3.org/2005/Atom"|xml:base="http://["
"""
MARKUP = st.lists(st.sampled_from(PIECES.strip().replace("\n", "|").split("|")) | st.text(max_size=8), max_size=30)
KEYS = st.sampled_from(["items", "link", "url", "id", "title", "rendered", "date_gmt", "date_published", "message"])
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20) | st.sampled_from(["/berita/1", "2026-11-24"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)
TEXTS = MARKUP.map("".join) | JSON.map(json.dumps)
BODIES = TEXTS.map(lambda text: text.encode("utf-8", "replace")) | st.binary()
HEADERS = st.dictionaries(st.sampled_from(["Content-Type", "Date", "content-encoding"]), st.text(max_size=40))


@given(
    st.sampled_from([*sources(KABAR), "https://www.kabar.example/lain"]), BODIES | BODIES.map(gzip.compress), HEADERS
)
def test_any_bytes_are_found_or_no_source(source: str, body: bytes, headers: dict[str, str]) -> None:
    try:
        found = discover(ANY, source, body, headers)
    except NotASource as error:
        assert str(error)  # noqa: PT017 - one of two right outcomes
        return
    assert isinstance(found, Found)
    assert len({link.url for link in found.links}) == len(found.links)
    for link in found.links:
        assert link.url.startswith(("http://", "https://"))
        assert link.stamp
        assert all(time is None or time.utcoffset() is not None for time in (link.published_at, link.modified_at))


@pytest.mark.parametrize(
    "body",
    [
        b"\n" * 200_000 + b"<rss/>",
        b"<" * 200_000,
        b"<!DOCTYPE rss [" + b"] " * 100_000,
        b"<rss><channel>" + b"<item>" * 20_000,
        b"<rss><channel><item><title>" + b"&lt;" * 50_000 + b"</title><link>https://www.kabar.example/berita/1</link>",
        b"<urlset>" + b"<url>" * 100_000,
        b"<html>" + b"<div>" * 50_000 + b"<a href=/berita/1>x</a>",
        b"<html>" + b"<div><a href=/berita/1>x</a>" * 20_000,
        b"<html>" + b"".join(b"<h2><a href=/berita/%d>Judul</a></h2>" % n for n in range(20_000)),
    ],
    ids=[
        "lines",
        "brackets",
        "doctype",
        "nested items",
        "title",
        "nested urls",
        "deep page",
        "same links",
        "long list",
    ],
)
def test_a_hostile_body_comes_to_an_end(body: bytes) -> None:
    for source in (FEED, SITEMAP, LISTING):
        try:
            assert len(discover(KABAR, source, body, {}).links) <= 20_000
        except NotASource as error:
            assert str(error)  # noqa: PT017 - one of two right outcomes


def test_sources_are_feeds_then_sitemaps_then_listings() -> None:
    assert sources(KABAR) == (FEED, SITEMAP, LISTING)
