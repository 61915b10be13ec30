"""Training and honest evaluation of the tagger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from crawler.extractors.measures import grams
from crawler.extractors.measures.features import matrix
from crawler.extractors.measures.linear import Linear
from crawler.extractors.measures.model import FACETS, Arrays, Model, shares, status_columns
from crawler.extractors.measures.reading import Reading, read
from crawler.extractors.measures.stack import surroundings
from crawler.extractors.measures.tag import may_state_measures, told
from crawler.extractors.measures.training.articles import GoldArticle, GoldMention
from crawler.extractors.measures.training.calibrate import Judged, calibrate
from crawler.extractors.measures.training.folds import folds
from crawler.extractors.measures.training.learn import learn_linear, learn_trees
from crawler.extractors.measures.trees import Trees
from crawler.extractors.measures.version import VERSIONS
from db.models import Mention

Floats = npt.NDArray[np.float32]
_INNER = 5
_UNSET = {"slope": 1.0, "offset": 0.0, "threshold": 0.45, "further": 0.3}


@dataclass(frozen=True, slots=True)
class Example:
    """An article read, with its clues and what is told of each sentence."""

    article: GoldArticle
    reading: Reading
    clues: Floats
    mentions: tuple[tuple[GoldMention, ...], ...]


def train(gold: Sequence[GoldArticle], labelled: Sequence[GoldArticle] = ()) -> Arrays:
    """A model as the arrays of one file, from gold articles and others labelled by another hand.

    Scores of five held-out folds calibrate the chances and choose the threshold; the models learn from all.
    """
    judged, _ = held_out(gold, labelled, folds(gold))
    model = learn([example(article) for article in (*gold, *labelled)])
    return replace(model, about=calibrate(judged) | VERSIONS).arrays()


def cross_validate(
    gold: Sequence[GoldArticle], labelled: Sequence[GoldArticle] = (), count: int = 5
) -> dict[str, list[Mention]]:
    """Mentions of each gold article, told by a model that saw neither it nor a copy of it.

    The calibration used for one fold comes from the other folds.
    """
    fold_of = folds(gold, count)
    judged, models = held_out(gold, labelled, fold_of)
    found: dict[str, list[Mention]] = {}
    for i, article in enumerate(gold):
        about = calibrate([other for j, other in enumerate(judged) if fold_of[j] != fold_of[i]])
        known = example(article)
        model = replace(models[fold_of[i]], about=about)
        scores = judged[i].scores
        found[article.id] = told(model, article.text, known.reading, known.clues, scores) if len(scores) else []
    return found


def held_out(
    gold: Sequence[GoldArticle], labelled: Sequence[GoldArticle], fold_of: Sequence[int]
) -> tuple[list[Judged], dict[int, Model]]:
    """For each gold article the scores of a model that saw nothing of its fold, and the model of each fold."""
    mine, others = [example(article) for article in gold], [example(article) for article in labelled]
    models = {}
    for fold in sorted(set(fold_of)):
        models[fold] = learn([e for e, f in zip(mine, fold_of, strict=True) if f != fold] + others)
    return [judge(models[fold], known) for known, fold in zip(mine, fold_of, strict=True)], models


def example(article: GoldArticle) -> Example:
    """The article read."""
    reading = read(article.title, article.text, article.published)
    told_of = tuple(
        tuple(m for m in article.mentions if min(sentence.end, m.end) > max(sentence.start, m.start))
        for sentence in reading.sentences
    )
    return Example(article, reading, matrix(reading), told_of)


def judge(model: Model, known: Example) -> Judged:
    """The model's scores beside the truth, sentence by sentence."""
    spans = tuple((sentence.start, sentence.end) for sentence in known.reading.sentences)
    if not may_state_measures(known.reading):
        return Judged(np.zeros(0, dtype=np.float32), spans, known.article)
    return Judged(model.scores(known.reading, known.clues), spans, known.article)


def learn(examples: Sequence[Example]) -> Model:
    """A model that is not yet calibrated. Deterministic for the same examples in the same order."""
    known = [e for e in examples if e.reading.sentences]
    owner = np.repeat(np.arange(len(known)), [len(e.reading.sentences) for e in known])
    inner = np.array(folds([e.article for e in known], _INNER))
    truth = np.array([bool(told_of) for e in known for told_of in e.mentions])
    clues = np.concatenate([e.clues for e in known])
    own_words = [grams.own(sentence) for e in known for sentence in e.reading.sentences]
    near = [grams.around(e.reading, at) for e in known for at in range(len(e.reading.sentences))]
    wide_words = [[*own, *around] for own, around in zip(own_words, near, strict=True)]
    names = np.where(truth, "measure", "a")
    columns = [clues]
    linear = []
    for words in (own_words, wide_words):
        guesses = _guessed(words, names, inner[owner], 2.0, 3)[:, 0]
        columns.append(np.concatenate([surroundings(guesses[owner == i]) for i in range(len(known))]))
        linear.append(learn_linear(words, names.tolist(), 2.0, 3))
    options = {"learning_rate": 0.04, "num_leaves": 24, "min_data_in_leaf": 20}
    detect = learn_trees(np.concatenate(columns, axis=1), truth.astype(np.intp), 1, 350, **options)
    facets, status = _learn_facets(known, clues, owner, inner, truth)
    return Model(linear[0], linear[1], detect, facets, status, _UNSET)


def _learn_facets(
    known: Sequence[Example],
    clues: Floats,
    owner: npt.NDArray[np.intp],
    inner: npt.NDArray[np.intp],
    truth: npt.NDArray[np.bool_],
) -> tuple[dict[str, Linear], Trees]:
    """Linear models of the facets over the sentences that state a measure, and the trees above the status."""
    words = [seen for e in known for seen in grams.for_facets(e.reading)]
    chosen = np.flatnonzero(truth)
    documents = [words[at] for at in chosen]
    first = [told_of[0] for e in known for told_of in e.mentions if told_of]
    codes = {
        "instrument": [m.instrument for m in first],
        "status": [m.status for m in first],
        "actor": [m.actor for m in first],
        "sector": [m.sectors[0] for m in first],
    }
    facets = {facet: learn_linear(documents, codes[facet], 15.0, 2) for facet in FACETS}
    names = list(facets["status"].classes)
    guesses = shares(_guessed(documents, np.array(codes["status"]), inner[owner[chosen]], 15.0, 2, names))
    numbers = np.array([names.index(code) for code in codes["status"]])
    options = {"learning_rate": 0.08, "num_leaves": 12, "min_data_in_leaf": 15}
    return facets, learn_trees(status_columns(clues[chosen], guesses), numbers, len(names), 120, **options)


def _guessed(
    documents: Sequence[Sequence[str]],
    told_of: npt.NDArray[np.str_],
    fold_of: npt.NDArray[np.intp],
    strength: float,
    least: int,
    names: Sequence[str] = ("measure",),
) -> Floats:
    """Scores of linear models that did not see the fold of the document, shape (documents, names)."""
    out = np.full((len(documents), len(names)), -9.0, dtype=np.float32)
    for fold in np.unique(fold_of):
        there, here = np.flatnonzero(fold_of != fold).tolist(), np.flatnonzero(fold_of == fold).tolist()
        model = learn_linear([documents[i] for i in there], [str(told_of[i]) for i in there], strength, least)
        columns = np.array([list(names).index(code) for code in model.classes])
        out[np.array(here)[:, None], columns] = model.scores([documents[i] for i in here])
    return out
