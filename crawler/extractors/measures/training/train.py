"""Training and honest evaluation of the tagger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from crawler.extractors.measures import grams
from crawler.extractors.measures.facets import Facets
from crawler.extractors.measures.grams import Blocks
from crawler.extractors.measures.model import Arrays, Detector, Finders, Model, status_columns, together
from crawler.extractors.measures.network import Network
from crawler.extractors.measures.stack import surroundings
from crawler.extractors.measures.tag import may_state_measures, told
from crawler.extractors.measures.training.articles import GoldArticle
from crawler.extractors.measures.training.calibrate import Judged, calibrate
from crawler.extractors.measures.training.examples import Example, examples, without
from crawler.extractors.measures.training.folds import folds
from crawler.extractors.measures.training.held import Held
from crawler.extractors.measures.training.learn import Counted, counted, joined, learn_facets, learn_linear, learn_trees
from crawler.extractors.measures.training.parallel import spread
from crawler.extractors.measures.trees import Trees
from crawler.extractors.measures.version import VERSIONS
from db.models import Mention

Floats = npt.NDArray[np.float32]
_FEWEST = 50
_STRENGTH, _LEAST = 2.0, 3
"""Of the linear models the strength, and the fewest documents of a term that they know."""
_OFTEN = 3
"""How many times an annotated article counts: what readers of the corpus marked agrees with these less than they among
themselves, and has fewer planned acts."""
_UNSET = {"slopes": [0.5, 0.5], "offset": 0.0, "threshold": 0.45, "further": 0.3}


def train(gold: Sequence[GoldArticle], labelled: Sequence[GoldArticle], network: Network, held: Held) -> Arrays:
    """A model as the arrays of one file, from gold articles and others labelled by another hand; its network is given.

    Scores of five held-out folds, of the network's as of the trees, calibrate the chances and choose the threshold; the
    models learn from all. ValueError where `held` has other articles than `gold`.
    """
    if len(gold) < _FEWEST:
        raise ValueError(f"{len(gold)} annotated articles are too few to learn from: give {_FEWEST} at least")
    read = examples([*gold, *labelled])
    mine, others = read[: len(gold)], read[len(gold) :]
    must_be_judged(mine, held)
    fold_of = folds(gold)

    def learned(fold: int) -> Detector:
        return learn_detector(without(mine, fold_of, fold) + others)

    detectors = spread(learned, sorted(set(fold_of)))
    judged = [judge(detectors[fold], one, held[one.article.id]) for one, fold in zip(mine, fold_of, strict=True)]
    return replace(learn(read, network), about=calibrate(judged) | VERSIONS).arrays()


def cross_validate(
    gold: Sequence[GoldArticle], labelled: Sequence[GoldArticle], network: Network, held: Held, count: int = 5
) -> dict[str, list[Mention]]:
    """Mentions of each gold article, told by a model that saw neither it nor a copy of it.

    Trees and facets are learned anew for each fold; of the network counts what those said that were learned without the
    article (`held`); the calibration used for a fold comes from the other folds. ValueError as in `train`.
    """
    read = examples([*gold, *labelled])
    mine, others = read[: len(gold)], read[len(gold) :]
    must_be_judged(mine, held)
    fold_of = folds(gold, count)

    def learned(fold: int) -> Model:
        return learn(without(mine, fold_of, fold) + others, network)

    models = spread(learned, sorted(set(fold_of)))
    judged = [
        judge(models[fold].finders.detector, one, held[one.article.id]) for one, fold in zip(mine, fold_of, strict=True)
    ]
    found: dict[str, list[Mention]] = {}
    for i, (article, known) in enumerate(zip(gold, mine, strict=True)):
        about = calibrate([other for j, other in enumerate(judged) if fold_of[j] != fold_of[i]])
        model = replace(models[fold_of[i]], about=about)
        scores = judged[i].scores
        found[article.id] = told(model, article.text, known.reading, known.clues, scores) if len(scores) else []
    return found


def must_be_judged(mine: Sequence[Example], held: Held) -> None:
    """ValueError where networks have judged other annotated articles than these."""
    if any(len(held.get(one.article.id, ())) != len(one.reading.sentences) for one in mine):
        raise ValueError("the network was judged on other annotated articles: train it anew first (jurus network)")


def judge(detector: Detector, known: Example, network: Floats) -> Judged:
    """What trees and a network that did not see an article say of it beside the truth, sentence by sentence."""
    spans = tuple((sentence.start, sentence.end) for sentence in known.reading.sentences)
    if not may_state_measures(known.reading):
        return Judged(np.zeros((0, 2), dtype=np.float32), spans, known.article)
    trees = detector.scores(known.reading, known.clues)
    return Judged(together(trees, lambda: network), spans, known.article)


def learn(known: Sequence[Example], network: Network) -> Model:
    """A model that is not yet calibrated. Deterministic for the same examples in the same order."""
    facets, status = _learn_facets([e for e in known if e.reading.sentences])
    return Model(Finders(learn_detector(known), network), facets, status, _UNSET)


def learn_detector(examples: Sequence[Example]) -> Detector:
    """What tells sentences that state a measure; annotated articles count `_OFTEN` times."""
    known = [e for e in examples if e.reading.sentences for _ in range(_often(e))]
    owner = _owners(known)
    parts = np.array([e.part for e in known])[owner]
    truth = np.array([bool(told_of) for e in known for told_of in e.mentions])
    own_words = [grams.own(sentence) for e in known for sentence in e.reading.sentences]
    near = [grams.around(e.reading, at) for e in known for at in range(len(e.reading.sentences))]
    wide_words = [[*own, *around] for own, around in zip(own_words, near, strict=True)]
    columns = [np.concatenate([e.clues for e in known])]
    linear = []
    for words in map(counted, (own_words, wide_words)):
        guesses = _guessed(words, truth, parts)
        columns.append(np.concatenate([surroundings(guesses[owner == i]) for i in range(len(known))]))
        linear.append(learn_linear(words, truth, _STRENGTH, _LEAST))
    options: dict[str, Any] = {"learning_rate": 0.04, "num_leaves": 24, "min_data_in_leaf": 20, "max_bin": 63}
    trees = learn_trees(np.concatenate(columns, axis=1), truth.astype(np.intp), 1, 350, **options)
    return Detector(joined(*linear), trees)


def _often(known: Example) -> int:
    """How many times an article counts; annotated ones alone have units."""
    return _OFTEN if known.article.units else 1


def _owners(known: Sequence[Example]) -> npt.NDArray[np.intp]:
    """The number of the article of each sentence."""
    return np.repeat(np.arange(len(known)), [len(e.reading.sentences) for e in known])


def _learn_facets(known: Sequence[Example]) -> tuple[Facets, Trees]:
    """Models of the facets over the sentences that state a measure, and the trees above the status, for which annotated
    sentences count `_OFTEN` times."""
    told_of = [told_of for e in known for told_of in e.mentions]
    chosen = [at for at, told in enumerate(told_of) if told]
    parts = np.array([e.part for e in known])[_owners(known)][chosen]
    often = np.array([_often(e) for e in known])[_owners(known)][chosen]
    stated = [[at for at, told in enumerate(e.mentions) if told] for e in known]
    documents = [blocks for e, own in zip(known, stated, strict=True) for blocks in grams.for_facets(e.reading, own)]
    first = [told_of[at][0] for at in chosen]
    codes = {
        "instrument": [m.instrument for m in first],
        "status": [m.status for m in first],
        "actor": [m.actor for m in first],
        "sector": [m.sectors[0] for m in first],
    }
    facets = learn_facets(documents, codes)
    names = list(facets.codes["status"])
    guesses = _guessed_status(documents, codes, parts, names)
    clues = np.concatenate([e.clues for e in known])[chosen]
    numbers = np.array([names.index(code) for code in codes["status"]])
    options: dict[str, Any] = {"learning_rate": 0.08, "num_leaves": 12, "min_data_in_leaf": 15}
    return facets, learn_trees(status_columns(clues, guesses), numbers, len(names), 120, often, **options)


def _guessed_status(
    documents: Sequence[Blocks], codes: dict[str, list[str]], fold_of: npt.NDArray[np.intp], names: Sequence[str]
) -> Floats:
    """Shares of the statuses by models that did not see the fold of the sentence, shape (documents, names)."""
    out = np.zeros((len(documents), len(names)), dtype=np.float32)
    for fold in np.unique(fold_of):
        there, here = np.flatnonzero(fold_of != fold).tolist(), np.flatnonzero(fold_of == fold).tolist()
        told = {"status": [codes["status"][i] for i in there]}
        model = learn_facets([documents[i] for i in there], told)
        columns = np.array([list(names).index(code) for code in model.codes["status"]])
        out[np.array(here)[:, None], columns] = model.shares([documents[i] for i in here])["status"]
    return out


def _guessed(documents: Counted, truth: npt.NDArray[np.bool_], fold_of: npt.NDArray[np.intp]) -> Floats:
    """Scores of linear models that did not see the fold of the document, shape (documents,)."""
    out = np.zeros(len(fold_of), dtype=np.float32)
    for fold in np.unique(fold_of):
        there, here = np.flatnonzero(fold_of != fold), np.flatnonzero(fold_of == fold)
        model = learn_linear(documents.only(there), truth[there], _STRENGTH, _LEAST)
        out[here] = documents.only(here).scores(model)
    return out
