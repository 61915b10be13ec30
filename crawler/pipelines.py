"""What happens to a visit after its page was read: tag and sketch its text, keep what its outlet allows, store it."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

from scrapy.crawler import Crawler

from crawler.outlets import Keep as KeepRule
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


class Keep:
    """Drops the text of an article where the outlet's rule is to keep quotes only."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Visit) -> Visit:
        rule: KeepRule = self.crawler.spider.outlet.keep  # type: ignore[union-attr]
        if item.article is None or rule == "text":
            return item
        return replace(item, article=replace(item.article, text=None))


class Store:
    """Hands the visit to the crawl's archive."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Visit) -> Visit:
        self.crawler.spider.archive.add(item)  # type: ignore[union-attr]
        return item
