import json
import logging
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from scheduler.logs import JsonLines, Lines, tell


def record(event: str, facts: dict | None = None, level: int = logging.INFO) -> logging.LogRecord:
    made = logging.LogRecord("jurus", level, "", 0, event, None, None)
    made.created = datetime(2026, 11, 24, 3, 5, 0, 250_000, tzinfo=UTC).timestamp()
    if facts is not None:
        made.facts = facts
    return made


def test_json_is_one_object_a_line():
    text = JsonLines().format(record("crawled", {"outlet": "swa", "new": 3, "line": "a\nb"}))
    assert "\n" not in text
    told = json.loads(text)
    assert {key: told[key] for key in ("at", "level", "event", "outlet", "new", "line")} == {
        "at": "2026-11-24T03:05:00.250Z",
        "level": "info",
        "event": "crawled",
        "outlet": "swa",
        "new": 3,
        "line": "a\nb",
    }


def test_a_fact_does_not_pass_for_the_event(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.INFO):
        tell("crawled", event="all is well", level="debug", outlet="swa")
    told = json.loads(JsonLines().format(caplog.records[0]))
    assert (told["event"], told["level"], told["outlet"]) == ("crawled", "info", "swa")


@pytest.mark.parametrize(
    ("facts", "level", "line"),
    [
        ({"outlet": "swa", "new": 3}, logging.INFO, "2026-11-24 10:05:00 crawled outlet=swa new=3"),
        ({"why": 'a "b"\nc'}, logging.WARNING, '2026-11-24 10:05:00 WARNING crawled why="a \\"b\\"\\nc"'),
        (
            {"why": "\x1b[2J", "line": "a\x9b"},
            logging.INFO,
            '2026-11-24 10:05:00 crawled why="\\u001b[2J" line="a\\u009b"',
        ),
        ({"why": ""}, logging.INFO, '2026-11-24 10:05:00 crawled why=""'),
        (None, logging.INFO, "2026-11-24 10:05:00 crawled logger=jurus"),
    ],
)
def test_people_read_one_line_in_their_zone(facts: dict | None, level: int, line: str):
    assert Lines(ZoneInfo("Asia/Jakarta")).format(record("crawled", facts, level)) == line
