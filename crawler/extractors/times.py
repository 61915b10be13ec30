"""When an article was published and changed, from the most to the least trustworthy place on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, cast
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.dates import has_clock, parse_date
from crawler.extractors.page import hits, value_of, words
from crawler.extractors.structured import Structured
from crawler.outlets import Outlet

PUBLISHED = (
    "article:published_time", "datepublished", "og:published_time", "og:article:published_time", "pubdate",
    "publishdate", "publish-date", "publish_date", "publication_date", "published_time", "published-date",
    "article:published", "dtk:publishdate", "jpnncom_news_pubdate", "parsely-pub-date", "sailthru.date",
    "dc.date.issued", "dc.date.created", "dcterms.created", "dcterms.date", "dc.date", "date", "article.published",
    "article_date_original", "cxenseparse:recs:publishtime", "datecreated", "content_publisheddate",
)  # fmt: skip
MODIFIED = (
    "article:modified_time", "datemodified", "og:updated_time", "last-modified", "dcterms.modified", "lastmod",
    "article:modified", "content_lastmodified",
)  # fmt: skip
TIMES = (
    "time[itemprop*=datePublished]", "[itemprop*=datePublished]", "time[pubdate]", "time.published", "abbr.published",
    "time.entry-date", ".wp-block-post-date time[datetime]",
)  # fmt: skip
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
DATE_CLASS = re.compile(r"date|time|tgl|tanggal|waktu|publi|posted|meta|info|jam", re.IGNORECASE)
STAMP = re.compile(r"/(20\d\d[01]\d[0-3]\d[0-2]\d[0-5]\d)(?:\d\d)?-")  # cnbcindonesia.com, cnnindonesia.com
DAY = re.compile(r"/(20\d\d)/([01]?\d)/([0-3]?\d)/")
TITLED = "//body//*[normalize-space(text()) = $title and not(ancestor-or-self::a)]"
DATED = "//body//text()[contains(., '20') or contains(., '19')]"
MAX_SEEN = 40
DAY_ALONE = 30  # characters of a text that is a day and nothing else: Rabu, 30 September 2026


def published_at(
    outlet: Outlet,
    url: str,
    tree: HtmlElement,
    metas: Mapping[str, list[str]],
    data: Structured,
    title: str,
    now: datetime | None,
) -> datetime | None:
    """The time of publication in UTC; None where the page names none.

    A date alone yields to a place further down that names the same day with a clock.
    """
    day = None
    for text in published_texts(outlet, url, tree, metas, data, title):
        moment = parse_date(text, outlet.timezone, now)
        if moment is None:
            continue
        if has_clock(text) or not YEAR.search(text):
            if day is None or timedelta(0) <= moment - day < timedelta(days=1):
                return moment
        else:
            day = day or moment
    return day


def modified_at(
    outlet: Outlet, metas: Mapping[str, list[str]], data: Structured, published: datetime | None
) -> datetime | None:
    """The time of the last change in UTC; None where the page names none, or one before its publication."""
    texts = [*data.texts("dateModified"), *from_metas(metas, MODIFIED)]
    moments = (parse_date(text, outlet.timezone) for text in texts)
    found = next((moment for moment in moments if moment), None)
    return None if found is None or (published and found < published) else found


def published_texts(
    outlet: Outlet, url: str, tree: HtmlElement, metas: Mapping[str, list[str]], data: Structured, title: str
) -> Iterator[str]:
    yield from both(hits(tree, outlet.selectors.published))
    yield from data.texts("datePublished")
    yield from from_metas(metas, PUBLISHED)
    yield from both(hits(tree, TIMES)[:3])
    yield from data.texts("dateCreated")
    yield from data.texts("uploadDate")
    yield from seen(tree, title)
    if match := STAMP.search(urlsplit(url).path):
        stamp = match[1]
        yield f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]} {stamp[8:10]}:{stamp[10:12]}"
    if match := DAY.search(urlsplit(url).path):
        yield "-".join(match.groups())


def both(elements: Iterable[HtmlElement]) -> Iterator[str]:
    """The machine's form of each time and its words, as either may lack the clock."""
    return (text for element in elements for text in (value_of(element), words(element.text_content())))


def from_metas(metas: Mapping[str, list[str]], keys: Iterable[str]) -> list[str]:
    return [text for key in keys for text in metas.get(key, ())[:1]]


def seen(tree: HtmlElement, title: str) -> list[str]:
    """The dates that a reader sees near the headline, the likeliest first: below it, in a place made for dates."""
    order = {element: place for place, element in enumerate(tree.iter())}
    headings = [order[element] for element in tree.iter("h1")]
    headings += [order[element] for element in cast(list[HtmlElement], tree.xpath(TITLED, title=title))]
    found: list[tuple[int, int, str]] = []
    for place, element, text in dated(tree, order):
        rank = 0 if DATE_CLASS.search(f"{element.get('class')} {element.get('id')}") else 1
        distance = min((abs(place - heading) + (0 if place > heading else 10) for heading in headings), default=place)
        found.append((0 if has_clock(text) else 1, distance + 5 * rank, text))
    return [text for _, _, text in sorted(found, key=lambda entry: entry[:2])]


def dated(tree: HtmlElement, order: Mapping[HtmlElement, int]) -> Iterator[tuple[int, HtmlElement, str]]:
    """Short texts outside of links that hold a date, with their element and its place in the page."""
    left = MAX_SEEN
    for node in cast(list[Any], tree.xpath(DATED)):
        element = node.getparent()
        if left == 0:
            return
        if element is None or not YEAR.search(node) or element.tag in ("script", "style", "a", "option"):
            continue
        if text := date_text(node, element):
            left -= 1
            yield order[element], element, text


def date_text(node: str, element: HtmlElement) -> str:
    """What stands in a text with a year, or around it, and says a time, or a day and nothing else; else empty.

    The machine's form of a `<time>` often has the clock that its words lack.
    """
    own = words(node)
    if element.tag == "time" and has_clock(machine := value_of(element)):
        return machine
    if len(node) < 150 and has_clock(node):
        return own
    if has_clock(text := short_text(element)):
        return text
    if YEAR.search(text := short_text(element.getparent())):
        return text
    return own if len(own) <= DAY_ALONE else ""


def short_text(element: HtmlElement | None) -> str:
    """The words of an element that holds little more than a date; empty for others."""
    if element is None or sum(1 for _ in islice(element.iter(), 16)) > 15:
        return ""
    text = words(element.text_content())
    return text if len(text) < 160 else ""
