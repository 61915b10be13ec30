"""The names by which a page calls its own site, and texts without them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from crawler.extractors.page import words
from crawler.outlets import Outlet, bare_host

SECOND_LEVEL = {"co", "com", "go", "or", "org", "net", "web", "ac", "my", "gov", "edu"}
SEPARATORS = re.compile(r"\s+(?:[-|–—·•»:/]|::)\s+|\s*\|\s*")


def site_names(outlet: Outlet, metas: Mapping[str, list[str]]) -> set[str]:
    """Folded names of the site: the outlet's title, the page's og:site_name, the telling word of the host."""
    names = {outlet.title, *metas.get("og:site_name", ())}
    labels = [label for label in bare_host(outlet.home).split(".")[:-1] if label not in SECOND_LEVEL]
    if labels and not labels[-1].isdecimal():
        names.add(labels[-1])
    return {name for name in map(fold, names) if len(name) > 1}


def fold(text: str) -> str:
    """Letters and digits in lower case: what is the same to a reader."""
    return re.sub(r"[\W_]+", "", text).lower()


def names_site(text: str, names: set[str]) -> bool:
    """Whether a short text is a name of the site, or one with a channel ("detikFinance", "Kompas.com Regional")."""
    folded = fold(text)
    parts = {fold(word) for word in re.split(r"[\s.]+", text)}
    return any(folded == name or name in parts or (len(name) > 4 and folded.startswith(name)) for name in names)


def without_site(title: str, names: set[str]) -> str:
    """A title without the site's name at its end or start, and without the channel beside it."""
    title = words(title)
    marks = [match.span() for match in SEPARATORS.finditer(title)]
    for start, end in marks:
        if names_site(title[end:], names) and len(title[end:].split()) <= 6 and start >= 15:
            return title[:start]
    if marks and names_site(title[: marks[0][0]], names) and len(title[: marks[0][0]].split()) <= 4:
        return title[marks[0][1] :]
    head, _, rest = title.partition(": ")
    return rest if rest and names_site(head, names) and len(head.split()) == 1 and "." in head else title
