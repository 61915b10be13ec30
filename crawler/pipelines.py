"""What happens to a visit after its page was read: tag and sketch its text, store what its outlet's rule allows."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

from scrapy.crawler import Crawler

from crawler.outlets import Keep
from db.models import Visit


class Tag:
    """Finds the mentions in an article's text."""

    def process_item(self, item: Visit) -> Visit:
        return tagged(item)


class Sketch:
    """Draws the article's sketch while its text is there, so that its copies can be found whatever is kept of it."""

    def process_item(self, item: Visit) -> Visit:
        return sketched(item)


class Store:
    """Hands the visit to the crawl's archive."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Visit) -> Visit:
        spider = self.crawler.spider
        spider.archive.add(allowed(item, spider.outlet.keep))  # type: ignore[union-attr]
        return item


def allowed(visit: Visit, keep: Keep) -> Visit:
    """The visit without its article's text, where the outlet's rule is to keep no more than the mentions' quotes."""
    if visit.article is None or keep == "text":
        return visit
    return replace(visit, article=replace(visit.article, text=None))


def prepared(visit: Visit, keep: Keep) -> Visit:
    """The visit as it is to be stored: tagged, sketched, and without what its outlet's rule forbids to keep."""
    return allowed(sketched(tagged(visit)), keep)


def tagged(visit: Visit) -> Visit:
    from crawler.extractors.measures import EXTRACTOR_VERSION, tag

    article = visit.article
    if article is None or article.text is None:
        return visit
    mentions = tuple(tag(article.title, article.text, article.published_at))
    return replace(visit, mentions=mentions, extractor_version=EXTRACTOR_VERSION)


def sketched(visit: Visit) -> Visit:
    from crawler.merging.sketches import sketch

    if visit.article is None:
        return visit
    return replace(visit, sketch=sketch(visit.article.title, visit.article.text))
