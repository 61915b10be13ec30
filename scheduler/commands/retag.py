"""`jurus retag`: read all stored texts again with the tagger of today."""

from __future__ import annotations

import os
import sys

import click

from db import queries
from scheduler.cli import Workplace


@click.command("retag")
@click.option("--workers", type=click.IntRange(1, 64), default=os.cpu_count() or 1, show_default=True, help="Processes")
@click.pass_obj
def command(workplace: Workplace, workers: int) -> None:
    """Read every stored text again that an earlier version of the tagger has read, and say what changed.

    It may be stopped at any time and goes on where it stopped. Articles kept as quotes only cannot be read again.

    Example: jurus retag
    """
    from rich.console import Console
    from rich.progress import Progress

    from crawler.codes import open_known
    from crawler.extractors.measures import EXTRACTOR_VERSION
    from crawler.retag import Changes, retag

    with open_known(workplace.config.database) as db:
        waiting, without_text = queries.count_stale(db, EXTRACTOR_VERSION)
        changes = Changes()
        with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
            bar = progress.add_task("articles", total=waiting)
            for changes in retag(db, workers) if waiting else ():
                progress.update(bar, completed=changes.read)
    click.echo(
        f"{changes.read} articles read by {EXTRACTOR_VERSION}, {changes.changed} changed: "
        f"{changes.added} mentions added, {changes.removed} removed, {changes.recoded} with other codes"
    )
    if without_text:
        click.echo(f"{without_text} articles are kept without their text and stay as they are")
