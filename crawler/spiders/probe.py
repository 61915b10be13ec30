"""Asks an outlet without storing anything: one page, or whether its sources and articles can still be read."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urljoin

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.addresses import fetch_url
from crawler.crawl import scrapy_settings
from crawler.discovery import Link, NotASource, discover, sources
from crawler.extractors.article import Unreadable, extract
from crawler.extractors.comparison import agreement, missed
from crawler.outlets import Outlet, Selectors
from crawler.spiders.answers import asked_url, response_headers
from crawler.spiders.causes import FORBIDDEN, cause

FIELDS = ("title", "authors", "published_at", "section", "tags", "text")
TELLING = {"title", "published", "body"}  # fields whose selectors must find something
LOW_OVERLAP = 0.8  # word F1 below which selectors and generic reader speak of different texts
STORES_NOTHING = {"EXTENSIONS": {"crawler.archive.Archive": None}, "ITEM_PIPELINES": {}}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one question to an outlet found.

    `part` is robots.txt, the address of a source or article, a field of the article (`article title`), `selectors` or
    `body overlap`.
    """

    outlet: str
    part: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page as fetched, or the reason why it could not be."""

    url: str
    body: bytes = b""
    headers: Mapping[str, str] | None = None
    error: str | None = None


class ProbeSpider(Spider):
    """Asks for robots.txt, every source, and one article, and adds a Finding for each."""

    name = "probe"

    def __init__(self, outlet: Outlet, findings: list[Finding], **arguments: Any) -> None:  # noqa: ANN401
        super().__init__(**arguments)
        self.outlet = outlet
        self.findings = findings
        self.article_asked = False

    def tell(self, part: str, ok: bool, detail: str) -> None:
        self.findings.append(Finding(self.outlet.slug, part, ok, detail))

    async def start(self) -> AsyncIterator[Request]:
        yield Request(
            urljoin(self.outlet.home, "/robots.txt"),
            self.parse_robots,
            errback=self.miss,
            meta={"dont_obey_robotstxt": True},
            priority=20,
            dont_filter=True,  # as below: a redirect to itself would else be dropped without a word
        )
        for source in sources(self.outlet):
            yield Request(source, self.parse_source, errback=self.miss, priority=10, dont_filter=True)

    def parse_robots(self, response: Response) -> None:
        self.tell("robots.txt", True, f"{len(response.body)} bytes")

    def parse_source(self, response: Response) -> Iterator[Request]:
        source = asked_url(response)
        try:
            found = discover(self.outlet, source, response.body, response_headers(response))
        except NotASource as error:
            self.tell(source, False, str(error))
            return
        self.tell(source, bool(found.links or found.sitemaps), f"{len(found.links)} links")
        if not found.links and not self.article_asked:
            yield from (Request(url, self.parse_source, errback=self.miss) for url in found.sitemaps[:1])
        if found.links and not self.article_asked and self.outlet.keep != "metadata":
            self.article_asked = True
            yield self.ask_article(found.links)

    def ask_article(self, links: Sequence[Link]) -> Request:
        url = fetch_url(self.outlet, links[0].url, links[0].slash)
        arguments = {"links": links}
        return Request(url, self.parse_article, errback=self.miss_article, cb_kwargs=arguments, dont_filter=True)

    def parse_article(self, response: Response, links: Sequence[Link]) -> None:
        try:
            article = extract(self.outlet, response.url, response.body, response_headers(response))
        except Unreadable as error:
            self.tell(response.url, False, str(error))
            return
        self.tell(response.url, True, article.title)
        for field in FIELDS:
            value = getattr(article, field)
            self.tell(f"article {field}", bool(value), describe(value))
        self.compare(response)

    def compare(self, response: Response) -> None:
        """Whether the outlet's selectors still find what they are for."""
        if self.outlet.selectors == Selectors():
            return
        headers = response_headers(response)
        lost = missed(self.outlet, response.body, headers)
        self.tell("selectors", TELLING.isdisjoint(lost), f"{', '.join(lost)}: nothing found" if lost else "all found")
        overlap = agreement(self.outlet, response.url, response.body, headers)
        self.tell("body overlap", overlap >= LOW_OVERLAP, f"{overlap:.2f} between the selectors and the generic reader")

    def miss_article(self, failure: Failure) -> Iterator[Request]:
        """robots.txt may forbid one article: then the next is asked for."""
        links: Sequence[Link] = failure.request.cb_kwargs["links"][1:]  # type: ignore[attr-defined]
        if cause(failure) == FORBIDDEN and links:
            yield self.ask_article(links)
        else:
            self.miss(failure)

    def miss(self, failure: Failure) -> None:
        url = failure.request.url  # type: ignore[attr-defined]
        self.tell("robots.txt" if url.endswith("/robots.txt") else url, False, cause(failure))


def describe(value: object) -> str:
    if not value:
        return "missing"
    text = ", ".join(value) if isinstance(value, tuple) else str(value)
    return text if len(text) <= 60 else f"{len(text)} characters"


class PageSpider(Spider):
    """Fetches one page, as politely as any."""

    name = "page"
    outlet: ClassVar[Outlet]

    def __init__(self, outlet: Outlet, url: str, pages: list[Page], **arguments: Any) -> None:  # noqa: ANN401
        super().__init__(**arguments)
        self.outlet = outlet  # type: ignore[misc]
        self.url = url
        self.pages = pages

    async def start(self) -> AsyncIterator[Request]:
        yield Request(self.url, self.parse, errback=self.miss, dont_filter=True)

    def parse(self, response: Response) -> None:
        self.pages.append(Page(response.url, response.body, response_headers(response)))

    def miss(self, failure: Failure) -> None:
        self.pages.append(Page(self.url, error=cause(failure)))


def probe(outlets: Sequence[Outlet], settings: Mapping[str, Any]) -> list[Finding]:
    """Check these outlets live. May be called once per process."""
    findings: list[Finding] = []
    process = AsyncCrawlerProcess(scrapy_settings({"LOG_ENABLED": False, **settings, **STORES_NOTHING}))
    for outlet in outlets:
        process.crawl(ProbeSpider, outlet=outlet, findings=findings)
    process.start()
    return findings


def fetch(outlet: Outlet, url: str, settings: Mapping[str, Any]) -> Page:
    """Fetch one page. May be called once per process."""
    pages: list[Page] = []
    process = AsyncCrawlerProcess(scrapy_settings({"LOG_ENABLED": False, **settings, **STORES_NOTHING}))
    process.crawl(PageSpider, outlet=outlet, url=url, pages=pages)
    process.start()
    return pages[0] if pages else Page(url, error="no answer")
