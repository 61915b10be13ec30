"""Bytes of a response to the tree of an HTML page, and reading words out of its elements."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import cast

from lxml import etree, html
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from crawler.characters import fit

MAX_BYTES = 12_000_000
SNIFFED = 4_000  # bytes in which a page must say what it is
MAGIC = {
    b"%PDF": "a PDF",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"RIFF": "an image or a sound",
    b"PK\x03\x04": "an archive",
    b"\x1f\x8b": "compressed data",
    b"{": "JSON",
    b"[": "JSON",
}
FEED = re.compile(r"<(rss|feed|urlset|sitemapindex|rdf:rdf)[\s>]", re.IGNORECASE)
TAG = re.compile(r"<(!doctype\s+html|[a-z][a-z0-9]*[\s/>])", re.IGNORECASE)
NOT_A_PAGE = re.compile(r"(image|video|audio|font)/|application/(pdf|json|zip|javascript|msword|vnd\.)")
META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]+)|<\?xml[^>]*encoding=[\"']([\w:.-]+)", re.IGNORECASE
)
BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


class Unreadable(Exception):
    """A page that yields no article; its text says why in one plain line."""


def parse(body: bytes, headers: Mapping[str, str]) -> HtmlElement:
    """The tree of a page without comments; raises Unreadable for what is no HTML."""
    if not body.strip():
        raise Unreadable("the page is empty")
    if len(body) > MAX_BYTES:
        raise Unreadable(f"the page is too large ({len(body)} bytes)")
    kind = header(headers, "content-type")
    text = decode(body, kind)
    refuse_other_formats(body, kind, text[:SNIFFED])
    parser = html.HTMLParser(  # type: ignore[call-arg]  # the stubs do not know default_doctype
        encoding="utf-8", collect_ids=False, default_doctype=False, remove_comments=True, remove_pis=True
    )
    try:
        return html.document_fromstring(fit(text).encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise Unreadable("the page holds no HTML") from error


def header(headers: Mapping[str, str], name: str) -> str:
    """A header's value in lower case, whatever the case of its name; empty where it is missing."""
    return next((value.lower() for key, value in headers.items() if key.lower() == name), "")


def refuse_other_formats(body: bytes, kind: str, start: str) -> None:
    """Raise Unreadable for what is no HTML. What the bytes say counts more than the Content-Type."""
    for magic, name in MAGIC.items():
        if body.lstrip().startswith(magic):
            raise Unreadable(f"not a page but {name}")
    if FEED.search(start) and "<html" not in start.lower():
        raise Unreadable("not a page but a feed or sitemap")
    if not TAG.search(start):
        raise Unreadable("not HTML")
    if NOT_A_PAGE.match(kind) and "<html" not in start.lower():
        raise Unreadable(f"not a page but {words(kind.partition(';')[0])}")


def decode(body: bytes, content_type: str) -> str:
    """The text of a page, in the encoding that its bytes show, else the declared one.

    Many pages declare a Latin encoding and are UTF-8: text with letters beyond ASCII that decodes as UTF-8 is UTF-8.
    Latin-1 and ASCII are read as Windows-1252, as browsers do.
    """
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    names = [*re.findall(r"charset=[\"']?([\w:.-]+)", content_type), *declared(body)]
    wide = next((name for name in names if name.lower().startswith("utf-16") and body.count(0) > len(body) // 4), None)
    if wide:
        return body.decode(codec(wide) or "utf-16", "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    encoding = next((known for known in map(codec, names) if known and not known.startswith("utf-16")), "cp1252")
    if encoding == "utf-8" and not mostly_utf8(body):
        encoding = "cp1252"
    return body.decode(encoding, "replace")


def declared(body: bytes) -> list[str]:
    """The encodings that the page itself names."""
    found = META_CHARSET.findall(body[:SNIFFED])
    return [name.decode("ascii", "replace") for pair in found for name in pair if name]


def codec(name: str) -> str | None:
    """Python's name of an encoding; None for what is unknown or no text."""
    try:
        info = codecs.lookup(name)
    except LookupError:
        return None
    if not getattr(info, "_is_text_encoding", True):
        return None
    return "cp1252" if info.name in {"iso8859-1", "ascii"} else info.name


def mostly_utf8(body: bytes) -> bool:
    """Whether letters beyond ASCII are UTF-8 more often than broken, as on a page that is cut or has a stray byte."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(not char.isascii() for char in text) > 2 * broken


@lru_cache(maxsize=1024)
def compiled(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")


def select(element: HtmlElement, selector: str) -> list[HtmlElement]:
    """The elements that a CSS selector finds in an element, in their order."""
    return cast(list[HtmlElement], compiled(selector)(element))


def hits(tree: HtmlElement, selectors: Iterable[str]) -> list[HtmlElement]:
    """What the first selector that yields anything yields."""
    return next((found for selector in selectors if (found := select(tree, selector))), [])


def words(text: str | None) -> str:
    """Text with single spaces, of characters fit to keep: a page may write others as `&#27;`, its JSON as `\\u001b`."""
    return " ".join(fit(text or "").replace("\u200b", "").replace("\ufeff", "").split())


def value_of(element: HtmlElement) -> str:
    """What an element says: the content of a meta tag, the machine's form of a time (`time`, and `abbr` as the hAtom
    microformat has it), else its words."""
    if element.tag == "meta":
        return words(element.get("content"))
    if element.tag == "time" and element.get("datetime"):
        return words(element.get("datetime"))
    if element.tag == "abbr" and re.match(r"\d{4}-\d\d-\d\dT", element.get("title") or ""):
        return words(element.get("title"))
    return words(element.text_content())


def metas(tree: HtmlElement) -> dict[str, list[str]]:
    """The contents of the page's meta tags by their name, property or itemprop in lower case."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = words(element.get("content"))
        for key in ("property", "name", "itemprop"):
            name = element.get(key)
            if name and content:
                found.setdefault(name.strip().lower(), []).append(content)
    return found
