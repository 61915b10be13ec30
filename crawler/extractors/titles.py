"""The title of an article, as the page's reader sees it."""

from __future__ import annotations

from collections.abc import Mapping

from lxml.html import HtmlElement

from crawler.extractors.page import hits, value_of, words
from crawler.extractors.site import SEPARATORS, fold, site_names, without_site
from crawler.extractors.structured import Structured
from crawler.outlets import Outlet

LONGEST = 400  # characters of a title
HEADLINES = ("[itemprop=headline]", "h1.entry-title", "h1[class*=title]", "h1[class*=headline]")


def title_of(outlet: Outlet, tree: HtmlElement, metas: Mapping[str, list[str]], data: Structured) -> str:
    """The outlet's selector, else the <h1> that matches what the page says of itself, else what it says; else empty."""
    names = site_names(outlet, metas)
    for element in hits(tree, outlet.selectors.title):
        if title := value_of(element):
            return without_site(title, names) if element.tag in ("meta", "title") else title
    claims = claimed(tree, metas)
    texts = (words(element.text_content()) for element in tree.iter("h1", "h2", "h3", "h4"))
    headings = [text for text in texts if 3 < len(text) < LONGEST and fold(text) not in names]
    if (seen := matching(headings, claims)) and len(fold(seen)) > 5:
        return seen
    if seen := beginning(headings, claims):
        return seen
    for title in (data.text("headline"), *(without_site(claim, names) for claim in claims)):
        if fold(title) not in names | {""} and len(title) < LONGEST:
            return title
    first = [element for element in hits(tree, HEADLINES) or list(tree.iter("h1")) if value_of(element)]
    return value_of(first[0])[:LONGEST] if first else ""


def claimed(tree: HtmlElement, metas: Mapping[str, list[str]]) -> list[str]:
    """What the page's head calls it: og:title, twitter:title, <title>."""
    claims = [text for key in ("og:title", "twitter:title") for text in metas.get(key, ())[:1]]
    titles = (words(element.text_content()) for element in tree.findall(".//title")[:1])
    return [claim for claim in (*claims, *titles) if 0 < len(claim) < LONGEST]


def matching(headings: list[str], claims: list[str]) -> str | None:
    """The heading that a claim is, else the longest that it names whole or begins with a cut form of."""
    for claim in map(fold, claims):
        if same := next((text for text in headings if fold(text) == claim), None):
            return same
        found = [text for text in headings if fold(text) and (fold(text) in claim or is_cut(claim, fold(text)))]
        good = [text for text in found if len(fold(text)) * 2 > len(claim) or len(text.split()) > 4]
        if good:
            return max(good, key=len)
    return None


def beginning(headings: list[str], claims: list[str]) -> str | None:
    """The heading, however short, that stands in a claim before the first mark that parts it from the site's name."""
    firsts = {fold(SEPARATORS.split(claim)[0]) for claim in claims}
    return next((text for text in headings if fold(text) in firsts), None)


def is_cut(claim: str, heading: str) -> bool:
    """Whether a claim is the beginning of a heading, cut by a length limit."""
    return len(claim) > 30 and heading.startswith(claim)
