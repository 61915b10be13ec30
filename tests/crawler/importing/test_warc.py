"""Pages of web archives, one by one."""

from __future__ import annotations

import pytest

from crawler.importing import Refused
from crawler.importing.warc import LACKS_PAGES, page
from tests.crawler.extractors.pages import OUTLET, URL, article

OUTLETS = {OUTLET.slug: OUTLET}
NEXT = f"<a class='lanjut' href='{URL}?page=2'>2</a>"


def test_a_page_is_an_article_of_its_outlet() -> None:
    outlet, found = page(f"{URL}/?utm_source=x", article(), {}, OUTLETS)
    assert (outlet, found.canonical_url, found.partial) == (OUTLET, URL, None)


def test_of_an_article_of_several_pages_the_first_is_a_part() -> None:
    _, found = page(URL, article(below=NEXT), {}, OUTLETS)
    assert (found.canonical_url, found.partial) == (URL, LACKS_PAGES)


@pytest.mark.parametrize("url", [f"{URL}?page=2", f"{URL}?a=b&halaman=12", f"{URL}/page/3/"])
def test_a_further_page_does_not_stand_for_its_article(url: str) -> None:
    head = f"<link rel=canonical href='{URL}'>"
    assert page(url, article(head), {}, OUTLETS) == Refused(url, "a further page of an article", expected=True)


@pytest.mark.parametrize("url", [f"{URL}?page=all", f"{URL}?page=1", f"{URL}?p=12"])
def test_other_addresses_are_no_further_pages(url: str) -> None:
    assert not isinstance(page(url, article(), {}, OUTLETS), Refused)
