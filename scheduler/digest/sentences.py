"""A measure's own words as a reader can take them: whole sentences, on one line, not too long."""

from __future__ import annotations

from collections.abc import Sequence

from crawler import taxonomy
from crawler.merging.titles import lacks_subject
from scheduler.digest.model import Item

LONGEST_TITLE, LONGEST_HEADLINE = 150, 130


def sentence(title: str, actor: str) -> str:
    """A measure's own words as a sentence: an active verb gets its subject, in Indonesian like the words."""
    text = cut(title, LONGEST_TITLE)
    if lacks_subject(text):
        names = taxonomy.load_actors()
        subject = names[actor].name_id.partition(" (")[0] if actor in names else "Pemerintah"
        return f"{subject} {text}"
    return text[:1].upper() + text[1:]


def headline_of(top: Sequence[Item]) -> str:
    """The first of the most important, and the second where both are short."""
    titles = [one.title.rstrip(".") for one in top[:2]]
    both = "; ".join(titles)
    return both if len(both) <= LONGEST_HEADLINE else cut(titles[0], LONGEST_HEADLINE)


def flat(text: str) -> str:
    """A stranger's text on one line, without marks that turn the direction of writing or hide letters."""
    return " ".join("".join(c if c.isprintable() or c.isspace() else "" for c in text).split())


def cut(text: str, most: int) -> str:
    """At most so many characters of a text on one line, cut between words where it can be."""
    text = flat(text)
    if len(text) <= most:
        return text
    head = text[: most - 1]
    return f"{head.rpartition(' ')[0] if ' ' in head[most // 2 :] else head}…"
