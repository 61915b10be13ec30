"""The network learns, with torch; it leaves as plain arrays.

Beside the measures it learns their instrument, status, actor and sector: that teaches it what sentences are about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from crawler.extractors.measures.network import FARTHEST, PARTS, UNKNOWN, Network
from crawler.extractors.measures.training.affixes import Forms, forms
from crawler.extractors.measures.training.batches import NOT_TOLD, Batch, Lesson, batch
from crawler.extractors.measures.training.learn import tool
from crawler.extractors.measures.training.vectors import WIDTH, Vectors

Floats = npt.NDArray[np.float32]
Tensors = dict[str, Any]
_FOUND, _READ, _STATE, _CLUES, _HIDDEN = 160, 160, 96, 48, 128
_ROUNDS, _ARTICLES, _RATE, _DECAY, _RISE = 6, 8, 2e-3, 1e-2, 0.15
"""How often all articles are read, how many at a time, how far a step goes at most, and the share of the way on which
steps grow."""
_HIDE, _UNREAD, _FACETS, _KEPT = 0.3, 0.05, 0.25, 0.99
"""Shares of values and of words hidden while learning, the weight of the facets, and how slowly the mean of the last
half's weights, which is what stays, follows them."""
_TURN = {"turn.in": "weight_ih", "turn.own": "weight_hh", "turn.in.b": "bias_ih", "turn.own.b": "bias_hh"}


def learn_network(
    lessons: Sequence[Lesson], vectors: Vectors, terms: Mapping[str, int], codes: Sequence[int]
) -> Network:
    """A network from articles; `codes` is the number of codes in each facet. The same on each machine of one kind."""
    known = np.concatenate([lesson.clues for lesson in lessons])
    clues = {"mean": known.mean(axis=0), "scale": 1 / (known.std(axis=0) + 1e-2)}
    tool("torch").manual_seed(0)
    parts = forms(vectors.words)
    learner = Learner(fresh(vectors, parts, len(terms), known.shape[1], codes), codes, parts)
    learner.learn(lessons, clues)
    table = learner.table()
    largest = np.abs(table).max(axis=1) / 127 + 1e-9
    words = {word: row for row, word in enumerate(vectors.words, start=UNKNOWN + 1)}
    small = np.round(table / largest[:, None]).astype(np.int8)
    return Network(words, dict(terms), small, largest, learner.parts() | clues)


def fresh(vectors: Vectors, parts: Forms, terms: int, clues: int, codes: Sequence[int]) -> Tensors:
    """Weights by chance; words as their vectors."""
    torch = tool("torch")
    turn = dict(torch.nn.GRU(_READ, _STATE, bidirectional=True).named_parameters())
    both = 2 * _STATE + _READ
    shapes = {"conv": (3 * WIDTH, _FOUND), "clues": (clues, _CLUES), "mix": (2 * _FOUND + _CLUES, _READ)}
    shapes |= {"hidden": (both + 2 * _STATE, _HIDDEN), "out": (_HIDDEN + both, 1 + sum(codes))}
    weights = {"words": torch.from_numpy(np.concatenate([np.zeros((1, WIDTH), dtype=np.float32), vectors.rows]))}
    tables = {"stems": (parts.stems, 0.02), "prefixes": (parts.prefixes, 0.02), "suffixes": (parts.suffixes, 0.02)}
    for name, (count, spread) in (tables | {"terms": (terms + 1, 0.1)}).items():
        weights[name] = torch.randn(count, WIDTH) * spread
        weights[name][UNKNOWN] = 0
    for name, (given, made) in shapes.items():
        weights[f"{name}.w"] = torch.empty(given, made).uniform_(-(given**-0.5), given**-0.5)
        weights[f"{name}.b"] = torch.empty(made).uniform_(-(given**-0.5), given**-0.5)
    weights["attend.w"] = torch.empty(_FOUND, 1).uniform_(-(_FOUND**-0.5), _FOUND**-0.5)
    return weights | {name: _both_ways(turn, theirs) for name, theirs in _TURN.items()}


def _both_ways(turn: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401
    """Weights of the recurrent layer forward and backward, as the network keeps them."""
    return tool("torch").stack([turn[f"{name}_l0{side}"].detach().t() for side in ("", "_reverse")])


class Learner:
    """The weights of a network while they change."""

    def __init__(self, weights: Tensors, codes: Sequence[int], parts: Forms) -> None:
        """Weights are changed in place."""
        self.torch, self.codes = (torch := tool("torch")), codes
        torch.set_num_threads(1)
        self.forms = torch.from_numpy(np.concatenate([[[0, 0, 0]], parts.numbers]))
        with torch.random.fork_rng():
            self.turn = torch.nn.GRU(_READ, _STATE, bidirectional=True, batch_first=True)
        turn = dict(self.turn.named_parameters())
        for name, theirs in _TURN.items():
            for side, values in zip(("", "_reverse"), weights[name], strict=True):
                turn[f"{theirs}_l0{side}"].data.copy_(values.t())
        self.weights = {name: weight for name, weight in weights.items() if name not in _TURN}
        slow = [self.weights["words"]]
        fast = [weight for name, weight in self.weights.items() if name != "words"]
        self.all = [weight.requires_grad_(True) for weight in (*slow, *fast)] + list(self.turn.parameters())
        groups = [
            {"params": slow, "weight_decay": 0.0, "share": 0.5},
            {"params": self.all[1:], "weight_decay": _DECAY, "share": 1.0},
        ]
        self.optimizer = torch.optim.AdamW(groups, fused=True)
        self.mean: list[Any] | None = None

    def learn(self, lessons: Sequence[Lesson], clues: Mapping[str, Floats]) -> None:
        """Read all articles some times, in chance order."""
        mean, scale, chance = clues["mean"], clues["scale"], np.random.default_rng(0)
        scaled = [x._replace(clues=np.clip((x.clues - mean) * scale, -FARTHEST, FARTHEST)) for x in lessons]
        batches = -(-len(lessons) // _ARTICLES)
        for number in range(_ROUNDS):
            order = chance.permutation(len(lessons))
            for at in range(batches):
                articles = [scaled[i] for i in order[at * _ARTICLES : (at + 1) * _ARTICLES]]
                self._step(batch(articles), (number * batches + at) / (_ROUNDS * batches))
        for weight, mean_weight in zip(self.all, self.mean or self.all, strict=True):
            weight.data.copy_(mean_weight)

    def _step(self, given: Batch, done: float) -> None:
        """Learn from a batch; `done` is the share of the way. Steps grow at first, then shrink to nothing."""
        torch = self.torch
        rise, fall = min(1.0, done / _RISE), max(0.0, done - _RISE) / (1 - _RISE)
        rate = _RATE * (0.04 + 0.96 * (1 - np.cos(np.pi * rise)) / 2) * (1 + np.cos(np.pi * fall)) / 2
        for group in self.optimizer.param_groups:
            group["lr"] = rate * group["share"]
        self.optimizer.zero_grad()
        self._loss(self._scores(given), given).backward()
        torch.nn.utils.clip_grad_norm_(self.all, 1.0)
        self.optimizer.step()
        if done > 0.5:
            now = [weight.detach() for weight in self.all]
            self.mean = self.mean or [weight.clone() for weight in now]
            torch._foreach_lerp_(self.mean, now, 1 - _KEPT)

    def _loss(self, scores: Any, given: Batch) -> Any:  # noqa: ANN401
        losses = self.torch.nn.functional
        truth, codes = self.torch.from_numpy(given.truth), self.torch.from_numpy(given.codes)
        loss = losses.binary_cross_entropy_with_logits(scores[:, 0], truth, reduction="sum")
        facets = self.torch.split(scores[:, 1:], list(self.codes), dim=1)
        for facet, own in zip(facets, codes.T, strict=True):
            loss = loss + _FACETS * losses.cross_entropy(facet, own, ignore_index=NOT_TOLD, reduction="sum")
        return loss / len(truth)

    def _scores(self, given: Batch) -> Any:  # noqa: ANN401
        torch, weights = self.torch, self.weights
        read = torch.cat([self._sentences(given), self._layer("clues", torch.from_numpy(given.clues))], 1)
        own = self._layer("mix", self._hidden(read))
        real, (article, at) = torch.from_numpy(given.real), torch.from_numpy(given.place)
        spread = self._hidden(own)[torch.from_numpy(given.grid)] * real[..., None]
        lengths = real.sum(1).long()
        packed = torch.nn.utils.rnn.pack_padded_sequence(spread, lengths, batch_first=True, enforce_sorted=False)
        turned, _ = torch.nn.utils.rnn.pad_packed_sequence(self.turn(packed)[0], batch_first=True)
        best = (turned - 1e4 * (1 - real)[..., None]).amax(1)[article]
        both = torch.cat([turned[article, at], own], 1)
        hidden = self._layer("hidden", self._hidden(torch.cat([both, best], 1)))
        scores = self._hidden(torch.cat([hidden, both], 1)) @ weights["out.w"] + weights["out.b"]
        return scores[torch.from_numpy(given.body)]

    def _sentences(self, given: Batch) -> Any:  # noqa: ANN401
        torch, weights = self.torch, self.weights
        table = self._table(torch.from_numpy(given.rows))
        found = []
        for words, terms, real in (map(torch.from_numpy, group) for group in given.groups):
            words = torch.where(torch.rand(words.shape) < _UNREAD, 0, words)
            vectors = table[words] + torch.nn.functional.embedding(terms, weights["terms"], padding_idx=0).sum(2)
            vectors = torch.nn.functional.pad(self._hidden(vectors) * real[..., None], (0, 0, 1, 1))
            near = torch.cat([vectors[:, step : step + words.shape[1]] for step in range(3)], 2)
            values = self._layer("conv", near)
            away = 1e4 * (1 - real)[..., None]
            attention = torch.softmax(values @ weights["attend.w"] - away, 1)
            found.append(torch.cat([(values - away).amax(1).clamp(min=0), (attention * values).sum(1)], 1))
        return torch.cat(found)[torch.from_numpy(given.back)]

    def _table(self, rows: Any) -> Any:  # noqa: ANN401
        """Vectors of words: their own and those of their parts."""
        weights, (stem, prefix, suffix) = self.weights, self.forms[rows].T
        parts = weights["prefixes"][prefix] + weights["suffixes"][suffix]
        return weights["words"][rows] + weights["stems"][stem] * (stem > 0)[:, None] + parts

    def _layer(self, name: str, rows: Any) -> Any:  # noqa: ANN401
        return (rows @ self.weights[f"{name}.w"] + self.weights[f"{name}.b"]).relu()

    def _hidden(self, rows: Any) -> Any:  # noqa: ANN401
        return self.torch.nn.functional.dropout(rows, _HIDE)

    def table(self) -> Floats:
        """The vectors of all words."""
        with self.torch.no_grad():
            rows: Floats = self._table(self.torch.arange(len(self.weights["words"]))).numpy()
        return rows

    def parts(self) -> dict[str, Floats]:
        """What has been learned, as the arrays of a network; of the facets nothing stays."""
        learned = {name: weight.detach().numpy() for name, weight in self.weights.items() if name in PARTS}
        learned["conv.w"] = np.concatenate(np.split(learned["conv.w"], 3), axis=1)
        learned |= {"out.w": learned["out.w"][:, :1], "out.b": learned["out.b"][:1]}
        turn = dict(self.turn.named_parameters())
        return learned | {name: _both_ways(turn, theirs).numpy() for name, theirs in _TURN.items()}
