"""Dates as Indonesian outlets write them.

A small grammar of its own: a general date parser reads `02/06/2020` as 6 February, knows neither `Ags` nor `Jum'at`,
and makes up a date near today where it understands nothing.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from datetime import timezone as fixed
from zoneinfo import ZoneInfo

# Spellings that outlets use, Indonesian (with old and colloquial forms) and English; longest first for the regex.
MONTHS = {
    1: "januari january jan",
    2: "februari february pebruari feb peb",
    3: "maret march mar mrt",
    4: "april apr",
    5: "mei may",
    6: "juni june jun",
    7: "juli july jul",
    8: "agustus august agust agst agt ags agu aug",
    9: "september sept sep",
    10: "oktober october okt oct",
    11: "november nopember nov nop",
    12: "desember december des dec",
}
MONTH_NUMBERS = {name: number for number, names in MONTHS.items() for name in names.split()}
ZONES = {"z": 0, "utc": 0, "gmt": 0, "wib": 7, "wita": 8, "wit": 9}  # hours east of Greenwich
UNITS = {
    "detik": "seconds", "second": "seconds", "sec": "seconds",
    "menit": "minutes", "minute": "minutes", "min": "minutes",
    "jam": "hours", "hour": "hours",
    "hari": "days", "day": "days",
    "minggu": "weeks", "pekan": "weeks", "week": "weeks",
}  # fmt: skip
WEEKDAY = re.compile(
    r"\b(senin|selasa|rabu|kamis|jumat|sabtu|minggu|mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\b"
)
DAYS_BACK = {"hari ini": 0, "today": 0, "kemarin": 1, "yesterday": 1}

MONTH = "(?P<name>" + "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True)) + r")\b\.?"
YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\d)" + YEAR + r"[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        r"(?<![\d/.-])(?P<day>\d{1,2})\s?[-/.]\s?(?P<month>\d{1,2})\s?[-/.]\s?" + YEAR,
        r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-]*" + MONTH + r"[\s,'-]*" + YEAR,
        r"\b" + MONTH + r"\s*(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s,]+" + YEAR,
        r"(?<![\d/.-])(?P<day>\d{1,2})[-/](?P<month>\d{1,2})[-/](?P<year>\d\d)(?![\d/-])",
    )
)
ZONE = r"(?P<zone>z\b|wib\b|wita\b|wit\b|(?:utc|gmt)?\s?[+-]\d{1,2}(?::?\d\d)?(?!\d)|utc\b|gmt\b)?"
CLOCK = re.compile(
    r"(?<![\d:.])(?P<hour>\d{1,2})(?P<mark>[:.])(?P<minute>\d\d)(?:(?P=mark)(?P<second>\d\d)(?:[.,]\d+)?)?(?!\d)"
    r"\s*(?P<half>[ap]\.?m\b\.?)?[\s,(]*" + ZONE
)
# The pubdate of detik is local time, whatever its Z says; it is told by its odd form: 2022-12-10T13-19-56Z (of 2022),
# 2016-02-23 T16:00:20Z (of 2016).
FALSE_Z = re.compile(r"(?<=\d)(?: t(?=\d\d:)|t(?=\d\d-))(\d\d)[:-](\d\d)[:-](\d\d)z\b")
AGO = re.compile(r"(\d+)\s*(" + "|".join(UNITS) + r")s?\b")


def parse_date(text: str, timezone: str, now: datetime | None = None) -> datetime | None:
    """The moment that a text names, in UTC; None where it names none.

    `timezone` is that of a clock without a zone, as the outlet's file has it. Days come before months. `now` (aware) is
    the base of relative dates ("5 menit lalu", "Kemarin, 10:00"); without it they give None. A date alone is midnight.
    """
    text = _plain(text)
    zone = ZoneInfo(timezone)
    if re.fullmatch(r"1\d{9}(\d{3})?", text):  # seconds or milliseconds since 1970, as some meta tags have it
        return datetime.fromtimestamp(int(text[:10]), UTC)
    for pattern in DATES:
        for match in pattern.finditer(text):
            moment = _absolute(match, text, zone)
            if moment is not None:
                return moment
    return _relative(text, zone, now) if now else None


def has_clock(text: str) -> bool:
    """Whether a date says at what time of the day."""
    text = _plain(text)
    return text.isdecimal() or any(_clock_near(match, text) for pattern in DATES for match in pattern.finditer(text))


def is_date(text: str) -> bool:
    """Whether a text is a date, with or without weekday and clock, and nothing else."""
    text = _plain(text)
    dated = next((re.sub(pattern, " ", text, count=1) for pattern in DATES if pattern.search(text)), None)
    return dated is not None and not re.search(r"\w", WEEKDAY.sub("", CLOCK.sub("", dated)))


def _plain(text: str) -> str:
    """Lower case, single spaces, no apostrophes (`Jum'at`), no false Z."""
    text = " ".join(re.sub(r"['’‘`]", "", text[:500]).lower().split())
    return FALSE_Z.sub(r" \1:\2:\3", text)


def _absolute(match: re.Match[str], text: str, zone: tzinfo) -> datetime | None:
    found = match.groupdict()
    year, day = int(found["year"]), int(found["day"])
    month = MONTH_NUMBERS[found["name"]] if found.get("name") else int(found["month"])
    if month > 12 >= day:  # plainly an American order
        day, month = month, day
    try:
        date = datetime(year if year > 99 else 2000 + year, month, day, tzinfo=zone)
    except ValueError:
        return None
    return _at(date, _clock_near(match, text), zone)


def _clock_near(date: re.Match[str], text: str) -> re.Match[str] | None:
    """The clock that stands after the date, else before it."""
    after = re.sub(r"^\s?t(?=\d)", " ", text[date.end() : date.end() + 60])
    return _clock(after) or _clock(text[max(date.start() - 40, 0) : date.start()])


def _clock(text: str) -> re.Match[str] | None:
    matches = (match for match in CLOCK.finditer(text) if int(match["hour"]) < 24 and int(match["minute"]) < 60)
    return next(matches, None)


def _at(date: datetime, clock: re.Match[str] | None, zone: tzinfo) -> datetime | None:
    """A day's clock time in UTC."""
    if clock is None:
        return _to_utc(date)
    hour = int(clock["hour"])
    if clock["half"] and hour <= 12:
        hour = hour % 12 + (12 if clock["half"].startswith("p") else 0)
    second = min(int(clock["second"] or 0), 59)
    moment = date.replace(hour=hour, minute=int(clock["minute"]), second=second)
    return _to_utc(moment.replace(tzinfo=_zone(clock, zone)))


def _to_utc(moment: datetime) -> datetime | None:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return None


def _zone(clock: re.Match[str], zone: tzinfo) -> tzinfo:
    """The zone that a clock names, else the outlet's."""
    name = (clock["zone"] or "").replace(" ", "")
    if not name:
        return zone
    if name in ZONES:
        return fixed(timedelta(hours=ZONES[name]))
    sign, hours, minutes = re.fullmatch(r"(?:utc|gmt)?([+-])(\d\d?):?(\d\d)?", name).groups()  # type: ignore[union-attr]
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return fixed(-offset if sign == "-" else offset) if offset < timedelta(hours=24) else zone


def _relative(text: str, zone: tzinfo, now: datetime) -> datetime | None:
    spans = AGO.findall(text)
    if spans and re.search(r"\b(lalu|ago)\b", text):
        try:
            return (now - sum((timedelta(**{UNITS[unit]: int(n)}) for n, unit in spans), timedelta())).astimezone(UTC)
        except OverflowError:
            return None
    if "baru saja" in text or "just now" in text:
        return now.astimezone(UTC)
    for words, days in DAYS_BACK.items():
        if words in text:
            day = (now.astimezone(zone) - timedelta(days=days)).replace(hour=0, minute=0, second=0, microsecond=0)
            return _at(day, _clock(text), zone)
    return None
