"""Dates as outlets write them, to UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.dates import MONTHS, has_clock, is_date, parse_date

NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jumat, 11 Apr 2026 14:05 WIB", "2026-04-11T07:05:00"),
        ("Rabu, 5 Ags 2026 09.10 WITA", "2026-08-05T01:10:00"),
        ("Jum'at, 3 Juli 2020 | 10:00 WIT", "2020-07-03T01:00:00"),
        ("JUM’AT, 3 Agt 2020, 10:00 WIB", "2020-08-03T03:00:00"),
        ("Kompas.com - 02/06/2020, 13:51 WIB", "2020-06-02T06:51:00"),
        ("Selasa, 02 Juni 2020 / 13:51 WIB", "2020-06-02T06:51:00"),
        ("12 Okt 2025 | 08:09 WIB", "2025-10-12T01:09:00"),
        ("Wednesday, 04 November, 2015 |  07:28 WIB", "2015-11-04T00:28:00"),
        ("Kamis, 5 November 2015 - 15:56 wib", "2015-11-05T08:56:00"),
        ("14:05 WIB, Senin 3 Agustus 2026", "2026-08-03T07:05:00"),
        ("20/1/2026 18:30", "2026-01-20T11:30:00"),
        ("2022/12/10 13:19:56", "2022-12-10T06:19:56"),
        ("2022-12-10T13:19:56+07:00", "2022-12-10T06:19:56"),
        ("2022-12-10T13:19:56Z", "2022-12-10T13:19:56"),
        ("2026-11-03T08:00:00.000+0700", "2026-11-03T01:00:00"),
        ("November 3, 2026 5:04 pm", "2026-11-03T10:04:00"),
        ("3 Nov 2026 12:15 AM", "2026-11-02T17:15:00"),
        ("Tue, 24 Nov 2026 05:00:00 GMT", "2026-11-24T05:00:00"),
        ("1670653196000", "2022-12-10T06:19:56"),
        ("(08/09/2026)", "2026-09-07T17:00:00"),
        ("02/23/2016 10:00", "2016-02-23T03:00:00"),
    ],
)
def test_absolute_dates(text, expected):
    assert parse_date(text, "Asia/Jakarta") == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize("text", ["2022-12-10T13-19-56Z", "2022-12-10 T13:19:56Z"])
def test_the_false_z_of_a_malformed_clock_is_local_time(text):
    assert parse_date(text, "Asia/Jakarta") == datetime(2022, 12, 10, 6, 19, 56, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("5 menit lalu", timedelta(minutes=5)),
        ("3 jam yang lalu", timedelta(hours=3)),
        ("2 Hari 3 Jam lalu", timedelta(days=2, hours=3)),
        ("1 week ago", timedelta(weeks=1)),
        ("baru saja", timedelta()),
        ("Kemarin, 10:00 WIB", timedelta(days=1, hours=2)),
        ("Hari ini, 10:00", timedelta(hours=2)),
    ],
)
def test_relative_dates_count_from_now_and_are_none_without_it(text, back):
    assert parse_date(text, "Asia/Jakarta", NOW) == NOW - back
    assert parse_date(text, "Asia/Jakarta") is None


@pytest.mark.parametrize(
    "text", ["", "Redaksi", "31/02/2020", "Rp5.000.000", "Pasal 12 ayat 3", "45 Mei 2020 10:00", "9" * 400]
)
def test_what_is_no_date_gives_none(text):
    assert parse_date(text, "Asia/Jakarta", NOW) is None


def test_the_outlets_zone_holds_where_the_text_names_none():
    assert parse_date("3 Mei 2026 10:00", "Asia/Makassar") == datetime(2026, 5, 3, 2, 0, tzinfo=UTC)
    assert parse_date("3 Mei 2026 10:00 WIB", "Asia/Makassar") == datetime(2026, 5, 3, 3, 0, tzinfo=UTC)


def test_has_clock_tells_a_time_from_a_day():
    assert has_clock("3 Mei 2026 10:00")
    assert not has_clock("3 Mei 2026")
    assert not has_clock("pukul 10:00")


@given(
    st.datetimes(datetime(1990, 1, 2), datetime(2099, 12, 30)),  # noqa: DTZ001 - the zone is drawn beside
    st.sampled_from([("WIB", 7), ("WITA", 8), ("WIT", 9)]),
    st.sampled_from([":", "."]),
    st.data(),
)
def test_every_spelling_of_a_month_is_read(moment, zone, mark, data):
    name = data.draw(st.sampled_from(MONTHS[moment.month].split()))
    text = f"Senin, {moment.day} {name.title()} {moment.year} {moment.hour:02}{mark}{moment.minute:02} {zone[0]}"
    expected = moment.replace(second=0, microsecond=0, tzinfo=UTC) - timedelta(hours=zone[1])
    assert parse_date(text, "Asia/Jakarta") == expected


@given(
    st.text(max_size=80) | st.from_regex(r"[0-9/.: -]{4,30}( WIB|Z| lalu)?", fullmatch=True),
    st.sampled_from([None, NOW]),
)
def test_any_text_gives_an_aware_utc_time_or_none(text, now):
    found = parse_date(text, "Asia/Jakarta", now)
    assert found is None or found.utcoffset() == timedelta()


@pytest.mark.parametrize("text", ["November 6, 2026", "Jum'at, 1 Mei 2026 | 10:30 WIB", "20/1/2026 18:30"])
def test_a_date_alone_is_told(text: str) -> None:
    assert is_date(text)


@pytest.mark.parametrize("text", ["", "2026", "Berlaku 2 Mei 2026", "2 Mei 2026, dia pergi", "Senin", "1.000 ton"])
def test_what_says_more_than_a_date_is_none(text: str) -> None:
    assert not is_date(text)
