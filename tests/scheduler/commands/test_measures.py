from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click
import pytest

from scheduler.filters import check_code, day

NOW = datetime(2026, 11, 24, 1, 30, tzinfo=ZoneInfo("Asia/Jakarta"))


@pytest.mark.parametrize(
    ("text", "end", "wanted"),
    [
        ("2026-11-01", False, datetime(2026, 10, 31, 17, tzinfo=UTC)),
        ("2026-11-01", True, datetime(2026, 11, 1, 17, tzinfo=UTC)),
        ("-1d", False, datetime(2026, 11, 22, 17, tzinfo=UTC)),
        ("30d", False, datetime(2026, 10, 24, 17, tzinfo=UTC)),
    ],
)
def test_days_begin_where_the_user_lives(text: str, end: bool, wanted: datetime):
    assert day(text, NOW, end=end) == wanted


def test_what_is_no_day_or_code_is_refused():
    for text in ("kemarin", "2026-13-01", "-d", "-999999d"):
        with pytest.raises(click.UsageError, match="no such day"):
            day(text, NOW)
    for text, end in (("0001-01-01", False), ("9999-12-31", True)):
        with pytest.raises(click.UsageError, match="too far away"):
            day(text, NOW, end=end)
    with pytest.raises(click.UsageError, match="no such sector: tekstil"):
        check_code("sector", "tekstil", {"ikft.tpt"})
    check_code("sector", None, set())
