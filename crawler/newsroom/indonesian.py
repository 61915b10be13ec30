"""Dates as Indonesian outlets write them."""

from __future__ import annotations

from datetime import datetime, timedelta

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
SHORT = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Ags", "Sep", "Okt", "Nov", "Des")
ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}


def written(moment: datetime, pattern: str) -> str:
    """The moment in its own zone; `pattern` has {day} {d} {dd} {month} {mon} {mm} {year} {clock} {zone}."""
    offset = moment.utcoffset() or timedelta()
    return pattern.format(
        day=DAYS[moment.weekday()],
        d=moment.day,
        dd=f"{moment.day:02}",
        mm=f"{moment.month:02}",
        month=MONTHS[moment.month - 1],
        mon=SHORT[moment.month - 1],
        year=moment.year,
        clock=f"{moment:%H:%M}",
        zone=ZONES[offset // timedelta(hours=1)],
    )


def ago(moment: datetime, now: datetime) -> str:
    """How long ago, as lists say it: `3 jam lalu`; a date where that is more than a month."""
    hours = (now - moment) // timedelta(hours=1)
    if hours < 1:
        return f"{max((now - moment) // timedelta(minutes=1), 1)} menit lalu"
    if hours < 24:
        return f"{hours} jam lalu"
    if hours < 24 * 30:
        return f"{hours // 24} hari lalu"
    return written(moment, "{d} {mon} {year}")
