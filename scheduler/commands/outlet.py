"""`jurus outlet`: an outlet file for a site that has none."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from crawler.outlets import generic, load
from crawler.scouting import Draft, NoDraft, as_toml, draft, is_private
from db.models import Article
from db.times import to_text
from scheduler.cli import Workplace
from scheduler.output import local_time

SHOWN = 160  # characters of an article's text
DEFAULT_FOLDER = Path("outlets")


@click.group("outlet")
def command() -> None:
    """Outlet files for sites that have none.

    Example: jurus outlet add https://kabar.example
    """


@command.command("add")
@click.argument("url")
@click.option("--yes", is_flag=True, help="Save without asking")
@click.pass_obj
def add(workplace: Workplace, url: str, yes: bool) -> None:
    """Look around a site and draft its outlet file.

    Finds its feed, sitemap or list of articles, tells the shape of its articles' addresses, reads two or three of them,
    shows what it would extract, and asks before it saves the file among your own outlets.

    Example: jurus outlet add https://kabar.example
    """
    home = address(url)
    from crawler.spiders.scout import scout

    stub = replace(generic(home), allow_private=is_private(home))
    pages = scout(home, stub, workplace.scrapy_settings() | {"USER_AGENT": workplace.config.user_agent})
    try:
        found = draft(home, pages)
    except NoDraft as error:
        raise click.ClickException(str(error)) from error
    today = datetime.now(UTC).astimezone(workplace.config.zone).date()
    text = as_toml(found, today)
    click.echo(text)
    tell(found, workplace)
    save(workplace, found, text, yes)


def address(url: str) -> str:
    """The address as typed, with `https://` where no scheme was."""
    home = url if "://" in url else f"https://{url}"
    parts = urlsplit(home)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise click.UsageError(f"{url} is no address such as https://kabar.example")
    return parts._replace(path=parts.path or "/", fragment="").geturl()


def tell(found: Draft, workplace: Workplace) -> None:
    """What would be extracted with this file."""
    for article in found.samples:
        click.echo("\n".join(lines(article, workplace)))


def lines(article: Article, workplace: Workplace) -> list[str]:
    published = to_text(article.published_at)
    text = article.text or ""
    facts = {
        "published": local_time(published, workplace.config.zone) if published else "MISSING",
        "authors": ", ".join(article.authors) or "none found",
        "section": article.section or "none found",
        "text": f"{len(text.split())} words: {' '.join(text.split())[:SHOWN]} ...",
    }
    return [article.canonical_url, f"  {article.title}", *(f"  {name}: {value}" for name, value in facts.items())]


def save(workplace: Workplace, found: Draft, text: str, yes: bool) -> None:
    """Ask, and save the file among the user's own; it must read as an outlet file first. Never over another."""
    folder = workplace.config.outlets or DEFAULT_FOLDER
    path = folder / f"{found.outlet.slug}.toml"
    if path.exists():
        raise click.ClickException(f"{path} exists: move it away first")
    with tempfile.TemporaryDirectory() as place:
        trial = Path(place) / path.name
        trial.write_text(text, encoding="utf-8")
        load(trial)
    if not yes and not click.confirm(f"Save this as {path}?"):
        return
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    hint = "" if workplace.config.outlets else f'; write outlets = "{folder}" into jurus.toml'
    click.echo(f"saved {path}{hint}; next: jurus check {found.outlet.slug}")
