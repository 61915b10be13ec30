"""robots.txt is asked for once a day and host, not with each crawl."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.archive import Archive
from crawler.patience import host_of
from db import Database, DatabaseUnusable, plain_errors, robots

MAX_BYTES = 500 * 1024  # as much of it as is to be read (RFC 9309, 2.5)
KEPT_COUNT = "jurus/robots_kept"


class KeptRobots:
    """Answers Scrapy's own request for robots.txt from the crawl's database, where that knows it; keeps what comes.

    A missing robots.txt (4xx) is kept as an empty one; a server that fails is asked again.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    @property
    def database(self) -> Database | None:
        archive = self.crawler.get_extension(Archive)
        return getattr(archive, "db", None)

    def process_request(self, request: Request) -> Response | None:
        if not is_robots(request) or self.database is None:
            return None
        body = None
        with suppress(DatabaseUnusable), plain_errors(""):  # as where it is not known; what is stored later tells it
            body = robots.find(self.database, host_of(request.url), datetime.now(UTC))
        if body is None:
            return None
        self.crawler.stats.inc_value(KEPT_COUNT)
        return Response(request.url, body=body, flags=["kept"])

    def process_response(self, request: Request, response: Response) -> Response:
        fresh = is_robots(request) and "kept" not in response.flags
        if fresh and self.database is not None and (response.status == 200 or 400 <= response.status < 429):
            body = response.body[:MAX_BYTES] if response.status == 200 else b""
            asked = request.meta.get("redirect_urls", [request.url])[0]
            with suppress(DatabaseUnusable), plain_errors(""):
                robots.keep(self.database, host_of(asked), body, datetime.now(UTC))
        return response


def is_robots(request: Request) -> bool:
    """Whether Scrapy itself asks, or is led on from there."""
    asked = request.meta.get("redirect_urls", [request.url])[0]
    return bool(request.meta.get("dont_obey_robotstxt")) and urlsplit(asked).path == "/robots.txt"
