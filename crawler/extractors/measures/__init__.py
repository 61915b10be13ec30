"""Measures: which sentences of an article state one, by whom, with what, for which sectors, in which status."""

from crawler.extractors.measures.tag import tag
from crawler.extractors.measures.version import EXTRACTOR_VERSION

__all__ = ["EXTRACTOR_VERSION", "tag"]
