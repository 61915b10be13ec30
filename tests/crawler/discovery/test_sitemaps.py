"""Sitemaps, news sitemaps and their indexes."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from crawler.discovery import NotASource

from .conftest import SITEMAP, Discover

NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


def urlset(*urls: str) -> str:
    return f'<?xml version="1.0"?>\n<!-- oleh: <rss> -->\n<urlset {NAMESPACES}>{"".join(urls)}</urlset>'


def index(*sitemaps: str) -> str:
    return (
        f"<sitemapindex {NAMESPACES}>{''.join(f'<sitemap>{sitemap}</sitemap>' for sitemap in sitemaps)}</sitemapindex>"
    )


NEWS = """<url><loc> http://industri.kabar.example/berita/5/ </loc><lastmod>2026-11-24T04:00:00Z</lastmod>
<news:news><news:publication><news:name>Kabar</news:name></news:publication>
<news:publication_date>2026-11-24T10:00:00+07:00</news:publication_date><news:title>Pajak &amp; bea</news:title>
</news:news><image:image><image:loc>https://www.kabar.example/berita/99</image:loc><image:title>Foto</image:title></image:image></url>"""


def test_a_news_sitemap_names_title_and_times(read: Discover) -> None:
    (link,) = read(SITEMAP, urlset(NEWS)).links
    assert (link.url, link.title) == ("https://industri.kabar.example/berita/5", "Pajak & bea")
    assert link.published_at == datetime(2026, 11, 24, 3, tzinfo=UTC)
    assert link.modified_at == datetime(2026, 11, 24, 4, tzinfo=UTC)
    assert link.stamp == "2026-11-24T04:00:00+00:00"


def test_a_plain_sitemap_names_addresses_only(read: Discover) -> None:
    urls = ("<url><loc>https://www.kabar.example/tentang</loc></url>", "<url/>", "teks",
            "<url><loc>https://www.kabar.example/berita/6</loc><lastmod>2026-11-24</lastmod></url>")  # fmt: skip
    (link,) = read(SITEMAP, urlset(*urls)).links
    assert (link.url, link.title, link.published_at) == ("https://www.kabar.example/berita/6", None, None)
    assert link.modified_at == datetime(2026, 11, 23, 17, tzinfo=UTC)


def test_a_compressed_sitemap_is_unpacked(read: Discover) -> None:
    assert read(SITEMAP, gzip.compress(urlset(NEWS).encode())) == read(SITEMAP, urlset(NEWS))


def test_a_sitemap_without_a_namespace_or_cut_off_is_read(read: Discover) -> None:
    body = "<urlset><url><loc>https://www.kabar.example/berita/7</loc></url><url><loc>https://www.kab"
    assert [link.url for link in read(SITEMAP, body).links] == ["https://www.kabar.example/berita/7"]


def test_an_index_names_the_newest_sitemaps_of_the_site(read: Discover) -> None:
    found = read(
        SITEMAP,
        index(
            "<loc>https://www.kabar.example/lama.xml</loc><lastmod>2020-01-01</lastmod>",
            "<loc>https://www.kabar.example/tanpa-waktu.xml</loc>",
            "<loc>https://industri.kabar.example/baru.xml.gz</loc><lastmod>2026-11-24T00:00:00Z</lastmod>",
            "<loc>https://lain.example/asing.xml</loc><lastmod>2026-11-24T01:00:00Z</lastmod>",
            "<loc>/relatif.xml</loc><lastmod>2025-01-01</lastmod>",
            "<loc>file:///etc/passwd</loc>",
            f"<loc>{SITEMAP}</loc>",
            "<loc>http://[::1</loc>",
            "<loc></loc>",
        ),
    )
    assert found.links == ()
    assert found.sitemaps == (
        "https://industri.kabar.example/baru.xml.gz",
        "https://www.kabar.example/relatif.xml",
        "https://www.kabar.example/lama.xml",
        "https://www.kabar.example/tanpa-waktu.xml",
    )


def test_an_index_on_a_host_of_its_own_may_name_sitemaps_there(read: Discover) -> None:
    sitemap = "https://peta.contoh.example/1.xml"
    found = read("https://peta.contoh.example/", index(f"<loc>{sitemap}</loc>"))
    assert found.sitemaps == (sitemap,)


def test_the_sitemaps_of_an_index_come_newest_first(read: Discover) -> None:
    sitemaps = (f"<loc>https://www.kabar.example/{n}.xml</loc><lastmod>{2000 + n}-01-01</lastmod>" for n in range(25))
    found = read(SITEMAP, index(*sitemaps))
    assert len(found.sitemaps) == 25
    assert found.sitemaps[0] == "https://www.kabar.example/24.xml"


def test_entities_of_a_document_type_are_not_read(read: Discover) -> None:
    nested = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE urlset [<!ENTITY l0 "ha"><!ENTITY luar SYSTEM "file:///etc/passwd">{nested}]>'
    url = "<url><loc>https://www.kabar.example/berita/8</loc>{}</url>"
    title = "<news:news><news:title>&l11;&luar;</news:title></news:news>"
    (link,) = read(SITEMAP, doctype + urlset(url.format(title))).links
    assert link.title is None or len(link.title) < 20
    rss = f"<rss><channel><item><title>&l11;&luar;</title><link>{link.url}</link></item></channel></rss>"
    (link,) = read(SITEMAP, doctype.replace("urlset", "rss", 1) + rss).links
    assert link.title is None or len(link.title) < 20


def test_a_bomb_is_refused(read: Discover) -> None:
    with pytest.raises(NotASource, match="more than 50 MB"):
        read(SITEMAP, gzip.compress(b" " * (51 * 2**20), 1))


def test_an_error_page_is_no_sitemap(read: Discover) -> None:
    page = '<html><title>404</title><a href="/berita/1">Satu</a></html>'
    with pytest.raises(NotASource, match="readers, no feed or sitemap: 404"):
        read(SITEMAP, page)
