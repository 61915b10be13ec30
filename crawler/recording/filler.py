"""Made-up words in place of a publisher's: the shape of a text without its words.

A word always becomes the same other word, so that a heading still agrees with og:title, and a byline with JSON-LD.
Words that rules of extraction look for are left, as are numbers, and the outlet's own name.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from urllib.parse import urlsplit, urlunsplit

from crawler.dates import DAYS_BACK, MONTH_NUMBERS, UNITS, ZONES
from crawler.extractors.bylines import LABELS, NO_NAME, OTHERS, WRITERS
from crawler.extractors.facts import ENGLISH, HOME, INDONESIAN
from crawler.extractors.noise import NOISE
from crawler.outlets import Outlet, bare_host, covers

WORD = re.compile(r"[^\W\d_]+")
DAYS = "senin selasa rabu kamis jumat sabtu minggu ahad mon tue wed thu fri sat sun lalu ago"
RULES = (*NOISE, *LABELS, WRITERS, OTHERS, NO_NAME.pattern, *DAYS_BACK, DAYS)
KNOWN = {*MONTH_NUMBERS, *UNITS, *ZONES, *INDONESIAN, *ENGLISH, *HOME}
KEPT = frozenset(KNOWN | {word for rule in RULES for word in re.findall(r"[a-z]{2,}", rule.lower())})
CONSONANTS, VOWELS = "bdgjklmnprst", "aiueo"
SLUG, LONG_SLUG = 3, 4  # words from which the last segment of a path, or any, is a title and not a channel


def kept_words(outlet: Outlet) -> frozenset[str]:
    """The words that stay as they are on this outlet's pages: its own names and what its file looks for, too."""
    rules = re.findall(r"[a-z]{2,}", f"{outlet.article} {outlet.skip_titles}".lower())
    named = [outlet.title.replace(" ", ""), *WORD.findall(f"{outlet.title} {bare_host(outlet.home)}")]
    return KEPT | {word.lower() for word in (*rules, *named)}


def filler(text: str, kept: frozenset[str] = KEPT) -> str:
    """A text with other words of the same length, capitals, numbers and punctuation where they were."""
    return WORD.sub(lambda match: match[0] if match[0].lower() in kept else like(match[0], kept), text)


def like(word: str, kept: frozenset[str]) -> str:
    """A made-up word as long as this one, with capitals at the same places; a single letter is left."""
    if len(word) == 1:
        return word
    for salt in range(100):
        made = syllables(word, salt)
        if made not in kept and made != word.lower():
            break
    return "".join(new.upper() if old.isupper() else new for old, new in zip(word, made, strict=True))


def syllables(word: str, salt: int) -> str:
    seed = blake2b(word.lower().encode("utf-8", "replace"), salt=salt.to_bytes(1, "big")).digest()
    numbers = [seed[place % len(seed)] + place // len(seed) for place in range(len(word))]
    sounds = (CONSONANTS if (place + seed[0]) % 2 else VOWELS for place in range(len(word)))
    return "".join(letters[number % len(letters)] for letters, number in zip(sounds, numbers, strict=True))


def is_address(text: str) -> bool:
    return bool(re.match(r"(https?:)?//\S+$|/\S*$|[a-z]+:\S+$", text.strip()))


def filled_address(outlet: Outlet, url: str, kept: frozenset[str]) -> str:
    """An address whose segments are filler where they are titles; of other sites, and other schemes, little is left."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return "#"
    if parts.scheme not in ("", "http", "https"):
        return f"{parts.scheme}:#"
    last = len(parts.path.rstrip("/").split("/")) - 1
    segments = enumerate(parts.path.split("/"))
    path = "/".join(filled_segment(text, SLUG if place == last else LONG_SLUG, kept) for place, text in segments)
    own = not parts.netloc or covers(outlet, f"//{parts.netloc}")
    query = filled_segment(parts.query, LONG_SLUG, kept) if own else ""
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))


def filled_segment(segment: str, words: int, kept: frozenset[str]) -> str:
    """A segment with filler where it has that many words; what follows a dot, as `.html`, is left."""
    if sum(bool(WORD.search(part)) for part in re.split(r"[\W_]+", segment)) < words:
        return segment
    stem, dot, suffix = segment.rpartition(".")
    return f"{filler(stem, kept)}.{suffix}" if dot and len(suffix) <= 5 else filler(segment, kept)
