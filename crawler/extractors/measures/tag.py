"""An article to the measures that it states."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np

from crawler.extractors.measures import facets
from crawler.extractors.measures.linear import grams, own_grams
from crawler.extractors.measures.model import load_model
from crawler.extractors.measures.reading import Sentence, read
from db.models import Mention

_LONGEST = 1_000_000
_WORDS_OF_WHAT = 14


def tag(title: str, text: str, published: datetime | date | None = None) -> list[Mention]:
    """The sentences of an article that state a government measure, in the order of the text.

    Pure and deterministic; any input is fine, and what lies beyond a million characters is not read.
    """
    text = text[:_LONGEST]
    reading = read(title, text)
    if not reading.sentences:
        return []
    model = load_model()
    seen = [grams(reading, at) for at in range(len(reading.sentences))]
    chances = 1 / (1 + np.exp(-model.detect.scores(seen)[:, 0]))
    chosen = [int(at) for at in np.flatnonzero(chances >= model.threshold)]
    sectors, actors = facets.sectors(reading), facets.actors(reading)
    words = [own_grams(reading.sentences[at]) for at in chosen]
    instruments, statuses = model.instrument.scores(words), model.status.scores(words)
    return [
        Mention(
            start=(sentence := reading.sentences[at]).start,
            end=sentence.end,
            quote=text[sentence.start : sentence.end],
            actor=actors[at],
            instrument=model.instrument.classes[int(np.argmax(instruments[row]))],
            sectors=sectors[at],
            status=model.status.classes[int(np.argmax(statuses[row]))],
            what=act_words(text, sentence),
            confidence=round(float(chances[at]), 4),
        )
        for row, at in enumerate(chosen)
    ]


def act_words(text: str, sentence: Sentence) -> str:
    """The act's own words: from the first act of the sentence on, at most fourteen words, verbatim."""
    acts = [hit for hit in sentence.hits if hit.kind == "act"] or [h for h in sentence.hits if h.kind == "instrument"]
    start = acts[0].start if acts else sentence.start
    words = text[start : sentence.end].split(maxsplit=_WORDS_OF_WHAT)
    if len(words) < 3:
        start = sentence.start
        words = text[start : sentence.end].split(maxsplit=_WORDS_OF_WHAT)
    rest = len(words[_WORDS_OF_WHAT]) if len(words) > _WORDS_OF_WHAT else 0
    return text[start : sentence.end - rest].strip(' \n\t,.;:"“”')
