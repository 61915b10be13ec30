"""An issue in each format: HTML for mail and archive, plain text, Markdown, and the short form for chat."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from scheduler.digest.model import Bar, Group, Issue, Item
from scheduler.digest.wording import Wording
from scheduler.web.links import safe

WIDTH = 76
LARGEST = 90_000
"""Bytes of a page: mail programs clip at about 100,000."""
LONGEST_CHAT = 1_900
"""Letters: Discord takes 2,000."""
MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+!|~-])")
UNSAFE = re.compile(r"[<>\s]")
FORMATS = ("html", "text", "markdown", "chat")


def render(issue: Issue, words: Wording) -> dict[str, str]:
    """All formats by name."""
    return {
        "html": as_html(issue, words),
        "text": as_text(issue, words),
        "markdown": as_markdown(issue, words),
        "chat": as_chat(issue, words),
    }


@cache
def environment() -> Environment:
    return Environment(
        loader=PackageLoader("scheduler.digest", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def as_html(issue: Issue, words: Wording) -> str:
    """The page; of the rest by sector it lists only what mail programs show without clipping the mail."""
    template = environment().get_template("issue.html")
    while True:
        page = template.render(issue=issue, say=words.say, number=words.number) + "\n"
        if len(page.encode()) < LARGEST or not any(group.items for group in issue.groups):
            return page
        issue = replace(issue, groups=tuple(map(shortened, issue.groups)))


def shortened(group: Group) -> Group:
    """A group that lists one measure less."""
    shown = group.items[:-1]
    return replace(group, items=shown, more=group.count - len(shown))


def numbers(issue: Issue, words: Wording) -> str:
    counts = (issue.new, "new"), (issue.changed, "changed"), (issue.soon_count, "soon")
    return " · ".join(f"{words.number(count)} {words.say(key, count)}" for count, key in counts)


def as_text(issue: Issue, words: Wording) -> str:
    return "\n".join(text_lines(issue, words)) + "\n"


def text_lines(issue: Issue, words: Wording) -> Iterator[str]:
    yield from (f"JURUS {issue.tagline}", issue.dateline, "", *wrapped(issue.headline), "", numbers(issue, words))
    elsewhere = [words.say("elsewhere", issue.elsewhere)] if issue.elsewhere else []
    sections = {
        "top_title": [line for item in issue.top for line in text_item(item, words)],
        "changed_title": [line for item in issue.changes for line in text_change(item)]
        + more(issue.more_changes, words),
        "soon_title": [line for one in issue.soon for line in wrapped(f"{one.day:<7} {one.title}", "", 8)]
        + more(issue.more_soon, words),
        "rest_title": [line for group in issue.groups for line in text_group(group, words)] + elsewhere,
        "bars_title": [text_bar(bar) for bar in issue.bars],
    }
    for key, lines in sections.items():
        if lines:
            yield from ("", words.say(key).upper(), "", *lines)
    yield from ("", "-" * 24, *wrapped(f"{words.say('coverage')}: {issue.coverage}"))
    for line in (*issue.notes, words.say("provenance"), issue.why):
        yield from wrapped(line)
    yield from (f"{name}: {address}" for name, address in issue.links)


def more(count: int, words: Wording) -> list[str]:
    return [words.say("more", count)] if count else []


def text_change(item: Item) -> list[str]:
    return [*wrapped(item.title, "* "), *changes(item), f"  {item.issuer} · {item.source}"]


def text_group(group: Group, words: Wording) -> Iterator[str]:
    yield f"{group.name} ({group.count})"
    for item in group.items:
        publishers = f"{item.source} +{len(item.others)}" if item.others else item.source
        yield from (*wrapped(item.title, "* "), f"  {item.issuer} · {item.status.lower()} · {publishers}")
    yield from (f"  {line}" for line in more(group.more, words))
    yield ""


def text_bar(bar: Bar) -> str:
    drawn = "#" * (bar.percent // 4)
    return f"{bar.name[:30]:<30} {drawn:<26}{bar.count:>4} {bar.count - bar.before:>+5}"


def text_item(item: Item, words: Wording) -> Iterator[str]:
    yield f"[{item.chip}] {' · '.join(filter(None, (item.sector, item.instrument)))}"
    yield from wrapped(item.title)
    yield f"{item.issuer} · {item.effective}"
    yield from changes(item)
    yield from wrapped(f"“{item.quote}”", "  | ")
    yield from wrapped(item.speaker, "  | ")
    yield from wrapped(f"{item.source}, {item.source_at} {others(item, words)}")
    yield from ([item.source_address] if safe(item.source_address) else [])
    yield ""


def changes(item: Item) -> Iterator[str]:
    for change in item.changes:
        yield f"  {change.before} -> {change.after}" if change.before else f"  -> {change.after}"


def others(item: Item, words: Wording) -> str:
    if not item.others:
        return f"· {words.say('only_source')}"
    return words.say("others", len(item.others), names=", ".join(item.others[:6]))


def wrapped(text: str, mark: str = "", indent: int | None = None) -> list[str]:
    later = " " * indent if indent is not None else mark if "|" in mark else " " * len(mark)
    return textwrap.wrap(text, WIDTH, initial_indent=mark, subsequent_indent=later) or [mark.rstrip()]


def as_markdown(issue: Issue, words: Wording) -> str:
    lines = [f"# {plain(issue.headline)}", "", plain(issue.dateline), "", f"**{numbers(issue, words)}**", ""]
    sections = (("top_title", issue.top), ("changed_title", issue.changes))
    for key, items in sections:
        lines += [f"## {words.say(key)}", ""] if items else []
        for item in items:
            lines += markdown_item(item, words, quoted=key == "top_title")
        lines += [*more(issue.more_changes, words), ""] if key == "changed_title" and issue.more_changes else []
    if issue.soon:
        lines += [f"## {words.say('soon_title')}", ""]
        lines += [f"- **{one.day}** {linked(one.title, one.address)}" for one in issue.soon]
        lines += [*(f"- {line}" for line in more(issue.more_soon, words)), ""]
    for group in issue.groups:
        lines += [f"## {plain(group.name)} ({group.count})", ""]
        lines += [f"- {linked(item.title, item.address)} ({plain(item.source)})" for item in group.items]
        lines += [*(f"- {linked(line, group.address)}" for line in more(group.more, words)), ""]
    lines += [words.say("elsewhere", issue.elsewhere), ""] if issue.elsewhere else []
    lines += ["---", f"{words.say('coverage')}: {issue.coverage} {' '.join(map(plain, issue.notes))}", ""]
    return "\n".join([*lines, plain(issue.why), ""])


def markdown_item(item: Item, words: Wording, quoted: bool) -> list[str]:
    turned = [f"{plain(one.before)} → **{plain(one.after)}**" for one in item.changes]
    facts = [item.chip, item.sector, item.instrument, item.issuer, item.effective]
    lines = [f"### {linked(item.title, item.address)}", "", plain(" · ".join(filter(None, facts))), *turned, ""]
    if quoted:
        lines += [f"> “{plain(item.quote)}”", f"> {plain(item.speaker)}", ""]
    source = linked(f"{item.source}, {item.source_at}", item.source_address)
    return [*lines, f"{source} {plain(others(item, words))}", ""]


def as_chat(issue: Issue, words: Wording) -> str:
    """Headline, three numbers, the top three with their sources where those fit, a link."""
    full = chat_of(issue, words, sourced=True)
    return full if len(full) <= LONGEST_CHAT else chat_of(issue, words, sourced=False)


def chat_of(issue: Issue, words: Wording, sourced: bool) -> str:
    lines = [issue.headline, numbers(issue, words), ""]
    for number, item in enumerate(issue.top, 1):
        lines += [f"{number}. [{item.chip}] {item.title} ({item.issuer}; {item.source})"]
        lines += [item.source_address] if sourced and safe(item.source_address) else []
    return "\n".join([*lines, *filter(None, [issue.address or issue.page]), *issue.notes]) + "\n"


def plain(text: str) -> str:
    """A stranger's text for Markdown: nothing in it is markup."""
    return MARKUP.sub(r"\\\1", text)


def linked(text: str, address: str) -> str:
    """A link, where the address is one of the web."""
    goal = safe(address)
    return f"[{plain(text)}](<{UNSAFE.sub('', goal)}>)" if goal else plain(text)
