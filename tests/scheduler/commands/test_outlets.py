"""Outlets that are off are named with the reason, and left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from scheduler.cli import jurus

OFF = """
title = "Kabar"
home = "https://kabar.example"
article = '/berita/'
state = "off"
reason = "Answers every program with 403."
"""


@pytest.fixture
def options(tmp_path: Path) -> list[str]:
    (tmp_path / "kabar.toml").write_text(OFF, encoding="utf-8")
    return ["--db", str(tmp_path / "jurus.db"), "--outlets", str(tmp_path)]


def test_the_list_says_why_an_outlet_is_off(options: list[str]) -> None:
    done = CliRunner().invoke(jurus, [*options, "outlets", "--format", "json"])
    row = next(row for row in json.loads(done.stdout) if row["outlet"] == "kabar")
    assert (row["state"], row["next_step"]) == ("off", "Answers every program with 403.")


def test_an_outlet_that_is_off_is_not_crawled(options: list[str]) -> None:
    done = CliRunner().invoke(jurus, [*options, "crawl", "kabar"])
    assert done.exit_code == 2
    assert "kabar is off: Answers every program with 403." in done.output
