from datetime import UTC, datetime

import pytest
from scrapy import Request
from scrapy.http import TextResponse

from crawler.discovery import Link
from crawler.outlets import Outlet
from crawler.spiders.news import MAX_ATTEMPTS, MAX_SITEMAPS, NewsSpider, is_due, kind_of_list, metadata_visit
from db.models import KnownLink, PollResult

FEED, LISTING = "https://warta.test/rss", "https://warta.test/terbaru"
OUTLET = Outlet(
    slug="warta", title="Warta", home="https://warta.test", article="/read/", feeds=(FEED,), listings=(LISTING,)
)
LINK = Link(url="https://warta.test/read/1", source="feed title", stamp="a", title="Judul")


@pytest.mark.parametrize(
    ("known", "due"),
    [
        (None, True),
        (KnownLink("stored", 1, {"feed title": "a"}), False),
        (KnownLink("stored", 1, {"feed title": "b"}), True),
        (KnownLink("stored", 1, {"sitemap time": "b"}), False),
        (KnownLink("unreadable", 1, {"feed title": "a"}), False),
        (KnownLink("gone", 1, {"feed title": "a"}), False),
        (KnownLink("gone", 1, {"feed title": "b"}), True),
        (KnownLink("failed", 1, {"feed title": "a"}), True),
        (KnownLink("failed", MAX_ATTEMPTS, {"feed title": "a"}), False),
        (KnownLink("failed", MAX_ATTEMPTS, {"feed title": "b"}), True),
    ],
)
def test_a_link_is_asked_for_when_it_is_new_changed_or_failed(known: KnownLink | None, due: bool):
    assert is_due(LINK, known) is due


@pytest.mark.parametrize(
    ("source", "kind"),
    [(FEED, "feed title"), (LISTING, "listing title"), ("https://warta.test/s-2.xml", "sitemap title")],
)
def test_stamps_compare_within_a_kind_of_list(source: str, kind: str):
    assert kind_of_list(OUTLET, Link(url=LINK.url, source=source, stamp="a")) == kind


def test_metadata_without_a_title_is_no_article():
    assert metadata_visit(OUTLET, LINK).article.title == "Judul"
    nameless = metadata_visit(OUTLET, Link(url=LINK.url, source="feed title", stamp="a"))
    assert (nameless.state, nameless.article) == ("unreadable", None)


def test_an_index_is_not_followed_into_the_whole_archive():
    outlet = Outlet(
        slug="warta", title="W", home="https://warta.test", article="/read/", sitemaps=("https://warta.test/s",)
    )
    spider = type("Warta", (NewsSpider,), {"name": "warta", "outlet": outlet})()
    named = "".join(f"<sitemap><loc>https://warta.test/{n}.xml</loc></sitemap>" for n in range(25))
    response = TextResponse("https://warta.test/s", body=f"<sitemapindex>{named}</sitemapindex>", encoding="utf-8")
    response.request = Request(response.url)
    spider.archive = None
    spider.ask_unseen = lambda links, result: []
    result = PollResult(response.url, datetime.now(UTC))
    assert len(list(spider.parse_source(response, result))) == MAX_SITEMAPS
