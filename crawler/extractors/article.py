"""Bytes of a page to an article: the outlet's selectors first, then what the page says of itself, then heuristics."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from lxml.html import HtmlElement

from crawler.extractors.body import body_of
from crawler.extractors.bylines import authors_of
from crawler.extractors.challenge import asks_for_browser, shell, wall
from crawler.extractors.facts import (
    canonical_of,
    claimed_language,
    language_of,
    next_page_of,
    response_time,
    section_of,
    tags_of,
)
from crawler.extractors.generic import Listing
from crawler.extractors.page import Unreadable, metas, parse
from crawler.extractors.partial import cut, no_article, paywalled
from crawler.extractors.structured import Structured
from crawler.extractors.times import modified_at, published_at
from crawler.extractors.titles import title_of
from crawler.outlets import Outlet
from db.models import Article

__all__ = ["Unreadable", "extract", "join"]


def extract(outlet: Outlet, url: str, body: bytes, headers: Mapping[str, str]) -> Article:
    """The article on a page, its body as lines joined by line ends.

    Pure: relative dates count from the response's Date header. Raises Unreadable, with the reason, for what is no HTML
    page, for walls, shells and lists, and where title or body is missing.
    """
    tree = parse(body, headers)
    if reason := wall(tree):
        raise Unreadable(reason)
    meta, data = metas(tree), Structured(tree)
    if reason := no_article(data, meta):
        raise Unreadable(reason)
    title = title_of(outlet, tree, meta, data)
    if not title:
        raise Unreadable("no title found")
    if outlet.skip_titles and re.search(outlet.skip_titles, title):
        raise Unreadable("an announcement that is no news, by its title")
    published = published_at(outlet, url, tree, meta, data, title, response_time(headers))
    article = Article(
        url=url,
        canonical_url=canonical_of(outlet, url, tree),
        outlet=outlet.slug,
        title=title,
        authors=authors_of(outlet, tree, meta, data),
        published_at=published,
        modified_at=modified_at(outlet, meta, data, published),
        section=section_of(outlet, tree, meta, data, title),
        tags=tags_of(outlet, tree, meta, data),
        next_page=next_page_of(outlet, url, tree),
    )
    language = claimed_language(outlet, tree, meta)
    held_back = paywalled(tree, data)
    text = text_of(outlet, tree, article.title, is_described=bool(data.article))
    return replace(article, text=text, language=language_of(text, language), partial=held_back or cut(text))


def text_of(outlet: Outlet, tree: HtmlElement, title: str, is_described: bool) -> str:
    """The body, read last as it uses up the tree; raises Unreadable where there is none."""
    scripted = next(tree.iter("script"), None) is not None
    try:
        text = body_of(outlet.selectors, tree, title, is_described)
    except Listing as error:
        raise Unreadable("a list of articles, not an article") from error
    if not text or asks_for_browser(text):
        raise Unreadable("the page needs JavaScript" if scripted and shell(tree) else "no body found")
    return text


def join(pages: Sequence[Article], lacks: str | None = None) -> Article:
    """The pages of one article, in their order, as one article with the facts of its first page.

    `lacks` says which page could not be had; else it is whole where its last page is.
    """
    text = "\n".join(page.text for page in pages if page.text)
    return replace(pages[0], text=text or None, next_page=None, partial=lacks or pages[-1].partial)
