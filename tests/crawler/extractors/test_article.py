"""A page to an article: every field, from the place that deserves most trust."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.extractors.article import Unreadable, extract, join
from crawler.outlets import Selectors
from tests.crawler.extractors.pages import LINES, OUTLET, PLAIN, TITLE, URL, article, json_ld, page, paragraphs

SELECTED = page(
    f"""
    <div class="kanal"><a href="/">Beranda</a> <a href="/industri">Industri</a></div>
    <h1 class="judul">{TITLE}</h1>
    <div class="penulis">Oleh Ani Lestari, Budi Santoso, S.E. - Kabar</div>
    <div class="tanggal">JUM'AT, 6 Nov 2026 09:30 WIB</div>
    <div class="isi">
      {paragraphs(LINES[:2])}<div class="iklan"><p>Beli sekarang juga di toko kami</p></div>
      <p>Baca juga: Kuota impor garam dipangkas tahun depan</p>
      <h3>Tanggapan</h3>{paragraphs(LINES[2:])}<ul><li>Pelat</li><li>Kawat</li></ul>
      <script>var x = 1;</script><p>ADVERTISEMENT</p><p>Simak berita lainnya di WhatsApp Channel Kabar</p>
      <p>Pewarta: Ani Lestari<br>Editor: Citra Dewi<br>Copyright &copy; KABAR 2026</p>
    </div>
    <div class="tag"><a>baja</a><a>bea masuk</a><a>baja</a></div>
    <a class="lanjut" href="?page=2#isi">Berikutnya</a>
    """,
    f"""<title>{TITLE} - Kabar</title><link rel="canonical" href="{URL}?utm_source=x">
    {
        json_ld(
            {
                "@type": "NewsArticle",
                "headline": "Judul lain",
                "datePublished": "2020-01-01T00:00:00+07:00",
                "dateModified": "2026-11-06T10:00:00+07:00",
                "author": {"@type": "Person", "name": "Citra Dewi"},
            }
        )
    }""",
)


def test_the_outlets_selectors_come_first():
    found = extract(OUTLET, URL + "?utm_medium=surel", SELECTED, {})
    assert found.url == URL + "?utm_medium=surel"
    assert found.canonical_url == URL
    assert found.outlet == "kabar"
    assert found.title == TITLE
    assert found.authors == ("Ani Lestari", "Budi Santoso")
    assert found.published_at == datetime(2026, 11, 6, 2, 30, tzinfo=UTC)
    assert found.modified_at == datetime(2026, 11, 6, 3, 0, tzinfo=UTC)
    assert found.section == "Industri"
    assert found.tags == ("baja", "bea masuk")
    assert found.language == "id"
    assert found.next_page == "https://www.kabar.example/industri/101/tarif-baja?page=2"
    assert found.text == "\n".join([*LINES[:2], "Tanggapan", *LINES[2:], "Pelat", "Kawat"])


def test_a_generic_page_gives_the_same_words():
    found = extract(PLAIN, URL, article(f"<meta property='og:title' content='{TITLE} - Kabar'>"), {})
    assert (found.title, found.text) == (TITLE, "\n".join(LINES))


def test_text_beside_paragraphs_and_between_line_breaks_is_kept():
    body = f"<b>Jakarta</b> - {LINES[0]}<br><br>{LINES[1]}<p>{LINES[2]}</p>{LINES[3]}"
    found = extract(PLAIN, URL, page(f"<h1>{TITLE}</h1><div class='x'>{body}</div>"), {})
    assert found.text == "\n".join([f"Jakarta - {LINES[0]}", *LINES[1:]])


def test_a_teaser_of_another_column_stays_out():
    teaser = "<div class='kiri'><h3>Headline</h3><p>Kerugian akibat banjir itu belum dihitung seluruhnya.</p></div>"
    found = extract(PLAIN, URL, page(teaser + f"<h1>{TITLE}</h1><div class='isi'>{paragraphs()}</div>"), {})
    assert found.text == "\n".join(LINES)


def test_an_article_in_two_parts_is_whole():
    parts = f"<div class='awal'>{paragraphs(LINES[:2])}</div><div class='akhir'>{paragraphs(LINES[2:])}</div>"
    found = extract(PLAIN, URL, page(f"<h1>{TITLE}</h1><div class='isi'>{parts}</div>"), {})
    assert found.text == "\n".join(LINES)


def test_a_form_around_the_whole_page_hides_nothing():
    found = extract(PLAIN, URL, page(f"<form><h1>{TITLE}</h1><div>{paragraphs()}</div></form>"), {})
    assert found.text == "\n".join(LINES)


def test_several_containers_of_a_body_selector_are_one_body_and_cards_are_not():
    outlet = replace(OUTLET, selectors=Selectors(body=("article",)))
    cards = "<div><article><p>Berita lain tentang kopi dan teh di pasar dunia</p></article></div>"
    chunks = f"<div><article>{paragraphs(LINES[:2])}</article><article>{paragraphs(LINES[2:])}</article></div>"
    found = extract(outlet, URL, page(f"<h1>{TITLE}</h1>{cards}{chunks}{cards}"), {})
    assert found.text == "\n".join(LINES)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<meta property='article:published_time' content='2026-11-06T02:30:00Z'>", (6, 2, 30)),
        ("<meta name='pubdate' content='2026-11-06T09-30-00Z'>", (6, 2, 30)),
        (
            json_ld({"@graph": [{"@type": ["Thing", "NewsArticle"], "datePublished": "2026-11-06 09:30:00"}]}),
            (6, 2, 30),
        ),
        (json_ld({"@type": "NewsArticle", "datePublished": "2026-11-06"}), (5, 17, 0)),
    ],
)
def test_the_time_of_publication_comes_from_the_head(head, expected):
    assert extract(PLAIN, URL, article(head), {}).published_at == datetime(2026, 11, *expected, tzinfo=UTC)


@pytest.mark.parametrize(
    "above",
    [
        "<div class='tanggal'>Jumat, 6 November 2026 | 09:30 WIB</div>",
        "<time datetime='2026-11-06' itemprop='datePublished'>6 November 2026 09:30 WIB</time>",
        "<ul><li><span>Jumat, 6 Nov 2026</span> <span>09:30 WIB</span></li></ul>",
        "<time datetime='2026-11-06T09:30:00+07:00'>6 November 2026</time>",
    ],
)
def test_a_visible_date_near_the_headline_is_read(above):
    sidebar = "<div class='populer'><a>Berita lain</a><span class='tanggal'>Senin, 2 Mei 2022 10:00 WIB</span></div>"
    found = extract(PLAIN, URL, article(above=above, below=sidebar), {})
    assert found.published_at == datetime(2026, 11, 6, 2, 30, tzinfo=UTC)


def test_a_body_has_neither_its_date_nor_its_tags():
    above = "<time datetime='2026-11-06T09:30:00+07:00'>November 6, 2026</time>"
    below = "<div>Tags:</div><ul><li><a href='/tag/baja'>baja</a></li><li><a href='/tag/bea'>bea masuk</a></li></ul>"
    body = page(f"<main><h1>{TITLE}</h1>{above}{paragraphs()}{below}</main>")
    for outlet in (PLAIN, replace(PLAIN, selectors=Selectors(body=("main",)))):
        assert extract(outlet, URL, body, {}).text == "\n".join(LINES)


def test_the_words_of_a_selected_time_complete_its_day():
    above = "<time class='tanggal' datetime='2026-11-06'>6 November 2026 09:30 WIB</time>"
    assert extract(OUTLET, URL, article(above=above), {}).published_at == datetime(2026, 11, 6, 2, 30, tzinfo=UTC)


def test_a_relative_date_counts_from_the_date_header():
    outlet = replace(OUTLET, selectors=replace(OUTLET.selectors, body=()))
    body = article(above="<div class='tanggal'>5 menit lalu</div>")
    headers = {"date": "Fri, 06 Nov 2026 02:35:00 GMT"}
    assert extract(outlet, URL, body, headers).published_at == datetime(2026, 11, 6, 2, 30, tzinfo=UTC)
    assert extract(outlet, URL, body, {}).published_at is None


def test_a_change_before_the_publication_is_none():
    news = {
        "@type": "NewsArticle",
        "datePublished": "2026-11-06T18:33:13+07:00",
        "dateModified": "2026-11-06T18:30:00+07:00",
    }
    assert extract(PLAIN, URL, article(json_ld(news)), {}).modified_at is None


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ("<div class='author-2'>Ani Lestari</div>", ("Ani Lestari",)),
        ("<table><tr><td>Penulis</td><td>: Ani Lestari, Lalu Budi</td></tr></table>", ("Ani Lestari", "Lalu Budi")),
        ("<p>Reporter: Ani Lestari | Editor: Citra Dewi</p>", ("Ani Lestari",)),
        (
            "<span>oleh <b class='author'>Ani Lestari</b><b class='author'>Lalu Budi</b></span>",
            ("Ani Lestari", "Lalu Budi"),
        ),
        ("<div>Editor: <a class='author'>Citra Dewi</a></div>", ("Dedi Utama",)),
        ("<figure><i class='author'>Fotografer Kami</i></figure>", ("Dedi Utama",)),
        ("<div class='author'>Redaksi Kabar</div>", ("Dedi Utama",)),
    ],
)
def test_the_visible_byline_comes_before_the_machines(above, expected):
    head = json_ld(
        {"@type": "NewsArticle", "author": [{"@type": "Organization", "name": "Pabrik Kata"}, {"name": "Dedi Utama"}]}
    )
    assert extract(PLAIN, URL, article(head, above), {}).authors == expected


@pytest.mark.parametrize("name", ["Kabar", "admin", "kabar.example developer", "https://kabar.example/x", "Redaksi"])
def test_a_site_or_a_role_is_no_author(name):
    assert extract(PLAIN, URL, article(f"<meta name='author' content='{name}'>"), {}).authors == ()


@pytest.mark.parametrize(
    ("head", "heading"),
    [
        (f"<meta property='og:title' content='{TITLE} - Kabar'>", "<h1>Kabar</h1>"),
        (f"<title>{TITLE} | Ekonomi | Kabar :: Berita Terkini</title>", "<h1>Populer</h1>"),
        (f"<title>{TITLE} - Kabar</title>", f"<h1>Industri</h1><h3>{TITLE}</h3>"),
        (json_ld({"@type": "Article", "headline": TITLE}), "<h1>Ekonomi</h1>"),
        ("", f"<h1>{TITLE}</h1>"),
    ],
)
def test_the_title_has_no_site_name(head, heading):
    assert extract(PLAIN, URL, page(heading + f"<div>{paragraphs()}</div>", head), {}).title == TITLE


@pytest.mark.parametrize("heading", ["<h1>Harga Gula</h1>", "<h1>Sentra</h1><h2>Harga Gula</h2>"])
def test_a_short_title_is_told_from_a_long_unknown_name_of_the_site(heading):
    head = "<title>Harga Gula – Sentra Perajin Nusantara</title>"
    assert extract(PLAIN, URL, page(heading + f"<div>{paragraphs()}</div>", head), {}).title == "Harga Gula"


@pytest.mark.parametrize("other", ["Karet", "Kayu dan Rotan"])
def test_the_heading_of_another_article_that_begins_alike_is_no_title(other):
    """As the list below an article of a stock Ghost site has it."""
    own = "Potongan Biaya Uji bagi Perajin"
    below = f"<div class='read-more'><h3>{own} {other}</h3></div>"
    body = page(f"<h1>{own} Kayu</h1><div>{paragraphs()}</div>{below}", f"<title>{own} Kayu</title>")
    assert extract(PLAIN, URL, body, {}).title == f"{own} Kayu"


def test_the_name_of_the_site_in_a_heading_is_no_title():
    body = page(
        f"<h1>Kabar Industri</h1><main><h1>Gula</h1>{paragraphs()}</main>", "<title>Gula | Kabar Industri</title>"
    )
    assert extract(replace(PLAIN, title="Kabar Industri"), URL, body, {}).title == "Gula"


@pytest.mark.parametrize(
    "href", ["https://www.kabar.example/", "https://lain.example/industri/101/x", "javascript:x", "", "//["]
)
def test_a_canonical_link_that_is_no_article_of_the_outlet_is_not_believed(href):
    assert extract(OUTLET, URL, article(f"<link rel=canonical href='{href}'>"), {}).canonical_url == URL


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("<link rel='next' href='/industri/101/tarif-baja?page=2'>", f"{URL}?page=2"),
        ("<a rel='next nofollow' href='/industri/101/tarif-baja/2'>2</a>", f"{URL}/2"),
        ("<link rel='next' href='/industri/102/berita-lain'>", None),
        (f"<a rel='next' href='{URL}#komentar'>lanjut</a>", None),
        ("<a rel='next' href='http://[x'>lanjut</a>", None),
    ],
)
def test_only_a_later_page_of_the_same_article_is_its_next_page(link, expected):
    assert extract(PLAIN, URL, article(link), {}).next_page == expected


def test_words_overrule_a_wrong_language_claim():
    body = article().replace(b"lang='id'", b"lang='en'")
    assert extract(PLAIN, URL, body, {}).language == "id"
    english = (
        "<p>The government raised the import duty on coated steel to the level of the region, it said on Friday.</p>"
    )
    assert extract(PLAIN, URL, page(f"<h1>Steel duty raised</h1><div>{english * 3}</div>"), {}).language == "en"


def test_section_and_tags_come_from_the_head():
    news = {"@type": "NewsArticle", "articleSection": ["Kabar", "Industri"], "keywords": "baja, bea masuk"}
    found = extract(PLAIN, URL, article(json_ld(news)), {})
    assert (found.section, found.tags) == ("Industri", ("baja", "bea masuk"))


@pytest.mark.parametrize(
    "link",
    [
        "<span class='cat-links'><a href='/category/logam/' rel='category tag'>Logam</a></span>",
        "<div class='taxonomy-category wp-block-post-terms'><a href='/category/logam/' rel='tag'>Logam</a></div>",
    ],
)
def test_the_category_of_wordpress_is_the_section(link):
    assert extract(PLAIN, URL, article(below=link), {}).section == "Logam"


def test_pages_of_one_article_are_joined():
    first = extract(OUTLET, URL, SELECTED, {})
    second = extract(PLAIN, URL + "?page=2", article(), {})
    whole = join([first, second])
    assert whole == replace(first, text=f"{first.text}\n{second.text}", next_page=None)


def test_an_announcement_is_told_by_its_title_where_the_list_did_not_name_it():
    with pytest.raises(Unreadable, match="announcement"):
        extract(replace(PLAIN, skip_titles="(?i)^pemerintah naikkan"), URL, article(), {})


def test_an_article_without_title_or_body_is_unreadable():
    with pytest.raises(Unreadable, match="no title"):
        extract(PLAIN, URL, page(f"<div>{paragraphs()}</div>"), {})
    with pytest.raises(Unreadable, match="no body"):
        extract(PLAIN, URL, page(f"<h1>{TITLE}</h1>"), {})
