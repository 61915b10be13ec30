import contextlib
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.filters import KEYS, checked, day

NOW = datetime(2026, 11, 24, 15, 30, tzinfo=ZoneInfo("Asia/Jakarta"))
NOTHING = dict.fromkeys(KEYS)


def test_days_count_in_the_users_zone():
    wanted = checked(NOTHING | {"since": "-30d", "until": "2026-11-24"}, NOW)
    assert wanted["since"] == "2026-10-24T17:00:00Z"
    assert wanted["until"] == "2026-11-24T17:00:00Z"


def test_a_code_that_does_not_exist_is_named_with_those_that_do():
    for kind in ("sector", "instrument", "actor"):
        with pytest.raises(click.UsageError, match=f"no such {kind}: tak.ada; known are .*, "):
            checked(NOTHING | {kind: "tak.ada"}, NOW)
    assert checked(NOTHING | {"sector": "ikft"}, NOW)["sector"] == "ikft"


def test_a_region_is_named_by_its_code_or_its_name():
    for name in ("jabar", "Jawa Barat", "west java", "JABAR", "Provinsi Jawa Barat", "west java province"):
        assert checked(NOTHING | {"region": name}, NOW)["region"] == "jabar"
    for name in ("Bekasi", "Kota Bekasi", "Kabupaten Bekasi", "kab. bekasi"):
        assert checked(NOTHING | {"region": name}, NOW)["region"] == "jabar.bekasi"
    assert checked(NOTHING | {"region": "Kota Yogyakarta"}, NOW)["region"] == "diy.kota-yogyakarta"
    with pytest.raises(click.UsageError, match="no such region: Atlantis; name a province or a city"):
        checked(NOTHING | {"region": "Atlantis"}, NOW)


@given(st.one_of(st.text(max_size=12), st.from_regex(r"-?\d{1,5}d|\d{4}-\d\d-\d\d", fullmatch=True)), st.booleans())
def test_any_text_is_a_day_or_a_clear_refusal(text: str, end: bool):
    with contextlib.suppress(click.UsageError):
        found = day(text, NOW, end)
        assert found is not None
        assert found.tzinfo is UTC
