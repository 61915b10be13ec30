"""Beneficiaries of a measure: whom its sentence says it is for, in the sentence's own words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import islice

from crawler.taxonomy import load_beneficiaries

MOST_WORDS, MOST_GROUPS = 8, 200
_BEFORE, _AFTER = 90, 240
"""Characters around a preposition that are looked at; with a bound on prepositions, no text takes long."""

Words = Sequence[str]


def beneficiaries(sentence: str) -> tuple[str, ...]:
    """The groups that a sentence names after `bagi`, `untuk`, `kepada` or `terhadap`, in its order, without repeats.

    Whom an act burdens (`sanksi bagi`, `tarif naik untuk`) or who is only spoken to (`berpesan kepada`) does not
    benefit. Pure; any text is fine.
    """
    sentence = " ".join(sentence.split())
    found: dict[str, str] = {}
    for match in islice(_FOR.finditer(sentence), MOST_GROUPS):
        before = sentence[max(0, match.start() - _BEFORE) : match.start()]
        after = sentence[match.end() : match.end() + _AFTER]
        if _benefits(before, after[:_BEFORE], match[0].lower()):
            for phrase in _phrases(_WORD.findall(after)):
                found.setdefault(phrase.lower(), phrase)
    return tuple(found.values())


_FOR = re.compile(r"\b(?:bagi|untuk|kepada|terhadap)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[.;!?\"”]")
_WORD = re.compile(r"\w+(?:[-/]\w+)*|[^\w\s]")
_VERB = re.compile(r"(?:me(?:m|n|l|r|w|y)\w{4,}|di\w{4,}|ber(?:main|henti|ubah|lanjut|alih|peran|upaya)\w*)\Z")
_MONEY = re.compile(r"rp\d")
_ON = frozenset((",", "dan", "serta", "maupun", "atau", "juga", "untuk", "bagi"))
_TRADES = frozenset(("industri", "sektor", "pengusaha"))
_OPEN = frozenset((("di", "bawah"), ("di", "atas")))
_RANGE = _OPEN | {("ke", "atas"), ("ke", "bawah")}


@cache
def _words(name: str) -> frozenset[str]:
    """A list of `beneficiary-words.toml`."""
    return frozenset(_lists()[name])


@cache
def _lists() -> dict[str, list[str]]:
    path = resources.files(__package__).joinpath("beneficiary-words.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _telling(*burdens: str) -> re.Pattern[str]:
    """What speaks of a burden, or, as the group `good`, of a benefit or of relief from a burden."""
    bad = "|".join(word for name in burdens for word in _lists()[name])
    good, relief = "|".join(_lists()["benefits"]), "|".join(_lists()["reliefs"])
    return re.compile(rf"\b(?:(?P<good>(?:{relief})\s(?:\w+\s){{0,3}}?(?:{bad})|{good})|{bad})\b", re.IGNORECASE)


def _benefits(before: str, after: str, preposition: str) -> bool:
    """Whether the last telling word before the preposition, else the first one after it, speaks of something good."""
    told = [*_telling("burdens", "limits").finditer(_CLAUSE.split(before)[-1])]
    said = told[-1] if told else _telling("limits").search(_CLAUSE.split(after)[0])
    return preposition != "terhadap" if said is None else said["good"] is not None


@cache
def _groups() -> frozenset[tuple[str, ...]]:
    """The nouns that a group begins with, as their words."""
    kinds = load_beneficiaries().values()
    return frozenset(tuple(term.lower().split()) for kind in kinds for term in (*kind.terms, *kind.abbr))


@cache
def _longest() -> int:
    return max(map(len, _groups()))


def _phrases(words: Words) -> Iterator[str]:
    """The groups that follow one another: `petani, nelayan, dan pelaku UMKM` are three."""
    start = 0
    while (head := _head(words, start)) is not None:
        begin, after = head
        end = _second(words, begin, _end(words, after))
        yield _joined(words[begin : min(end, begin + MOST_WORDS + words[begin:end].count(","))])
        start = end
        while start < len(words) and words[start].lower() in _ON:
            start += 1
        if start == end:
            return


def _head(words: Words, start: int) -> tuple[int, int] | None:
    """Where a group begins, after how many there are of it, and where its noun ends; None where none begins here."""
    while (end := _noun(words, start)) is None and start < len(words) and _counts(words, start):
        start += 1
    if end is None and start < len(words) and words[start].lower() in _words("kinds"):
        end = _noun(words, start + 1)
    return None if end is None else (start, end)


def _counts(words: Words, at: int) -> bool:
    word = words[at].lower()
    between = word in ",." and 0 < at < len(words) - 1 and words[at - 1].isdigit() and words[at + 1].isdigit()
    return word in _words("quantities") or word.isdigit() or between


def _noun(words: Words, start: int) -> int | None:
    """Where the longest noun of a group that begins here ends."""
    taken: list[str] = []
    end = None
    for at in range(start, len(words)):
        if words[at] != ",":
            taken.append(words[at].lower())
        elif not taken:
            break
        if len(taken) > _longest():
            break
        if words[at] != "," and tuple(taken) in _groups():
            end = at + 1
    return end


def _end(words: Words, at: int) -> int:
    """Where the words end that say which of the group are meant."""
    end = at
    while end < len(words) and _belongs(words, end):
        end += 1
    while end > at and (words[end - 1].lower() in _words("dangling") or _pair(words, end - 2) in _OPEN):
        end -= 1
    return end


def _second(words: Words, begin: int, end: int) -> int:
    """The end with the second of two trades: `industri kain dan keramik`, `industri tekstil dan produk tekstil`."""
    paired = end - begin > 1 and words[begin].lower() in _TRADES and words[end : end + 1] == ["dan"]
    if not paired or _noun(words, end + 1) is not None or end + 1 >= len(words) or not _belongs(words, end + 1):
        return end
    return end + (3 if words[end + 1] == "produk" and end + 2 < len(words) and _belongs(words, end + 2) else 2)


def _belongs(words: Words, at: int) -> bool:
    word = words[at].lower()
    if not word[0].isalnum() or _MONEY.match(word):
        return False
    if _pair(words, at) in _RANGE or words[at - 1].lower() in ("di", "ke"):
        return True
    if word[0].isdigit():
        return any(near.lower() in _words("measured") for near in (*words[at - 1 : at], *words[at + 1 : at + 2]))
    return word not in _words("ends") and not (_VERB.match(word) and not word.startswith(_nouns()))


def _pair(words: Words, at: int) -> tuple[str, ...]:
    return tuple(map(str.lower, words[at : at + 2]))


@cache
def _nouns() -> tuple[str, ...]:
    return tuple(_lists()["nouns"])


def _joined(words: Words) -> str:
    return " ".join(words).replace(" ,", ",")
