"""A second opinion on measures, from a language model that the user has at hand."""

from crawler.llm.errors import AnswerError, LlmError
from crawler.llm.tagger import Tagger, tagger

__all__ = ["AnswerError", "LlmError", "Tagger", "tagger"]
