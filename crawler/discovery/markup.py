"""XML as feeds and sitemaps really send it, to a tree: what is broken is mended, nothing outside is read."""

from __future__ import annotations

import re
from html import unescape

from lxml import etree

from crawler.discovery.model import NotASource

MARKUP = set("<>&\"'")


def tree(markup: str) -> etree._Element:
    """The tree of markup that begins at its root, as far as it can be read. Raises NotASource if not at all."""
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(re.sub(r"&(#?\w+;)?", _character, markup).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise NotASource(f"broken XML: {error}") from error
    if root is None or (parser.error_log and not len(root)):
        raise NotASource(f"broken XML: {parser.error_log.last_error}")
    return root


def _character(reference: re.Match[str]) -> str:
    """What a reference stands for: feeds use those of HTML, which XML does not know, and write `&` without escape."""
    character = unescape(reference[0])
    if character == reference[0]:
        return f"&amp;{reference[1] or ''}"
    return reference[0] if character in MARKUP else character
