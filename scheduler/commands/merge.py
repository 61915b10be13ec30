"""`jurus merge`: find stories and measures in what is stored."""

from __future__ import annotations

import click

from db import queries
from scheduler.cli import Workplace


@click.command("merge")
@click.option("--rebuild", is_flag=True, help="Find all stories and measures anew, not only those still missing")
@click.pass_obj
def command(workplace: Workplace, rebuild: bool) -> None:
    """Join articles to stories and mentions to measures, where that has not been done when they were stored.

    What was decided by hand (`jurus measure`) stays. The result is the same as if all had come in another order.

    Example: jurus merge --rebuild
    """
    from crawler.codes import open_known
    from crawler.merging import rebuilding

    with open_known(workplace.config.database) as db:
        count = rebuilding.rebuild(db) if rebuild else rebuilding.catch_up(db)
        totals = queries.totals(db)
    click.echo(f"{count} articles joined; in all {totals['stories']} stories and {totals['measures']} measures")
