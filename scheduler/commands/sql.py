"""`jurus sql`: questions in one's own SQL."""

from __future__ import annotations

import click

from db import sql
from scheduler.cli import Workplace
from scheduler.output import format_option, show


@click.command("sql")
@click.argument("statement")
@click.option("--seconds", type=click.FloatRange(0.1, 3600), default=30, show_default=True, help="Give up after")
@format_option
@click.pass_obj
def command(workplace: Workplace, statement: str, seconds: float, style: str) -> None:
    """Answer one SELECT from the database, which it cannot change.

    docs/database.md describes the tables and views.

    Example: jurus sql "select outlet, count(*) from articles group by outlet" --format markdown
    """
    try:
        columns, rows = sql.ask(workplace.config.database, statement, seconds)
    except sql.SqlError as error:
        raise click.UsageError(str(error)) from error
    except sql.TookTooLong as error:
        raise click.ClickException(str(error)) from error
    show(rows, columns, style, workplace.config.zone)
