"""The second opinion: an article to mentions, by a language model, from the cache where it was asked before."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from datetime import datetime
from importlib.util import find_spec

from crawler.config import Config, ConfigError, Llm
from crawler.llm import answer, endpoint, guide
from crawler.llm.errors import LlmError
from db import answers
from db.models import Mention

KEY = "JURUS_LLM_KEY"
LONGEST = 50_000
"""Characters of a text that are sent: ten times a long article."""
RETRIES = 2
CHARACTERS_A_TOKEN = 3


class Tagger:
    """Tags articles as `crawler.extractors.measures.tag` does, within the budget of one run, and keeps account.

    `counts` tells `requests` and `tokens` spent, articles `asked` and `cached`, `mentions` found; `dropped` counts
    what of the answers was not accepted, by reason.
    """

    def __init__(self, llm: Llm, key: str) -> None:
        self.llm = llm
        self.key = key
        self.counts: Counter[str] = Counter()
        self.dropped: Counter[str] = Counter()

    def __call__(self, title: str, text: str, published: datetime | None) -> list[Mention]:
        """The mentions in an article, of which the first 50 000 characters are read.

        Raises LlmError: no answer is to be had; its kind AnswerError: none for this article.
        """
        if not text.strip():
            return []
        text = text[:LONGEST]
        question = guide.article(encodable(title[:500]), encodable(text), published)
        name = digest(self.llm.model, guide.version(), question)
        content = answers.find(self.llm.cache, name)
        if content is None:
            entries = answer.parse(self.ask(question))
            answers.keep(self.llm.cache, name, self.llm.model, json.dumps({"measures": entries}))
        else:
            self.counts["cached"] += 1
            entries = answer.parse(content)
        mentions, dropped = answer.mentions(text, entries)
        self.counts["mentions"] += len(mentions)
        self.dropped += dropped
        return mentions

    def ask(self, question: str) -> str:
        """The model's answer, paid for in advance: what a failure has cost is not known."""
        estimate = (len(guide.instructions()) + len(question)) // CHARACTERS_A_TOKEN
        retries = min(RETRIES, self.llm.requests - self.counts["requests"] - 1)
        for kind, needed in (("requests", 1), ("tokens", estimate)):
            limit = getattr(self.llm, kind)
            if self.counts[kind] + needed > limit:
                raise LlmError(
                    f"the budget of {limit} {kind} a run is used up: raise {kind} in [llm], or run again "
                    f"(answers are kept in {self.llm.cache})"
                )
        self.counts.update(asked=1, requests=1 + retries, tokens=estimate)
        reply = endpoint.ask(self.llm, self.key, guide.instructions(), question, guide.schema(), retries)
        counted = estimate + len(reply.content) // CHARACTERS_A_TOKEN if reply.tokens is None else reply.tokens
        self.counts.update(requests=reply.retries - retries, tokens=counted - estimate)
        return reply.content

    def account(self) -> str:
        """What the run has cost and brought, in one line."""
        asked, cached, mentions, requests, tokens = (
            self.counts[kind] for kind in ("asked", "cached", "mentions", "requests", "tokens")
        )
        refused = ", ".join(f"{count} {reason}" for reason, count in sorted(self.dropped.items())) or "none"
        return (
            f"{self.llm.model}: {asked} articles asked, {cached} from the cache, {requests} requests, {tokens} tokens; "
            f"{mentions} mentions, dropped: {refused}"
        )


def tagger(config: Config) -> Tagger:
    """The tagger that `[llm]` in `jurus.toml` describes. Raises ConfigError, and LlmError without its package."""
    if config.llm is None:
        raise ConfigError("there is no table [llm] in jurus.toml: name an endpoint as jurus.example.toml shows")
    if find_spec("openai") is None:
        raise LlmError("the package openai is missing: pip install 'jurus[llm]'")
    key = os.environ.get(KEY, "").strip()
    if not (key.isascii() and key.isprintable()):
        raise LlmError(f"{KEY} holds characters that no key has: set it anew")
    return Tagger(config.llm, key)


def encodable(text: str) -> str:
    """The text with half surrogate pairs, which no request can carry, as question marks; offsets stay."""
    return text.encode("utf-8", "replace").decode()


def digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
