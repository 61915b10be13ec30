import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.search_query import QueryError, expression, parse


def fts(text: str) -> str:
    """In the language of FTS5, with one relative for `serap` only."""
    return expression(parse(text), lambda word: ["menyerap"] if word == "serap" else [])


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("serap", '("serap" OR "serap" OR "menyerap")'),
        ('"Bea Masuk"', '"bea masuk"'),
        ("“bea masuk”", '"bea masuk"'),
        ("bea-masuk", '"bea masuk"'),
        ("teks*", '"teks" *'),
        ("PMK-10*", '"pmk 10" *'),
        ("teks* OR garam*", '("teks" * OR "garam" *)'),
        ("teks* garam*", '("teks" * AND "garam" *)'),
        ("teks* AND garam* OR gula*", '(("teks" * AND "garam" *) OR "gula" *)'),
        ("teks* (garam* OR gula*)", '("teks" * AND ("garam" * OR "gula" *))'),
        ("teks* NOT impor*", '("teks" * NOT "impor" *)'),
        ("-impor* teks*", '("teks" * NOT "impor" *)'),
        ("teks* NOT (impor* OR ekspor*)", '("teks" * NOT ("impor" * OR "ekspor" *))'),
        ("teks* & !!! garam*", '("teks" * AND "garam" *)'),
        ("Café", '("cafe" OR "cafe")'),
        ("or", '("or" OR "or")'),
    ],
)
def test_queries(typed: str, written: str):
    assert fts(typed) == written


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "at least one word"),
        ("  !? ", "at least one word"),
        ("()", "at least one word"),
        ('garam "bea masuk', "quotation mark at character 7 is not closed"),
        ("(garam", "not closed"),
        ("garam)", "no opening one"),
        ("garam OR", "OR needs a word on each side"),
        ("OR garam", "OR needs a word on each side"),
        ("garam OR OR gula", "OR needs a word on each side"),
        ("garam AND", "AND needs a word on each side"),
        ("AND garam", "AND needs a word on each side"),
        ("garam AND OR gula", "AND needs a word on each side"),
        ("NOT garam", "NOT takes away from other words"),
        ("garam NOT", "NOT needs a word after it"),
        ("gar*", "at least 4 letters before"),
        ("(" * 11 + "garam" + ")" * 11, "brackets stand 11 deep"),
        ("kata " * 31, "too many words"),
        ("k" * 401, "too long"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(typed: str, reason: str):
    with pytest.raises(QueryError, match=reason) as caught:
        parse(typed)
    assert "\n" not in str(caught.value)


@given(st.one_of(st.text(), st.text('()"*- ANDORTaé', max_size=60)))
def test_any_text_is_a_query_or_a_query_error(text: str):
    try:
        written = fts(text)
    except QueryError:
        return
    assert written
