"""Indonesian words to their stems, so that a search for `penyerapan` finds `menyerap` and `diserap` too.

Affixes come off only where a known root remains (`stems.toml`), so that names and foreign words stay as they are. The
roots were learned from word counts of Indonesian news: words that carry at least two affixed forms and are not formed
from another root themselves. A stem need only be the same for a family of words; it is never shown.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

WORD = re.compile(r"[^\W_]+")
PLAIN = re.compile(r"[a-z]{5,30}")
VOWELS = "aeiou"
SHORTEST_ROOT = 3
PREFIXES = ("di", "ke", "se", "ter", "ber", "per")
INNER = ("ber", "per", "pe", "ke", "se", "ter")
AFTER_SHORT = re.compile(r"[bt]e(r|[^aeiou]er)")
PARTICLES = ("lah", "kah", "pun")
OWNERS = ("nya", "ku", "mu")
NASALS = (("ng", "k", VOWELS + "ghkq"), ("ny", "s", ""), ("m", "p", "bfpv"), ("n", "t", "cdjstz"))
"""What joins `me-` or `pe-` to a root, the letter that it may have swallowed, and the letters that it leaves."""
SUFFIXES = ("kan", "an", "i")


def words(text: str) -> list[str]:
    """The words of a text as the full-text index knows them: letters and digits, lower case, without accents."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return WORD.findall(text.lower())


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of one word in lower case, or the word itself where no known root is in it."""
    roots, irregular = lexicon()
    if word in irregular:
        return irregular[word]
    if word in roots or not PLAIN.fullmatch(word):
        return word
    for bare in without_endings(word):
        if bare != word and bare in irregular:
            return irregular[bare]
    found = [(root, rank) for root in candidates(word) if (rank := roots.get(root)) is not None]
    if not found and word.endswith("nya") and len(word) > len("hanya") + 1:  # an owner joins any word, names too
        return stem(word.removesuffix("nya"))
    return min(found, key=longest_first)[0] if found else word


def longest_first(found: tuple[str, int]) -> tuple[int, int]:
    """The longest root; its k does not count, so that of `ubah` and `kubah` in `mengubah` the larger family wins."""
    root, rank = found
    return -len(root.removeprefix("k")), rank


@cache
def lexicon() -> tuple[dict[str, int], dict[str, str]]:
    """Root to its rank (0 has the largest family), and the words that the rules would get wrong to their stems."""
    table = tomllib.loads(files(__package__).joinpath("stems.toml").read_text(encoding="utf-8"))
    irregular = {word: word for word in table["own"].split()}
    for root, family in table["families"].items():
        irregular |= dict.fromkeys([root, *family.split()], root)
    return {root: rank for rank, root in enumerate(table["roots"].split())}, irregular


def candidates(word: str) -> set[str]:
    """All that could be the root of a word by the rules of Indonesian affixes."""
    bare = without_endings(word)
    outer = {(prefix, rest) for form in bare for prefix, rest in without_prefix(form)}
    inner = {
        rest
        for prefix, form in outer
        for second, rest in without_prefix(form)
        if second in INNER and (second != "ter" or prefix == "ke")
    }
    return {*bare, *(rest for _, rest in outer), *inner}


def without_endings(word: str) -> list[str]:
    """The word without its particle, its owner and its suffix, each taken or left."""
    found = [word]
    for endings in (PARTICLES, OWNERS, SUFFIXES):
        found += [bare[: -len(ending)] for bare in found for ending in endings if bare.endswith(ending)]
    return [bare for bare in found if len(bare) >= SHORTEST_ROOT]


def without_prefix(word: str) -> Iterator[tuple[str, str]]:
    """The prefixes that a word may have, and what may remain: `mengatur` -> `atur` or `katur`."""
    for prefix in PREFIXES:
        if word.startswith(prefix):
            yield prefix, word[len(prefix) :]
    if word.startswith(("belajar", "pelajar")):
        yield "ber", word[3:]
    if AFTER_SHORT.match(word):  # bekerja, beternak, tepercaya: ber- and ter- lose their r
        yield word[:2] + "r", word[2:]
    if word.startswith(("me", "pe")):
        for rest in without_nasal(word[2:]):
            yield word[:2], rest


def without_nasal(rest: str) -> Iterator[str]:
    """The rest of a word after `me-` or `pe-`: the nasal that joins it may have swallowed k, p, s or t."""
    yield rest
    for nasal, swallowed, kept in NASALS:
        after = rest.removeprefix(nasal)
        if after == rest or not after:
            continue
        if after[0] in VOWELS:
            yield swallowed + after
        if after[0] in kept:
            yield after
        if nasal == "ng" and after[0] == "e":  # mengecek, pengesahan
            yield after[1:]
