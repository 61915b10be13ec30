"""Walks an outlet's past: one page of one part of its archive at a time, the newest part first."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, Self, cast
from zoneinfo import ZoneInfo

from scrapy import Request, Spider, signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from scrapy.utils.asyncio import create_looping_call
from twisted.python.failure import Failure

from crawler.archive import Archive
from crawler.backfill import parts
from crawler.backfill.progress import Progress
from crawler.codes import save_codes
from crawler.crawl import WATCH_SECONDS, scrapy_settings
from crawler.discovery import Found, Link, NotASource, discover
from crawler.outlets import Outlet
from crawler.spiders.answers import response_headers
from crawler.spiders.causes import cause
from crawler.spiders.loader import OutletSpiders, spider_class
from crawler.spiders.news import NewsSpider
from crawler.spiders.refusals import refusal, retry_at
from db import backfills, connect
from db.models import Article, PollResult, Visit

MAX_PAGES = 500  # of one day
REFUSALS = 3  # in a row, of articles, that make a block; one of a list is enough
LEAVE_ALONE = timedelta(days=1)  # after a block, where the outlet does not say how long
PAST_THE_LAST = {"400", "404", "410"}  # what a page after the last one answers (WordPress: 400)


class PastArchive(Archive):
    """The database of a backfill: each visit is stored at once, and there is no row in `runs`, which tell of live
    crawls only."""

    def begin(self, outlet: Outlet) -> None:
        self.db = self.stack.enter_context(connect(self.path))
        save_codes(self.db, [outlet])

    def add(self, visit: Visit) -> None:
        super().add(visit)
        self.flush()

    def save_run(self, spider: Spider) -> None:
        """Nothing: what is done is stored already."""


class BackfillSpider(NewsSpider):
    """Asks for the next page whenever all articles of the one before are stored, so that nothing is lost or asked for
    twice, whenever it is stopped. It waits while a live crawl of the same outlet goes on."""

    def __init__(self, first: date, last: date, progress: Progress, **arguments: Any) -> None:  # noqa: ANN401
        super().__init__(**arguments)
        self.first, self.last, self.progress = first, last, progress
        self.refused = 0
        self.todo: list[str] = []
        self.page: tuple[str, int] | None = None  # the part and page whose articles are asked for now
        self.part_links: set[str] = set()
        self.ends = False  # whether this page is the last of its part
        self.result = PollResult("archive", datetime.now(UTC))  # of no poll: the archive is asked once
        self.missed = 0  # articles that had failed when the page was asked for

    @classmethod
    def from_crawler(cls, crawler: Crawler, *arguments: Any, **keywords: Any) -> Self:  # noqa: ANN401
        spider = super().from_crawler(crawler, *arguments, **keywords)
        crawler.signals.connect(spider.go_on, signals.spider_idle)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Nothing to ask for yet: an idle spider goes on."""
        if hasattr(self, "archive"):
            self.progress.run = self.run
            self.plan()
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    def plan(self) -> None:
        """What is left to do: the days that are not finished, or the archive's own sitemap."""
        wanted = parts.days(self.first, self.last) if parts.has_days(self.outlet) else iter((self.outlet.archive,))
        finished = backfills.finished(self.archive.db, self.outlet.slug)
        self.begun = backfills.pages_read(self.archive.db, self.outlet.slug)
        self.todo = [part for part in wanted if part not in finished]
        self.todo.reverse()  # taken from its end
        self.progress.total = len(self.todo)

    def go_on(self) -> None:
        """All that was asked for has come and is stored: note it, and ask for the next page."""
        if not hasattr(self, "archive") or self.run.reason or self.progress.block:
            return
        if self.page is not None:
            self.note_page(*self.page)
        if not backfills.is_crawled_now(self.archive.db, self.outlet.slug, datetime.now(UTC)):
            request = self.next_page()
            if request is None:
                return
            self.crawler.engine.crawl(request)
        raise DontCloseSpider

    def note_page(self, part: str, page: int) -> None:
        today = datetime.now(ZoneInfo(self.outlet.timezone)).date()
        if missed := sum(self.run.failed.values()) - self.missed:
            self.fail(part, f"{missed} articles failed")  # the page is read again by the next backfill
        failed = part in self.progress.failed
        finished = self.ends and not failed and parts.is_closed(part, today)
        if not failed:
            at = datetime.now(UTC) if finished else None
            backfills.save_page(self.archive.db, self.outlet.slug, part, page, len(self.part_links), at)
        if self.ends:
            self.page = None
            self.progress.done += 1

    def next_page(self) -> Request | None:
        if self.page is not None:
            part, page = self.page[0], self.page[1] + 1
        elif self.todo:
            part = self.todo.pop()
            page = self.begun.get(part, (0, 0))[0] + 1 if parts.is_day(part) else 1
            self.part_links = set()
        else:
            return None
        self.page, self.ends = (part, page), True
        self.missed = sum(self.run.failed.values())
        url = parts.address(self.outlet, part, page)
        return Request(url, self.parse_page, errback=self.miss_page, priority=10, dont_filter=True)

    def parse_page(self, response: Response) -> Iterator[Request | Visit]:
        """A page of the archive: the articles that the database does not know, and whether another page may follow."""
        part, page = self.now()
        try:
            found = discover(self.outlet, response.url, response.body, response_headers(response))
        except NotASource as error:
            if reason := refusal(response, response_headers(response)):
                self.block(reason)
            elif parts.is_day(part) and "without links" in str(error):
                pass  # an empty day, or the page after the last
            else:
                self.fail(part, str(error))
            return
        self.add_sitemaps(found)
        links = [link for link in found.links if parts.is_day(part) or parts.within(link, self.first, self.last)]
        new = {link.url for link in links} - self.part_links
        self.part_links |= new
        self.ends = not (new and parts.is_day(part) and parts.has_pages(self.outlet) and page < MAX_PAGES)
        yield from self.ask_unseen([replace(link, source=kind_of_list(link)) for link in links], self.result)

    def add_sitemaps(self, found: Found) -> None:
        finished = backfills.finished(self.archive.db, self.outlet.slug) if found.sitemaps else set()
        further = [
            url
            for url in found.sitemaps
            if parts.may_hold(url, self.first, self.last) and url not in finished and url not in self.asked
        ]
        self.asked |= dict.fromkeys(further, self.result)
        self.todo += reversed(further)
        self.progress.total += len(further)

    def miss_page(self, failure: Failure) -> None:
        part, page = self.now()
        reason = cause(failure)
        if reason in ("403", "429"):
            self.block(f"{reason} from {failure.request.url}", retry_at(failure, datetime.now(UTC)))  # type: ignore[attr-defined]
        elif not (page > 1 and reason in PAST_THE_LAST):
            self.fail(part, reason)

    def parse_article(self, response: Response, link: Link, pages: tuple[Article, ...]) -> Iterator[Request | Visit]:
        for result in super().parse_article(response, link, pages):
            walled = (
                isinstance(result, Visit)
                and result.state == "unreadable"
                and refusal(response, response_headers(response))
            )
            self.count_refusal(walled or None)
            if walled:
                result = replace(cast(Visit, result), state="failed")  # it is asked for again
            yield result

    def miss_article(self, failure: Failure) -> Iterator[Visit]:
        reason = cause(failure)
        if reason == "429":
            self.block(f"429 from {failure.request.url}", retry_at(failure, datetime.now(UTC)))  # type: ignore[attr-defined]
            return
        self.count_refusal("403" if reason == "403" else None)
        yield from super().miss_article(failure)

    def count_refusal(self, reason: str | None) -> None:
        """One article behind a wall is its own matter; some in a row are a block."""
        self.refused = self.refused + 1 if reason else 0
        if reason and self.refused >= REFUSALS:
            self.block(f"{self.refused} articles in a row refused: {reason}")

    def fail(self, part: str, reason: str) -> None:
        self.progress.failed[part] = reason

    def block(self, reason: str, until: datetime | None = None) -> None:
        """Stop for good: no page is noted as done from here on."""
        if self.progress.block:
            return
        until = until or datetime.now(UTC) + LEAVE_ALONE
        self.progress.block = (until, reason)
        backfills.save_block(self.archive.db, self.outlet.slug, until, reason)
        self.crawler.engine.close_spider(self, "blocked")

    def now(self) -> tuple[str, int]:
        assert self.page is not None  # noqa: S101 - a page is asked for by next_page alone
        return self.page


def kind_of_list(link: Link) -> str:
    """Stamps of the archive are compared with those of the archive only."""
    return f"archive {'time' if link.modified_at else 'title'}"


def backfill(
    outlet: Outlet,
    first: date,
    last: date,
    settings: Mapping[str, Any],
    watch: Callable[[Progress], None] | None = None,
) -> Progress:
    """Read the outlet's past from `first` to `last`. May be called once per process (Twisted's reactor).

    `watch` is shown how it goes, four times a second.
    """
    progress = Progress()
    changes = {
        "LOG_ENABLED": False,
        **settings,
        "EXTENSIONS": {
            "crawler.network.CrawlDelay": 0,
            "crawler.archive.Archive": None,
            "crawler.spiders.backfill.PastArchive": 1,
        },
        "CONCURRENT_REQUESTS": 1,  # so that nothing waits in a queue when the outlet refuses
    }
    process = AsyncCrawlerProcess(scrapy_settings(changes))
    attributes = OutletSpiders.from_settings(process.settings).attributes(outlet)
    spider = type("OutletBackfill", (BackfillSpider, spider_class(outlet)), attributes)
    process.crawl(spider, first=first, last=last, progress=progress)
    ticker = create_looping_call(partial(watch, progress) if watch else lambda: None)
    ticker.start(WATCH_SECONDS, now=False)
    process.start()
    return progress
