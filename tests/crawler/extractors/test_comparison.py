"""A page whose layout has changed is told by the outlet's selectors."""

from dataclasses import replace

from crawler.extractors.comparison import agreement, missed
from crawler.outlets import Selectors
from tests.crawler.extractors.pages import OUTLET, TITLE, URL, page, paragraphs

GOOD = page(
    f"<h1 class='judul'>{TITLE}</h1><b class='penulis'>Ani Lestari</b><i class='tanggal'>24 November 2026 10:15</i>"
    f"<p class='kanal'><a href='/industri'>Industri</a></p><div class='isi'>{paragraphs()}</div>"
)


def test_a_page_as_described_misses_nothing_and_agrees():
    assert missed(OUTLET, GOOD, {}) == ()
    assert agreement(OUTLET, URL, GOOD, {}) > 0.95


def test_selectors_that_find_nothing_are_named():
    changed = GOOD.replace(b"'judul'", b"'kepala'").replace(b"Ani Lestari", b" ")
    assert missed(OUTLET, changed, {}) == ("title", "byline")


def test_a_selector_that_finds_another_text_agrees_little():
    other = page(
        f"<h1>{TITLE}</h1><div class='isi'><p>Hubungi redaksi untuk berlangganan surat kabar cetak setiap pagi.</p>"
        f"</div><div class='baru'>{paragraphs()}</div>"
    )
    assert agreement(OUTLET, URL, other, {}) < 0.5
    assert agreement(replace(OUTLET, selectors=Selectors()), URL, other, {}) == 1


def test_a_page_that_cannot_be_read_agrees_with_nothing():
    assert agreement(OUTLET, URL, page("<h1>Kosong</h1>"), {}) == 0
