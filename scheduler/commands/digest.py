"""`jurus digest`: what subscriptions are told, and whether it arrived."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click

from db import Database, issues, open_existing, reading, turns, writing
from db.times import to_text
from scheduler.cli import Workplace
from scheduler.digest.model import Issue
from scheduler.digest.rendering import FORMATS, render
from scheduler.digest.settings import Settings, read
from scheduler.digest.subscriptions import Subscription
from scheduler.filters import day
from scheduler.output import show


@click.group("digest")
def command() -> None:
    """Tell subscribers what is new. Subscriptions stand in jurus.toml.

    Example: jurus digest preview tekstil
    """


def chosen(workplace: Workplace, name: str) -> tuple[Settings, Subscription]:
    settings = read(workplace.config)
    if name not in settings.subscriptions:
        known = ", ".join(settings.subscriptions) or "none: write one as [[subscription]] in jurus.toml"
        raise click.UsageError(f"no such subscription: {name}; there are {known}")
    return settings, settings.subscriptions[name]


@command.command("list")
@click.pass_obj
def list_(workplace: Workplace) -> None:
    """List the subscriptions, with when each was last due.

    Example: jurus digest list
    """
    settings = read(workplace.config)
    with open_existing(workplace.config.database) as db:
        states = issues.states(db)
    rows = [
        {
            "name": name,
            "frequency": one.frequency,
            "time": f"{one.time:%H:%M} {one.zone.key}",
            "sectors": list(one.sectors),
            "recipients": [recipient for _, recipient in one.recipients],
            "told_until": states[name].told_until if name in states else None,
        }
        for name, one in settings.subscriptions.items()
    ]
    columns = ("name", "frequency", "time", "sectors", "recipients", "told_until")
    show(rows, columns, "table", workplace.config.zone, "write one as [[subscription]] in jurus.toml")


@command.command("preview")
@click.argument("name")
@click.option("--since", help="What was first seen from this day on (2026-11-01), or for so many days (-7d)")
@click.option("--format", "style", type=click.Choice(FORMATS), default="text", show_default=True, help="How to print")
@click.option("--open", "in_browser", is_flag=True, help="Show the page in a browser")
@click.option("--pdf", type=click.Path(path_type=Path), help="Also write it as PDF (needs jurus[pdf])")
@click.option("--explain", is_flag=True, help="Say what makes the most important ones important")
@click.pass_obj
def preview(
    workplace: Workplace, name: str, since: str | None, style: str, in_browser: bool, pdf: Path | None, explain: bool
) -> None:
    """Print the next issue of a subscription as it would be now; nobody is told, and nothing counts as told.

    Example: jurus digest preview tekstil --since -7d --format markdown
    """
    from scheduler.digest.sending import edition_of

    settings, subscription = chosen(workplace, name)
    start = day(since, datetime.now(subscription.zone))
    with open_existing(workplace.config.database) as db:
        issue = rehearsed(db, settings, subscription, start)
    bodies = render(issue, edition_of(settings, subscription).words)
    if pdf is not None:
        write_pdf(pdf, bodies["html"])
    if in_browser:
        with tempfile.NamedTemporaryFile("w", suffix=".html", delete=False, encoding="utf-8") as page:
            page.write(bodies["html"])
        click.launch(page.name)
        return
    click.echo(bodies[style], nl=False)
    for item in issue.top if explain else ():
        click.echo(f"{item.importance:5.1f}  {item.id}  {', '.join(f'{why} {n:g}' for why, n in item.reasons)}")


def write_pdf(path: Path, page: str) -> None:
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as error:  # OSError: its libraries are missing
        raise click.ClickException(f"PDF needs WeasyPrint: pip install 'jurus[pdf]' ({error})") from error
    HTML(string=page).write_pdf(path)


def rehearsed(db: Database, settings: Settings, subscription: Subscription, since: datetime | None) -> Issue:
    """The next issue, from a database that is left as it was."""
    from scheduler.digest import choice, news, outbox
    from scheduler.digest.sending import issue_of

    now = datetime.now(UTC)
    db.conn.execute("begin immediate")
    try:
        news.sight(db, now)
        state = outbox.enrol(db, subscription, now)
        found = choice.choose(db, subscription, state, turns.sighted(db), to_text(since))
        begins = since or datetime.fromisoformat(state.told_until)
        return issue_of(settings, db, subscription, found, begins, now)
    finally:
        db.conn.rollback()


@command.command("send")
@click.argument("name")
@click.option("--dry-run", is_flag=True, help="Say what would be sent to whom, and send nothing")
@click.pass_obj
def send(workplace: Workplace, name: str, dry_run: bool) -> None:
    """Make the next issue of a subscription now, and send it.

    Example: jurus digest send tekstil
    """
    from scheduler.digest import outbox
    from scheduler.digest.news import sight
    from scheduler.digest.sending import draft_of

    settings, subscription = chosen(workplace, name)
    now = datetime.now(UTC)
    with open_existing(workplace.config.database) as db:
        if dry_run:
            issue = rehearsed(db, settings, subscription, None)
            for channel, recipient in subscription.recipients:
                click.echo(f"would send to {channel} {recipient}: {issue.subject}")
            return
        sight(db, now)
        number = outbox.make(db, subscription, partial(draft_of, settings), now)
        if number is None:
            click.echo("nothing new: nothing was sent")
            return
        deliver(db, settings, now, number)


@command.command("resend")
@click.argument("issue", type=click.IntRange(1, 2**63 - 1))
@click.pass_obj
def resend(workplace: Workplace, issue: int) -> None:
    """Send an issue once more, as it was, to all whom it went to. `jurus digest history` shows the numbers.

    Example: jurus digest resend 12
    """
    settings = read(workplace.config)
    now = datetime.now(UTC)
    with open_existing(workplace.config.database) as db:
        with writing(db):
            if issues.issue(db, issue) is None:
                raise click.UsageError(f"no such issue: {issue}; `jurus digest history` lists those there are")
            issues.address(db, issue, issues.recipients(db, issue), to_text(now) or "")
        deliver(db, settings, now, issue)


@command.command("history")
@click.argument("name", required=False)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="How many")
@click.pass_obj
def history(workplace: Workplace, name: str | None, limit: int) -> None:
    """List the last issues, and whether they arrived.

    Example: jurus digest history tekstil
    """
    with open_existing(workplace.config.database) as db, reading(db):
        rows = issues.history(db, name, limit)
    columns = ("id", "until", "subscription", "new", "changed", "sent", "waiting", "failed", "error", "subject")
    show(rows, columns, "table", workplace.config.zone, "`jurus digest send NAME` makes the first issue")


def deliver(db: Database, settings: Settings, now: datetime, number: int) -> None:
    """Send one issue and say how it went; exit status 1 where a recipient did not get it."""
    from scheduler.digest import outbox
    from scheduler.digest.sending import senders

    outcomes = outbox.deliver(db, senders(db, settings), now, number)
    for one in outcomes:
        after = f": {one.error}" if one.error else ""
        click.echo(f"issue {number} to {one.delivery.channel} {one.delivery.recipient}: {one.state}{after}")
    if any(one.state != "sent" for one in outcomes):
        raise click.ClickException("not everybody got it; what waits is tried again")
