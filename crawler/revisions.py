"""What changed in an article after it was first read."""

from __future__ import annotations

from difflib import unified_diff

from crawler.extractors.measures.sentences import split
from db.models import Article, Before


def is_revision(before: Before, article: Article, extractor_version: str) -> bool:
    """Whether the outlet changed its article: its title or text, or, where no text is kept, what is quoted from it.

    Other quotes from a text that is not kept count only where the same extractor found them: a new one finds others.
    """
    if before.title != article.title or before.text != article.text:
        return True
    quotes = bool(before.mentions_gone or before.mentions_new)
    return quotes and article.text is None and before.extractor_version in (extractor_version, None)


def difference(before: Before, article: Article) -> str:
    """The change as a unified diff of title and sentences, without context; empty where only quotes are known."""
    lines = unified_diff(_lines(before.title, before.text), _lines(article.title, article.text), n=0, lineterm="")
    return "\n".join(line for line in list(lines)[2:] if not line.startswith("@@"))


def _lines(title: str, text: str | None) -> list[str]:
    body = text or ""
    return [title, *(body[start:end] for start, end in split(body))]
