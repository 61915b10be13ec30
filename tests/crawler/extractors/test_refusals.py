"""What is no article gets one plain line, whatever status it came with."""

from __future__ import annotations

import pytest

from crawler.extractors.article import Unreadable, extract
from tests.crawler.extractors.pages import LINES, PLAIN, TITLE, URL, article, page, paragraphs

CARD = "<div class='kartu'><a href='/b/{n}'>Judul berita lain nomor {n}</a><p>{line}</p></div>"
REFUSED = {
    "empty": (b" \n", "empty"),
    "pdf": (b"%PDF-1.7 \x00\x01", "a PDF"),
    "png": (b"\x89PNG\r\n\x1a\n", "an image"),
    "gzip": (b"\x1f\x8b\x08\x00", "compressed"),
    "json": (b'{"title": "x"}', "JSON"),
    "rss": (b"<?xml version='1.0'?><rss version='2.0'><channel></channel></rss>", "a feed"),
    "text": ("\n".join(LINES).encode(), "not HTML"),
    "binary": (bytes(range(256)) * 20, "not HTML"),
    "cut": (b"<!doctype html><html><head><meta cha", "no title"),
    "challenge": (
        page(f"<h1>{TITLE}</h1><p>Checking the connection</p>", "<title>Just a moment...</title>"),
        "a challenge page",
    ),
    "marked": (page(f"<h1>{TITLE}</h1><p>Tunggu sebentar</p><script>_cf_chl_opt={{}}</script>"), "a challenge page"),
    "denied": (page("<h1>Access Denied</h1><p>Reference 18.2</p>", "<title>Access Denied</title>"), "access denied"),
    "lost": (page("<h1>Maaf</h1><p>Halaman itu tidak ada</p>", "<title>404 Not Found</title>"), "an error page"),
    "shell": (
        page("<div id=root></div><script src=a.js></script>", f"<title>{TITLE}</title>"),
        "JavaScript",
    ),
    "asks": (
        page(
            "<noscript>You need to enable JavaScript to run this app.</noscript><script></script>",
            f"<title>{TITLE}</title>",
        ),
        "JavaScript",
    ),
    "asks aloud": (
        page("<p>Aktifkan JavaScript untuk membaca halaman ini.</p><script></script>", f"<title>{TITLE}</title>"),
        "JavaScript",
    ),
    "list": (
        page("<h1>Indeks Berita</h1><ul>" + "".join(CARD.format(n=n, line=LINES[n % 4]) for n in range(12)) + "</ul>"),
        "a list",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_the_reason(name):
    body, reason = REFUSED[name]
    with pytest.raises(Unreadable, match=reason) as caught:
        extract(PLAIN, URL, body, {})
    assert "\n" not in str(caught.value)


def test_the_content_type_refuses_what_does_not_look_like_a_page():
    with pytest.raises(Unreadable, match="image/png"):
        extract(PLAIN, URL, b"<p>x</p>", {"Content-Type": "image/p\x1bng"})
    assert extract(PLAIN, URL, article(), {"Content-Type": "application/json"}).title == TITLE


def test_an_article_about_a_wall_is_an_article():
    title = "Access denied: mengapa situs pemerintah menolak pembaca"
    body = page(f"<h1>{title}</h1><div>{paragraphs(LINES * 10)}</div>", f"<title>{title}</title>")
    assert extract(PLAIN, URL, body, {}).title == title


def test_an_article_with_many_related_links_is_no_list():
    links = "".join(f"<li><a href='/b/{n}'>Judul berita lain nomor {n}</a></li>" for n in range(30))
    body = page(f"<h1>{TITLE}</h1><div class='isi'>{paragraphs()}<ul>{links}</ul></div>")
    assert extract(PLAIN, URL, body, {}).text == "\n".join(LINES)
