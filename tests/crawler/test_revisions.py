import json
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from crawler.keeping import keep
from crawler.revisions import difference
from db import Database
from db.models import Before
from tests.crawler.press import NOON, article, mention, publish, visit

OLD = "Menteri mengumumkan bea masuk kain 10 persen. Aturan terbit pekan depan."
NEW = "Menteri mengumumkan bea masuk kain 15 persen. Aturan terbit pekan depan."
FIRST = article("warta", "a", OLD, title="Bea Masuk Kain")


def kept(db: Database) -> list[dict]:
    return list(db.table("revisions").rows)


def test_a_silent_correction_is_kept_with_what_it_took_away(db: Database):
    told, corrected = mention(OLD[:45]), mention(NEW[:45])
    publish(db, visit(FIRST, told), visit(replace(FIRST, text=NEW), corrected))
    (revision,) = kept(db)
    assert (revision["title"], revision["text"]) == ("Bea Masuk Kain", OLD)
    assert revision["diff"].splitlines() == [f"-{OLD[:45]}", f"+{NEW[:45]}"]
    assert json.loads(revision["mentions_gone"]) == [told.quote]
    assert json.loads(revision["mentions_new"]) == [corrected.quote]


def test_a_new_title_is_a_revision_and_what_stays_is_none(db: Database):
    publish(db, visit(FIRST), visit(FIRST), visit(replace(FIRST, modified_at=NOON + timedelta(hours=1))))
    assert kept(db) == []
    publish(db, visit(replace(FIRST, title="Bea Masuk Kain Naik")))
    assert [revision["diff"] for revision in kept(db)] == ["-Bea Masuk Kain\n+Bea Masuk Kain Naik"]


def test_two_changes_in_one_batch_are_two_revisions(db: Database):
    keep(db, [visit(FIRST), visit(replace(FIRST, text=NEW)), visit(replace(FIRST, text=OLD))])
    assert [revision["text"] for revision in kept(db)] == [OLD, NEW]


def test_without_a_text_other_quotes_tell_but_not_those_of_a_new_extractor(db: Database):
    told = mention(OLD[:45])
    publish(db, visit(FIRST, told, keep_text=False), visit(FIRST, keep_text=False, version="2"))
    assert kept(db) == []
    publish(db, visit(FIRST, told, keep_text=False, version="2"))
    publish(db, visit(FIRST, mention(NEW[:45]), keep_text=False, version="2"))
    assert [json.loads(revision["mentions_gone"]) for revision in kept(db)][-1] == [told.quote]


@given(st.text(), st.text(), st.text(), st.text())
def test_any_text_has_a_difference(title: str, text: str, new_title: str, new_text: str):
    said = replace(FIRST, title=new_title, text=new_text)
    assert isinstance(difference(Before(title, text, "1"), said), str)
    assert difference(Before(title, text, "1"), replace(FIRST, title=title, text=text)) == ""
