"""`jurus status`: how the database and the outlets are."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import click

from crawler.outlets import Outlet
from db import Database, health, open_existing, polls, queries
from db.jobs import Lease, lease
from db.times import to_text
from scheduler.cli import Workplace
from scheduler.clock import utc_now
from scheduler.output import as_text, cell

RUNS_SHOWN, ALERTS_SHOWN, ERRORS_SHOWN = 10, 10, 5
OUTLETS = ("outlet", "state", "last_new_at", "next_check_at", "why")
RUNS = ("outlet", "started_at", "reason", "links", "new", "updated", "unchanged", "unreadable", "failed")
FEEDS = ("asked_at", "outcome", "links", "new", "next_check_at", "interval", "reason", "source")
ERRORS = ("at", "error", "source")
ALERTS = ("at", "outlet", "was", "state", "why")


@click.command("status")
@click.argument("slug", metavar="[OUTLET]", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON")
@click.pass_obj
def command(workplace: Workplace, slug: str | None, as_json: bool) -> None:
    """Tell how the database and each outlet is: ok, watch or broken, held against the outlet's own history.

    With OUTLET: why it is asked when it is, its last errors, and what changed. The exit status is 1 if an outlet is
    broken.

    Example: jurus status kontan
    """
    with open_existing(workplace.config.database) as db:
        told = of_outlet(db, workplace.choose((slug,))[slug], utc_now()) if slug else of_all(db, workplace)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    elif slug:
        print_outlet(told, workplace)
    else:
        print_all(told, workplace)
    states = [told["state"]] if slug else [row["state"] for row in told["outlets"]]
    if "broken" in states:
        sys.exit(1)


def of_all(db: Database, workplace: Workplace) -> dict[str, Any]:
    """The sizes, the scheduler, each outlet that was ever asked, the last runs and the last changes of state."""
    from scheduler.feeds import named
    from scheduler.wellbeing import judge_all

    stored, feeds = queries.outlet_rows(db), polls.outlets_of(named(polls.all_polls(db), workplace.on()))
    asked = {
        slug: outlet
        for slug, outlet in workplace.on().items()
        if any(row["asked_at"] for row in feeds.get(slug, [])) or stored.get(slug, {}).get("run")
    }
    verdicts = judge_all(db, asked, utc_now())
    rows = [outlet_row(slug, verdict, feeds.get(slug, [])) for slug, verdict in verdicts.items()]
    return {
        **queries.totals(db),
        "scheduler": scheduler_row(lease(db), utc_now()),
        "outlets": rows,
        "runs": queries.last_runs(db, RUNS_SHOWN),
        "alerts": health.alerts(db, ALERTS_SHOWN),
    }


def outlet_row(slug: str, verdict: tuple[str, str], feeds: Sequence[polls.Row]) -> dict[str, Any]:
    state, why = verdict
    return {
        "outlet": slug,
        "state": state,
        "why": why,
        "last_new_at": max((row["last_new_at"] for row in feeds if row["last_new_at"]), default=None),
        "next_check_at": min((row["next_check_at"] for row in feeds), default=None),
    }


def scheduler_row(held: Lease | None, now: datetime) -> dict[str, Any] | None:
    from scheduler.lease import is_at_work

    if held is None:
        return None
    return {
        "host": held.host,
        "pid": held.pid,
        "since": to_text(held.taken_at),
        "heard_at": to_text(held.renewed_at),
        "alive": is_at_work(held, now),
    }


def of_outlet(db: Database, outlet: Outlet, now: datetime) -> dict[str, Any]:
    """One outlet: its state, its feeds with the reasons of their next times, its last errors and changes of state."""
    from scheduler.feeds import named
    from scheduler.wellbeing import judge_all

    feeds = named(polls.all_polls(db), {outlet.slug: outlet})
    verdict = judge_all(db, {outlet.slug: outlet}, now)[outlet.slug]
    off = {"state": "off", "why": outlet.reason, "next_check_at": None} if outlet.state == "off" else {}
    unasked = {"next_check_at": None, "interval": None, "reason": "the outlet is off"} if off else {}
    return outlet_row(outlet.slug, verdict, feeds) | {
        **off,
        "title": outlet.title,
        "feeds": [feed_row(row, now) | unasked for row in feeds],
        "errors": polls.errors(db, outlet.slug, ERRORS_SHOWN),
        "alerts": health.alerts(db, ALERTS_SHOWN, outlet.slug),
    }


def feed_row(row: polls.Row, now: datetime) -> dict[str, Any]:
    """A feed, with why it is not asked now: its next time, or its host's wish."""
    names = ("source", "asked_at", "outcome", "error", "links", "new", "failures", "next_check_at")
    held = row["not_before"] and row["not_before"] > max(row["next_check_at"], to_text(now) or "")
    facts = {name: row[name] for name in names} | {"interval": f"{row['interval'] // 60} min", "reason": row["reason"]}
    if held:
        facts |= {"next_check_at": row["not_before"], "reason": f"{row['host']} asked to be left alone until then"}
    elif row["next_check_at"] <= (to_text(now) or ""):
        facts["reason"] = f"due now; {row['reason']}"
    return facts


def print_all(told: dict[str, Any], workplace: Workplace) -> None:
    size, held = told["bytes"] / 1_000_000, told["scheduler"]
    database = workplace.config.database
    click.echo(f"{database}: {size:.1f} MB, {told['articles']} articles, {told['mentions']} mentions")
    if held is None:
        click.echo("No scheduler runs; `jurus run` starts one")
    else:
        said = "runs" if held["alive"] else "is not heard of any more"
        since = cell(held["since"], workplace.config.zone)
        click.echo(f"The scheduler (process {held['pid']} on {held['host']}, since {since}) {said}")
    runs = [run | {"failed": sum(run["failed"].values())} for run in told["runs"]]
    for title, columns, rows in (
        ("Outlets", OUTLETS, told["outlets"]),
        ("Last runs", RUNS, runs),
        ("Last changes", ALERTS, told["alerts"]),
    ):
        print_table(title, columns, rows, workplace)


def print_outlet(told: dict[str, Any], workplace: Workplace) -> None:
    click.echo(f"{told['title']}: {told['state']}" + (f": {told['why']}" if told["why"] else ""))
    print_table("Feeds", FEEDS, told["feeds"], workplace)
    print_table("Last errors", ERRORS, told["errors"], workplace)
    print_table("Last changes", ALERTS, told["alerts"], workplace)


def print_table(title: str, columns: Sequence[str], rows: Sequence[dict[str, Any]], workplace: Workplace) -> None:
    if rows:
        zone = workplace.config.zone
        click.echo(f"\n{title}\n" + as_text(columns, [[cell(row[name], zone) for name in columns] for row in rows]))
