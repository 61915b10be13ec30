"""`jurus status`: how the database and the outlets are."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import click

from db import open_existing, queries
from db.times import from_text
from scheduler.cli import Workplace
from scheduler.output import as_text, cell

RUNS_SHOWN = 10
SILENT_AFTER = timedelta(days=7)
COLUMNS = ("outlet", "started_at", "reason", "links", "new", "updated", "unchanged", "unreadable", "failed")


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON")
@click.pass_obj
def command(workplace: Workplace, as_json: bool) -> None:
    """Tell the size of the database, the last runs, and the outlets that fell silent.

    Example: jurus status --json
    """
    with open_existing(workplace.config.database) as db:
        totals = queries.totals(db)
        runs = queries.last_runs(db, RUNS_SHOWN)
        silent = silent_outlets(queries.outlet_rows(db), datetime.now(UTC))
    if as_json:
        click.echo(json.dumps({**totals, "runs": runs, "silent": silent}, ensure_ascii=False, indent=2))
        return
    size = totals["bytes"] / 1_000_000
    click.echo(
        f"{workplace.config.database}: {size:.1f} MB, {totals['articles']} articles, {totals['mentions']} mentions"
    )
    rows = [
        [cell(run[name] if name != "failed" else sum(run[name].values()), workplace.config.zone) for name in COLUMNS]
        for run in runs
    ]
    click.echo("\nLast runs\n" + as_text(COLUMNS, rows))
    click.echo("\nSilent outlets: " + (", ".join(f"{s['outlet']} ({s['why']})" for s in silent) or "none"))


def silent_outlets(rows: dict[str, dict[str, Any]], now: datetime) -> list[dict[str, str]]:
    """Outlets that were crawled but whose newest article is older than a week, or that have none."""
    silent = []
    for slug, row in rows.items():
        newest = from_text(row["newest"])
        if newest is None:
            silent.append({"outlet": slug, "why": "no article yet"})
        elif now - newest > SILENT_AFTER:
            silent.append({"outlet": slug, "why": f"nothing for {(now - newest).days} days"})
    return silent
