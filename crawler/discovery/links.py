"""What a source names to links: only articles, each once, with a title and times in one form."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from urllib.parse import urljoin

from crawler.addresses import canonical_url, is_further_page
from crawler.characters import fit
from crawler.dates import parse_date
from crawler.discovery.answer import Answer
from crawler.discovery.model import Link
from crawler.outlets import Outlet

MAX_LINKS = 50_000  # the limit that the sitemap protocol sets


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a source names, as it says it: addresses to try in order, a title, times as text.

    `zone` is that of times which name none; None stands for the outlet's.
    """

    hrefs: tuple[str, ...]
    title: str = ""
    published: str = ""
    modified: str = ""
    zone: str | None = None


def links(outlet: Outlet, reply: Answer, entries: Iterable[Entry]) -> tuple[Link, ...]:
    """The entries that are articles of the outlet, in order, each address once."""
    found: dict[str, Link] = {}
    for entry in entries:
        title = plain(entry.title)
        url = article_url(outlet, reply.source, entry.hrefs)
        if url is None or url in found or (outlet.skip_titles and re.search(outlet.skip_titles, title)):
            continue
        found[url] = _link(outlet, reply, entry, url, title)
        if len(found) == MAX_LINKS:
            break
    return tuple(found.values())


def article_url(outlet: Outlet, base: str, hrefs: Iterable[str]) -> str | None:
    """The canonical address of the first of these that is one of the outlet's articles, and no further page of one."""
    for href in hrefs:
        try:
            url = canonical_url(outlet, urljoin(base, href.strip()))
        except ValueError:
            continue
        if re.search(outlet.article, url) and not is_further_page(url):
            return url
    return None


def plain(markup: str) -> str:
    """A title without tags, entities, line breaks and unfit characters; feeds often escape theirs twice."""
    text = re.sub(r"</?[A-Za-z][^<>]*>", "", unescape(unescape(markup)))
    return " ".join(fit(text).split())


def _link(outlet: Outlet, reply: Answer, entry: Entry, url: str, title: str) -> Link:
    zone = entry.zone or outlet.timezone
    modified = parse_date(entry.modified, zone, reply.at)
    return Link(
        url=url,
        source=reply.source,
        stamp=_stamp(modified, title),
        title=title or None,
        published_at=parse_date(entry.published, zone, reply.at),
        modified_at=modified,
        slash=entry.hrefs[0].split("?")[0].endswith("/"),
    )


def _stamp(modified: datetime | None, title: str) -> str:
    if modified:
        return modified.isoformat()
    return hashlib.blake2b(title.encode("utf-8", "replace"), digest_size=8).hexdigest()
