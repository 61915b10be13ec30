"""One question to an OpenAI-compatible endpoint, bounded in time, size and tries."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from crawler.config import Llm
from crawler.llm.errors import AnswerError, LlmError

LONGEST_ANSWER = 500_000
"""Bytes: some hundred measures with their quotes."""

_HINTS = dict.fromkeys((301, 302, 307, 308, 404), "check base_url and model in [llm]") | {
    400: "does the model support structured output (response_format json_schema)?",
    401: "check JURUS_LLM_KEY",
    403: "check JURUS_LLM_KEY",
    429: "it asks for patience: try again later",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model said, how many tokens the endpoint counted (None: it did not say), how many tries failed."""

    content: str
    tokens: int | None
    retries: int


def ask(llm: Llm, key: str, instructions: str, article: str, schema: dict[str, Any], retries: int) -> Reply:
    """Put one question; server errors and 429 are tried again, as long as the time lasts and Retry-After asks.

    Raises LlmError where there is no answer, AnswerError where it is none.
    """
    import httpx2  # what openai itself fetches with
    import openai

    try:
        body, taken = asyncio.run(fetch(llm, key, instructions, article, schema, retries))
    except TimeoutError as error:
        raise LlmError(
            f"{llm.base_url}: no answer in {llm.timeout:g} s: raise timeout in [llm], or ask less"
        ) from error
    except openai.APIStatusError as error:
        hint = _HINTS.get(error.status_code, "see the log of the server")
        said = plain(error.message.replace(key, "...") if key else error.message)
        raise LlmError(f"{llm.base_url}: HTTP {error.status_code}: {hint}: {said}") from error
    except (openai.APIConnectionError, httpx2.HTTPError) as error:
        reason = plain(str(error.__cause__ or error)) or type(error).__name__
        raise LlmError(f"{llm.base_url}: no connection ({reason}): does the server run?") from error
    content, tokens = unpack(body)
    return Reply(content, tokens, taken)


async def fetch(
    llm: Llm, key: str, instructions: str, article: str, schema: dict[str, Any], retries: int
) -> tuple[bytes, int]:
    """The body of the answer, and how many tries before it failed. The time limit is one for all of it."""
    from openai import AsyncOpenAI, DefaultAsyncHttpxClient

    secret = key or "none"
    headers = {"Authorization": f"Bearer {secret}"}
    client = AsyncOpenAI(
        base_url=llm.base_url,
        api_key=secret,
        default_headers=headers,  # also against one in OPENAI_CUSTOM_HEADERS
        max_retries=retries,
        http_client=DefaultAsyncHttpxClient(timeout=None, follow_redirects=False),
    )
    client.organization = client.project = client.admin_api_key = None  # from OPENAI_*: meant for another endpoint
    async with (
        asyncio.timeout(llm.timeout),
        client,
        client.chat.completions.with_streaming_response.create(
            model=llm.model,
            messages=[{"role": "system", "content": instructions}, {"role": "user", "content": article}],
            response_format={
                "type": "json_schema",
                "json_schema": {"name": "measures", "strict": True, "schema": schema},
            },
        ) as response,
    ):
        body = bytearray()
        async for piece in response.iter_bytes():
            body += piece
            if len(body) > LONGEST_ANSWER:
                raise AnswerError(f"the model's answer is longer than {LONGEST_ANSWER} bytes")
        return bytes(body), response.retries_taken


def unpack(body: bytes) -> tuple[str, int | None]:
    """The text and the tokens in a chat completion. Raises AnswerError."""
    try:
        answer = json.loads(body)
        choice = answer["choices"][0]
        content = choice["message"]["content"]
        cut = choice.get("finish_reason") == "length"
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError) as error:
        raise AnswerError("the endpoint's answer is no chat completion: check base_url in [llm]") from error
    if cut:
        raise AnswerError("the model's answer broke off: raise the number of tokens that it may answer or read")
    if not isinstance(content, str):
        raise AnswerError("the model gave no answer")
    usage = answer.get("usage")
    tokens = usage.get("total_tokens") if isinstance(usage, dict) else None
    return content, tokens if type(tokens) is int and tokens >= 0 else None


def plain(text: str) -> str:
    """A stranger's words on one short line, without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]
