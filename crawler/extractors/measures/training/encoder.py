"""The network as other readers' labels taught it: it has seen no gold article, and can be tuned and judged on any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from crawler.extractors.measures.linear import as_bytes, lines
from crawler.extractors.measures.network import Network, numbered
from crawler.extractors.measures.training.articles import GoldArticle
from crawler.extractors.measures.training.examples import Example, examples
from crawler.extractors.measures.training.lessons import Codes, codes_in, lessons, readable, terms_in
from crawler.extractors.measures.training.network import learn_network, tune_network
from crawler.extractors.measures.training.vectors import learn_vectors


@dataclass(frozen=True, slots=True)
class Encoder:
    """A network that tells measures, and beside them the codes of each facet."""

    network: Network
    codes: Codes

    def tuned(self, gold: Sequence[Example], labelled: Sequence[Example]) -> Network:
        """The network after it has read gold articles, and as many of the others once more."""
        mine, others = readable(gold), readable(labelled)
        again = np.random.default_rng(0).permutation(len(others))[: len(mine)]
        read = lessons([*mine, *(others[i] for i in again)], self.network.words, self.network.terms, self.codes)
        return tune_network(self.network, list(read), [len(facet) for facet in self.codes])

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """The arrays of one file."""
        codes = as_bytes(" ".join(facet) for facet in self.codes)
        return self.network.arrays("network") | {"network.codes": codes}


def encoder_from(arrays: Mapping[str, npt.NDArray[Any]]) -> Encoder:
    """The encoder that the arrays of a file hold."""
    codes = tuple(tuple(facet.split(" ")) for facet in lines(arrays["network.codes"]))
    return Encoder(Network.loaded(arrays, "network"), codes)


def train_encoder(labelled: Iterable[GoldArticle], texts: Iterable[str]) -> Encoder:
    """The network that labelled articles teach, with words known from plain texts."""
    known = readable(examples(labelled))
    if not (codes := codes_in(known)):
        raise ValueError("no labelled article: give the corpus that the package's labels belong to")
    vectors = learn_vectors(texts)
    terms = numbered(terms_in(known))
    read = lessons(known, numbered(list(vectors.words)), terms, codes)
    return Encoder(learn_network(list(read), vectors, terms, [len(facet) for facet in codes]), codes)
