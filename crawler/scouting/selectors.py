"""Two or three articles of a site to the CSS selectors that read them all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.dates import parse_date
from crawler.extractors.blocks import lines
from crawler.extractors.body import selected, trimmed
from crawler.extractors.page import metas, select, value_of
from crawler.extractors.site import fold
from crawler.outlets import Outlet, Selectors
from db.models import Article

PLAIN_CLASS = re.compile(r"[A-Za-z][A-Za-z_-]*[A-Za-z]")  # classes with digits are those of layouts and builds
BODY_TAGS = ("article", "main", "div", "section", "td")
DATE_TAGS = ("time", "abbr", "span", "div", "p", "li", "small", "abbr", "footer", "header")
GOOD = 0.9  # word F1 with what is read without a selector, from which a body selector is believed
MOST_DROPPED = 8  # kinds of elements left out of a body
LONGEST_DATE = 80  # characters of an element that holds a date


@dataclass(frozen=True, slots=True)
class Sample:
    """An article of the site, as it is read without selectors, and its page's tree."""

    article: Article
    tree: HtmlElement


def selectors_of(outlet: Outlet, samples: Sequence[Sample]) -> Selectors:
    """The selectors that agree with the samples on every page. A field that its pages tell by themselves needs none."""
    title = next(iter(_agreeing(samples, ("h1", "h2"), lambda sample, text: text == sample.article.title)), None)
    dated = all("article:published_time" in metas(sample.tree) for sample in samples)
    published = None if dated else next(iter(_published(outlet, samples)), None)
    body, drop = _body(samples)
    return Selectors(
        title=(title,) if title else (),
        published=(published,) if published else (),
        body=(body,) if body else (),
        drop=drop,
    )


def _agreeing(samples: Sequence[Sample], tags: Sequence[str], agrees: Callable[[Sample, str], bool]) -> Iterator[str]:
    """The selectors that find one element on every page, whose words agree with what is known of the article."""
    for css in _common(samples, tags):
        found = [select(sample.tree, css) for sample in samples]
        if all(
            len(hits) == 1 and agrees(sample, value_of(hits[0])) for sample, hits in zip(samples, found, strict=True)
        ):
            yield css


def _published(outlet: Outlet, samples: Sequence[Sample]) -> Iterator[str]:
    def agrees(sample: Sample, text: str) -> bool:
        time = sample.article.published_at
        return time is not None and len(text) <= LONGEST_DATE and parse_date(text, outlet.timezone) == time

    yield from _agreeing(samples, DATE_TAGS, agrees)


def _body(samples: Sequence[Sample]) -> tuple[str | None, tuple[str, ...]]:
    """The narrowest container whose words are those of the article on every page, and what to leave out of it."""
    best: tuple[float, int, str, tuple[str, ...]] | None = None
    for css in _common(samples, BODY_TAGS):
        if any(len(select(sample.tree, css)) != 1 for sample in samples):
            continue
        drop = _drop(samples, css)
        overlaps = sorted(_overlap(sample, css, drop) for sample in samples)
        worst = round(overlaps[1 if len(samples) > 2 else 0], 2)  # of three, one may be read badly without a selector
        size = sum(len(select(sample.tree, css)[0].text_content()) for sample in samples)
        if worst >= GOOD and (best is None or (worst, -size) > best[:2]):
            best = (worst, -size, css, drop)
    return (best[2], best[3]) if best else (None, ())


def _drop(samples: Sequence[Sample], css: str) -> tuple[str, ...]:
    """The classed elements in a container that hold no word of the article, wherever they stand: the outermost."""
    held: dict[str, bool] = {}
    for sample in samples:
        known = fold(sample.article.text or "")
        for element in select(sample.tree, css)[0].iterdescendants("div", "p", "ul", "aside", "section", "figure"):
            said = [fold(line) for line in lines(element)]
            foreign = not any(line in known for line in said if line)
            for name in _names(element):
                held[name] = held.get(name, True) and foreign and bool(said)
    found = [name for name, foreign in held.items() if foreign and "." in name]
    return tuple(found[:MOST_DROPPED])


def _overlap(sample: Sample, css: str, drop: tuple[str, ...]) -> float:
    found = trimmed(selected(sample.tree, css, drop), sample.article.title)
    return word_f1(" ".join(found), sample.article.text or "")


def word_f1(found: str, wanted: str) -> float:
    """How far two texts have the same words, each as often: 1 for the same, 0 for nothing in common."""
    left, right = Counter(found.lower().split()), Counter(wanted.lower().split())
    shared = sum((left & right).values())
    return 2 * shared / (left.total() + right.total()) if shared else 0.0


def _common(samples: Sequence[Sample], tags: Sequence[str]) -> list[str]:
    """The selectors of elements that stand on every page, in the order of the first."""
    names = [
        dict.fromkeys(name for tag in tags for e in sample.tree.iter(tag) for name in _names(e)) for sample in samples
    ]
    return [name for name in (names[0] if names else ()) if all(name in others for others in names[1:])]


def _names(element: HtmlElement) -> Iterator[str]:
    """Ways to select an element: by tag and class, by itemprop, by id, by a tag that says enough."""
    for name in (element.get("class") or "").split():
        if PLAIN_CLASS.fullmatch(name):
            yield f"{element.tag}.{name}"
    if PLAIN_CLASS.fullmatch(element.get("itemprop") or ""):
        yield f'{element.tag}[itemprop="{element.get("itemprop")}"]'
    if PLAIN_CLASS.fullmatch(element.get("id") or ""):
        yield f"#{element.get('id')}"
    if element.tag in ("h1", "article", "main", "time"):
        yield str(element.tag)
