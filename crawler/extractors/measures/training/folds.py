"""Articles dealt into folds, so that copies of one story never stand on both sides."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from hashlib import md5
from itertools import combinations

from crawler.extractors.measures.training.articles import GoldArticle

_SEED = 13
_SHINGLE = 5
_COPY = 0.2
_COMMON = 20


def folds(articles: Sequence[GoldArticle], count: int = 5) -> list[int]:
    """The fold of each article: articles that share a fifth of their five-word runs go together, sizes are evened."""
    families: dict[int, list[int]] = defaultdict(list)
    for i, root in enumerate(_families([shingles(article.text) for article in articles])):
        families[root].append(i)
    fold_of, sizes = [0] * len(articles), [0] * count
    for members in sorted(families.values(), key=lambda m: md5(f"{_SEED}{articles[m[0]].id}".encode()).digest()):  # noqa: S324
        smallest = min(range(count), key=sizes.__getitem__)
        for i in members:
            fold_of[i] = smallest
            sizes[smallest] += len(articles[i].units) + 3 * len(articles[i].mentions)
    return fold_of


def shingles(text: str) -> set[str]:
    """The runs of five words of a text."""
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)}


def _families(runs: Sequence[set[str]]) -> Iterator[int]:
    """For each article the first of its family."""
    holders: dict[str, list[int]] = defaultdict(list)
    for i, own in enumerate(runs):
        for run in own:
            holders[run].append(i)
    shared = Counter(pair for held in holders.values() if len(held) < _COMMON for pair in combinations(held, 2))
    parent = list(range(len(runs)))

    def root(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    for (a, b), number in shared.items():
        if number > _COPY * min(len(runs[a]), len(runs[b])):
            parent[max(root(a), root(b))] = min(root(a), root(b))
    return map(root, range(len(runs)))
