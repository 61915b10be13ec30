"""What stands between the spiders and the network."""

from __future__ import annotations

import ipaddress
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.robotstxt import RobotParser
from scrapy.utils.defer import maybe_deferred_to_future


class PrivateAddress(IgnoreRequest):
    """The request would reach into a private network."""


class PublicAddressesOnly:
    """Refuses addresses that are not public, so that no page can make Jurus read an inner network.

    Redirects and robots.txt pass here too. The name is resolved by the reactor's own caching resolver, which the
    download then uses as well, so that a second answer cannot slip another address in. An outlet whose file says
    `allow_private = true` is exempt.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        outlet = getattr(self.crawler.spider, "outlet", None)
        if outlet is not None and outlet.allow_private:
            return
        host = urlsplit(request.url).hostname or ""
        address = await resolve(host)
        if not is_public(address):
            raise PrivateAddress(f"{host} is not a public address ({address})")


async def resolve(host: str) -> str:
    """The address of a name, as the download will see it; a literal address is returned as it is."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        from twisted.internet import reactor

        return str(await maybe_deferred_to_future(reactor.resolve(host)))  # type: ignore[arg-type]


def is_public(address: str) -> bool:
    """Whether a literal address is one of the public internet (an IPv4 one inside an IPv6 one counts as itself)."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        ip = ip.ipv4_mapped or ip.sixtofour or ip
    return ip.is_global and not ip.is_multicast


class CrawlDelay:
    """Waits as long between requests as robots.txt asks, where that is longer than the outlet's own delay."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        crawler.signals.connect(self.obey, signals.robots_parsed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def obey(self, robotparser: RobotParser, request: Request) -> None:
        asked = robotparser.crawl_delay(self.crawler.settings["ROBOTSTXT_USER_AGENT"])
        delay = max(float(asked or 0), self.crawler.settings.getfloat("DOWNLOAD_DELAY"))
        host = urlsplit(request.url).hostname or ""
        downloader = self.crawler.engine.downloader
        downloader.per_slot_settings[host] = {"delay": delay}  # for a slot made anew later
        if host in downloader.slots:
            downloader.slots[host].delay = delay
