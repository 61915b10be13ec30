"""A spider that goes step by step: what it asks for next depends on all that has come."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler


class StepSpider(Spider, ABC):
    """Goes on whenever all that it asked for has come."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *arguments: Any, **keywords: Any) -> Self:  # noqa: ANN401
        spider = super().from_crawler(crawler, *arguments, **keywords)
        crawler.signals.connect(spider.go_on, signals.spider_idle)
        return spider

    @abstractmethod
    def go_on(self) -> None:
        """Ask the engine for more and raise DontCloseSpider; without that the spider ends."""
