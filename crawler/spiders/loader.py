"""Each outlet file is a spider: `scrapy list` prints the slugs, `scrapy crawl swa` crawls one."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self

from scrapy import Request, Spider
from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object

from crawler import config, outlets
from crawler.addresses import outlet_for
from crawler.outlets import Outlet, OutletError
from crawler.spiders.news import NewsSpider

Slugs = list[str]  # named out here, as Scrapy's interface wants a method called `list`


class OutletSpiders:
    """Scrapy's spider loader over outlet files.

    Reads jurus.toml (or the file that the setting JURUS_CONFIG names); the settings JURUS_DATABASE and JURUS_OUTLETS
    win over it.
    """

    def __init__(self, settings: BaseSettings) -> None:
        self.config = config.read(Path(settings["JURUS_CONFIG"]) if settings.get("JURUS_CONFIG") else None)
        self.database = settings.get("JURUS_DATABASE") or str(self.config.database)
        folder = settings.get("JURUS_OUTLETS") or self.config.outlets
        self.outlets = outlets.load_all(Path(folder) if folder else None)

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        return cls(settings)

    def list(self) -> Slugs:
        return sorted(slug for slug, outlet in self.outlets.items() if outlet.state == "on")

    def load(self, spider_name: str) -> type[Spider]:
        if spider_name not in self.outlets:
            raise KeyError(f"Spider not found: {spider_name}")
        outlet = self.outlets[spider_name]
        return type(spider_class(outlet).__name__, (spider_class(outlet),), self.attributes(outlet))

    def attributes(self, outlet: Outlet) -> dict[str, Any]:
        settings = {
            "USER_AGENT": self.config.user_agent,
            "DOWNLOAD_DELAY": outlet.delay,
            "JURUS_DATABASE": self.database,
        }
        return {"name": outlet.slug, "outlet": outlet, "custom_settings": settings}

    def find_by_request(self, request: Request) -> Slugs:
        outlet = outlet_for(self.outlets, request.url)
        return [outlet.slug] if outlet else []


def spider_class(outlet: Outlet) -> type[NewsSpider]:
    """The spider for an outlet: the common one, unless its file names one of its own. Raises OutletError."""
    if not outlet.spider:
        return NewsSpider
    try:
        spider = load_object(outlet.spider.replace(":", "."))
    except (ImportError, NameError) as error:
        raise OutletError(f"{outlet.slug}.toml: spider: {outlet.spider!r} cannot be loaded: {error}") from error
    if not (isinstance(spider, type) and issubclass(spider, NewsSpider)):
        raise OutletError(f"{outlet.slug}.toml: spider: {outlet.spider!r} is no NewsSpider")
    return spider
