"""Annotated articles: the gold files, and labels kept as codes and offsets for articles of a corpus."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

LABELS = Path(__file__).with_name("labels.tsv")
"""Labels of corpus articles without any text: id, length of the text, then one column a mention."""


@dataclass(frozen=True, slots=True)
class GoldMention:
    """An annotated mention: offsets in the text (end exclusive), the number of its act, its codes, and where the act's
    own words stand (in all of it where that is not told)."""

    start: int
    end: int
    act: int
    actor: str
    instrument: str
    sectors: tuple[str, ...]
    status: str
    words: tuple[int, int] | None = None

    def is_stated(self, start: int, end: int) -> bool:
        """Whether the sentence of these offsets states it: annotated units may hold several, of which one has the act's
        own words."""
        first, last = self.words or (self.start, self.end)
        return min(end, last) > max(start, first)


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with every mention marked; `units` are the sentences that the annotators saw (for scoring)."""

    id: str
    title: str
    text: str
    published: date | None
    units: tuple[tuple[int, int], ...]
    mentions: tuple[GoldMention, ...]


def read_gold(path: Path) -> list[GoldArticle]:
    """Articles of a file of JSON lines; ValueError names the file and the line that cannot be used."""
    articles = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    articles.append(_article(json.loads(line)))
                except (ValueError, KeyError, TypeError) as problem:
                    raise ValueError(f"{path.name}, line {number}: {type(problem).__name__}: {problem}") from problem
    return articles


def _article(raw: Mapping[str, Any]) -> GoldArticle:
    mentions = tuple(_annotated(raw["text"], m) for m in raw["mentions"])
    units = tuple((start, end) for start, end in raw["units"])
    return GoldArticle(raw["id"], raw.get("title") or "", raw["text"], _day(raw.get("date")), units, mentions)


def _annotated(text: str, raw: Mapping[str, Any]) -> GoldMention:
    start, end, what = raw["start"], raw["end"], raw.get("what") or ""
    at = text.find(what, start, end) if what else -1
    words = (at, at + len(what)) if at >= 0 else None
    codes = raw["actor"], raw["instrument"], tuple(raw["sectors"]), raw["status"]
    return GoldMention(start, end, raw["act"], *codes, words)


def read_corpus(path: Path) -> Iterator[dict[str, Any]]:
    """Raw articles of a gzipped file of JSON lines."""
    with gzip.open(path, mode="rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def read_labels(labels: Path, corpus: Iterable[Mapping[str, Any]]) -> list[GoldArticle]:
    """The labelled articles that the corpus holds, in the order of the labels.

    An article whose text has another length than when it was labelled is refused with a ValueError.
    """
    rows = [line.split("\t") for line in labels.read_text(encoding="utf-8").splitlines() if line]
    wanted = {row[0] for row in rows}
    found = {raw["id"]: raw for raw in corpus if raw["id"] in wanted}
    articles = []
    for name, length, *mentions in rows:
        if (raw := found.get(name)) is None:
            continue
        if len(raw["text"]) != int(length):
            raise ValueError(f"{labels.name}: {name}: the corpus has another text than the one that was labelled")
        told = tuple(map(_mention, mentions))
        articles.append(GoldArticle(name, raw["title"] or "", raw["text"], _day(raw.get("date")), (), told))
    return articles


def _mention(cell: str) -> GoldMention:
    start, end, act, actor, instrument, sectors, status = cell.split(" ")
    return GoldMention(int(start), int(end), int(act), actor, instrument, tuple(sectors.split("+")), status)


def _day(raw: object) -> date | None:
    try:
        return date.fromisoformat(str(raw)[:10])
    except ValueError:
        return None
