"""Crawls several outlets in one process and returns their runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings
from scrapy.utils.asyncio import create_looping_call

from crawler.archive import Archive
from crawler.discovery import sources
from crawler.outlets import Outlet
from db.models import Run

WATCH_SECONDS = 0.25


def scrapy_settings(changes: Mapping[str, Any]) -> Settings:
    """The project's settings with these changes, which win over all others."""
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.setdict(dict(changes), priority="cmdline")
    return settings


def crawl(
    slugs: Sequence[str],
    settings: Mapping[str, Any],
    limit: int | None = None,
    watch: Callable[[Sequence[Run]], None] | None = None,
) -> list[Run]:
    """Crawl these outlets at once and return a run each. May be called once per process (Twisted's reactor).

    `watch` is shown the runs as they grow, four times a second.
    """
    process = AsyncCrawlerProcess(scrapy_settings({"LOG_ENABLED": False, **settings}))
    crawlers = [process.create_crawler(slug) for slug in slugs]
    for crawler in crawlers:
        process.crawl(crawler, limit=limit)

    def runs() -> list[Run]:
        return [
            archive.run for crawler in crawlers if crawler.extensions and (archive := crawler.get_extension(Archive))
        ]

    ticker = create_looping_call(lambda: watch(runs()) if watch else None)
    ticker.start(WATCH_SECONDS, now=False)
    process.start()
    return runs()


def failure(outlet: Outlet, run: Run) -> str | None:
    """Why this run counts as failed, in one line, or None where it did its work.

    A run that ends well but finds nothing is the usual way for an outlet to break unseen, so links have a floor, where
    all its sources were read.
    """
    if run.reason != "finished":
        return run.reason or "it did not start"
    if run.feeds_failed and run.links == 0:
        return "; ".join(f"{url}: {reason}" for url, reason in run.feeds_failed.items())
    whole = run.sources >= len(sources(outlet)) and not run.sources_unchanged
    if run.links < outlet.min_links and whole:
        return f"{run.links} links, expected at least {outlet.min_links}"
    read = run.new + run.updated
    missed = sum(run.failed.values()) + run.unreadable
    if missed and not read and not run.unchanged:
        return f"no article could be read ({missed} failed or unreadable)"
    return next((name for name in run.failed if name.startswith("error")), None)
