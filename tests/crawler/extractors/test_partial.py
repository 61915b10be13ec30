"""Parts of articles, and pages that are no single article."""

from __future__ import annotations

import pytest

from crawler.extractors.article import extract, join
from crawler.extractors.page import Unreadable
from crawler.extractors.partial import CUT, PAYWALL
from db.models import Article
from tests.crawler.extractors.pages import LINES, OUTLET, TITLE, URL, article, json_ld, page, paragraphs

HTML = {"content-type": "text/html; charset=utf-8"}


def read(body: bytes) -> Article:
    return extract(OUTLET, URL, body, HTML)


def with_end(*lines: str) -> bytes:
    return page(f"<h1 class='judul'>{TITLE}</h1><div class='isi'>{paragraphs((*LINES, *lines))}</div>")


def test_a_whole_article_is_not_partial() -> None:
    assert read(article()).partial is None
    assert (
        read(article(json_ld({"@type": "NewsArticle", "headline": TITLE, "isAccessibleForFree": True}))).partial is None
    )


@pytest.mark.parametrize("free", [False, "False", "false"])
def test_a_page_may_say_in_its_data_that_it_is_not_free(free: object) -> None:
    data = {"@type": "NewsArticle", "headline": TITLE, "isAccessibleForFree": free}
    assert read(article(json_ld(data))).partial == PAYWALL


@pytest.mark.parametrize(
    "plea",
    [
        "Artikel ini khusus untuk pelanggan.",
        "Berlangganan untuk membaca laporan ini sampai habis",
        "Konten Premium",
        "Silakan berlangganan",
    ],
)
def test_a_page_may_say_to_the_reader_that_it_is_not_free(plea: str) -> None:
    assert read(article(below=f"<div class='pagar'>{plea}</div>")).partial == PAYWALL


@pytest.mark.parametrize(
    "line",
    [
        "PLN menyiapkan tarif khusus untuk pelanggan industri yang beroperasi pada malam hari di tiga kawasan.",
        "Program itu tidak hanya memberi bantuan mesin, tetapi juga pelatihan bagi para perajin di sentra lama.",
        '"Kami menunggu aturan itu terbit..." ujar ketua asosiasi produsen baja di hadapan para wartawan kemarin.',
    ],
)
def test_articles_about_customers_are_whole(line: str) -> None:
    assert read(with_end(line)).partial is None


@pytest.mark.parametrize("end", ["...", "…", " [...]", "… Baca selengkapnya di koran cetak"])
def test_a_text_that_breaks_off_is_partial(end: str) -> None:
    line = f"Pemerintah menyiapkan aturan turunan yang akan mengatur kuota impor garam industri{end}"
    assert read(with_end(line)).partial == CUT


@pytest.mark.parametrize(
    ("head", "why"),
    [
        (json_ld({"@type": "LiveBlogPosting", "headline": TITLE}), "live blog"),
        (json_ld([{"@type": "NewsArticle"}, {"@type": "LiveBlogPosting"}]), "live blog"),
        (json_ld({"@type": "ImageGallery", "name": TITLE}), "gallery"),
        (json_ld({"@type": "VideoObject", "name": TITLE}), "video"),
        ('<meta name="dtk:contenttype" content="photonews">', "gallery"),
    ],
)
def test_what_says_to_be_no_article_is_skipped(head: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read(article(head))


def test_a_video_inside_an_article_does_not_make_it_one() -> None:
    data = [{"@type": "VideoObject", "name": "Rekaman"}, {"@type": "NewsArticle", "headline": TITLE}]
    assert read(article(json_ld(data))).title == TITLE


def test_pages_are_joined_in_order_and_what_lacks_is_said() -> None:
    first, second = (extract(OUTLET, URL, article(), HTML) for _ in range(2))
    assert join((first, second)).partial is None
    assert join((first,), "page 2: 404").partial == "page 2: 404"
