"""Measures: which sentences of an article state one, by whom, with what, for which sectors, in which status."""

from crawler.extractors.measures.tag import tag

EXTRACTOR_VERSION = "1"
"""Changes whenever the same text may get other mentions: a new model, lexicon or rule."""

__all__ = ["EXTRACTOR_VERSION", "tag"]
