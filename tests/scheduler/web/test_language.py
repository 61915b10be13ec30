import re
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import scheduler.web
from scheduler.web.language import LANGUAGES, Language, choose, load_words

JAKARTA = ZoneInfo("Asia/Jakarta")
INDONESIAN, ENGLISH = Language("id", JAKARTA), Language("en", JAKARTA)
TEMPLATES = sorted((Path(scheduler.web.__file__).parent / "templates").glob("*.html"))
EVENTS = ("announced", "planned", "in_force", "rate_changed", "ended")


def test_every_word_is_there_in_both_languages_with_the_same_places_to_fill():
    for key, forms in load_words().items():
        assert set(forms) >= set(LANGUAGES), key
        assert set(forms) <= {*LANGUAGES, "one"}, key
        assert len({frozenset(re.findall(r"\{\w+\}", forms[code])) for code in LANGUAGES}) == 1, key


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_word_that_a_template_says_is_known(template):
    said = set(re.findall(r"""say\(["']([a-z_]+)["'][,)]""", template.read_text(encoding="utf-8")))
    assert said <= set(load_words())


def test_every_kind_of_event_has_a_word():
    assert {f"event_{kind}" for kind in EVENTS} <= set(load_words())


def test_counts():
    assert ENGLISH.say("measures", n=1) == "1 measure"
    assert ENGLISH.say("measures", n=1234) == "1,234 measures"
    assert INDONESIAN.say("measures", n=1234) == "1.234 tindakan"


def test_a_word_is_not_filled_from_what_fills_it():
    assert "{n}" in INDONESIAN.say("not_understood", values="{n}")


def test_names():
    assert ENGLISH.name("status", "in_force") == "In force"
    assert INDONESIAN.name("sector", "gone.code") == "gone.code"
    assert INDONESIAN.short("actor", "gov") == "Pemerintah"
    assert INDONESIAN.short("sector", "sosial") == "Kesehatan, ketenagakerjaan, sosial"


def test_times_are_shown_in_the_zone():
    assert INDONESIAN.moment("2026-11-24T18:05:00Z") == "25 Nov 2026, 01.05 WIB"
    assert ENGLISH.day("2026-11-24T18:05:00Z") == "25 November 2026"
    assert INDONESIAN.day("2026-08-01") == "1 Agustus 2026"
    assert INDONESIAN.day(date(2026, 8, 1), year=False) == "1 Agu"
    assert INDONESIAN.moment(None) == INDONESIAN.day(None) == ""


def test_a_span_says_no_month_and_no_year_twice():
    assert INDONESIAN.span(date(2026, 11, 18), date(2026, 11, 24)) == "18 – 24 November 2026"
    assert INDONESIAN.span(date(2026, 10, 28), date(2026, 11, 3)) == "28 Oktober – 3 November 2026"
    assert ENGLISH.span(date(2026, 12, 29), date(2027, 1, 4)) == "29 December 2026 – 4 January 2027"


def test_the_default_is_indonesian():
    assert choose("fr", JAKARTA).code == choose(None, JAKARTA).code == "id"
    assert choose("en", JAKARTA).code == "en"


def test_no_word_is_kept_that_nothing_says():
    folder = Path(scheduler.web.__file__).parent
    said = "".join(path.read_text(encoding="utf-8") for path in (*TEMPLATES, *folder.glob("*.py")))
    kept = {key for key in load_words() if not key.startswith(("event_", "lookup_"))}
    assert {key for key in kept if f'"{key}"' not in said and f"'{key}'" not in said} == set()
