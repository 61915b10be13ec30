"""The tagger as its users see it: sentences in, measures out, whatever the text."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extractors.measures import tag
from crawler.taxonomy import STATUSES, load_actors, load_instruments, load_sectors

GOLD = Path(__file__).parents[4] / "../shared/gold"
TITLE = "Pemerintah Perpanjang Insentif Pajak Mobil Listrik"
TEXT = (
    "Kementerian Keuangan resmi memperpanjang insentif pajak pertambahan nilai untuk pembelian mobil listrik. "
    "Insentif itu diberikan sebesar 10 persen hingga akhir tahun 2025. "
    "Hujan deras turun di Jakarta sepanjang sore."
)


def test_finds_the_measure_and_reads_it() -> None:
    first = tag(TITLE, TEXT, date(2025, 2, 1))[0]
    assert (first.start, first.end) == (0, TEXT.index(" Insentif itu"))
    assert (first.actor, first.instrument, first.sectors) == ("kemenkeu", "pajak", ("ilmate.otomotif",))
    assert first.status == "in_force"
    assert first.what in first.quote


def test_leaves_the_weather_alone() -> None:
    assert all("Hujan" not in mention.quote for mention in tag(TITLE, TEXT, None))


def check(text: str) -> None:
    for mention in tag(text[:80], text, None):
        assert mention.quote == text[mention.start : mention.end]
        assert mention.what in mention.quote
        assert 0 <= mention.confidence <= 1
        assert mention.actor in load_actors()
        assert mention.instrument in load_instruments()
        assert mention.status in STATUSES
        assert 1 <= len(mention.sectors) <= 3
        assert set(mention.sectors) <= set(load_sectors())


PIECES = [
    "Pemerintah ",
    "akan ",
    "menerbitkan ",
    "aturan ",
    "subsidi ",
    "pajak ",
    ". ",
    "\n",
    '"',
    "<p>",
    "\x00",
    "İ",
    "Rp1 ",
]


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=400), st.lists(st.sampled_from(PIECES), max_size=80).map("".join)))
def test_no_input_breaks_it(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "text", ["", "\x00\x01", "a" * 1_000_000, "pemerintah memberikan subsidi " * 33_000, "Kata. " * 160_000]
)
def test_extreme_texts_are_read(text: str) -> None:
    check(text)


def test_two_processes_agree_to_the_byte() -> None:
    code = f"from crawler.extractors.measures import tag; print(tag({TITLE!r}, {TEXT!r}, None))"
    runs = {subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout for _ in range(2)}
    assert len(runs) == 1


@pytest.mark.skipif(not GOLD.exists(), reason="the annotated articles are not beside the checkout")
def test_reads_the_example_article() -> None:
    article = json.loads((GOLD / "sample.jsonl").read_text(encoding="utf-8"))
    true = {m["start"]: {s.split(".")[0] for s in m["sectors"]} for m in article["mentions"]}
    found = {m.start: {s.split(".")[0] for s in m.sectors} for m in tag(article["title"], article["text"], None)}
    assert len(true.keys() & found.keys()) == 10
    assert len(found.keys() - true.keys()) <= 1


@pytest.mark.skipif(not GOLD.exists(), reason="the annotated articles are not beside the checkout")
@pytest.mark.parametrize("recased", [str.lower, str.upper])
def test_reads_the_example_article_without_its_capitals(recased: Callable[[str], str]) -> None:
    article = json.loads((GOLD / "sample.jsonl").read_text(encoding="utf-8"))
    true = {m["start"] for m in article["mentions"]}
    found = {m.start for m in tag(recased(article["title"]), recased(article["text"]), None)}
    assert len(true & found) >= 8


@pytest.mark.parametrize(
    "text",
    [
        "The government will provide tax incentives for electric cars. The ministry said that subsidies will rise.",
        "Kerajaan akan memberi insentif cukai kerana syarikat terjejas. Kementerian Kewangan menaikkan subsidi.",
    ],
)
def test_other_languages_state_no_indonesian_measure(text: str) -> None:
    assert tag("", f"{text} Pemerintah Indonesia.", None) == []
