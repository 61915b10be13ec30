"""The people who wrote an article: the visible byline first, as the machine-readable author is often an editor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from lxml.html import HtmlElement

from crawler.extractors.blocks import lines
from crawler.extractors.page import hits, words
from crawler.extractors.site import names_site, site_names
from crawler.extractors.structured import Structured
from crawler.outlets import Outlet

WRITERS = r"oleh|penulis|reporter|pewarta|wartawan|jurnalis|laporan|kontributor|rep(?=:)|author|written by|by"
OTHERS = (
    r"editor|redaktur|red(?=:)|penyunting|uploader|penerjemah|fotografer|foto|photo|sumber|source|copyright|hak cipta|©"
)
WRITER = re.compile(rf"^(?:{WRITERS})\b\s*[:/|-]*\s*", re.IGNORECASE)
OTHER = re.compile(rf"(?:^|\b)(?:{OTHERS})\b\s*[:/|(©]?.*$", re.IGNORECASE | re.DOTALL)
NEXT_ROLE = re.compile(rf"(?<=\S)\s+(?=(?:{WRITERS.removesuffix('|by')}|{OTHERS})\s*:)", re.IGNORECASE)
BETWEEN = re.compile(r"\s*(?:[,;|/&•·]|\s[-–—]\s|\bdan\b|\band\b)\s*", re.IGNORECASE)
NO_NAME = re.compile(
    r"\b(redaksi|admin|administrator|developer|editor|newsroom|desk|kontributor|redaktur|wartawan|reporter|staff?"
    r"|jurnalis|penulis|webmaster|superadmin|dilarang|media|https?|www|baca|berita|wib|wita|19\d\d|20\d\d)\b|[@<>{}=_\d]",
    re.IGNORECASE,
)
DEGREE = re.compile(r"\w{1,3}\.\S+")  # S.E, M.Si: what is left of "Ani Lestari, S.E."
VISIBLE = (
    "[itemprop=author] [itemprop=name]",
    "[itemprop=author]",
    "a[rel~=author]",
    "[class*=author]",
    "[class*=penulis]",
    "[class*=reporter]",
    "[class*=byline]",
    "[class*=pewarta]",
    "[class*=wartawan]",
    "[class*=jurnalis]",
)
WRITERS_PAGES = ("a[href*='/author/'], a[href*='/penulis/'], a[href*='/reporter/']",)
LABELS = ("Penulis", "Reporter", "Pewarta", "Wartawan", "Jurnalis", "Laporan", "Rep", "Oleh")
LABEL_TEXTS = "//body//text()[" + " or ".join(f"starts-with(normalize-space(.), '{label}')" for label in LABELS) + "]"
LABELLED = re.compile(rf"^(?:{'|'.join(LABELS)})\s*:\s*\w")
PICTURES = re.compile(r"photo|foto|image|gambar|caption|img", re.IGNORECASE)
COMMENTS = re.compile(r"\b(comments?|komentar|respond)\b", re.IGNORECASE)
MAX_NAMES = 10


def authors_of(outlet: Outlet, tree: HtmlElement, metas: Mapping[str, list[str]], data: Structured) -> tuple[str, ...]:
    """The authors' names, without roles and without the site's own name."""
    sites = site_names(outlet, metas)
    for texts in sources(outlet, tree, metas, data):
        found = dict.fromkeys(name for text in texts for name in names(text, sites))
        if found:
            return tuple(found)[:MAX_NAMES]
    return ()


def sources(
    outlet: Outlet, tree: HtmlElement, metas: Mapping[str, list[str]], data: Structured
) -> Iterator[Iterable[str]]:
    """Places that name authors, the most trustworthy first."""
    yield [line for element in hits(tree, outlet.selectors.byline) for line in said(element)]
    if not outlet.selectors.byline:
        yield labelled(tree)
        yield from visible(tree, VISIBLE)
    yield persons(data.article.get("author"))
    yield persons(data.article.get("creator"))
    yield from visible(tree, WRITERS_PAGES)
    yield metas.get("dtk:author", ())
    yield metas.get("author", ())[:1]


def said(element: HtmlElement) -> list[str]:
    return [words(element.get("content"))] if element.tag == "meta" else lines(element)


def labelled(tree: HtmlElement) -> list[str]:
    """What stands beside a label such as "Penulis:", be it in one element or in the cells of a row."""
    found = []
    for node in cast(list[Any], tree.xpath(LABEL_TEXTS))[:10]:
        holder = node.getparent()
        for _ in range(3):
            if holder is None or len(text := words(" ".join(holder.itertext()))) > 160:
                break
            if LABELLED.match(text):
                found.append(text)
                break
            holder = holder.getparent()
    return found


def visible(tree: HtmlElement, places: Iterable[str]) -> Iterator[list[str]]:
    """Short texts in places made for a byline, those side by side as one."""
    for selector in places:
        groups: dict[HtmlElement | None, list[str]] = {}
        for element in hits(tree, [selector])[:10]:
            if is_byline(element):
                groups.setdefault(element.getparent(), []).extend(said(element))
        yield from groups.values()


def is_byline(element: HtmlElement) -> bool:
    """Whether an element is short, no editor's label precedes it, and it belongs to no picture and no comment."""
    text = words(element.text_content())
    parent = element.getparent()
    before = words(parent.text) if parent is not None else ""
    return 3 < len(text) < 120 and not OTHER.search(before) and not in_picture(element) and not in_comments(element)


def in_picture(element: HtmlElement) -> bool:
    """Whether an element stands with a picture, whose author is another."""
    near = [element, *list(element.iterancestors())[:3]]
    return any(one.tag in ("figure", "figcaption") or PICTURES.search(one.get("class") or "") for one in near)


def in_comments(element: HtmlElement) -> bool:
    """Whether an element belongs to the readers' comments, or to the form for one."""
    around = (element, *element.iterancestors())
    return any(one.tag == "form" or COMMENTS.search(f"{one.get('class')} {one.get('id')}") for one in around)


def persons(value: Any) -> list[str]:  # noqa: ANN401 - any JSON
    """The names of a JSON-LD author that are not said to be an organisation's."""
    values = value[:MAX_NAMES] if isinstance(value, list) else [value]
    named = (
        item.get("name") if isinstance(item, dict) and item.get("@type") != "Organization" else item for item in values
    )
    return [name for name in named if isinstance(name, str)]


def names(text: str, sites: set[str]) -> list[str]:
    """The names in one line of a byline: "Oleh Ani Lestari dan Budi - Kabar" -> Ani Lestari, Budi."""
    found = []
    for part in NEXT_ROLE.split(words(text)):
        part = OTHER.sub("", WRITER.sub("", part.strip(" :-|")))
        pieces = (piece.strip(" .:()[]*\"'") for piece in BETWEEN.split(part))
        found += [piece for piece in pieces if is_name(piece, sites)]
    return found


def is_name(text: str, sites: set[str]) -> bool:
    """Whether a piece of a byline can be a person's name."""
    if not 1 < len(text) <= 60 or len(text.split()) > 6 or not any(map(str.isalpha, text)):
        return False
    return not (NO_NAME.search(text) or DEGREE.fullmatch(text) or names_site(text, sites))
