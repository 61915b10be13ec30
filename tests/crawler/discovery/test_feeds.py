"""RSS, Atom, RDF, JSON Feed and WordPress's listing of posts."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from crawler.discovery import NotASource

from .conftest import FEED, Discover

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Kabar</title>
<link>https://www.kabar.example/</link>{items}</channel></rss>"""


def item(number: int = 1, title: str = "Kuota impor garam ditetapkan", more: str = "") -> str:
    link = f"http://kabar.example/berita/{number}/?utm_source=rss&amp;utm_medium=feed"
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


def rss(*items: str, encoding: str = "utf-8") -> str:
    return RSS.format(items="".join(items), encoding=encoding)


def test_rss_gives_canonical_links_in_order_each_once(read: Discover) -> None:
    links = read(FEED, rss(item(2), item(1), item(2, "Ulang"))).links
    assert [link.url for link in links] == [
        "https://www.kabar.example/berita/2",
        "https://www.kabar.example/berita/1",
    ]
    assert links[0].title == "Kuota impor garam ditetapkan"
    assert links[0].source == FEED


def test_only_articles_and_no_skipped_titles_are_found(read: Discover) -> None:
    video = "<item><title>Video</title><link>https://www.kabar.example/video/9</link></item>"
    foreign = "<item><title>Lain</title><link>https://lain.example/berita/9</link></item>"
    script = "<item><title>Kode</title><link>javascript:void(0)</link></item>"
    links = read(FEED, rss(video, foreign, script, item(3, "Lowongan kerja"), item(4))).links
    assert [link.url for link in links] == ["https://www.kabar.example/berita/4"]


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("Tue, 24 Nov 2026 10:15:00 +0700", (2026, 11, 24, 3, 15)),
        ("Tue, 24 Nov 2026 03:15:00 GMT", (2026, 11, 24, 3, 15)),
        ("2026-11-24T10:15:00+07:00", (2026, 11, 24, 3, 15)),
        ("2026-11-24T03:15:00Z", (2026, 11, 24, 3, 15)),
        ("Tue, 24 Nov 2026 10:15:00", (2026, 11, 24, 3, 15)),
        ("2026-11-24 10:15:00", (2026, 11, 24, 3, 15)),
        ("Selasa, 24 November 2026 10:15 WIB", (2026, 11, 24, 3, 15)),
        ("Selasa, 25 Ags 2026 11:15 WITA", (2026, 8, 25, 3, 15)),
        ("24/11/2026 10:15", (2026, 11, 24, 3, 15)),
        ("15 menit lalu", (2026, 11, 24, 3, 15)),
    ],
)
def test_times_become_utc(read: Discover, written: str, utc: tuple[int, ...]) -> None:
    headers = {"date": "Tue, 24 Nov 2026 03:30:00 GMT"}
    (link,) = read(FEED, rss(item(more=f"<pubDate>{written}</pubDate>")), headers).links
    assert link.published_at == datetime(*utc, tzinfo=UTC)  # type: ignore[arg-type, misc]
    assert link.modified_at is None


def test_a_time_that_says_no_zone_is_the_outlets(read: Discover) -> None:
    feed = rss(item(more="<pubDate>2026-11-24 12:15:00</pubDate>"))
    (link,) = read(FEED, feed, timezone="Asia/Jayapura").links
    assert link.published_at == datetime(2026, 11, 24, 3, 15, tzinfo=UTC)


@pytest.mark.parametrize("written", ["", "segera", "31 Februari 2026", "15 menit lalu"])
def test_a_time_that_cannot_be_told_is_none(read: Discover, written: str) -> None:
    (link,) = read(FEED, rss(item(more=f"<pubDate>{written}</pubDate>"))).links
    assert link.published_at is None


def test_a_stamp_follows_the_time_of_modification(read: Discover) -> None:
    first, second = (
        read(FEED, rss(item(more=f"<atom:updated>2026-11-24T1{hour}:00:00+07:00</atom:updated>"))).links[0]
        for hour in (0, 1)
    )
    assert first.stamp == "2026-11-24T03:00:00+00:00"
    assert second.stamp != first.stamp
    assert first.modified_at == datetime(2026, 11, 24, 3, tzinfo=UTC)


def test_a_stamp_follows_the_title_where_no_time_is_given(read: Discover) -> None:
    first, same, other = (read(FEED, rss(item(title=title))).links[0].stamp for title in ("Satu", "Satu", "Dua"))
    assert first == same != other


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Ekspor &amp;amp; impor", "Ekspor & impor"),
        ("<![CDATA[Tarif <b>nol</b> untuk &#8220;hilir&#8221;]]>", "Tarif nol untuk “hilir”"),
        ("Harga &lt; Rp5.000", "Harga < Rp5.000"),
        ("Listrik&nbsp;hijau &ndash; tahap II & III", "Listrik hijau – tahap II & III"),
        ("Nol &#xD800;&#1;persen &#38; satu", "Nol \ufffdpersen & satu"),
        ("  Dua\n  baris ", "Dua baris"),
        ("", None),
    ],
)
def test_titles_are_plain_text(read: Discover, written: str, title: str | None) -> None:
    assert read(FEED, rss(item(title=written))).links[0].title == title


def test_an_ampersand_in_a_link_may_stand_unescaped(read: Discover) -> None:
    links = "https://www.kabar.example/berita/1?id=7&b=2&utm_source=x"
    for written in (links, links.replace("&", "&amp;"), f"<![CDATA[{links}]]>"):
        body = rss(f"<item><title>A</title><link>{written}</link></item>")
        assert [link.url for link in read(FEED, body).links] == ["https://www.kabar.example/berita/1?b=2&id=7"]


def test_a_prefix_that_is_not_declared_does_no_harm(read: Discover) -> None:
    (link,) = read(FEED, rss(item(more='<media:content url="x.jpeg"/><pubDate>24 Nov 2026 10:00 WIB</pubDate>'))).links
    assert link.title == "Kuota impor garam ditetapkan"
    assert link.published_at == datetime(2026, 11, 24, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("encoding", "headers"),
    [("utf-8", {}), ("windows-1252", {}), ("utf-16", {}), ("utf-8-sig", {"Content-Type": "text/xml; charset=ascii"})],
)
def test_titles_survive_any_usual_encoding(read: Discover, encoding: str, headers: dict[str, str]) -> None:
    body = rss(item(title="Pabrik “hijau” – tahap II"), encoding=encoding.removesuffix("-sig")).encode(encoding)
    assert read(FEED, body, headers).links[0].title == "Pabrik “hijau” – tahap II"


def test_atom(read: Discover) -> None:
    body = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Kabar</title><entry>
    <title type="html">Bea &amp;amp; cukai</title><id>tag:kabar.example,2026:7</id>
    <link rel="enclosure" href="https://www.kabar.example/foto/7.jpeg"/><link href="/berita/7"/>
    <published>2026-11-24T10:00:00+07:00</published><updated>2026-11-24T11:00:00+07:00</updated></entry></feed>"""
    (link,) = read(FEED, body).links
    assert (link.url, link.title) == ("https://www.kabar.example/berita/7", "Bea & cukai")
    assert link.published_at == datetime(2026, 11, 24, 3, tzinfo=UTC)
    assert link.modified_at == datetime(2026, 11, 24, 4, tzinfo=UTC)


def test_rdf(read: Discover) -> None:
    body = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Kabar</title></channel>
    <item rdf:about="https://www.kabar.example/berita/8"><title>Izin tambang dicabut</title>
    <link>https://www.kabar.example/berita/8</link><dc:date>2026-11-24T10:00:00+07:00</dc:date></item></rdf:RDF>"""
    (link,) = read(FEED, body).links
    assert (link.url, link.title) == ("https://www.kabar.example/berita/8", "Izin tambang dicabut")
    assert link.published_at == datetime(2026, 11, 24, 3, tzinfo=UTC)


def test_json_feed(read: Discover) -> None:
    body = json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [
                {
                    "id": "9",
                    "url": "/berita/9?ref=x",
                    "title": "Satu &amp; dua",
                    "date_published": "2026-11-24T03:00:00Z",
                },
                {"id": "https://www.kabar.example/berita/10", "date_modified": "2026-11-24T04:00:00Z", "title": None},
                {"id": 11, "url": 12},
                "bukan butir",
            ],
        }
    )
    first, second = read(FEED, body).links
    assert (first.url, first.title) == ("https://www.kabar.example/berita/9", "Satu & dua")
    assert first.published_at == datetime(2026, 11, 24, 3, tzinfo=UTC)
    assert (second.url, second.title) == ("https://www.kabar.example/berita/10", None)
    assert second.stamp == "2026-11-24T04:00:00+00:00"


def test_wordpress_posts(read: Discover) -> None:
    post = {
        "link": "https://www.kabar.example/berita/12/",
        "title": {"rendered": "Bunga &#8216;pinjaman&#8217; dibatasi"},
        "date_gmt": "2026-11-24T03:00:00",
        "modified_gmt": "2026-11-24T04:00:00",
    }
    (link,) = read(FEED, json.dumps([post])).links
    assert (link.url, link.title) == ("https://www.kabar.example/berita/12", "Bunga ‘pinjaman’ dibatasi")
    assert link.published_at == datetime(2026, 11, 24, 3, tzinfo=UTC)
    assert link.stamp == "2026-11-24T04:00:00+00:00"


def test_a_feed_without_entries_is_a_feed(read: Discover) -> None:
    assert read(FEED, rss()).links == ()
    assert read(FEED, '{"items": []}').links == ()


def test_a_feed_that_breaks_off_gives_what_came(read: Discover) -> None:
    body = rss(item(1), item(2))
    assert [link.url for link in read(FEED, body[: body.rindex("</item>")]).links] == [
        "https://www.kabar.example/berita/1",
        "https://www.kabar.example/berita/2",
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "empty"),
        (" \n\ufeff ", "empty"),
        ("Tidak ditemukan", "neither"),
        ("<!doctype html><title>Tunggu &amp; sebentar</title><p>Memeriksa peramban", "readers.*: Tunggu & sebentar"),
        ("<p>Galat", "readers"),
        ("<rss>", "broken XML"),
        ('{"code": "rest_no_route", "message": "Rute tidak ada"}', "Rute tidak ada"),
        ('{"items": ', "broken JSON"),
        ("[" * 100_000, "broken JSON"),
        ('"teks"', "neither"),
        (b"\x1f\x8b rusak", "gzip"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "neither"),
    ],
)
def test_what_is_no_feed_is_named(read: Discover, body: str | bytes, reason: str) -> None:
    with pytest.raises(NotASource, match=reason):
        read(FEED, body)
