"""Walks an outlet's past: one page of one part of its archive at a time, the newest part first."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, cast
from zoneinfo import ZoneInfo

from scrapy import Request
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from scrapy.utils.asyncio import create_looping_call
from twisted.python.failure import Failure

from crawler.backfill import lists, parts
from crawler.backfill.progress import Progress
from crawler.crawl import WATCH_SECONDS, scrapy_settings
from crawler.discovery import Found, Link, NotASource, discover
from crawler.outlets import Outlet
from crawler.spiders.answers import response_headers
from crawler.spiders.causes import cause
from crawler.spiders.loader import OutletSpiders, spider_class
from crawler.spiders.news import NewsSpider
from crawler.spiders.refusals import refusal, retry_at
from crawler.spiders.steps import StepSpider
from db import backfills
from db.models import Article, PollResult, Visit

MAX_PAGES = 500  # of one day
REFUSALS = 3  # in a row, of articles, that make a block; one of a list is enough
LEAVE_ALONE = timedelta(days=1)  # after a block, where the outlet does not say how long
PAST_THE_LAST = {"400", "404", "410"}  # what a page after the last one answers (WordPress: 400)


class BackfillSpider(StepSpider, NewsSpider):
    """Asks for one thing at a time: the articles that a page of the archive names, each when the one before is stored,
    then the next page. So nothing is lost or asked for twice, whenever it is stopped, but what is on its way just then.
    It waits while a live crawl of the same outlet goes on."""

    def __init__(self, first: date, last: date, progress: Progress, **arguments: Any) -> None:  # noqa: ANN401
        super().__init__(**arguments)
        self.first, self.last, self.progress = first, last, progress
        self.refused = 0
        self.todo: list[str] = []
        self.waiting: deque[Request] = deque()  # of this page: its list, or the articles that it named
        self.page: tuple[str, int] | None = None  # the part and page whose articles are asked for now
        self.part_links: set[str] = set()
        self.ends = False  # whether this page is the last of its part
        self.result = PollResult("archive", datetime.now(UTC))  # of no poll: the archive is asked once
        self.missed = 0  # articles that had failed when the page was asked for

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
        db, slug = self.archive.db, self.outlet.slug
        wanted = parts.days(self.first, self.last) if parts.has_days(self.outlet) else iter((self.outlet.archive,))
        finished = backfills.finished(db, slug)
        self.begun = backfills.pages_read(db, slug)
        self.lists = backfills.lists(db, slug) if self.outlet.keep != "metadata" else {}
        self.todo = [part for part in wanted if part not in finished]
        self.todo.reverse()  # taken from its end
        self.progress.total = len(self.todo)

    def go_on(self) -> None:
        """All that was asked for has come and is stored: ask for the next."""
        if not hasattr(self, "archive") or self.run.reason or self.progress.block:
            return
        while not self.waiting:
            if not self.turn_page():
                return
        if not backfills.is_crawled_now(self.archive.db, self.outlet.slug, datetime.now(UTC)):
            self.crawler.engine.crawl(self.waiting.popleft())
        raise DontCloseSpider

    def turn_page(self) -> bool:
        """Note the page that is done and begin the next: with its articles, where an earlier run has read its list.
        False after the last."""
        if self.page is not None:
            self.note_page(*self.page)
        if self.page is not None:
            part, page = self.page[0], self.page[1] + 1
        elif self.todo:
            part = self.todo.pop()
            page = self.begun.get(part, 0) + 1
            self.part_links = set()
        else:
            return False
        self.page, self.ends = (part, page), True
        self.missed = sum(self.run.failed.values())
        kept = self.lists.pop(part, None)
        if kept and kept.page == page:
            self.ends = kept.ends
            self.waiting.extend(one for one in self.read_list(lists.links(kept.links)) if isinstance(one, Request))
        else:
            url = parts.address(self.outlet, part, page)
            self.waiting.append(Request(url, self.parse_page, errback=self.miss_page, priority=10, dont_filter=True))
        return True

    def note_page(self, part: str, page: int) -> None:
        if missed := sum(self.run.failed.values()) - self.missed:
            self.progress.failed[part] = f"{missed} articles failed"  # they are asked for again by the next backfill
        if self.is_noted(part):
            at = datetime.now(UTC) if self.ends else None
            backfills.save_page(self.archive.db, self.outlet.slug, part, page, len(self.part_links), at)
        if self.ends:
            self.page = None
            self.progress.done += 1

    def is_noted(self, part: str) -> bool:
        """Whether it is written down how far this part was read: not after a failure, nor where more may come."""
        today = datetime.now(ZoneInfo(self.outlet.timezone)).date()
        return part not in self.progress.failed and parts.is_closed(part, self.first, self.last, today)

    def read_list(self, links: Sequence[Link]) -> Iterator[Request | Visit]:
        """What to ask for of the articles that a page names."""
        self.part_links |= {link.url for link in links}
        yield from self.ask_unseen(links, self.result)

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
                self.progress.failed[part] = str(error)
            return
        self.add_sitemaps(found)
        wanted = (link for link in found.links if parts.is_day(part) or parts.within(link, self.first, self.last))
        links = [replace(link, source=kind_of_list(link)) for link in wanted]
        new = {link.url for link in links} - self.part_links
        self.ends = not (new and parts.is_day(part) and parts.has_pages(self.outlet) and page < MAX_PAGES)
        for one in self.read_list(links):
            if isinstance(one, Request):
                self.waiting.append(one)
            else:
                yield one
        if self.waiting and self.is_noted(part):
            kept = backfills.List(page, self.ends, lists.text(links))
            backfills.save_list(self.archive.db, self.outlet.slug, part, kept)

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
            self.progress.failed[part] = reason

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
            "crawler.archive.PastArchive": 1,
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
