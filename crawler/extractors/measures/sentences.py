"""Text to sentences: character offsets of the units that can state a measure."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 1500
"""Characters of a sentence at most: what has no full stop for longer is cut at a space."""

_END = re.compile(r"\n+|[.!?]+[\"”’')\]]*(?=\s)|(?<=[a-z]{3})\.(?=[A-Z][a-z]+ )")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:pt|cv|tbk|ir|dr|drs|dra|prof|jl|no|hj|h|st|rp|dll|dsb|dst|bpk|sdr|kol|letjen|jend|mayjen|irjen|"
    r"komjen|brigjen|kompol|akbp|kh|kab|kec|tgl|hlm|sd|s\.d|a\.n|u\.p|d\.a|[a-z](?:\.[a-z])*)\.$",
    re.IGNORECASE,
)


def split(text: str) -> list[tuple[int, int]]:
    """Start and end (exclusive) of each sentence, in order, without the white space around it.

    A line break always ends a sentence; a full stop does unless an abbreviation or a lower-case letter stands beside
    it (in a text that has lost its capitals only abbreviations count).
    """
    cased = _is_cased(text)
    spans: list[tuple[int, int]] = []
    start = 0
    for end in _ends(text, cased):
        spans.extend(_trimmed(text, start, end))
        start = end
    spans.extend(_trimmed(text, start, len(text)))
    return spans


def _is_cased(text: str) -> bool:
    sample = text[:20_000]
    return sum(map(str.isupper, sample)) * 200 > len(sample) and any(map(str.islower, sample))


def _ends(text: str, cased: bool) -> Iterator[int]:
    for match in _END.finditer(text):
        if match[0][0] == "\n":
            yield match.end()
        elif match[0] == "." and _ABBREVIATION.search(text, max(0, match.start() - 12), match.end()):
            continue
        elif not (cased and text[match.end() : match.end() + 3].lstrip()[:1].islower()):
            yield match.end()


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > 0 else start + LONGEST
        yield from _trimmed(text, start, cut)
        start = cut
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    if right > left:
        yield start + left, start + right
