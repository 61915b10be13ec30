"""An article to the measures that it states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from itertools import chain

import numpy as np

from crawler.extractors.measures.choices import Floats, choose
from crawler.extractors.measures.features import matrix
from crawler.extractors.measures.language import is_indonesian
from crawler.extractors.measures.lexicon import Hit
from crawler.extractors.measures.model import Model, load_model
from crawler.extractors.measures.reading import Reading, Sentence, divided, scan
from db.models import Mention

_LONGEST = 300_000
_SENTENCES = 600
_WORDS_OF_WHAT = 14
_PUBLIC = frozenset({"actor", "person", "rule"})


def tag(title: str, text: str, published: datetime | date | None = None) -> list[Mention]:
    """The sentences of an article that state a government measure, in the order of the text.

    Pure and deterministic; any input is fine. What lies beyond 300,000 characters or 600 sentences is not
    read. `published` decides between office holders of one name.
    """
    return mentions(load_model(), title, text[:_LONGEST], published)


def mentions(model: Model, title: str, text: str, published: datetime | date | None = None) -> list[Mention]:
    """As `tag`, with a model of one's own."""
    scanned = scan(title, text, published)
    if not _names_public(chain(scanned.title_hits, scanned.hits)):
        return []
    reading = divided(text, scanned)
    reading = replace(reading, sentences=reading.sentences[:_SENTENCES])
    if not may_state_measures(reading):
        return []
    clues = matrix(reading)
    return told(model, text, reading, clues, model.scores(reading, clues))


def told(model: Model, text: str, reading: Reading, clues: Floats, scores: Floats) -> list[Mention]:
    """The mentions of the sentences whose calibrated chance reaches the threshold."""
    likely = model.chances(scores)
    chosen = np.flatnonzero(likely >= model.about["threshold"]).tolist()
    if not chosen:
        return []
    shares = model.shares(reading, clues, chosen)
    found = []
    for row, at in enumerate(chosen):
        sentence = reading.sentences[at]
        choice = choose(
            {facet: share[row] for facet, share in shares.items()}, model.facets.codes, model.about["further"]
        )
        found.append(
            Mention(
                start=sentence.start,
                end=sentence.end,
                quote=text[sentence.start : sentence.end],
                actor=choice.actor,
                instrument=choice.instrument,
                sectors=choice.sectors,
                status=choice.status,
                what=act_words(text, sentence),
                confidence=round(float(likely[at]), 4),
            )
        )
    return found


def may_state_measures(reading: Reading) -> bool:
    """Whether the article is worth a closer look: it names a public body, or a rule of one, in Indonesian."""
    sentences = (reading.title, *reading.sentences)
    if not reading.sentences or not _names_public(hit for sentence in sentences for hit in sentence.hits):
        return False
    return is_indonesian(word for sentence in reading.sentences[:60] for word in sentence.words)


def _names_public(hits: Iterable[Hit]) -> bool:
    return any(hit.kind in _PUBLIC for hit in hits)


def act_words(text: str, sentence: Sentence) -> str:
    """The act's own words: from the first act of the sentence on, at most fourteen words, verbatim."""
    acts = [hit for hit in sentence.hits if hit.kind == "act"] or [h for h in sentence.hits if h.kind == "instrument"]
    start = acts[0].start if acts else sentence.start
    if len(text[start : sentence.end].split(maxsplit=3)) < 3:
        start = sentence.start
    words = text[start : sentence.end].split(maxsplit=_WORDS_OF_WHAT)
    rest = len(words[_WORDS_OF_WHAT]) if len(words) > _WORDS_OF_WHAT else 0
    return text[start : sentence.end - rest].strip(' \n\t,.;:"“”')
