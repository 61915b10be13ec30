"""Pages and lists hold what the truth says, in well-formed markup, whatever the words are."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import feedparser
import lxml.etree
import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.newsroom.articles import ROUNDS, edition
from crawler.newsroom.indonesian import ago, written
from crawler.newsroom.pages import TYPES, answer, piece_answer, split_dateline, steady
from crawler.newsroom.sites import sites
from crawler.newsroom.truth import holdings

BASE = "http://127.0.0.1:1"
WIB = timezone(timedelta(hours=7))
SITES = {site.slug: site for site in sites()}
READABLE = [
    pytest.param(site, piece, id=piece.slug) for site in sites() for piece in holdings(site, ROUNDS - 1).values()
]
BODIES = {
    "wordpress": "entry-content",
    "portal": "itp_bodycontent",
    "ministry": "isi-artikel",
    "wire": "post-content",
    "magazine": "article-content",
}
NASTY = '<b>Harga & "Upah"</b> </script><script>alert(1)</script> {{ 7 * 7 }}'


def body_of(site, page: bytes) -> str:
    tree = lxml.html.fromstring(page.decode())
    (body,) = tree.find_class(BODIES[site.style])
    return body.text_content()


@pytest.mark.parametrize(("site", "piece"), READABLE)
def test_the_pages_of_an_article_hold_title_and_every_paragraph_once(site, piece):
    numbers = ["all"] if site.paging == "all" else [str(n + 1) for n in range(len(piece.pages))]
    pages = [piece_answer(site, piece, number, BASE).body for number in numbers]
    heads = {node.text_content().strip() for node in lxml.html.fromstring(pages[0].decode()).xpath("//h1|//h3")}
    assert piece.title in heads
    text = "\n".join(body_of(site, page) for page in pages)
    assert [paragraph for paragraph in piece.paragraphs if text.count(paragraph) != 1] == []


@pytest.mark.parametrize("site", sites(), ids=list(SITES))
def test_words_that_look_like_markup_stay_words(site):
    piece = edition(site.slug, 0)[0]
    words = {"title": NASTY, "authors": (NASTY,), "section": NASTY, "tags": (NASTY,), "editor": NASTY}
    hostile = replace(piece, pages=((NASTY, NASTY),), **words)
    page = piece_answer(site, hostile, "1", BASE).body.decode()
    assert "<script>alert" not in page
    assert body_of(site, page.encode()).count(NASTY) >= 2
    for script in lxml.html.fromstring(page).xpath('//script[@type="application/ld+json"]/text()'):
        json.loads(script)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_lists_are_well_formed_and_name_what_is_listed(number):
    for site in sites():
        named = b""
        for listing in site.lists:
            reply = answer(site, number, listing.at, BASE)
            assert reply.status == 200
            named += reply.body
            if "xml" in reply.content_type:
                lxml.etree.fromstring(reply.body)
            if "json" in reply.content_type:
                json.loads(reply.body)
        for piece in edition(site.slug, number):
            assert (site.path_of(piece).encode() in named) == piece.listed, piece.slug


@pytest.mark.parametrize("template", ["rss", "atom", "rdf"])
def test_feeds_say_when_an_article_was_published_and_changed(template):
    site, listing = next((s, lst) for s in sites() for lst in s.lists if lst.template == template)
    feed = feedparser.parse(answer(site, 1, listing.at, BASE).body)
    assert not feed.bozo
    entries = {entry.link.partition("?")[0].rstrip("/"): entry for entry in feed.entries}
    listed = [piece for piece in edition(site.slug, 1) if piece.listed]
    for piece in listing.pieces(listed):
        entry = entries[BASE + site.path_of(piece)]
        assert entry.title == piece.title
        stamp = entry.get("updated_parsed") or entry.get("published_parsed")
        assert datetime(*stamp[:6], tzinfo=UTC) in (piece.stamp, piece.published)


def test_each_kind_of_list_is_served():
    served = {listing.template for site in sites() for listing in site.lists}
    assert set(TYPES) <= served
    assert {"wordpress-home", "portal-index", "ministry-list", "magazine-latest"} <= served


def test_each_site_robots_forbids_some_of_what_it_links_where_it_has_such_a_section():
    forbidden = {site.slug for site in sites() for piece in edition(site.slug, 0) if site.forbids(site.path_of(piece))}
    assert forbidden == {"kabar-pabrik", "niaga-harian", "kantor-berita-nusa", "majalah-laju"}


def test_an_article_of_two_pages_links_its_next_page_and_ends():
    site = SITES["majalah-laju"]
    piece = next(piece for piece in edition(site.slug, 0) if len(piece.pages) == 2)
    first, second = (piece_answer(site, piece, number, BASE).body for number in ("1", "2"))
    assert b'class="pager__next"' in first
    assert b'class="pager__next"' not in second
    assert piece_answer(site, piece, "3", BASE).status == 404
    assert piece_answer(site, piece, "all", BASE).status == 404


def test_what_pages_tease_never_changes():
    for site in sites():
        assert all(piece.changed == 0 and piece.status == 200 for piece in steady(site.slug))
        assert len(steady(site.slug)) >= 3


def test_datelines_are_told_from_the_text():
    wire, paper = SITES["kantor-berita-nusa"], SITES["kabar-pabrik"]
    assert split_dateline("Ambon (Kantor Berita Nusa) - Beras tiba.", wire) == (
        "Ambon",
        " (Kantor Berita Nusa) - Beras tiba.",
    )
    assert split_dateline("TEGAL, Kabar Pabrik - Mesin tiba.", paper) == ("TEGAL", ", Kabar Pabrik - Mesin tiba.")
    assert split_dateline("Tanpa tempat.", paper) == ("", "Tanpa tempat.")


@given(st.text())
def test_a_dateline_and_its_rest_are_the_paragraph(text):
    assert "".join(split_dateline(text, SITES["niaga-harian"])) == text


@given(
    st.sampled_from(sites()),
    st.one_of(st.text(), st.from_regex(r"/(artikel|read|berita)/\d+/[a-z]+(\?page=.*)?", fullmatch=True)),
)
def test_any_target_is_answered(site, target):
    assert answer(site, 1, target, BASE).status in {200, 301, 404, 410, 500}


def test_dates_are_written_as_outlets_write_them():
    moment = datetime(2026, 8, 7, 9, 5, tzinfo=WIB)
    assert written(moment, "{day}, {dd} {mon} {year} {clock} {zone}") == "Jumat, 07 Ags 2026 09:05 WIB"
    assert written(moment, "{d} {month} {year} {dd}/{mm}") == "7 Agustus 2026 07/08"


@pytest.mark.parametrize(
    ("past", "words"),
    [
        (timedelta(seconds=5), "1 menit lalu"),
        (timedelta(minutes=59), "59 menit lalu"),
        (timedelta(hours=3, minutes=10), "3 jam lalu"),
        (timedelta(days=2, hours=3), "2 hari lalu"),
        (timedelta(days=40), "7 Okt 2026"),
    ],
)
def test_how_long_ago(past, words):
    now = datetime(2026, 11, 16, 18, tzinfo=WIB)
    assert ago(now - past, now) == words
