"""The body of a page that no selectors describe: trafilatura's choice, mended by the place where the prose stands.

Trafilatura misses text that stands beside paragraphs in one element, as older Indonesian pages have it, takes in
teasers of other columns, and takes the whole page where paragraphs are line breaks. The container that holds most of
the page's prose tells all three.
"""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree
from lxml.html import HtmlElement

from crawler.extractors.blocks import Block, blocks
from crawler.extractors.page import words
from crawler.extractors.site import fold

CONTAINERS = {"div", "article", "section", "main", "table", "tbody", "tr", "center", "body", "ul", "ol", "form"}
SHARE = 0.6  # of the prose around it that a container must hold to be the narrower choice
AGREED = 0.7  # of trafilatura's words that must stand in the container for both to mean the same article
COLUMN = 300  # characters of prose in one column that an article has and a teaser has not
HEADLINES = 5  # links to other articles that a list has
MANY_ELEMENTS = 30_000  # from which trafilatura takes too long
SHORT = 6  # words under which a line is a label or a heading
CUT = re.compile(r"\w\s?(\.\.\.|…)$")
ENDED = re.compile(r"[.!?:;\"”’')\]]$")


class Listing(Exception):
    """The page holds links to articles instead of one."""


def generic_lines(tree: HtmlElement, is_described: bool) -> list[str]:
    """The lines of a page's body. Raises Listing for a page of links, unless it is described as an article."""
    bodies = tree.findall("body")
    root = bodies[0] if bodies else tree
    page = list(blocks(root))
    held = within(container(page, root), page)
    if not is_described and is_listing(held):
        raise Listing
    chosen = by_trafilatura(tree) if sum(1 for _ in tree.iter()) < MANY_ELEMENTS else []
    scattered = not chosen or is_scattered(chosen)
    return without_teasers(prose_run(held) if scattered else mended(chosen, held))


def without_teasers(found: list[str]) -> list[str]:
    """The lines less those at the end that are cut with dots, as teasers of other articles are."""
    kept = list(found)
    while kept and CUT.search(kept[-1]):
        del kept[-1]
    return kept


def container(page: list[Block], root: HtmlElement) -> HtmlElement:
    """The narrowest element that holds most of the page's prose."""
    sums: Counter[HtmlElement] = Counter()
    children: dict[HtmlElement, set[HtmlElement]] = {}
    for block in page:
        if block.is_prose:
            element = block.holder
            sums[element] += len(block.text)
            while element is not root and (parent := element.getparent()) is not None:
                sums[parent] += len(block.text)
                children.setdefault(parent, set()).add(element)
                element = parent
    place = root
    while inner := [child for child in children.get(place, ()) if child.tag in CONTAINERS]:
        best = max(inner, key=lambda child: sums[child])
        if sums[best] < SHARE * sums[place]:
            break
        place = best
    return place


def within(place: HtmlElement, page: list[Block]) -> list[Block]:
    """The lines that stand in an element."""
    inside = set(place.iter())
    return [block for block in page if block.holder in inside]


def is_listing(held: list[Block]) -> bool:
    """Whether lines are headlines that lead elsewhere, with teasers that each stand alone."""
    columns: Counter[HtmlElement] = Counter()
    for block in held:
        if block.is_prose:
            columns[block.holder if block.holder.tag in CONTAINERS else block.holder.getparent()] += len(block.text)
    longest = max(columns.values(), default=0)
    return longest < COLUMN and sum(block.is_headline_link for block in held) >= HEADLINES


def by_trafilatura(tree: HtmlElement) -> list[str]:
    """The lines that trafilatura takes for the body. The tree loses its scripts."""
    from trafilatura import bare_extraction  # its import takes a second
    from trafilatura.settings import Document

    etree.strip_elements(tree, "script", "style", "noscript", with_tail=False)  # it copies the tree several times
    document = bare_extraction(tree, fast=True, include_comments=False, with_metadata=False)
    text = document.text if isinstance(document, Document) else None
    return [line for row in (text or "").splitlines() if (line := words(re.sub(r"(^| )\|(?= |$)", " ", row)))]


def is_scattered(chosen: list[str]) -> bool:
    """Whether lines are labels and links rather than an article."""
    short = sum(len(line.split()) < SHORT for line in chosen)
    return len(chosen) > 15 and short > 0.5 * len(chosen)


def prose_run(held: list[Block]) -> list[str]:
    """The lines from the first to the last prose of a container, without links and labels."""
    places = [place for place, block in enumerate(held) if block.is_prose]
    if not places:
        return []
    run = held[places[0] : places[-1] + 1]
    return [block.text for block in run if block.linked < 0.5 * len(block.text)]


def mended(chosen: list[str], held: list[Block]) -> list[str]:
    """Trafilatura's lines and the prose that it missed before and between them, in the container's order.

    Where most of its words stand elsewhere, trafilatura is believed.
    """
    known = fold(" ".join(chosen))
    agreed = [fold(block.text) in known for block in held]
    common = sum(len(fold(block.text)) for block, same in zip(held, agreed, strict=True) if same)
    if common < AGREED * len(known):
        return chosen
    last = max(place for place, same in enumerate(agreed) if same)
    return [
        block.text
        for block, same in zip(held[: last + 1], agreed, strict=False)
        if (ENDED.search(block.text) and (same or block.is_prose)) or (same and not block.is_headline_link)
    ]
