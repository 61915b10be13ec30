"""One crawl's database: what is known already, what was found, and the run's honest row."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import create_looping_call
from twisted.python.failure import Failure

from crawler.codes import save_codes
from crawler.discovery import Link
from crawler.keeping import keep
from crawler.outlets import Outlet
from crawler.patience import Patience
from db import DatabaseUnusable, connect, plain_errors, store, writing
from db.models import KnownLink, PollResult, Run, Visit
from db.polls import save_results, waits
from db.queries import known_links

BATCH_ROWS, BATCH_SECONDS = 100, 1.0

log = logging.getLogger(__name__)


class Archive:
    """A Scrapy extension: opens the database with the spider, hangs itself on it as `spider.archive`, and closes both.

    Visits are stored in one transaction per 100, or per second. Where the database fails (a full disk, say), the crawl
    stops and says so: nothing more could be kept.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.path = Path(crawler.settings.get("JURUS_DATABASE") or "jurus.db")
        self.visits: list[Visit] = []
        self.stack = ExitStack()
        self.run = Run(outlet="", started_at=datetime.now(UTC))
        crawler.signals.connect(self.open, signals.spider_opened)
        crawler.signals.connect(self.close, signals.spider_closed)
        crawler.signals.connect(self.count_bytes, signals.bytes_received)
        crawler.signals.connect(self.count_error, signals.spider_error)
        crawler.signals.connect(self.count_error, signals.item_error)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        if not hasattr(spider, "outlet"):
            return  # `scrapy shell` and the like
        self.run.outlet = spider.name
        try:
            with plain_errors(self.path):
                self.begin(spider.outlet)
                self.heed_waits()
        except DatabaseUnusable as error:
            log.error("%s", error)
            self.run.reason = str(error)
            return
        self.ticker = create_looping_call(self.flush)
        self.ticker.start(BATCH_SECONDS, now=False)
        spider.archive = self  # type: ignore[attr-defined]

    def begin(self, outlet: Outlet) -> None:
        """Open the database, and the run's row in it."""
        self.db = self.stack.enter_context(connect(self.path))
        save_codes(self.db, [outlet])
        store.close_killed_runs(self.db, outlet.slug, self.run.started_at)
        self.run_id = store.start_run(self.db, self.run)

    def heed_waits(self) -> None:
        """Leave alone what asked earlier crawls to."""
        if patience := self.crawler.get_downloader_middleware(Patience):
            patience.told = waits(self.db, self.run.started_at)

    def end(self) -> None:
        """Write the run's row as it came out."""
        store.save_run(self.db, self.run_id, self.run)

    def known(self, links: Sequence[Link]) -> dict[str, KnownLink]:
        """What the database remembers of these links; kinds of lists that name one for the first time are noted."""
        known = known_links(self.db, [link.url for link in links])
        first_named = {
            link.url: {link.source: link.stamp}
            for link in links
            if link.url in known and link.source not in known[link.url].stamps
        }
        store.save_stamps(self.db, first_named)
        return known

    def add(self, visit: Visit) -> None:
        self.visits.append(visit)
        if len(self.visits) >= BATCH_ROWS:
            self.flush()

    def flush(self) -> None:
        batch, self.visits = self.visits, []
        if not batch or self.run.reason:
            return
        try:
            with plain_errors(self.path):
                outcomes = keep(self.db, batch)
        except DatabaseUnusable as error:
            self.stop(str(error))
            return
        for outcome in filter(None, outcomes):
            setattr(self.run, outcome, getattr(self.run, outcome) + 1)

    def stop(self, reason: str) -> None:
        log.error("%s", reason)
        self.run.reason = reason
        spider = self.crawler.spider
        assert spider is not None  # noqa: S101 - it handed in what could not be stored
        self.crawler.engine.close_spider(spider, reason)

    def count_bytes(self, data: bytes) -> None:
        self.run.bytes += len(data)

    def count_error(self, failure: Failure) -> None:
        """An error of our own while a page was read: counted, so that the run cannot look clean."""
        name = f"error: {failure.type.__name__}" if failure.type else "error"
        self.run.failed[name] = self.run.failed.get(name, 0) + 1
        for result in self.crawler.spider.results.values():  # type: ignore[union-attr]
            result.missed = True

    def close(self, spider: Spider, reason: str) -> None:
        if not hasattr(spider, "archive"):
            self.stack.close()
            return
        self.ticker.stop()
        self.flush()
        self.run.reason = self.run.reason or reason
        self.run.finished_at = datetime.now(UTC)
        with self.stack:
            try:
                with plain_errors(self.path):
                    self.save_run(spider)
            except DatabaseUnusable as error:
                log.error("%s", error)  # the run's row stays open; the next crawl closes it as killed
                self.run.reason = str(error)

    def save_run(self, spider: Spider) -> None:
        """Close the run's row and say what came of each source, in one transaction after the last article is stored.

        A crawl that did not come to its end says nothing of its sources: they stay due. A spider of an outlet's own
        that tells nothing of the source it was given is judged by its run.
        """
        results: dict[str, PollResult] = {}
        if self.run.reason == "finished":
            told = {source: whole_crawl(source, self.run) for source in spider.polls or {}}  # type: ignore[attr-defined]
            results = told | spider.results  # type: ignore[attr-defined]
        patience = self.crawler.get_downloader_middleware(Patience)
        with writing(self.db):
            store.save_run(self.db, self.run_id, self.run)
            save_results(self.db, spider.name, results.values(), patience.until if patience else {})


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


def whole_crawl(source: str, run: Run) -> PollResult:
    return PollResult(source, run.started_at, links=run.links, missed=True)
