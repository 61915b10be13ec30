from dataclasses import replace
from datetime import timedelta

import pytest

from crawler.keeping import keep
from db import Database
from tests.crawler.press import NOON, OTHER, RELEASE, article, publish, stories, visit

HOUR = timedelta(hours=1)
SENTENCES = RELEASE.split(". ")


def told(db: Database) -> list[tuple[str, int, int]]:
    """Of each story with several articles: the end of its first address, its articles and its publishers."""
    return db.execute(
        "select substr(url, -1), stories.articles, publishers from stories join articles on articles.id = stories.id"
        " where stories.articles > 1 order by 1"
    ).fetchall()


def test_copies_are_one_story_named_by_its_earliest_source(db: Database):
    rewritten = RELEASE.replace("mengatakan pemerintah", "menyebut pemerintah").replace(
        "Ia berharap", "Menteri berharap"
    )
    publish(
        db,
        visit(article("niaga", "b", ". ".join(SENTENCES[:3]), NOON + HOUR)),
        visit(article("warta", "a", RELEASE, NOON)),
        visit(article("pabrik", "c", rewritten, NOON + 5 * HOUR)),
        visit(article("harian", "d", OTHER, NOON)),
    )
    assert stories(db) == {frozenset("abc"), frozenset("d")}
    assert told(db) == [("a", 3, 2)], "niaga and pabrik belong to one publisher"


def test_the_same_text_a_week_later_is_another_story(db: Database):
    publish(
        db,
        visit(article("warta", "a", RELEASE, NOON)),
        visit(article("niaga", "b", RELEASE, NOON + timedelta(days=7, seconds=1))),
    )
    assert stories(db) == {frozenset("a"), frozenset("b")}


def test_a_price_list_of_another_day_is_another_story(db: Database):
    prices = (
        "Harga kain katun hari ini {} rupiah per meter, kain rayon {} rupiah, kain sutra {} rupiah, benang {} rupiah. "
    )
    text = (
        prices + "Harga dipantau dari pasar grosir Tanah Abang dan dapat berubah menurut ukuran serta mutu barangnya."
    )
    publish(
        db,
        visit(article("warta", "a", text.format(21500, 18200, 99100, 7100), NOON)),
        visit(article("niaga", "b", text.format(21900, 18700, 98400, 7300), NOON + timedelta(days=1))),
        visit(article("harian", "c", text.format(21500, 18200, 99100, 7100), NOON + HOUR)),
    )
    assert stories(db) == {frozenset("ac"), frozenset("b")}


def test_an_outlet_that_reuses_its_background_tells_another_story(db: Database):
    follow_up = OTHER + " " + ". ".join(SENTENCES[:4])
    publish(db, visit(article("warta", "a", RELEASE)), visit(article("warta", "b", follow_up, NOON + HOUR)))
    assert stories(db) == {frozenset("a"), frozenset("b")}


def test_an_article_whose_text_is_not_kept_takes_part(db: Database):
    publish(
        db,
        visit(article("warta", "a", RELEASE), keep_text=False),
        visit(article("niaga", "b", RELEASE, NOON + HOUR), keep_text=False),
    )
    assert db.execute("select count(text) from articles").fetchone() == (0,)
    assert stories(db) == {frozenset("ab")}


@pytest.mark.parametrize(
    ("title", "days", "together"),
    [
        ("Bea Masuk Pengaman Kain Tenun Mulai Berlaku", 1, True),
        ("Bea Masuk Pengaman Kain Tenun Mulai Berlaku", 3, False),
        ("Bea Masuk Kain", 1, False),
    ],
)
def test_where_only_titles_are_known_they_must_say_enough(db: Database, title: str, days: int, together: bool):
    first = article("warta", "a", None, NOON, title)
    second = article("niaga", "b", RELEASE, NOON + timedelta(days=days), title.upper())
    publish(db, visit(first), visit(second))
    assert (stories(db) == {frozenset("ab")}) is together


def test_a_changed_text_joins_another_story(db: Database):
    copy = article("niaga", "b", RELEASE, NOON + HOUR)
    publish(db, visit(article("warta", "a", RELEASE)), visit(copy), visit(article("harian", "c", OTHER)))
    assert stories(db) == {frozenset("ab"), frozenset("c")}
    publish(db, visit(replace(copy, text=OTHER)))
    assert stories(db) == {frozenset("a"), frozenset("bc")}
    assert db.execute("select count(*) from stories").fetchone() == (2,)


def test_a_batch_that_fails_leaves_no_story(db: Database):
    broken = replace(visit(article("niaga", "b", RELEASE)), outlet="nobody")
    broken = replace(broken, article=replace(broken.article, outlet="nobody"))
    with pytest.raises(Exception, match="FOREIGN KEY"):
        keep(db, [visit(article("warta", "a", RELEASE)), broken])
    assert stories(db) == set()
    assert db.execute("select count(*) from article_keys").fetchone() == (0,)
