"""Whether words are Indonesian: English and Malay news state no Indonesian measure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache

from crawler.extractors.measures.lexicon import load_cues


def is_indonesian(words: Iterable[str]) -> bool:
    """Whether the words of a text look Indonesian rather than English or Malay; doubt counts as Indonesian."""
    counts = Counter(language for word in words for language in _languages().get(word, ()))
    if counts["english"] > 2 and counts["english"] > counts["indonesian"]:
        return False
    return not (counts["malay_only"] > 1 and counts["malay_only"] > counts["indonesian_only"])


@cache
def _languages() -> dict[str, tuple[str, ...]]:
    """The lists of `cues.toml` in which a word stands."""
    lists: dict[str, list[str]] = load_cues()["languages"]
    return {w: tuple(name for name, own in lists.items() if w in own) for words in lists.values() for w in words}
