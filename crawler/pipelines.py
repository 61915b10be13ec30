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
        from crawler.extractors.measures import EXTRACTOR_VERSION, tag

        article = item.article
        if article is None or article.text is None:
            return item
        mentions = tuple(tag(article.title, article.text, article.published_at))
        return replace(item, mentions=mentions, extractor_version=EXTRACTOR_VERSION)


class Sketch:
    """Draws the article's sketch while its text is there, so that its copies can be found whatever is kept of it."""

    def process_item(self, item: Visit) -> Visit:
        from crawler.merging.sketches import sketch

        if item.article is None:
            return item
        return replace(item, sketch=sketch(item.article.title, item.article.text))


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
