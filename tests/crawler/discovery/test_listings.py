"""Pages for readers that list articles."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.discovery import NotASource, discover
from crawler.outlets import Outlet

from .conftest import LISTING, Discover

PAGES = Path(__file__).parents[3] / "../shared/pages"


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><title>Indeks</title>{head}</head><body>{body}</body></html>"


def card(number: int, title: str, more: str = "") -> str:
    link = f"/berita/{number}/judul"
    return f"""<div class="card"><a href="{link}#komentar"><img src="/{number}.webp" alt="Foto"></a>
    <h3><a href="{link}?kanal=x">{title}</a></h3>{more}<a href="{link}">Selengkapnya</a></div>"""


def test_a_listing_gives_its_articles_in_order_with_their_headings(read: Discover) -> None:
    menu = (
        '<nav><a href="/">Kabar</a><a href="#isi">Isi</a><a>Kosong</a><a href="mailto:a@kabar.example">Surat</a></nav>'
    )
    links = read(
        LISTING, page(menu + card(2, "Tarif <em>baru</em> &amp; lama") + card(1, "Dua") + card(2, "Lagi"))
    ).links
    assert [(link.url, link.title) for link in links] == [
        ("https://www.kabar.example/berita/2/judul", "Tarif baru & lama"),
        ("https://www.kabar.example/berita/1/judul", "Dua"),
    ]
    assert {link.source for link in links} == {LISTING}


@pytest.mark.parametrize(
    ("anchor", "title"),
    [
        ('<a href="/berita/1"><b>EKONOMI</b><h2>Judul di dalam</h2><p>Ringkasan panjang</p></a>', "Judul di dalam"),
        ('<a href="/berita/1">Baca</a> <a href="/berita/1">Judul yang panjang</a>', "Judul yang panjang"),
        ('<a href="/berita/1" title="Judul pada tautan"><img src="x.png"></a>', "Judul pada tautan"),
        ('<a href="/berita/1"><img src="x.png" alt="Judul pada foto"></a>', "Judul pada foto"),
        ('<a href="/berita/1"></a>', None),
    ],
)  # fmt: skip
def test_the_best_title_of_an_article_counts(read: Discover, anchor: str, title: str | None) -> None:
    assert read(LISTING, page(anchor)).links[0].title == title


def test_skipped_titles_are_left_out(read: Discover) -> None:
    body = page(card(1, "Lowongan di kantor kami") + card(2, "Berita"))
    assert [link.title for link in read(LISTING, body).links] == ["Berita"]


@pytest.mark.parametrize(
    "date",
    ['<time datetime="2026-11-24T10:15:00+07:00">Selasa</time>', "<span>Selasa, 24 Nov 2026 10:15 WIB</span>",
     "(24/11/2026 10:15)", '<p>Mulai 1 Mei 2027.</p><div>24 November 2026 | 10.15 WIB</div>'],
)  # fmt: skip
def test_the_date_beside_a_link_is_read(read: Discover, date: str) -> None:
    first, second = read(LISTING, page(card(1, "Aturan 1 Mei 2027 terbit", date) + card(2, "Tanpa tanggal"))).links
    assert first.published_at == datetime(2026, 11, 24, 3, 15, tzinfo=UTC)
    assert second.published_at is None


@pytest.mark.parametrize("page_two", ["?page=2", "?halaman=12", "/page/2"])
def test_further_pages_of_an_article_are_none_of_its_links(read: Discover, page_two: str) -> None:
    body = page(f'<a href="/berita/1/judul{page_two}">Judul yang panjang</a>{card(1, "Judul yang panjang")}')
    assert [link.url for link in read(LISTING, body).links] == ["https://www.kabar.example/berita/1/judul"]


def test_links_are_resolved_against_the_pages_base(read: Discover) -> None:
    body = page('<a href="3">Tiga</a><a href="//industri.kabar.example/berita/4">Empat</a>', '<base href="/berita/">')
    assert [link.url for link in read(LISTING, body).links] == [
        "https://www.kabar.example/berita/3",
        "https://industri.kabar.example/berita/4",
    ]


@pytest.mark.parametrize("body", ["Tunggu sebentar", '<a href="/tentang">Tentang</a>', '<a href="http://[::1">x</a>'])
def test_a_page_without_articles_is_named_by_its_title(read: Discover, body: str) -> None:
    with pytest.raises(NotASource, match="without links to articles: Indeks"):
        read(LISTING, page(body))


def test_a_feed_among_the_listings_is_read_as_a_feed(read: Discover) -> None:
    body = "<rss><channel><item><title>A</title><link>https://www.kabar.example/berita/1</link></item></channel></rss>"
    assert [link.title for link in read(LISTING, body).links] == ["A"]


# Front pages and feeds of 2015 and 2016: outlet, article pattern, how many articles a person counts.
REAL = [
    ("antara", r"\.antaranews\.com/berita/\d+/", 20),
    ("detik", r"\.detik\.com/read/\d{4}/", 19),
    ("kompas", r"\.kompas\.com/read/xml/\d{4}/", 10),
    ("okezone", r"\.okezone\.com/read/\d{4}/", 22),
    ("republika", r"\.republika\.co\.id/berita/", 10),
    ("tempo", r"\.tempo\.co/read/", 75),
]


@pytest.mark.skipif(not PAGES.is_dir(), reason="the recorded pages are not beside this checkout")
@pytest.mark.parametrize(("name", "article", "count"), REAL)
def test_real_listings_are_read(name: str, article: str, count: int) -> None:
    home = f"http://www.{name}.example/"
    outlet = Outlet(slug=name, title=name, home=home, article=article, listings=(home,))
    links = discover(outlet, home, (PAGES / f"{name}-listing.html").read_bytes(), {}).links
    assert len(links) == count
    assert sum(link.title is not None for link in links) >= count - 1
