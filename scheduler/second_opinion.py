"""`--with llm`: the language model named in jurus.toml tags instead of the tagger that comes with Jurus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import click

from crawler.config import Config
from db.models import Mention

Tag = Callable[[str, str, datetime | None], list[Mention]]


class NoAnswer(click.ClickException):
    """The model has no usable answer for one article; the next one may fare better."""


@contextmanager
def second_opinion(config: Config) -> Iterator[Tag]:
    """A tagger whose errors are those of a command; at the end it tells what was asked, spent and dropped.

    Raises ClickException, and its kind NoAnswer for a single article.
    """
    from crawler.llm import AnswerError, LlmError, tagger

    try:
        model = tagger(config)
    except LlmError as error:
        raise click.ClickException(str(error)) from error

    def tag(title: str, text: str, published: datetime | None) -> list[Mention]:
        try:
            return model(title, text, published)
        except AnswerError as error:
            raise NoAnswer(str(error)) from error
        except LlmError as error:
            raise click.ClickException(str(error)) from error

    try:
        yield tag
    finally:
        click.echo(model.account(), err=True)
