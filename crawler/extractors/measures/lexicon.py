"""Terms of the taxonomy and cues of the language, found in one pass over a text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import ahocorasick

from crawler.taxonomy import Person, load_actors, load_instruments, load_sectors

CLITICS = ("nya", "lah", "kah", "pun")
_SPACES = str.maketrans({"\n": " ", "\t": " ", "\r": " ", "\u00a0": " ", "’": "'", "‘": "'", "–": "-"})


class Hit(NamedTuple):
    """A term found: its kind (`actor`, `person`, `rule`, `sector`, `weak`, `instrument`, `act`, `push`, or a cue's
    name), the code it stands for (a verb's voice for `act`), and its offsets (end exclusive)."""

    kind: str
    code: str
    start: int
    end: int


def folded(text: str) -> str:
    """The text in lower case with plain spaces, as long as the text itself, so that offsets stay true."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower.translate(_SPACES)


class Lexicon:
    """All terms in one automaton."""

    def __init__(self, terms: Iterable[tuple[str, str, str]]) -> None:
        """`terms` are (kind, code, phrase); a code that begins with `!` only cancels hits of its kind."""
        entries: dict[str, dict[tuple[str, str], None]] = {}
        for kind, code, phrase in terms:
            entries.setdefault(folded(phrase), {})[kind, code] = None
        self._automaton = ahocorasick.Automaton()
        for phrase, meanings in entries.items():
            self._automaton.add_word(phrase, (len(phrase), tuple(meanings)))
        self._automaton.make_automaton()

    def hits(self, text: str) -> list[Hit]:
        """Hits in a folded text, by start; of two hits of one kind that overlap, the longer stays."""
        found: dict[str, list[Hit]] = {}
        for last, (length, meanings) in self._automaton.iter(text):
            start, end = last + 1 - length, last + 1
            if _stands_alone(text, start, end):
                for kind, code in meanings:
                    found.setdefault(kind, []).append(Hit(kind, code, start, end))
        kept = [hit for hits in found.values() for hit in _longest(hits) if not hit.code.startswith("!")]
        return sorted(kept, key=lambda hit: (hit.start, hit.end, hit.kind, hit.code))


def _stands_alone(text: str, start: int, end: int) -> bool:
    if start and text[start - 1].isalnum():
        return False
    if end == len(text) or not text[end].isalnum():
        return True
    return text[end : end + 3] in CLITICS and not text[end + 3 : end + 4].isalnum()


def _longest(hits: list[Hit]) -> Iterator[Hit]:
    hits.sort(key=lambda hit: (hit.start, -hit.end))
    reach = span = -1
    for hit in hits:
        if hit.start >= reach:
            reach, span = hit.end, hit.start
        elif hit.start != span or hit.end != reach:
            continue
        yield hit


@cache
def load_lexicon() -> Lexicon:
    """The lexicon of the taxonomy and of `cues.toml`."""
    return Lexicon(_terms())


def in_office(hits: list[Hit], text: str, day: datetime | date | None) -> list[Hit]:
    """The hits without the office holders of a name who were not in office on that day while another was."""
    if day is None:
        return hits
    day = day.date() if isinstance(day, datetime) else day
    held = {(hit.start, hit.end) for hit in hits if hit.kind == "person" and _holds(hit, text, day)}
    return [h for h in hits if h.kind != "person" or (h.start, h.end) not in held or _holds(h, text, day)]


def _holds(hit: Hit, text: str, day: date) -> bool:
    return any(p.in_office(day) for p in _holders().get((text[hit.start : hit.end], hit.code), ()))


@cache
def _holders() -> dict[tuple[str, str], list[Person]]:
    """Office holders by each of their names and the code of their office."""
    holders: dict[tuple[str, str], list[Person]] = {}
    for actor in load_actors().values():
        for person in actor.persons:
            for name in person.names:
                holders.setdefault((folded(name), actor.code), []).append(person)
    return holders


@cache
def load_cues() -> dict[str, Any]:
    """`cues.toml` as it stands: `cues` by name, `acts` and `pushes` by lemma."""
    return tomllib.loads(resources.files(__package__).joinpath("cues.toml").read_text(encoding="utf-8"))


def _terms() -> Iterator[tuple[str, str, str]]:
    for sector in load_sectors().values():
        yield from (("sector", sector.code, term) for term in (*sector.terms, *sector.abbr))
        yield from (("weak", sector.code, term) for term in sector.weak)
        yield from ((kind, "!" + sector.code, term) for term in sector.cancels for kind in ("sector", "weak"))
    for instrument in load_instruments().values():
        yield from (("instrument", instrument.code, term) for term in (*instrument.terms, *instrument.abbr))
        yield from (("instrument", "!" + instrument.code, term) for term in instrument.cancels)
    for actor in load_actors().values():
        yield from (("actor", actor.code, term) for term in (*actor.aliases, *actor.abbr))
        yield from (("actor", "!" + actor.code, term) for term in actor.cancels)
        yield from (("rule", actor.code, term) for term in actor.rules)
        yield from (("person", actor.code, name) for person in actor.persons for name in person.names)
    cues = load_cues()
    yield from ((name, name, phrase) for name, phrases in cues["cues"].items() for phrase in phrases)
    yield from (("act", voice(form), form) for forms in cues["acts"].values() for form in forms)
    yield from (("push", voice(form), form) for forms in cues["pushes"].values() for form in forms)


def voice(form: str) -> str:
    """How a verb's form is used: `passive` (di-), `active` (meN-, ber-), `nominal` (peN-, -an), else `bare`."""
    if form.startswith("di") and len(form) > 5:
        return "passive"
    if form.startswith(("me", "ber")):
        return "active"
    if form.startswith("pe") or (form.endswith(("an", "si")) and not form.endswith("kan")):
        return "nominal"
    return "bare"
