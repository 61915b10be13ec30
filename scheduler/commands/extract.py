"""`jurus extract`: one page to one article and its mentions, stored nowhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from crawler.addresses import outlet_for
from crawler.outlets import Outlet, generic
from db.models import Article, Mention
from db.times import to_text
from scheduler.cli import Workplace
from scheduler.output import local_time


@click.command("extract")
@click.argument("page", metavar="FILE_OR_URL")
@click.option("--url", help="The address of a page read from a file")
@click.option("--outlet", "slug", help="Read it by this outlet's file  [default: told by the address]")
@click.option("--json", "as_json", is_flag=True, help="Print all fields as JSON")
@click.pass_obj
def command(workplace: Workplace, page: str, url: str | None, slug: str | None, as_json: bool) -> None:
    """Read one page, from a file or the web, and print its article and mentions. Nothing is stored.

    Example: jurus extract halaman.html --url https://swa.co.id/read/123/judul --json
    """
    from crawler.extractors.article import Unreadable, extract
    from crawler.extractors.measures import tag

    is_address = page.startswith(("http://", "https://"))
    address = page if is_address else url
    if address is None:
        raise click.UsageError("a file needs its address: add --url https://...")
    try:
        outlet = choose_outlet(workplace, address, slug)
        body, headers, address = fetch_page(workplace, outlet, page) if is_address else (read_file(page), {}, address)
        article = extract(outlet, address, body, headers)
    except (Unreadable, ValueError) as error:
        raise click.ClickException(f"{page}: {error}") from error
    mentions = tag(article.title, article.text or "", article.published_at)
    if as_json:
        click.echo(json.dumps(as_row(article, mentions), ensure_ascii=False, indent=2))
    else:
        click.echo(as_page(article, mentions, workplace))


def choose_outlet(workplace: Workplace, address: str, slug: str | None) -> Outlet:
    if slug is not None:
        return workplace.choose((slug,))[slug]
    return outlet_for(workplace.outlets, address) or generic(address)


def read_file(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise click.ClickException(f"{name}: {error.strerror}") from error


def fetch_page(workplace: Workplace, outlet: Outlet, url: str) -> tuple[bytes, Mapping[str, str], str]:
    from crawler.spiders.probe import fetch

    page = fetch(outlet, url, workplace.scrapy_settings() | {"USER_AGENT": workplace.config.user_agent})
    if page.error:
        raise click.ClickException(f"{url}: could not be fetched: {page.error}")
    return page.body, page.headers or {}, page.url


def as_row(article: Article, mentions: list[Mention]) -> dict[str, Any]:
    row = asdict(article)
    del row["next_page"]
    row |= {"published_at": to_text(article.published_at), "modified_at": to_text(article.modified_at)}
    return row | {"mentions": [asdict(mention) for mention in mentions]}


def as_page(article: Article, mentions: list[Mention], workplace: Workplace) -> str:
    published = to_text(article.published_at)
    facts = {
        "outlet": article.outlet,
        "address": article.canonical_url,
        "published": local_time(published, workplace.config.zone) if published else "not said",
        "authors": ", ".join(article.authors),
        "section": article.section,
        "tags": ", ".join(article.tags),
        "partial": article.partial,
    }
    lines = [
        article.title,
        *(f"  {name}: {value}" for name, value in facts.items() if value),
        "",
        article.text or "",
        "",
    ]
    lines.append(f"{len(mentions)} mentions of measures")
    lines += [
        f"  {m.status}  {m.instrument}  {', '.join(m.sectors)}  {m.actor}  ({m.confidence:.2f})\n    {m.quote}"
        for m in mentions
    ]
    return "\n".join(lines)
