from datetime import UTC, datetime

from scheduler.commands.status import silent_outlets

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def test_outlets_fall_silent_after_a_week():
    rows = {
        "baru": {"newest": "2026-11-17T00:00:00Z"},
        "lama": {"newest": "2026-11-12T23:00:00Z"},
        "kosong": {"newest": None},
    }
    assert silent_outlets(rows, NOW) == [
        {"outlet": "lama", "why": "nothing for 11 days"},
        {"outlet": "kosong", "why": "no article yet"},
    ]
