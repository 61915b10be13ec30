from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from crawler.keeping import keep
from db import Database
from db.store import save_codes
from tests.db.test_store import ARTICLE, NOON, visit


@pytest.fixture
def filled(db: Database) -> Database:
    keep(db, [visit()])
    return db


def row(db: Database, view: str) -> dict:
    return next(iter(db.query(f"select * from {view}")))


def test_every_view_answers(filled: Database):
    for view in filled.view_names():
        assert row(filled, view)


def test_codes_stand_beside_names_in_both_languages(filled: Database):
    for view in ("v_measures", "v_mentions"):
        found = row(filled, view)
        assert (found["status"], found["status_name_id"], found["status_name_en"]) == (
            "in_force",
            "Berlaku",
            "In force",
        )
        assert (found["instrument"], found["instrument_name_id"], found["instrument_name_en"]) == (
            "bea",
            "nama",
            "name",
        )
        assert sorted(found["sectors"].split(", ")) == ["energi", "ikft.tpt"]
        assert found["sectors_name_en"] == "name, name"


def test_regions_stand_beside_their_names(filled: Database):
    names = [{"code": "bali", "name_id": "Bali", "name_en": "Bali"}]
    save_codes(filled, "regions", [*names, {"code": "jabar", "name_id": "Jawa Barat", "name_en": "West Java"}])
    filled.execute("""update measures set regions = '["jabar", "bali"]', beneficiaries = '["petani"]'""")
    found = row(filled, "v_measures")
    assert (found["regions_name_id"], found["regions_name_en"]) == ("Jawa Barat, Bali", "West Java, Bali")
    assert (found["regions"], found["beneficiaries"]) == ('["jabar", "bali"]', '["petani"]')


def test_articles_tell_their_story(filled: Database):
    found = row(filled, "v_articles")
    assert (found["mentions"], found["story_articles"], found["story_publishers"]) == (1, 1, 1)


def test_weeks_are_those_of_jakarta(filled: Database):
    (week,) = {found["week"] for found in filled.query("select * from v_sector_week")}
    assert week == "2026-11-23", "a Monday"
    assert {found["sector"] for found in filled.query("select * from v_sector_week")} == {"energi", "ikft.tpt"}


@pytest.mark.parametrize(
    ("published", "dated", "day"),
    [
        (NOON - timedelta(days=1), "published", "2026-11-23"),
        (None, "first_seen", "2026-11-24"),
        (NOON + timedelta(days=40), "future", "2027-01-03"),
    ],
)
def test_an_article_says_what_its_date_is(db: Database, published: datetime | None, dated: str, day: str):
    keep(db, [visit(at=NOON, article=replace(ARTICLE, published_at=published))])
    found = row(db, "v_articles")
    assert (found["dated"], found["published_at"][:10]) == (dated, day)
