"""`python -m crawler.batch`: crawl due outlets in a process of its own, as the scheduler orders on standard input.

The order is one line of JSON: `settings` for Scrapy, and by outlet the sources to ask with their headers. Each outlet
that is done is told in one line of JSON on standard output. The line `stop` parks the rest.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler

from crawler import leash
from crawler.archive import Archive
from crawler.crawl import scrapy_settings
from crawler.robots import KEPT_COUNT

AT_ONCE = 4  # more of them at once cost memory and bring nothing: reading pages takes the time

Polls = Mapping[str, Mapping[str, str]]


class Batch:
    """Crawls outlets, a few at once, until all are done or it is told to stop."""

    def __init__(self, process: AsyncCrawlerProcess, outlets: Mapping[str, Polls]) -> None:
        self.process = process
        self.outlets = outlets
        self.gate = asyncio.Semaphore(AT_ONCE)
        self.stopping = False

    async def run(self) -> None:
        from twisted.internet import reactor

        try:
            await asyncio.gather(*(self.crawl(slug, polls) for slug, polls in self.outlets.items()))
        finally:
            reactor.stop()  # type: ignore[misc]

    async def crawl(self, slug: str, polls: Polls) -> None:
        async with self.gate:
            if self.stopping:
                return
            try:
                crawler = self.process.create_crawler(slug)
                await self.process.crawl(crawler, polls=polls)
            except Exception as error:  # noqa: BLE001 - an outlet's own spider may raise anything; it costs only itself
                tell({"outlet": slug, "error": f"{type(error).__name__}: {error}"})
                return
            tell(told(slug, crawler))

    async def stop(self) -> None:
        self.stopping = True
        await self.process.stop()


def told(slug: str, crawler: Crawler) -> dict[str, Any]:
    """What the parent logs and counts: the run's figures, and answers by status."""
    archive = crawler.get_extension(Archive)
    stats = crawler.stats.get_stats() if crawler.stats else {}
    prefix = "downloader/response_status_count/"
    statuses = {key.removeprefix(prefix): count for key, count in stats.items() if key.startswith(prefix)}
    statuses["200"] = statuses.get("200", 0) - stats.get(KEPT_COUNT, 0)  # those were not fetched
    if archive is None:
        return {"outlet": slug, "error": "it did not start"}
    run = archive.run
    counts = {name: getattr(run, name) for name in ("links", "new", "updated", "unchanged", "unreadable", "forbidden")}
    failed = {"failed": sum(run.failed.values()), "sources_failed": len(run.feeds_failed)}
    return {"outlet": slug, "reason": run.reason, **counts, **failed, "bytes": run.bytes, "statuses": statuses}


def tell(facts: Mapping[str, Any]) -> None:
    print(json.dumps(facts), flush=True)


def main() -> None:
    order = json.loads(sys.stdin.readline())
    process = AsyncCrawlerProcess(scrapy_settings({"LOG_ENABLED": False, **order["settings"]}))
    loop = asyncio.get_event_loop()
    batch = Batch(process, order["outlets"])
    leash.hold(lambda: asyncio.run_coroutine_threadsafe(batch.stop(), loop))
    task = loop.create_task(batch.run())
    process.start(stop_after_crawl=False)
    if task.done():
        task.result()


if __name__ == "__main__":
    main()
