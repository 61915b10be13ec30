"""Annotated articles as commands read them: gold files, and the corpus that the package's own labels belong to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from crawler.extractors.measures.training import LABELS, GoldArticle, read_corpus, read_gold, read_labels

gold_option = click.option(
    "--gold",
    "paths",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    required=True,
    help="Annotated articles, JSON lines; may be given again",
)
corpus_option = click.option(
    "--corpus",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Corpus (JSON lines, gzipped) whose articles the package's own labels mark; they are learned from too",
)


def target_option(own: Path) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--to`: where what was learned is written; by default over the tagger's own file."""
    return click.option(
        "--to",
        "target",
        type=click.Path(path_type=Path, dir_okay=False),
        default=own,
        help="Where to write  [default: the tagger's own file]",
    )


def read_articles(paths: Sequence[Path]) -> list[GoldArticle]:
    """The articles of gold files. Raises ClickException with file and line."""
    try:
        articles = [article for path in paths for article in read_gold(path)]
    except (OSError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    if not articles:
        raise click.ClickException(f"{paths[0]}: no article in it")
    return articles


def read_labelled(corpus: Path | None) -> list[GoldArticle]:
    """The corpus articles that the package has labels for; none without a corpus."""
    if corpus is None:
        return []
    try:
        return read_labels(LABELS, read_corpus(corpus))
    except (OSError, ValueError) as error:
        raise click.ClickException(f"{corpus}: {error}") from error


def read_texts(corpus: Path) -> Iterator[str]:
    """The texts of a corpus with their titles."""
    try:
        yield from (f"{raw['title'] or ''}\n{raw['text']}" for raw in read_corpus(corpus))
    except (OSError, ValueError, KeyError) as error:
        raise click.ClickException(f"{corpus}: {error}") from error
