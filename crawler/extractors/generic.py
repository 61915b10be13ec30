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

from crawler.extractors.blocks import PROSE, Block, blocks
from crawler.extractors.page import words
from crawler.extractors.site import fold

CONTAINERS = {"div", "article", "section", "main", "table", "tbody", "tr", "center", "body", "ul", "ol", "form"}
SHARE = 0.6  # of the prose around it that a container must hold to be the narrower choice
AGREED = 0.85  # of trafilatura's words that must stand in the container for both to mean the same article
WHOLE = 0.97  # of them that must stand in a wider element instead
FRAGMENT = 25  # letters over which a line may be a part of one of trafilatura's
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
    place = container(page, root)
    held = within(place, page)
    if not is_described and is_listing(held):
        raise Listing
    chosen = by_trafilatura(tree) if sum(1 for _ in tree.iter()) < MANY_ELEMENTS else []
    if not chosen or is_scattered(chosen):
        return without_teasers(prose_run(held))
    return without_teasers(mended(chosen, page, place))


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
    columns: Counter[HtmlElement | None] = Counter()
    for block in held:
        if block.is_prose:
            columns[column(block)] += len(block.text)
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


def column(block: Block) -> HtmlElement | None:
    """The element in which a line stands beside others, be it as a paragraph or as text between them."""
    return block.holder if block.holder.tag in CONTAINERS else block.holder.getparent()


def mended(chosen: list[str], page: list[Block], place: HtmlElement) -> list[str]:
    """Trafilatura's lines in the container, with the prose that it missed before and between them.

    Where a good part of its words stands beside the container, the article has several parts and the element around
    them is taken; where they stand elsewhere, trafilatura is believed.
    """
    agreed = agreement(chosen, page)
    total = sum(len(fold(line)) for line in chosen if len(line) >= PROSE)
    for around, share in ((place, AGREED), *((wider, WHOLE) for wider in list(place.iterancestors())[:2])):
        held = within(around, page)
        if (
            sum(len(fold(block.text)) for block in held if block in agreed and len(block.text) >= PROSE)
            >= share * total
        ):
            return merged(held, agreed)
    return chosen


def agreement(chosen: list[str], page: list[Block]) -> set[Block]:
    """The lines of a page that trafilatura chose, be it as a part of a longer line."""
    lines = {fold(line) for line in chosen}
    known = "".join(map(fold, chosen))
    folded = ((block, fold(block.text)) for block in page)
    return {block for block, text in folded if text in lines or (len(text) > FRAGMENT and text in known)}


def merged(held: list[Block], agreed: set[Block]) -> list[str]:
    """The agreed lines, and before or between them the prose of the columns in which they stand."""
    last = max((place for place, block in enumerate(held) if block in agreed), default=-1)
    columns = {column(block) for block in held if block in agreed and block.is_prose}
    return [block.text for block in held[: last + 1] if belongs(block, agreed, columns)]


def belongs(block: Block, agreed: set[Block], columns: set[HtmlElement | None]) -> bool:
    ended = bool(ENDED.search(block.text))
    if block in agreed:
        return ended or not block.is_headline_link
    return ended and block.is_prose and column(block) in columns
