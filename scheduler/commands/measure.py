"""`jurus measure`: put right by hand what was merged wrongly."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from db import Database, queries
from scheduler.cli import Workplace


@click.group("measure")
def command() -> None:
    """Split a measure that is two acts, or merge two that are one. Later rebuilds respect what was decided.

    Example: jurus measure merge k3f9a2c1exq7 m2x7c1exq7ab
    """


@command.command("split")
@click.argument("measure_id")
@click.argument("mentions", nargs=-1, required=True)
@click.pass_obj
def split(workplace: Workplace, measure_id: str, mentions: tuple[str, ...]) -> None:
    """Make a measure of its own of MENTIONS, which `jurus show MEASURE_ID` prints in brackets.

    Example: jurus measure split k3f9a2c1exq7 m2x7c1exq7ab
    """
    from crawler.codes import open_known
    from crawler.merging import decisions

    with open_known(workplace.config.database) as db:
        try:
            decisions.split(db, known(db, measure_id), mentions, datetime.now(UTC))
        except decisions.WrongDecision as error:
            raise click.UsageError(str(error)) from error
        tell(db, [measure_id, *mentions])


@command.command("merge")
@click.argument("one")
@click.argument("other")
@click.pass_obj
def merge(workplace: Workplace, one: str, other: str) -> None:
    """Make one measure of two.

    Example: jurus measure merge k3f9a2c1exq7 b7x2m1qexk3f
    """
    from crawler.codes import open_known
    from crawler.merging import decisions

    with open_known(workplace.config.database) as db:
        try:
            decisions.merge(db, known(db, one), known(db, other), datetime.now(UTC))
        except decisions.WrongDecision as error:
            raise click.UsageError(str(error)) from error
        tell(db, [one, other])


def known(db: Database, name: str) -> str:
    """The measure of this name. Raises UsageError."""
    found = queries.find_measure(db, name)
    if found is None:
        raise click.UsageError(f"no such measure: {name}; `jurus measures` lists those there are")
    return found


def tell(db: Database, names: list[str]) -> None:
    """Say which measures these names stand for now."""
    for measure_id in dict.fromkeys(known(db, name) for name in names):
        row = queries.measure(db, measure_id)
        click.echo(f"{row['id']}  mentions: {row['mentions']}, publishers: {row['publishers']}: {row['title']}")
