"""`jurus record`: a live page or list to a fixture, with filler in place of the publisher's words."""

from __future__ import annotations

from pathlib import Path

import click

from crawler.outlets import Outlet
from scheduler.cli import Workplace
from scheduler.commands.extract import fetch_page


@click.command("record")
@click.argument("slug", metavar="OUTLET")
@click.argument("url")
@click.option("--name", help="The fixture's name  [default: article, feed, sitemap or listing]")
@click.option("--into", type=click.Path(path_type=Path), default=Path("tests/outlets"), show_default=True)
@click.pass_obj
def command(workplace: Workplace, slug: str, url: str, name: str | None, into: Path) -> None:
    """Fetch an article, or one of the outlet's feeds, sitemaps and listings, and keep it as a test.

    Its words are replaced by made-up ones of the same length, its structure is kept. What the outlet file reads from it
    is drafted as the expectation, on which the test fails until you have read it and set `reviewed = true`.

    Example: jurus record kontan https://industri.kontan.co.id/news/contoh --name premium
    """
    outlet = workplace.choose((slug,))[slug]
    path = into / slug / (name or usual_name(outlet, url))
    if list(path.parent.glob(f"{path.name}.*")):
        raise click.ClickException(f"{path}.toml: is there already; give another --name, or delete it first")
    from crawler.discovery import NotASource
    from crawler.extractors.article import Unreadable
    from crawler.recording import record

    body, headers, address = fetch_page(workplace, outlet, url)
    try:
        recorded = record(outlet, url if usual_name(outlet, url) != "article" else address, body, headers)
    except (Unreadable, NotASource) as error:
        raise click.ClickException(f"{url}: {error}") from error
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_name(path.name + recorded.suffix).write_bytes(recorded.body)
    path.with_name(path.name + ".toml").write_text(recorded.expectation, encoding="utf-8")
    if recorded.lost:
        click.echo(f"with filler it reads otherwise than with its own words: {', '.join(recorded.lost)}", err=True)
    click.echo(f"{path}{recorded.suffix} and {path}.toml: read both, correct the .toml, then set reviewed = true there")


def usual_name(outlet: Outlet, url: str) -> str:
    """What kind of thing an address is, by the outlet's file."""
    kinds = {"feed": outlet.feeds, "sitemap": outlet.sitemaps, "listing": outlet.listings}
    return next((kind for kind, addresses in kinds.items() if url in addresses), "article")
