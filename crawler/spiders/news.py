"""The spider of every outlet that a file can describe: sources -> unseen links -> articles."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, ClassVar

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.addresses import canonical_url, fetch_url
from crawler.archive import Archive
from crawler.discovery import Link, NotASource, discover, sources
from crawler.discovery.links import article_url
from crawler.extractors.article import Unreadable, extract, join
from crawler.outlets import Outlet, covers
from crawler.patience import ASKED_TO_WAIT
from crawler.spiders.answers import asked_url, note_answer, response_headers
from crawler.spiders.causes import FORBIDDEN, cause
from db.models import Article, KnownLink, PollResult, Run, Visit

MAX_ATTEMPTS = 5  # after so many failures a link is left alone until its source names it anew
MAX_SITEMAPS = 10  # of an index: the newest; an archive is not read anew with each crawl
MAX_PAGES = 20  # of one article: a guard against "next" links that never end


class NewsSpider(Spider):
    """Crawls one outlet.

    `limit` bounds the articles asked for in this crawl. `polls` names the sources to ask (all, where it is None), each
    with the headers that ask whether it has changed (none, to read it in full).
    """

    outlet: ClassVar[Outlet]
    archive: Archive  # set by the extension of that name when the spider opens

    def __init__(
        self,
        limit: str | int | None = None,
        polls: Mapping[str, Mapping[str, str]] | None = None,
        **arguments: Any,  # noqa: ANN401 - Scrapy's signature
    ) -> None:
        super().__init__(**arguments)
        self.left = int(limit) if limit is not None else None
        self.polls = polls
        self.results: dict[str, PollResult] = {}  # of the sources asked, by their addresses
        self.named: set[str] = set()  # addresses that sources have named in this crawl
        self.asked: dict[str, PollResult] = {}  # what was asked for, and the source that named it

    @property
    def run(self) -> Run:
        return self.archive.run

    async def start(self) -> AsyncIterator[Request]:
        if not hasattr(self, "archive"):
            return  # the database could not be opened, which the archive has said
        for source, headers in (self.polls or {source: {} for source in sources(self.outlet)}).items():
            self.results[source] = PollResult(source, datetime.now(UTC))
            self.run.sources += 1
            yield self.ask_source(source, self.results[source], headers)

    def ask_source(self, source: str, result: PollResult, headers: Mapping[str, str] | None = None) -> Request:
        return Request(
            source,
            self.parse_source,
            errback=self.miss_source,
            priority=10,
            dont_filter=True,
            headers=dict(headers or {}),
            meta={"handle_httpstatus_list": [304]} if headers else {},
            cb_kwargs={"result": result},
        )

    def parse_source(self, response: Response, result: PollResult) -> Iterator[Request | Visit]:
        """A feed, sitemap or listing: its further sitemaps, and the links that the database does not know."""
        source = asked_url(response)
        note_answer(result, response)
        if response.status == 304:
            self.run.sources_unchanged += 1
            return
        try:
            found = discover(self.outlet, source, response.body, response_headers(response))
        except NotASource as error:
            self.fail_source(source, result, str(error))
            return
        for sitemap in found.sitemaps[:MAX_SITEMAPS]:
            result.missed = True  # an index may stay as it is while the sitemaps that it names change
            if sitemap not in self.asked:
                self.asked[sitemap] = result
                yield self.ask_source(sitemap, result)
        links = [replace(link, source=kind_of_list(self.outlet, link)) for link in found.links]
        yield from self.ask_unseen(links, result)

    def fail_source(self, source: str, result: PollResult, reason: str) -> None:
        self.run.feeds_failed[source] = reason
        result.missed = True
        if source == result.source:
            result.outcome, result.error = "failed", reason

    def ask_unseen(self, links: Sequence[Link], result: PollResult) -> Iterator[Request | Visit]:
        """Ask for the links that are new or changed since they were last asked for, each once a crawl."""
        known = self.archive.known(links)
        result.links += len(links)
        for link in links:
            first = link.url not in self.named
            self.named.add(link.url)
            self.run.links += first
            if not is_due(link, known.get(link.url)):
                self.run.unchanged += first and known[link.url].state == "stored"
            elif link.url not in self.asked and self.left == 0:
                result.missed = True
            elif link.url not in self.asked:
                self.asked[link.url] = result
                if link.url not in known:
                    result.new[link.url] = link.published_at
                self.left = None if self.left is None else self.left - 1
                yield self.ask_article(link)

    def ask_article(self, link: Link) -> Request | Visit:
        if self.outlet.keep == "metadata":
            return metadata_visit(self.outlet, link)
        arguments = {"link": link, "pages": ()}
        url = fetch_url(self.outlet, link.url, link.slash)
        return Request(url, self.parse_article, errback=self.miss_article, cb_kwargs=arguments, dont_filter=True)

    def parse_article(self, response: Response, link: Link, pages: tuple[Article, ...]) -> Iterator[Request | Visit]:
        """One page of an article: ask for its next page, or hand on the whole."""
        try:
            refuse_strange(self.outlet, response.url, is_first=not pages)
            page = extract(self.outlet, response.url, response.body, response_headers(response))
        except Unreadable as error:
            self.run.unreadable += 1
            if pages:
                yield self.whole(link, pages, lacks=f"page {len(pages) + 1}: {error}")
            else:
                yield visit(self.outlet, link, "unreadable", reason=str(error))
            return
        pages = (*pages, page)
        loops = page.next_page in {earlier.url for earlier in pages}
        if page.next_page and len(pages) < MAX_PAGES and not loops:
            arguments = {"link": link, "pages": pages}
            yield Request(
                page.next_page, self.parse_article, errback=self.miss_article, cb_kwargs=arguments, dont_filter=True
            )
            return
        aliases = tuple(canonical_url(self.outlet, url) for url in response.meta.get("redirect_urls", ()))
        yield self.whole(link, pages, lacks="its next page leads back" if loops else None, aliases=aliases)

    def whole(self, link: Link, pages: Sequence[Article], state: str = "stored", **facts: Any) -> Visit:  # noqa: ANN401
        """An article of all pages that could be had; `lacks` says which could not."""
        lacks = facts.pop("lacks", None)
        article = with_link_facts(join(pages, lacks), link)
        if link.url in self.asked[link.url].new:
            self.asked[link.url].new[link.url] = article.published_at
        return visit(self.outlet, link, state, article=article, reason=lacks, **facts)

    def miss_source(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]
        urls = request.meta.get("redirect_urls") or [request.url]
        self.fail_source(urls[0], request.cb_kwargs["result"], cause(failure))

    def miss_article(self, failure: Failure) -> Iterator[Visit]:
        link, pages = (failure.request.cb_kwargs[key] for key in ("link", "pages"))  # type: ignore[attr-defined]
        reason, result = cause(failure), self.asked[link.url]
        if reason in (FORBIDDEN, ASKED_TO_WAIT) and not pages:
            result.new.pop(link.url, None)  # it will be named again and again
        if reason == FORBIDDEN:
            self.run.forbidden += 1
            if not pages:
                return
        else:
            self.run.failed[reason] = self.run.failed.get(reason, 0) + 1
        gone = reason in {"404", "410", FORBIDDEN}
        result.missed = result.missed or not gone
        if pages:  # a lost further page does not withdraw the article
            yield self.whole(link, pages, "stored" if gone else "failed", lacks=f"page {len(pages) + 1}: {reason}")
        elif reason != ASKED_TO_WAIT:
            yield visit(self.outlet, link, "gone" if gone else "failed", reason=reason)


def refuse_strange(outlet: Outlet, url: str, is_first: bool) -> None:
    """Raise Unreadable where a redirect led away from the article: to the home page, or to another site.

    A further page of an article only has to lie on the outlet's site.
    """
    if article_url(outlet, url, (url,)) is None and (is_first or not covers(outlet, url)):
        raise Unreadable(f"led to {url}, which is no article of this outlet")


def kind_of_list(outlet: Outlet, link: Link) -> str:
    """`feed title`, `listing title`, `sitemap time`, ...: lists whose stamps for an article can be compared.

    An article wanders from page to page of a listing, and from sitemap to sitemap, while its stamp stays the same.
    """
    kinds = {**dict.fromkeys(outlet.feeds, "feed"), **dict.fromkeys(outlet.listings, "listing")}
    return f"{kinds.get(link.source, 'sitemap')} {'time' if link.modified_at else 'title'}"


def is_due(link: Link, known: KnownLink | None) -> bool:
    """Whether to ask for a link: it is new, a list says that it changed, or it failed and may do better now."""
    if known is None:
        return True
    if known.stamps.get(link.source, link.stamp) != link.stamp:
        return True
    return known.state == "failed" and known.attempts < MAX_ATTEMPTS


def visit(outlet: Outlet, link: Link, state: str, **facts: Any) -> Visit:  # noqa: ANN401 - the fields of Visit
    return Visit(link.url, outlet.slug, link.source, link.stamp, state, datetime.now(UTC), **facts)


def metadata_visit(outlet: Outlet, link: Link) -> Visit:
    """An article of which only what its source says is kept: its page is not fetched."""
    if not link.title:
        return visit(outlet, link, "unreadable", reason="its source names no title")
    article = Article(
        url=link.url,
        canonical_url=link.url,
        outlet=outlet.slug,
        title=link.title,
        published_at=link.published_at,
        modified_at=link.modified_at,
        language=outlet.languages[0],
    )
    return visit(outlet, link, "stored", article=article)


def with_link_facts(article: Article, link: Link) -> Article:
    """The article, with the time that its source gave where the page names none."""
    if article.published_at is not None:
        return article
    return replace(article, published_at=link.published_at)
