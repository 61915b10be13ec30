"""`jurus crawl`: crawl outlets now and say per outlet what came of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from crawler.outlets import Outlet
from db import connect
from db.models import Run
from scheduler.cli import Workplace

if TYPE_CHECKING:
    from rich.table import Table

COLUMNS = ("links", "new", "updated", "unchanged", "unreadable", "forbidden", "failed")


@click.command("crawl")
@click.argument("slugs", metavar="[OUTLET]...", nargs=-1)
@click.option("--limit", type=click.IntRange(min=0), help="At most so many articles per outlet")
@click.pass_obj
def command(workplace: Workplace, slugs: tuple[str, ...], limit: int | None) -> None:
    """Crawl the outlets named, or all that are on, and store what is new.

    One line per outlet says what came of it; the exit status is 1 if any outlet failed.

    Example: jurus crawl swa kontan --limit 20
    """
    chosen = workplace.choose(slugs)
    for slug, outlet in chosen.items():
        if outlet.state == "off":
            raise click.UsageError(f"{slug} is off: {outlet.reason}")
    with connect(workplace.config.database):  # a database that cannot be used is told before anything is fetched
        pass
    from crawler.crawl import crawl

    with progress() as watch:
        runs = crawl(list(chosen), workplace.scrapy_settings(), limit, watch)
    if not report(chosen, runs):
        sys.exit(1)


def report(chosen: Mapping[str, Outlet], runs: Sequence[Run]) -> bool:
    """Print a line per outlet; whether all did their work."""
    from crawler.crawl import failure

    by_slug = {run.outlet: run for run in runs}
    well = True
    for slug, outlet in chosen.items():
        run = by_slug.get(slug)
        why = failure(outlet, run) if run else "it did not start"
        click.echo(f"{slug}: {summary(run)}" if run else slug, nl=False)
        click.echo(f"  FAILED: {why}; `jurus check {slug}` shows more" if why else "")
        well = well and not why
    return well


def summary(run: Run) -> str:
    """`42 links, 12 new, 1 updated, 28 unchanged, 1 failed (503: 1)`: what is zero is left out, but links and new."""
    counts = {name: getattr(run, name) for name in COLUMNS if name != "failed"}
    parts = [f"{count} {name}" for name, count in counts.items() if count or name in ("links", "new")]
    if run.failed:
        causes = ", ".join(f"{cause}: {count}" for cause, count in sorted(run.failed.items()))
        parts.append(f"{sum(run.failed.values())} failed ({causes})")
    if run.feeds_failed:
        parts.append(f"{len(run.feeds_failed)} sources failed")
    return ", ".join(parts)


@contextmanager
def progress() -> Iterator[Callable[[Sequence[Run]], None] | None]:
    """A live table of the runs on a terminal; nothing in a pipe."""
    if not sys.stdout.isatty():
        yield None
        return
    from rich.live import Live

    with Live(transient=True) as live:
        yield lambda runs: live.update(runs_table(runs))


def runs_table(runs: Sequence[Run]) -> Table:
    from rich.table import Table

    table = Table("outlet", *COLUMNS, "", box=None, header_style="bold", pad_edge=False)
    for run in runs:
        counts = [sum(run.failed.values()) if name == "failed" else getattr(run, name) for name in COLUMNS]
        table.add_row(run.outlet, *map(str, counts), run.reason or "...")
    return table
