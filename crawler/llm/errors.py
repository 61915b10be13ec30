"""What can go wrong with a second opinion; every message is one line."""

from __future__ import annotations


class LlmError(Exception):
    """No second opinion is to be had: the endpoint, the budget or the installation stands against it."""


class AnswerError(LlmError):
    """The model's answer to this one article is of no use; the next article may fare better."""
