"""A measure's own words as a reader can take them: whole sentences, on one line, not too long."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler import taxonomy
from crawler.merging import titles
from scheduler.digest.model import Item

LONGEST_TITLE, LONGEST_HEADLINE = 180, 130
SAID = re.compile(r"[“\"]([^“”\"]{20,}?)[,.]?[”\"]|([^“”\"]{20,}?),[”\"]")
CLAUSE = re.compile(r"[,;:.](?=\s|$)")


def sentence(title: str, actor: str, quote: str) -> str:
    """A measure's own words as a sentence, with the subject and the end that the quoted sentence gives them.

    Words that stand in no quote, or too far from its beginning, get the actor as subject where they begin with a verb.
    """
    whole = spoken(flat(quote))
    words = re.split(r"[,.]?[“”\"]", flat(title))[0].strip(" ,;:.")
    place = whole.find(words) if words else -1
    if place < 0:
        return cut(with_subject(flat(title), actor), LONGEST_TITLE)
    begin = beginning(whole, place, len(words))
    text = whole[begin : end_of(whole, begin, place + len(words))].rstrip(" ,;:.").lstrip(' “"')
    return cut(text[:1].upper() + text[1:] if begin < place else with_subject(text, actor), LONGEST_TITLE)


def spoken(quote: str) -> str:
    """The sentence without what goes before it (where it was written, who says it); of direct speech, what is said."""
    whole = quote[titles.bare(quote) :]
    said = SAID.match(whole) or SAID.match(quote)
    return said[1] or said[2] if said else whole


def beginning(whole: str, place: int, length: int) -> int:
    """Where the sentence begins, or the clause if it is one with a name, so that the words still fit."""
    if place + length <= LONGEST_TITLE:
        return 0
    clause = max((found.end() + 1 for found in CLAUSE.finditer(whole, 0, place)), default=place)
    fits = place + length - clause <= LONGEST_TITLE and whole[clause : clause + 1].isupper()
    return clause if clause < place and fits else place


def end_of(whole: str, begin: int, least: int) -> int:
    """Where a text from `begin` on can end: with the last clause that fits, else with the sentence, to be cut."""
    most = begin + LONGEST_TITLE
    if len(whole) <= most:
        return len(whole)
    return max((found.start() for found in CLAUSE.finditer(whole, least, most)), default=len(whole))


def with_subject(text: str, actor: str) -> str:
    if titles.lacks_subject(text):
        names = taxonomy.load_actors()
        subject = names[actor].name_id.partition(" (")[0] if actor in names else "Pemerintah"
        return f"{subject} {text}"
    return text[:1].upper() + text[1:]


def headline_of(top: Sequence[Item]) -> str:
    """The first of the most important, and the second where both are short."""
    told = [one.title.rstrip(".") for one in top[:2]]
    both = "; ".join(told)
    return both if len(both) <= LONGEST_HEADLINE else cut(told[0], LONGEST_HEADLINE)


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
