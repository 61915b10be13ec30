"""Small facts of an article: address, next page, section, tags, language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from crawler.addresses import canonical_url
from crawler.dates import parse_date
from crawler.extractors.page import header, hits, value_of, words
from crawler.extractors.site import fold, site_names
from crawler.extractors.structured import Structured
from crawler.outlets import Outlet, covers

HOME = {"home", "beranda", "depan", "halamanutama", "homepage", "index", "indeks"}
CRUMBS = (
    *("[class*=breadcrumb] a", "[class*=breadcumb] a", "[itemtype*=BreadcrumbList] a"),
    *("a[rel~=category]", ".taxonomy-category a"),  # WordPress: classic themes, themes of blocks
)
NEXT = ("a[rel~=next], link[rel~=next]",)
TAG_METAS = ("article:tag", "dtk:keywords", "keywords", "news_keywords")
INDONESIAN = {"yang", "dan", "di", "dengan", "untuk", "ini", "itu", "dari", "dalam", "pada", "tidak", "akan", "ke"}
ENGLISH = {"the", "of", "and", "to", "in", "that", "for", "is", "on", "with", "was", "as", "by"}
MAX_TAGS = 40


def response_time(headers: Mapping[str, str]) -> datetime | None:
    """When the server answered, by its Date header."""
    return parse_date(header(headers, "date"), "UTC")


def canonical_of(outlet: Outlet, url: str, tree: HtmlElement) -> str:
    """The address that identifies the article: the page's own claim where it is an article of this outlet."""
    own = canonical_url(outlet, url)
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            claim = resolved(outlet, url, link.get("href"))
            if claim and covers(outlet, claim) and urlsplit(claim).path != "/" and re.search(outlet.article, claim):
                return claim
    return own


def resolved(outlet: Outlet, url: str, href: str) -> str | None:
    """The canonical form of a link on a page; None for what is no web address."""
    try:
        return canonical_url(outlet, urljoin(url, href.strip()))
    except ValueError:
        return None


def next_page_of(outlet: Outlet, url: str, tree: HtmlElement) -> str | None:
    """The absolute address of the article's next page, by the outlet's selector or a rel=next of the same path."""
    chosen = (absolute(url, element) for element in hits(tree, outlet.selectors.next_page))
    marked = (absolute(url, element) for element in hits(tree, NEXT))
    targets = (
        *(target for target in chosen if target and covers(outlet, target)),
        *(target for target in marked if target and is_later_page(url, target)),
    )
    return next(iter(targets), None)


def absolute(url: str, link: HtmlElement) -> str | None:
    """A link's address without fragment; None for a link to the page itself or to no web page."""
    href = (link.get("href") or "").strip()
    try:
        target = urljoin(url, href).partition("#")[0]
        fine = urlsplit(target).scheme in ("http", "https") and bool(urlsplit(target).hostname)
    except ValueError:
        return None
    return target if fine and href and target != url.partition("#")[0] else None


def is_later_page(url: str, target: str) -> bool:
    """Whether an address is a later page of the article at `url`: the same path, or a number below it."""
    own, other = urlsplit(url), urlsplit(target)
    base = re.sub(r"/(?:page/)?\d{1,2}/?$", "", own.path).rstrip("/")
    if own.netloc != other.netloc or not other.path.startswith(base):
        return False
    return bool(re.fullmatch(r"(/(page/)?\d{1,2})?/?", other.path.removeprefix(base)))


def section_of(
    outlet: Outlet, tree: HtmlElement, metas: Mapping[str, list[str]], data: Structured, title: str
) -> str | None:
    """The channel under which the outlet printed it."""
    sites = site_names(outlet, metas)
    for name in sections(outlet, tree, metas, data):
        if 1 < len(name) <= 60 and fold(name) not in HOME | sites and fold(name)[:30] != fold(title)[:30]:
            return name
    return None


def sections(outlet: Outlet, tree: HtmlElement, metas: Mapping[str, list[str]], data: Structured) -> Iterator[str]:
    yield from (value_of(element) for element in hits(tree, outlet.selectors.section))
    yield from metas.get("article:section", ())
    yield from data.texts("articleSection")
    yield from metas.get("articlesection", ())
    yield from data.crumbs()
    yield from (words(element.text_content()) for element in hits(tree, CRUMBS))


def tags_of(outlet: Outlet, tree: HtmlElement, metas: Mapping[str, list[str]], data: Structured) -> tuple[str, ...]:
    """The keywords that the outlet gave it, each once."""
    chosen = [
        part
        for element in hits(tree, outlet.selectors.tags)
        for part in (value_of(element).split(",") if element.tag == "meta" else [value_of(element)])
    ]
    places = [chosen, metas.get("article:tag", []), data.texts("keywords"), *(metas.get(key, []) for key in TAG_METAS)]
    for place in places:
        parts = place if place is chosen else [part for text in place for part in re.split(r"[,;]", text)]
        found = dict.fromkeys(tag for part in parts if (tag := words(part).strip("# ")) and len(tag) <= 80)
        if found:
            return tuple(found)[:MAX_TAGS]
    return ()


def claimed_language(outlet: Outlet, tree: HtmlElement, metas: Mapping[str, list[str]]) -> str:
    """The language code that the page claims, else the outlet's first."""
    claims = (tree.get("lang") or "", *metas.get("og:locale", ()), outlet.languages[0])
    codes = (re.match(r"[a-z]{2,3}(?![a-z])", claim.strip().lower()) for claim in claims)
    code = next((match[0] for match in codes if match), outlet.languages[0])
    return "id" if code in ("in", "ind") else code


def language_of(text: str, claimed: str) -> str:
    """The language of a text: where it is plainly Indonesian or English, that; many Indonesian pages say lang="en"."""
    if claimed not in ("id", "en"):
        return claimed
    said = text[:5000].lower().split()
    indonesian, english = (sum(word in known for word in said) for known in (INDONESIAN, ENGLISH))
    return claimed if indonesian == english else "id" if indonesian > english else "en"
