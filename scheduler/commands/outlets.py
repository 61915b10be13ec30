"""`jurus outlets`: which outlets there are, and how they fare."""

from __future__ import annotations

from typing import Any

import click

from crawler.outlets import Outlet
from db import connect, queries
from scheduler.cli import Workplace
from scheduler.output import format_option, show

COLUMNS = ("outlet", "title", "state", "keep", "articles", "mentions", "last_run", "next_step")


@click.command("outlets")
@format_option
@click.pass_obj
def command(workplace: Workplace, style: str) -> None:
    """List the outlets with their last run, what is stored of them, and what to do next.

    Example: jurus outlets --format markdown
    """
    stored: dict[str, dict[str, Any]] = {}
    if workplace.config.database.exists():
        with connect(workplace.config.database) as db:
            stored = queries.outlet_rows(db)
    rows = [outlet_row(outlet, stored.get(slug)) for slug, outlet in sorted(workplace.outlets.items())]
    show(rows, COLUMNS, style, workplace.config.zone)


def outlet_row(outlet: Outlet, stored: dict[str, Any] | None) -> dict[str, Any]:
    run = stored["run"] if stored else None
    return {
        "outlet": outlet.slug,
        "title": outlet.title,
        "home": outlet.home,
        "state": outlet.state,
        "keep": outlet.keep,
        "articles": stored["articles"] if stored else 0,
        "mentions": stored["mentions"] if stored else 0,
        "last_run": run["started_at"] if run else None,
        "next_step": next_step(outlet, run),
    }


def next_step(outlet: Outlet, run: dict[str, Any] | None) -> str:
    if outlet.state == "off":
        return outlet.reason
    if run is None:
        return f"jurus crawl {outlet.slug}"
    if run["reason"] != "finished" or run["links"] < outlet.min_links:
        return f"jurus check {outlet.slug}"
    return ""
