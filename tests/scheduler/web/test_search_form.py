from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.web import search_form

JAKARTA = ZoneInfo("Asia/Jakarta")
KNOWN = search_form.known_codes({"warta": "Warta"})


def read(**arguments):
    return search_form.read(arguments, KNOWN, JAKARTA)


def test_filters_are_read():
    asked = read(q="  bea   masuk ", sector="ikft", status="planned", outlet="warta", since="2026-11-01", page="3")
    assert asked.words == "bea masuk"
    assert asked.wanted == {
        "sector": "ikft", "status": "planned", "outlet": "warta", "since": "2026-10-31T17:00:00Z"
    }  # fmt: skip
    assert (asked.page, asked.problems) == (3, ())


def test_the_last_day_is_included():
    assert read(until="2026-11-30").wanted == {"until": "2026-11-30T17:00:00Z"}


@pytest.mark.parametrize(
    "wrong", [{"sector": "textiles"}, {"status": "done"}, {"since": "yesterday"}, {"until": "9999-12-31"}]
)
def test_what_is_not_understood_is_said(wrong):
    asked = read(**wrong)
    assert asked.wanted == {}
    assert asked.problems == tuple(wrong.values())


@pytest.mark.parametrize(("text", "page"), [("0", 1), ("-1", 1), ("x", 1), ("²", 1), ("99999", 1), ("999", 50)])
def test_pages_have_bounds(text, page):
    assert read(page=text).page == page


@given(st.dictionaries(st.sampled_from([*search_form.CODES, *search_form.DAYS, "q", "page"]), st.text()))
def test_whatever_is_typed_only_known_codes_reach_the_database(arguments):
    asked = search_form.read(arguments, KNOWN, JAKARTA)
    assert all(asked.wanted[key] in KNOWN[key] for key in search_form.CODES if key in asked.wanted)
    assert len(asked.words) <= search_form.LONGEST_QUERY
