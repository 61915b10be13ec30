"""The articles that fit filters, however they are looked up."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from db import Database, listing, queries, search, store
from db.models import Article, Mention, Visit

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SALT = "Kementerian Perindustrian membatasi impor garam untuk pabrik kain."
DUTY = "Kementerian Perdagangan menaikkan bea masuk kain."
LIMIT = Mention(0, 66, SALT, "kemenperin", "eksim", ("ikft.tpt", "agro.sawit"), "planned", "membatasi impor", 0.9)
TAX = Mention(67, 116, DUTY, "kemendag", "bea", ("ikft", "ikft.tpt"), "in_force", "menaikkan bea masuk", 0.9)


@pytest.fixture
def filled(db: Database) -> Database:
    """An article of two measures, one of the second alone, and one of none."""
    told = {"dua": (LIMIT, TAX), "satu": (replace(TAX, start=0, end=49),), "tiada": ()}
    store.save_visits(db, [visit(name, mentions) for name, mentions in told.items()])
    return db


def visit(name: str, mentions: tuple[Mention, ...]) -> Visit:
    url = f"https://warta.test/{name}"
    text = " ".join([mention.quote for mention in mentions] or ["Pameran kain dibuka."])
    article = Article(url, url, "warta", name, published_at=NOON, text=text)
    return Visit(url, "warta", "https://warta.test/feed", "a", "stored", NOON, None, article, mentions, "1")


@pytest.mark.parametrize("few", [0, listing.FEW])
@pytest.mark.parametrize(
    ("wanted", "fitting"),
    [
        ({"status": "planned"}, ["dua"]),
        ({"status": "in_force"}, ["dua", "satu"]),
        ({"actor": "kemenperin"}, ["dua"]),
        ({"instrument": "bea"}, ["dua", "satu"]),
        ({"instrument": "bea", "since": "2026-11-24T00:00:00Z"}, ["dua", "satu"]),
        ({"sector": "agro"}, ["dua"]),
        ({"sector": "agro", "instrument": "bea"}, []),
        ({"instrument": "eksim", "status": "in_force"}, []),
    ],
)
def test_one_mention_of_an_article_fits_all_filters_whichever_way_it_is_asked(
    filled: Database, monkeypatch: pytest.MonkeyPatch, few: int, wanted: dict[str, str], fitting: list[str]
):
    monkeypatch.setattr(listing, "FEW", few)
    assert sorted(row["title"] for row in listing.articles(filled, 10, **wanted)) == fitting
    assert sorted(row["title"] for row in search.articles(filled, "kain", **wanted)) == fitting


@pytest.mark.parametrize("key", ["instrument", "actor", "status"])
def test_an_index_alone_tells_whether_an_article_has_such_a_mention(db: Database, key: str):
    sql = f"explain query plan select 1 from mentions where article_id = :article and {queries.OF_MENTION[key]}"
    ((*_, plan),) = db.execute(sql, {"article": 1, key: "bea"}).fetchall()
    assert "COVERING INDEX mentions_article (article_id=?" in plan


def test_the_sectors_of_an_article_stand_as_its_mentions_name_them(filled: Database):
    sectors = {row["title"]: row["sectors"] for row in listing.articles(filled, 10)}
    assert sectors == {"dua": ["ikft.tpt", "agro.sawit", "ikft"], "satu": ["ikft", "ikft.tpt"], "tiada": []}
    assert {row["title"]: row["sectors"] for row in search.articles(filled, "kain")} == sectors


def test_an_article_that_waits_to_be_read_again_has_its_mentions_in_their_order(filled: Database):
    rows = queries.stale_articles(filled, "2", 10)
    assert [[mention[3] for mention in row["mentions"]] for row in rows] == [["eksim", "bea"], ["bea"], []]
