"""The filters that all commands share which ask the database: said once, checked once."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from typing import cast

import click

from crawler import taxonomy
from crawler.taxonomy.regions import find_region
from db.times import to_text
from scheduler.cli import Workplace

Wanted = dict[str, str | None]

OPTIONS = (
    click.option("--sector", help="A sector or a group of sectors: ikft.tpt, ikft, luar"),
    click.option("--instrument", help="What is done: pajak, bea, subsidi, ..."),
    click.option("--actor", help="Who does it; a ministry includes its units"),
    click.option("--status", type=click.Choice(list(taxonomy.STATUSES)), help="How far it is"),
    click.option("--region", help="Where: a province with its cities, or a city; its code or name"),
    click.option("--outlet", help="Only what this outlet reported"),
    click.option("--since", help="From this day on (2026-11-01), or for so many days (-30d)"),
    click.option("--until", help="Before the end of this day (2026-11-30), or until so many days ago (-7d)"),
)
KEYS = ("sector", "instrument", "actor", "status", "region", "outlet", "since", "until")


def filter_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command all filters; it receives them, checked, as one argument `wanted` for the queries."""

    @functools.wraps(command)
    def with_filters(*arguments: object, **options: object) -> None:
        given = {key: cast("str | None", options.pop(key)) for key in KEYS}
        workplace: Workplace = click.get_current_context().obj
        command(*arguments, wanted=checked(given, datetime.now(workplace.config.zone)), **options)

    for option in reversed(OPTIONS):
        with_filters = option(with_filters)
    return with_filters


def checked(given: Wanted, now: datetime) -> Wanted:
    """The filters with codes that exist and days as stored times. Raises UsageError."""
    sectors = taxonomy.load_sectors()
    check_code("sector", given["sector"], {*sectors, *(sector.group for sector in sectors.values())})
    check_code("instrument", given["instrument"], taxonomy.load_instruments())
    check_code("actor", given["actor"], taxonomy.load_actors())
    since, until = day(given["since"], now), day(given["until"], now, end=True)
    return given | {"region": region(given["region"]), "since": to_text(since), "until": to_text(until)}


def check_code(kind: str, code: str | None, known: Collection[str]) -> None:
    if code is not None and code not in known:
        raise click.UsageError(f"no such {kind}: {code}; known are {', '.join(sorted(known))}")


def region(name: str | None) -> str | None:
    """The code of a region by its code or name. Raises UsageError."""
    if name is None:
        return None
    found = find_region(name)
    if found is None:
        raise click.UsageError(f"no such region: {name}; name a province or a city: jabar, Jawa Barat, Bekasi")
    return found


def day(text: str | None, now: datetime, end: bool = False) -> datetime | None:
    """The start of a day (or its end) in the zone of `now`: `2026-11-01`, or `-30d` counted back from today."""
    if text is None:
        return None
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        if back := re.fullmatch(r"-?(\d{1,5})d", text):
            start = today - timedelta(days=int(back[1]))
        else:
            start = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=now.tzinfo)
        return (start + timedelta(days=1) if end else start).astimezone(UTC)
    except OverflowError as error:
        raise click.UsageError(f"no such day: {text}; it lies too far away") from error
    except ValueError as error:
        raise click.UsageError(f"no such day: {text}; write 2026-11-01 or -30d") from error
