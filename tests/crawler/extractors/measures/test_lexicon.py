"""Terms are found whole, the longest first; every entry of the taxonomy proves itself on sentences of its own."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.extractors.measures.lexicon import Hit, Lexicon, folded, in_office, load_lexicon, voice
from crawler.taxonomy import Instrument, Sector, load_instruments, load_sectors

ENTRIES = [*load_sectors().values(), *load_instruments().values()]


def kinds(entry: Sector | Instrument) -> set[str]:
    return {"sector", "weak"} if isinstance(entry, Sector) else {"instrument"}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{type(entry).__name__}-{entry.code}")
def test_entry_is_found_in_its_examples_and_not_in_its_counter_examples(entry: Sector | Instrument) -> None:
    assert entry.examples
    assert entry.counter_examples
    for sentence in entry.examples:
        assert (entry.code, True) in {(h.code, h.kind in kinds(entry)) for h in load_lexicon().hits(folded(sentence))}
    for sentence in entry.counter_examples:
        named = {h.code for h in load_lexicon().hits(folded(sentence)) if h.kind in kinds(entry) - {"weak"}}
        assert entry.code not in named


def found(terms: list[tuple[str, str, str]], text: str) -> list[tuple[str, str]]:
    return [(hit.code, text[hit.start : hit.end]) for hit in Lexicon(terms).hits(folded(text))]


def test_the_longest_term_of_a_kind_wins() -> None:
    terms = [("sector", "a", "tembaga"), ("sector", "b", "konsentrat tembaga"), ("word", "c", "tembaga")]
    assert found(terms, "Ekspor konsentrat tembaga") == [("b", "konsentrat tembaga"), ("c", "tembaga")]


def test_terms_stand_on_word_boundaries_or_before_a_clitic() -> None:
    terms = [("verb", "v", "aturan")]
    assert found(terms, "peraturan aturannya aturanku Aturan, aturanlah") == [
        ("v", "aturan"),
        ("v", "Aturan"),
        ("v", "aturan"),
    ]


def test_a_cancelling_phrase_voids_the_hit_that_it_covers() -> None:
    terms = [("sector", "kulit", "kulit"), ("sector", "!kulit", "kanker kulit")]
    assert found(terms, "kanker kulit dan kulit samak") == [("kulit", "kulit")]


def test_offsets_survive_letters_that_grow_in_lower_case() -> None:
    text = "İİ pajak"
    assert len(folded(text)) == len(text)
    assert found([("i", "pajak", "Pajak")], text) == [("pajak", "pajak")]


def test_the_day_decides_between_office_holders_of_one_name() -> None:
    text = "airlangga hartarto"
    hits = [hit for hit in load_lexicon().hits(text) if hit.kind == "person"]
    assert {hit.code for hit in hits} == {"kemenperin", "kemenko-ekon"}
    assert {hit.code for hit in in_office(hits, text, date(2018, 1, 1))} == {"kemenperin"}
    assert {hit.code for hit in in_office(hits, text, date(2022, 1, 1))} == {"kemenko-ekon"}
    assert in_office(hits, text, None) == hits
    assert in_office(hits, text, date(1950, 1, 1)) == hits


@pytest.mark.parametrize(
    ("form", "expected"),
    [("diterbitkan", "passive"), ("menerbitkan", "active"), ("penerbitan", "nominal"), ("terbitkan", "bare")],
)
def test_voice_of_a_verb(form: str, expected: str) -> None:
    assert voice(form) == expected


def test_hits_are_plain_tuples() -> None:
    assert Hit("sector", "x", 0, 1) == ("sector", "x", 0, 1)
