"""Looks around a site, as politely as any: each answer tells what to ask for next."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any, ClassVar

from scrapy import Request
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.crawl import scrapy_settings
from crawler.outlets import Outlet
from crawler.scouting import Page, more
from crawler.spiders.answers import response_headers
from crawler.spiders.causes import cause
from crawler.spiders.probe import STORES_NOTHING
from crawler.spiders.steps import StepSpider

DELAY = 0.5  # seconds between requests: some thirty in all


class ScoutSpider(StepSpider):
    """Asks for what `crawler.scouting.more` names until it names nothing more."""

    name = "scout"
    outlet: ClassVar[Outlet]

    def __init__(self, home: str, outlet: Outlet, pages: dict[str, Page], **arguments: Any) -> None:  # noqa: ANN401
        super().__init__(**arguments)
        self.home, self.pages = home, pages
        self.outlet = outlet  # type: ignore[misc]

    async def start(self) -> AsyncIterator[Request]:
        for address in more(self.home, self.pages):
            yield self.ask(address)

    def go_on(self) -> None:
        """All answers are here: ask for what they lead to."""
        wanted = more(self.home, self.pages)
        for address in wanted:
            self.crawler.engine.crawl(self.ask(address))
        if wanted:
            raise DontCloseSpider

    def ask(self, address: str) -> Request:
        about = {"asked": address}
        allowed = {"dont_obey_robotstxt": True} if address.endswith("/robots.txt") else {}
        return Request(
            address,
            self.bring,
            errback=self.miss,
            dont_filter=True,
            cb_kwargs=about,
            meta={"dont_retry": True} | allowed,
        )

    def bring(self, response: Response, asked: str) -> None:
        self.pages[asked] = Page(response.url, response.body, response_headers(response))

    def miss(self, failure: Failure) -> None:
        asked = failure.request.cb_kwargs["asked"]  # type: ignore[attr-defined]
        self.pages[asked] = Page(asked, error=cause(failure))


def scout(home: str, outlet: Outlet, settings: Mapping[str, Any]) -> dict[str, Page]:
    """Bring the pages that a draft needs. May be called once per process (Twisted's reactor)."""
    pages: dict[str, Page] = {}
    delay = 0 if outlet.allow_private else DELAY  # a site in one's own network needs no sparing
    changes = {"LOG_ENABLED": False, "DOWNLOAD_DELAY": delay, **settings, **STORES_NOTHING}
    process = AsyncCrawlerProcess(scrapy_settings(changes))
    process.crawl(ScoutSpider, home=home, outlet=outlet, pages=pages)
    process.start()
    return pages
