"""A measure's title: the act as an article tells it most clearly, in its own words, with a beginning and an end."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from itertools import islice

LONGEST = 18
"""Words of a title at most."""
SHORTEST = 6
"""Words that a title keeps where it is cut."""
ALONE, WITH_VERB = 0.3, 0.2
"""What it is worth in a title to be understood alone, and to begin with the verb of its act."""
LEAD = 10
"""Words before the act from which a title leaves out how its sentence began."""

_NAME = r"[^\w\s]*[A-Z]\S*"
_DATELINE = re.compile(
    rf"(?!Pemerintah\b|Indonesia\b)(?:{_NAME}\s+){{0,7}}{_NAME}(?:\s+[-–—]{{1,3}}\s*|[-–—]{{1,3}}\s+)(?=[\"“A-Z])"
)
_WORD = re.compile(r"\w+")
_SAID = re.compile(r",?\s*(?:bahwa\b)?")
_AIM = re.compile(r"(?:untuk|guna|demi|dalam rangka)\b[^,]{1,80},", re.IGNORECASE)
_ACTIVE = re.compile(r"me(?!(?:nteri|nurut|reka|lalui|ngenai|njelang|rupakan|miliki|njadi|ncapai)\b)[lmnrwy]\w{3,}\b")
_SPOKEN = re.compile(r"^[\"“‘']|\b(?:kami|kita|saya)\b", re.IGNORECASE)
_BACK = re.compile(
    r"\W*(?:\w+nya\b|(?:[\w-]+\s){1,7}?(?:itu|tersebut)\b"
    r"|(?:[\w-]+\s){0,2}(?!(?:hari|tahun|bulan|pekan|minggu|saat|kali)\b)\w+\sini\b)",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"[,.?!]+[\"”].*$|[\"”],? (?:kata|ujar|ungkap|tegas|jelas|tutur|ucap|papar|terang|imbuh).*$|\s*\([^()]*\)?$"
)


@cache
def load_words() -> dict[str, frozenset[str]]:
    """The words of `title-words.toml`, by what they decide."""
    table = tomllib.loads(resources.files(__package__).joinpath("title-words.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words.split() if isinstance(words, str) else words) for name, words in table.items()}


@cache
def load_links() -> re.Pattern[str]:
    """The ways to begin a sentence that only tie it to the one before."""
    return re.compile(rf"(?:{'|'.join(sorted(load_words()['links'], reverse=True))})\b", re.IGNORECASE)


def stands_alone(quote: str) -> bool:
    """Whether a sentence can be understood without the one before it: it neither points back nor is spoken by "us"."""
    return not (points_back(quote) or _SPOKEN.search(quote))


def points_back(quote: str) -> bool:
    """Whether a sentence begins with what only the one before it names: `Usulan itu ...`, `Tarifnya ...`."""
    return _BACK.match(quote[bare(quote) :]) is not None


def clarity(quote: str, what: str) -> float:
    """How much clearer than others of its confidence (a probability) a sentence is as a title."""
    return ALONE * stands_alone(quote) + WITH_VERB * lacks_subject(title_of(quote, what))


def lacks_subject(title: str) -> bool:
    """Whether a title begins with the verb of its act, so that it needs to be told who acts."""
    words = title.split()
    while words and words[0] in load_words()["before_verb"]:
        del words[0]
    return bool(words and _ACTIVE.match(words[0]))


def title_of(quote: str, what: str) -> str:
    """The act that a sentence tells: verbatim, on one line, from where the act begins (`what`) to an end that holds."""
    quote, what = (" ".join(text.split()) for text in (quote, what))
    return ending(quote[beginning(quote, max(quote.find(what), 0)) :]) or quote


def beginning(quote: str, act: int) -> int:
    """Where a title begins: at the act where that is the main verb, else at the sentence or clause it stands in."""
    known = load_words()
    before = quote[:act].split()
    verb = act
    while before and before[-1].lower() in known["before_verb"]:
        verb = quote.rindex(before.pop(), 0, verb)
    lead = {word.lower() for word in before}
    dependent = bool(before) and before[-1].lower() in known["subordinate"]
    if _ACTIVE.match(quote, act) and not dependent and known["appeals"].isdisjoint(lead):
        return verb
    start = bare(quote)
    if len(quote[start:act].split()) <= LEAD:
        return start
    clause = quote.rfind(", ", start, act) + 2
    return clause if clause > start and len(quote[clause:act].split()) <= LEAD else verb


def bare(quote: str) -> int:
    """Where a sentence begins without its dateline, who says it, what ties it to the one before, and what it is for."""
    start = found.end() if (found := _DATELINE.match(quote)) else 0
    for word in islice(_WORD.finditer(quote, start), LEAD + SHORTEST):
        if word.group().lower() in load_words()["speech"] and (said := _SAID.match(quote, word.end())):
            start = said.end()
            break
    start = _opened(quote, start)
    if link := load_links().match(quote, start):
        start = _opened(quote, link.end())
    aim = _AIM.match(quote, start)
    return _opened(quote, aim.end()) if aim else start


def _opened(quote: str, start: int) -> int:
    return len(quote) - len(quote[start:].lstrip(" ,.:;)\"“‘'"))


def ending(text: str) -> str:
    """A text up to where it can be cut: the end of its sentence, else of a phrase."""
    words = _ASIDE.sub("", text).rstrip(" .,;:").split()
    if len(words) <= LONGEST:
        return " ".join(_closed(words))
    joints = load_words()["joints"]
    for at in range(LONGEST, SHORTEST, -1):
        if words[at - 1].endswith(",") or (words[at].lower() in joints and words[at - 1].lower() not in joints):
            waits = 1 if words[at - 2].endswith(",") else 2 if words[at - 2].lower() in joints else 0
            return " ".join(_closed(words[: at - waits]))
    return " ".join(words[:LONGEST]) + "…"


def _closed(words: list[str]) -> list[str]:
    """Words without those at the end that wait for more."""
    while len(words) > 1 and words[-1].lower() in load_words()["joints"]:
        words = words[:-1]
    return [*words[:-1], words[-1].rstrip(".,;:")] if words else words
