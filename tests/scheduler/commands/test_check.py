"""The table of `jurus check`: one line for each outlet."""

from crawler.outlets import Outlet
from crawler.spiders.probe import Finding
from scheduler.commands.check import TABLE, line

FEEDS = ("https://kabar.example/rss", "https://kabar.example/rss/industri")
KABAR = Outlet("kabar", "Kabar", "https://kabar.example", ".", feeds=FEEDS)


def found(part: str, ok: bool = True, detail: str = "") -> Finding:
    return Finding("kabar", part, ok, detail)


def test_an_outlet_is_told_part_by_part():
    findings = [
        found("robots.txt"),
        found(FEEDS[0], detail="12 links"),
        found(FEEDS[1], ok=False, detail="404"),
        found("https://kabar.example/1"),
        found("article title"),
        found("article authors", ok=False, detail="missing"),
        found("body overlap", detail="0.97 between the selectors and the generic reader"),
    ]
    row = line(KABAR, findings)
    assert set(row) == set(TABLE)
    assert (row["robots.txt"], row["lists"], row["title"], row["authors"]) == ("yes", "1/2", "yes", "NO")
    assert (row["section"], row["body overlap"]) == ("", "0.97")
    assert row["remark"] == "https://kabar.example/rss/industri: 404"


def test_an_outlet_that_is_off_says_why():
    row = line(Outlet("tutup", "Tutup", "https://tutup.example", ".", state="off", reason="A wall."), [])
    assert row["remark"] == "off: A wall."
    assert {row[column] for column in TABLE} == {"tutup", "off: A wall.", ""}
