"""Pages for readers that list articles."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import cast
from urllib.parse import urljoin

import lxml.html
from lxml import etree

from crawler.dates import parse_date
from crawler.discovery.answer import Answer
from crawler.discovery.links import Entry, article_url, plain
from crawler.discovery.model import NotASource
from crawler.outlets import Outlet

MAX_ANCHORS = 6  # in what stands for one article; an element with more is a list
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Where a card of a list writes its date: in short texts that are no part of a link, a heading or running text.
LOOSE_TEXTS = etree.XPath(
    ".//text()[string-length(normalize-space()) < 41]"
    "[not(ancestor::a or ancestor::p[not(@class) or string-length(normalize-space()) > 60] or ancestor::script or "
    + " or ".join(f"ancestor::{name}" for name in HEADINGS)
    + ")]"
)


def read_listing(outlet: Outlet, reply: Answer) -> Iterator[Entry]:
    """An entry for each article that the page links, in order; of several links to one the best titled counts."""
    page = _page(reply.text)
    base = _base(page, reply.source)
    anchors: dict[str, list[lxml.html.HtmlElement]] = {}
    for anchor in page.iter("a"):
        url = article_url(outlet, base, (anchor.get("href") or "",))
        if url:
            anchors.setdefault(url, []).append(anchor)
    for url, group in anchors.items():
        yield Entry(hrefs=(url,), title=_title(group), published=_published(group, outlet.timezone))


def page_title(text: str) -> str:
    """The title of a page, to say in an error what came instead of a feed; empty where it has none."""
    try:
        title = plain(_page(text).findtext(".//title") or "")
    except NotASource:
        return ""
    return f": {title[:80]}" if title else ""


def _page(text: str) -> lxml.html.HtmlElement:
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise NotASource(f"broken HTML: {error}") from error


def _base(page: lxml.html.HtmlElement, source: str) -> str:
    element = page.find(".//base[@href]")
    try:
        return source if element is None else urljoin(source, element.get("href", ""))
    except ValueError:
        return source


def _title(anchors: list[lxml.html.HtmlElement]) -> str:
    """The heading in or around one of the links; else the longest text of a link; else what describes it."""
    headings = [heading for anchor in anchors for heading in _headings(anchor)]
    texts = [_text(element) for element in headings or anchors]
    if not any(texts):
        images = [image for anchor in anchors for image in anchor.iter("img")]
        texts = [anchor.get("title", "") for anchor in anchors] + [image.get("alt", "") for image in images]
    return max(texts, key=len)


def _headings(anchor: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    """The headings inside the link; the link itself where it stands in one."""
    yield from (inner for inner in anchor.iter(*HEADINGS) if _text(inner))
    outer = next(anchor.iterancestors(*HEADINGS), None)
    if outer is not None and _text(anchor):
        yield anchor


def _published(anchors: list[lxml.html.HtmlElement], zone: str) -> str:
    """The date that stands with one of the links, in the smallest element around it that is no list of articles."""
    for anchor in anchors:
        for outer in anchor.iterancestors("li", "article", "div", "section"):
            if len(list(islice(outer.iterfind(".//a"), MAX_ANCHORS + 1))) > MAX_ANCHORS:
                break
            date = _date_in(outer, zone)
            if date:
                return date
    return ""


def _date_in(outer: lxml.html.HtmlElement, zone: str) -> str:
    """A `time` element's date, else the first that is written outside of links, headings and running text."""
    time = outer.find(".//time[@datetime]")
    if time is not None:
        return str(time.get("datetime"))
    texts = cast("list[str]", LOOSE_TEXTS(outer))
    return next((str(text) for text in texts if parse_date(text, zone)), "")


def _text(element: lxml.html.HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())
