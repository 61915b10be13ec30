"""A page or list of an outlet to the two files of a fixture."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crawler.discovery import Link, NotASource, discover, sources
from crawler.discovery.answer import answer
from crawler.discovery.links import article_url
from crawler.discovery.markup import tree
from crawler.discovery.reading import FEEDS, read_root
from crawler.extractors.article import extract
from crawler.outlets import Outlet
from crawler.recording.filler import filled_address, filler, kept_words
from crawler.recording.pages import Filling
from db.models import Article

SAID = ("title", "published_at", "authors", "section", "text")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fixture: the page or list with filler and its kind of file, the drafted expectation, and what got lost.

    `lost` names the fields that the page with filler says otherwise than the page itself.
    """

    body: bytes
    suffix: str
    expectation: str
    lost: tuple[str, ...] = ()


def record(outlet: Outlet, url: str, body: bytes, headers: Mapping[str, str]) -> Recorded:
    """The fixture of an answer: of an article where the address is that of one, else of a list.

    Raises Unreadable for a page without an article, NotASource for a list without links.
    """
    filling = Filling(outlet, kept_words(outlet))
    return (of_page if names_article(outlet, url) else of_list)(filling, url, body, headers)


def names_article(outlet: Outlet, url: str) -> bool:
    """Whether an address is that of one of the outlet's articles."""
    return url not in sources(outlet) and article_url(outlet, url, (url,)) is not None


def of_page(filling: Filling, url: str, body: bytes, headers: Mapping[str, str]) -> Recorded:
    outlet, kept = filling.outlet, filling.kept
    article = extract(outlet, url, body, headers)
    page = filling.page(body, headers)
    read = extract(outlet, filled_address(outlet, url, kept), page, {})
    lost = tuple(field for field in SAID if filled(getattr(article, field), kept) != getattr(read, field))
    return Recorded(page, ".html", page_draft(read), lost)


def filled(value: object, kept: frozenset[str]) -> object:
    if isinstance(value, tuple):
        return tuple(filler(part, kept) for part in value)
    return filler(value, kept) if isinstance(value, str) else value


def of_list(filling: Filling, url: str, body: bytes, headers: Mapping[str, str]) -> Recorded:
    outlet = filling.outlet
    before = discover(outlet, url, body, headers).links
    text = answer(url, body, headers).text
    kind, markup = read_root(text)
    if text[0] in "{[":
        suffix, filled_list = ".json", filling.json_list(text)
    elif kind in {*FEEDS, "urlset"}:
        suffix, filled_list = ".xml", filling.feed(tree(markup))
    else:
        suffix, filled_list = ".html", filling.page(body, headers)
    links = discover(outlet, url, filled_list, headers).links
    if not links:
        raise NotASource("a list without articles: nothing to record")
    lost = () if len(links) == len(before) else (f"{len(before) - len(links)} of {len(before)} links",)
    return Recorded(filled_list, suffix, list_draft(url, links), lost)


def page_draft(article: Article) -> str:
    """What the outlet's file reads from the page, as an expectation that nobody has read yet."""
    lines = ["reviewed = false", f"url = {quoted(article.url)}", f"canonical_url = {quoted(article.canonical_url)}"]
    lines.append(f"title = {quoted(article.title)}")
    if article.published_at:
        lines.append(f"published_at = {article.published_at.isoformat()}")
    lines.append(f"authors = [{', '.join(map(quoted, article.authors))}]")
    if article.section:
        lines.append(f"section = {quoted(article.section)}")
    text = "\n".join(quoted(line)[1:-1] for line in (article.text or "").splitlines())
    return "\n".join([*lines, f'text = """\n{text}"""\n'])


def list_draft(source: str, links: Sequence[Link]) -> str:
    parts = ["reviewed = false", f"source = {quoted(source)}"]
    for link in links:
        parts += ["", "[[links]]", f"url = {quoted(link.url)}"]
        if link.title:
            parts.append(f"title = {quoted(link.title)}")
        if link.published_at:
            parts.append(f"published_at = {link.published_at.isoformat()}")
    return "\n".join([*parts, ""])


def quoted(text: str) -> str:
    """A TOML string: JSON writes it alike, but for the character DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
