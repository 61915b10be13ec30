"""`jurus measures`: what the database knows."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import click

from crawler import taxonomy
from db import open_existing, queries
from db.times import to_text
from scheduler.cli import Workplace
from scheduler.output import format_option, show

COLUMNS = ("published_at", "outlet", "sectors", "instrument", "actor", "status", "quote")


@click.command("measures")
@click.option("--sector", help="A sector or a group of sectors: ikft.tpt, ikft, luar")
@click.option("--instrument", help="What is done: pajak, bea, subsidi, ...")
@click.option("--actor", help="Who does it; a ministry includes its units")
@click.option("--status", type=click.Choice(list(taxonomy.STATUSES)), help="How far it is")
@click.option("--outlet", "slug", help="Only what this outlet reported")
@click.option("--since", help="From this day on (2026-11-01), or for so many days (-30d)")
@click.option("--until", help="Before the end of this day (2026-11-30), or until so many days ago (-7d)")
@format_option
@click.pass_obj
def command(
    workplace: Workplace,
    sector: str | None,
    instrument: str | None,
    actor: str | None,
    status: str | None,
    slug: str | None,
    since: str | None,
    until: str | None,
    style: str,
) -> None:
    """Print the measures that the database knows, newest first; filters combine.

    Example: jurus measures --sector ikft --since -30d --format csv
    """
    sectors = taxonomy.load_sectors()
    check_code("sector", sector, {*sectors, *(s.group for s in sectors.values())})
    check_code("instrument", instrument, taxonomy.load_instruments())
    check_code("actor", actor, taxonomy.load_actors())
    now = datetime.now(workplace.config.zone)
    wanted = {"sector": sector, "instrument": instrument, "actor": actor, "status": status, "outlet": slug}
    wanted |= {"since": to_text(day(since, now)), "until": to_text(day(until, now, end=True))}
    with open_existing(workplace.config.database) as db:
        rows = queries.measures(db, **wanted)
    show(rows, COLUMNS, style, workplace.config.zone)
    if not rows and style == "table":
        click.echo("nothing found; `jurus status` shows what the database holds", err=True)


def check_code(kind: str, code: str | None, known: Collection[str]) -> None:
    if code is not None and code not in known:
        raise click.UsageError(f"no such {kind}: {code}; known are {', '.join(sorted(known))}")


def day(text: str | None, now: datetime, end: bool = False) -> datetime | None:
    """The start of a day (or its end) in the zone of `now`: `2026-11-01`, or `-30d` counted back from today."""
    if text is None:
        return None
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if back := re.fullmatch(r"-?(\d{1,5})d", text):
        start = today - timedelta(days=int(back[1]))
    else:
        try:
            start = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=now.tzinfo)
        except ValueError as error:
            raise click.UsageError(f"no such day: {text}; write 2026-11-01 or -30d") from error
    try:
        return (start + timedelta(days=1) if end else start).astimezone(UTC)
    except OverflowError as error:
        raise click.UsageError(f"no such day: {text}; it lies too far away") from error
