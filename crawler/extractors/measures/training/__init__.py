"""Training the tagger from annotated articles, and judging it honestly. Needs the extra `jurus[train]`."""

from crawler.extractors.measures.training.articles import LABELS, GoldArticle, read_corpus, read_gold, read_labels
from crawler.extractors.measures.training.scores import Score, score

__all__ = ["LABELS", "GoldArticle", "Score", "read_corpus", "read_gold", "read_labels", "score"]
