"""`jurus backfill`: read an outlet's past, day by day."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import click

from crawler.backfill.gaps import thin_days
from crawler.backfill.progress import Progress
from crawler.outlets import Outlet
from db import backfills, connect
from scheduler.cli import Workplace
from scheduler.output import local_time

SHOWN = 10  # thin days named


class Day(click.ParamType[date]):
    """A day such as 2020-01-31."""

    name = "day"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day such as 2020-01-31", param, ctx)


@click.command("backfill")
@click.argument("slug", metavar="OUTLET")
@click.option("--from", "first", type=Day(), required=True, help="First day, such as 2020-01-01")
@click.option("--to", "last", type=Day(), help="Last day  [default: yesterday]")
@click.pass_obj
def command(workplace: Workplace, slug: str, first: date, last: date | None) -> None:
    """Read an outlet's past from its dated index or its sitemaps, the newest day first.

    It may be stopped at any time, also by force, and goes on where it stopped. It stops by itself where the outlet
    refuses, and says when to try again; it waits while a crawl of the same outlet goes on. At the end it names the
    days that look too thin beside their neighbours. The exit status is 1 if anything is left to be read.

    Example: jurus backfill kontan --from 2020-01-01 --to 2020-12-31
    """
    outlet = workplace.choose((slug,))[slug]
    first, last = period(outlet, first, last)
    with connect(workplace.config.database) as db:
        if block := backfills.block(db, slug, datetime.now(UTC)):
            until = local_time(block["until"], workplace.config.zone)
            raise click.ClickException(f"{slug} refused: {block['reason']}; it is left alone until {until}")
    from crawler.spiders.backfill import backfill

    with bar(slug) as watch:
        progress = backfill(outlet, first, last, workplace.scrapy_settings(), watch)
    click.echo(summary(slug, progress))
    tell_thin_days(workplace, outlet, first, last)
    for part, reason in list(progress.failed.items())[:SHOWN]:
        click.echo(f"{part}: not read: {reason}; the next backfill tries again", err=True)
    if progress.block:
        again = progress.block[0].astimezone(workplace.config.zone)
        raise click.ClickException(f"{slug} refused: {progress.block[1]}; try again after {again:%Y-%m-%d %H:%M}")
    if progress.done < progress.total or progress.failed:
        sys.exit(1)


def period(outlet: Outlet, first: date, last: date | None) -> tuple[date, date]:
    """The days to read: none that the archive is known to lack, none that is not over. Raises UsageError."""
    if not outlet.archive:
        raise click.UsageError(f"{outlet.slug} names no archive: set `archive` in its outlet file")
    if outlet.archive_from:
        first = max(first, date.fromisoformat(outlet.archive_from))
    yesterday = datetime.now(ZoneInfo(outlet.timezone)).date() - timedelta(days=1)
    last = min(last or yesterday, yesterday)
    if first > last:
        raise click.UsageError(f"nothing to read from {first} to {last}")
    return first, last


def summary(slug: str, progress: Progress) -> str:
    run = progress.run
    counts = {"new": run.new, "known": run.unchanged, "unreadable": run.unreadable, "forbidden": run.forbidden}
    counts |= {f"failed ({cause})": count for cause, count in sorted(run.failed.items())}
    said = ", ".join(f"{count} {name}" for name, count in counts.items() if count or name == "new")
    return f"{slug}: {progress.done} of {progress.total} parts read, {said}"


def tell_thin_days(workplace: Workplace, outlet: Outlet, first: date, last: date) -> None:
    with connect(workplace.config.database) as db:
        counts = backfills.articles_by_day(db, outlet.slug, first, last, ZoneInfo(outlet.timezone))
    thin = thin_days(counts, first, last)
    for day in thin[:SHOWN]:
        click.echo(f"{day.day}: {day.articles} articles, usually {day.usual:g}")
    if len(thin) > SHOWN:
        click.echo(f"and {len(thin) - SHOWN} more thin days")


@contextmanager
def bar(slug: str) -> Iterator[Callable[[Progress], None] | None]:
    """A progress bar with what remains on a terminal; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich import progress as rich
    from rich.console import Console

    columns = (rich.TextColumn(slug), rich.BarColumn(), rich.MofNCompleteColumn(), rich.TimeRemainingColumn())
    with rich.Progress(*columns, rich.TextColumn("{task.fields[new]} new"), console=Console(stderr=True)) as shown:
        task = shown.add_task(slug, total=None, new=0)
        yield lambda at: shown.update(task, total=at.total, completed=at.done, new=at.run.new)
