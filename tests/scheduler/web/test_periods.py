from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from scheduler.web import periods

JAKARTA = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)  # already the 24th in Jakarta


def test_a_week_is_seven_whole_days_of_the_zone():
    week = periods.week_until(date(2026, 11, 24), JAKARTA)
    assert (week.first, week.last) == (date(2026, 11, 18), date(2026, 11, 24))
    assert (week.since, week.until) == ("2026-11-17T17:00:00Z", "2026-11-24T17:00:00Z")


def test_weeks_follow_each_other_without_a_gap():
    weeks = periods.weeks_until(date(2026, 11, 24), JAKARTA)
    assert len(weeks) == 12
    assert [week.since for week in weeks[1:]] == [week.until for week in weeks[:-1]]


def test_today_is_the_zones():
    assert periods.shown_day("2026-11-20T03:00:00Z", NOW, JAKARTA) == date(2026, 11, 24)
    assert periods.shown_day(None, NOW, JAKARTA) == date(2026, 11, 24)


def test_where_nothing_came_for_a_week_the_page_stays_at_the_newest_article():
    assert periods.shown_day("2026-11-17T03:00:00Z", NOW, JAKARTA) == date(2026, 11, 17)
    assert periods.shown_day("2026-11-18T03:00:00Z", NOW, JAKARTA) == date(2026, 11, 24)


def test_an_article_of_the_future_does_not_move_the_page():
    assert periods.shown_day("2031-01-01T00:00:00Z", NOW, JAKARTA) == date(2026, 11, 24)


def test_soon_starts_tomorrow():
    assert periods.soon_after(date(2026, 11, 24)) == ("2026-11-25", "2026-12-24")
