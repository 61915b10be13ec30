from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from db import robots

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def test_robots_txt_is_kept_for_a_day_and_the_last_one_counts(db: Database):
    robots.keep(db, "warta.test", b"Disallow: /", NOW - timedelta(hours=30))
    robots.keep(db, "warta.test", b"Disallow: /a", NOW)
    assert robots.find(db, "warta.test", NOW + timedelta(hours=23)) == b"Disallow: /a"
    assert robots.find(db, "warta.test", NOW + timedelta(hours=24)) is None
    assert robots.find(db, "lain.test", NOW) is None


def test_one_from_the_future_is_asked_for_again(db: Database):
    robots.keep(db, "warta.test", b"", NOW + timedelta(days=99))
    assert robots.find(db, "warta.test", NOW) is None
