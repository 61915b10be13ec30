import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import taxonomy
from crawler.llm import AnswerError, answer
from tests.crawler.llm.endpoint import ENTRY, TEXT

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
)
PIECES = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda span: TEXT[span[0] : span[1]])
ENTRIES = st.fixed_dictionaries({key: st.just(value) | PIECES | ANYTHING for key, value in ENTRY.items()}) | ANYTHING


@given(st.lists(ENTRIES, max_size=5))
def test_only_what_stands_in_the_text_comes_through(entries: list[object]):
    mentions, dropped = answer.mentions(TEXT, entries)
    assert len(mentions) + dropped.total() <= len(entries)
    for mention in mentions:
        assert mention.quote == TEXT[mention.start : mention.end]
        assert mention.what
        assert mention.what in mention.quote
        assert mention.actor in taxonomy.load_actors()
        assert mention.instrument in taxonomy.load_instruments()
        assert mention.status in taxonomy.STATUSES
        assert set(mention.sectors) <= set(taxonomy.load_sectors())
        assert 1 <= len(mention.sectors) <= 3
        assert 0 <= mention.confidence <= 1


@given(st.text() | ANYTHING.map(json.dumps))
def test_any_answer_is_parsed_or_refused(content: str):
    with contextlib.suppress(AnswerError):
        assert isinstance(answer.parse(content), list)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"quote": "Kementerian Uji akan memberi insentif pajak"}, "not in the text"),
        ({"quote": "kementerian uji akan memberikan insentif pajak"}, "not in the text"),
        ({"quote": "terian Uji akan memberi"}, "not in the text"),
        ({"quote": "Kementerian"}, "not in the text"),
        ({"quote": ""}, "not in the text"),
        ({"quote": "Kementerian" + " " * 2000 + "Uji"}, "not in the text"),
        ({"quote": None}, "not in the text"),
        ({"actor": "Kementerian Uji"}, "with an unknown code"),
        ({"instrument": ["pajak"]}, "with an unknown code"),
        ({"sectors": []}, "with an unknown code"),
        ({"sectors": "umum"}, "with an unknown code"),
        ({"sectors": ["luar"]}, "with an unknown code"),
        ({"sectors": ["umum"] * 4}, "with an unknown code"),
        ({"sectors": [{}]}, "with an unknown code"),
        ({"status": "done"}, "with an unknown code"),
        ({"confidence": 1.1}, "of a wrong shape"),
        ({"confidence": float("nan")}, "of a wrong shape"),
        ({"confidence": True}, "of a wrong shape"),
        ({"confidence": "0.9"}, "of a wrong shape"),
    ],
)
def test_an_entry_is_refused_with_its_reason(change: dict[str, object], reason: str):
    assert answer.mentions(TEXT, [ENTRY | change]) == ([], {reason: 1})
    assert len(answer.mentions(TEXT, [ENTRY])[0]) == 1


def test_an_act_that_is_not_verbatim_gives_way_to_the_quote():
    ((mention,), _) = answer.mentions(TEXT, [ENTRY | {"what": "memberi potongan pajak"}])
    assert mention.what == mention.quote
