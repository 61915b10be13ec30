"""The words of an article: by the outlet's selectors, else by the generic reader."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy

from lxml.html import HtmlElement

from crawler.dates import is_date
from crawler.extractors.blocks import lines
from crawler.extractors.generic import generic_lines
from crawler.extractors.noise import is_noise
from crawler.extractors.page import select
from crawler.extractors.site import fold
from crawler.outlets import Selectors

CONTAINERS = {"div", "article", "section", "main", "td", "span"}
MIN_WORDS = 5
TAGS = re.compile(r"(tags?|topik|kata kunci|keywords?)\s*:?", re.IGNORECASE)
MAX_TAG_WORDS = 4


def body_of(selectors: Selectors, tree: HtmlElement, title: str, is_described: bool) -> str:
    """The body's lines, joined by line ends; empty where there is none.

    `is_described` says that the page calls itself an article in JSON-LD. Raises Listing for a page of links.
    The tree is used up: read all else before.
    """
    for selector in selectors.body:
        found = trimmed(selected(tree, selector, selectors.drop), title)
        if enough(found):
            return "\n".join(found)
    drop_from(tree, selectors.drop)
    found = trimmed(generic_lines(tree, is_described), title)
    return "\n".join(found) if enough(found) else ""


def selected(tree: HtmlElement, selector: str, drop: Iterable[str]) -> list[str]:
    """The lines of what a body selector finds: all paragraphs, or the largest container and those beside it."""
    found = select(tree, selector)
    within = set(found)
    outer = [element for element in found if within.isdisjoint(element.iterancestors())]
    if len(outer) > 1 and outer[0].tag in CONTAINERS:
        largest = max(outer, key=lambda element: len(element.text_content()))
        outer = [element for element in outer if element.getparent() is largest.getparent()]
    return [line for element in outer for line in lines(without(element, drop))]


def without(element: HtmlElement, drop: Iterable[str]) -> HtmlElement:
    """A copy of an element without what the outlet drops."""
    copy = deepcopy(element)
    drop_from(copy, drop)
    return copy


def drop_from(element: HtmlElement, drop: Iterable[str]) -> None:
    for selector in drop:
        for unwanted in select(element, selector):
            if unwanted is not element and unwanted.getparent() is not None:
                unwanted.drop_tree()


def enough(found: list[str]) -> bool:
    return sum(len(line.split()) for line in found) >= MIN_WORDS


def trimmed(found: list[str], title: str) -> list[str]:
    """The lines without noise, and without title and date where they stand above them again."""
    kept = [line for line in without_tags(found) if not is_noise(line)]
    while kept and (fold(kept[0]) == fold(title) or is_date(kept[0])):
        del kept[0]
    return kept


def without_tags(found: list[str]) -> list[str]:
    """The lines without the list of tags that ends them, a heading and short lines below it."""
    for place in range(len(found) - 1, -1, -1):
        if TAGS.fullmatch(found[place]):
            return found[:place]
        if len(found[place].split()) > MAX_TAG_WORDS:
            break
    return found
