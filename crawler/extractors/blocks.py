"""A page's words as lines: one for each paragraph, heading, list item, row or piece between line breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from crawler.extractors.page import words

# Elements whose words are no part of a body, and those that begin and end a line.
SILENT = {
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "audio", "video",
    "button", "input", "select", "textarea", "nav", "figcaption", "figure", "picture", "map", "head", "ins", "aside",
    "footer", "menu",
}  # fmt: skip
BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "tfoot", "thead", "tr", "ul",
}  # fmt: skip
LINE_BREAK = "br"
CELLS = {"td", "th"}
PROSE = 80  # characters from which a line counts as prose
LINKED = 0.4  # share of a line's characters in links from which it does not


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a page, the block element that holds it, and how many of its characters are in links."""

    text: str
    holder: HtmlElement
    linked: int

    @property
    def is_prose(self) -> bool:
        return len(self.text) >= PROSE and self.linked < LINKED * len(self.text)

    @property
    def is_headline_link(self) -> bool:
        """Whether it is a link that reads like another article's title."""
        return self.linked > 0.8 * len(self.text) and len(self.text.split()) >= 4


class Line:
    """A line that is being read: pieces of text, and whether each stands in a link."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.linked = 0

    def add(self, text: str | None, in_link: bool) -> None:
        if text:
            self.parts.append(text)
            self.linked += len(text.strip()) if in_link else 0

    def close(self, holder: HtmlElement) -> Iterator[Block]:
        """The line as a block, if it has words; begins the next one."""
        text = words("".join(self.parts))
        if text:
            yield Block(text, holder, self.linked)
        self.parts, self.linked = [], 0


def blocks(root: HtmlElement) -> Iterator[Block]:
    """The lines of an element in their order."""
    line, holders, links = Line(), [root], 0
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, node in walker:
        tag = node.tag
        is_block = tag in BLOCKS and node is not root
        if is_block or tag == LINE_BREAK:
            yield from line.close(holders[-1])
        if event == "start":
            links += tag == "a"
            if is_block:
                holders.append(node)
            if tag in SILENT and node is not root:
                walker.skip_subtree()
            else:
                line.add(node.text, links > 0)
            continue
        links -= tag == "a"
        if is_block:
            holders.pop()
        if node is not root:
            line.add(f" {node.tail or ''}" if tag in CELLS else node.tail, links > 0)
    yield from line.close(root)


def lines(root: HtmlElement) -> list[str]:
    """The words of an element, line by line."""
    return [block.text for block in blocks(root)]
