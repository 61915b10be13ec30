"""`jurus evaluate`: how well the tagger agrees with annotated articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from crawler.extractors.measures import tag
from crawler.extractors.measures.model import NETWORK, load_network, packaged
from crawler.extractors.measures.training import GoldArticle, score
from crawler.extractors.measures.training.held import held_from
from crawler.extractors.measures.training.intervals import intervals
from crawler.extractors.measures.training.scores import Score
from crawler.extractors.measures.training.train import cross_validate
from db.models import Mention
from scheduler.annotated import corpus_option, read_articles, read_labelled
from scheduler.cli import Workplace
from scheduler.output import format_option, show
from scheduler.second_opinion import NoAnswer, Tag, second_opinion

COLUMNS = ("facet", "precision", "recall", "f1", "low", "high", "gold", "said")

Told = Mapping[str, Sequence[Mention]]


@click.command("evaluate")
@click.argument("gold", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--folds", type=click.IntRange(2, 20), help="Train anew for each fold of GOLD on the others")
@corpus_option
@click.option("--with", "opinion", type=click.Choice(["llm"]), help="Judge the language model named in jurus.toml")
@format_option
@click.pass_obj
def command(
    workplace: Workplace, gold: Path, folds: int | None, corpus: Path | None, opinion: str | None, style: str
) -> None:
    """Hold the tagger against annotated articles (JSON lines): by facet, instrument and sector.

    low and high bound F1 in 95 of 100 random draws of as many articles. Articles that the model has learned from prove
    nothing: --folds trains trees and facets anew without them, and asks networks that were trained without them
    (`jurus network`). It needs `jurus[train]`, and minutes.

    Example: jurus evaluate dev.jsonl --folds 5 --corpus articles.jsonl.gz
    """
    if folds and opinion:
        raise click.UsageError("--folds trains Jurus' own tagger: leave out --with")
    articles = read_articles([gold])
    if folds:
        told = cross_validated(articles, corpus, folds)
    else:
        with second_opinion(workplace.config) if opinion else nullcontext(tag) as tagger:
            told = {article.id: answer(tagger, article) for article in articles}
    show(table(articles, told), COLUMNS, style, workplace.config.zone)


def answer(tagger: Tag, article: GoldArticle) -> list[Mention]:
    """The tagger's mentions; an article without a usable answer is told, and counts as one without mentions."""
    day = article.published
    try:
        return tagger(article.title, article.text, datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None)
    except NoAnswer as error:
        click.echo(f"jurus: {article.id}: {error.message}", err=True)
        return []


def cross_validated(articles: list[GoldArticle], corpus: Path | None, folds: int) -> Told:
    try:
        return cross_validate(articles, read_labelled(corpus), load_network(), held_from(packaged(NETWORK)), folds)
    except (ImportError, ValueError) as error:
        raise click.ClickException(str(error)) from error


def table(articles: Sequence[GoldArticle], told: Told) -> list[dict[str, Any]]:
    """A row for each facet with its interval, then one for each instrument and sector that anybody named."""
    bounds = intervals(articles, told)
    rows = [row(name, of, *bounds[name]) for name, of in score(articles, told).items()]
    for field in ("instrument", "sectors"):
        for code in codes(articles, told, field):
            of = score(*only(articles, told, field, code))["sentence"]
            rows.append(row(f"{field.removesuffix('s')} {code}", of))
    return rows


def row(name: str, of: Score, low: float | None = None, high: float | None = None) -> dict[str, Any]:
    figures = {"precision": of.precision, "recall": of.recall, "f1": of.f1, "low": low, "high": high}
    rounded = {key: None if value is None else round(value, 3) for key, value in figures.items()}
    return {"facet": name, **rounded, "gold": of.gold, "said": of.predicted}


def codes(articles: Sequence[GoldArticle], told: Told, field: str) -> list[str]:
    mentions = [*(m for article in articles for m in article.mentions), *(m for found in told.values() for m in found)]
    return sorted({code for mention in mentions for code in as_codes(getattr(mention, field))})


def as_codes(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def only(articles: Sequence[GoldArticle], told: Told, field: str, code: str) -> tuple[list[GoldArticle], Told]:
    """Articles and predictions with no other mentions than those of one code."""
    kept = [
        replace(article, mentions=tuple(m for m in article.mentions if code in as_codes(getattr(m, field))))
        for article in articles
    ]
    said = {name: [m for m in found if code in as_codes(getattr(m, field))] for name, found in told.items()}
    return kept, said
