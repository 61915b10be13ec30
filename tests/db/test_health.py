from datetime import UTC, datetime, timedelta

import pytest
from sqlite_utils import Database

from db import health, store

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def outlets(db: Database) -> None:
    plain = {"title": "", "home": "", "keep": "text", "publisher": ""}
    store.save_codes(db, "outlets", [{"slug": slug, **plain} for slug in ("warta", "niaga")])


def test_each_change_of_state_is_one_alert(db: Database):
    told = []
    states = [("ok", ""), ("broken", "503"), ("broken", "503 again"), ("watch", "slow"), ("ok", ""), ("ok", "")]
    for minute, state in enumerate(states):
        told += health.save_states(db, {"warta": state, "niaga": ("ok", "")}, NOW + timedelta(minutes=minute))
    assert [(row["was"], row["state"], row["why"]) for row in told] == [
        ("ok", "broken", "503"),
        ("broken", "watch", "slow"),
        ("watch", "ok", ""),
    ]
    kept = health.alerts(db, 10)
    assert [{**row} for row in reversed(kept)] == told
    assert health.alerts(db, 10, "niaga") == []


def test_a_state_is_kept_with_its_reason_of_today_and_since_when_it_is(db: Database):
    health.save_states(db, {"warta": ("broken", "503")}, NOW)
    health.save_states(db, {"warta": ("broken", "404")}, NOW + timedelta(hours=1))
    row = health.states(db)["warta"]
    assert (row["why"], row["since"]) == ("404", "2026-11-24T03:00:00Z")


def test_an_outlet_broken_when_first_looked_at_is_an_alert(db: Database):
    (alert,) = health.save_states(db, {"warta": ("broken", "503")}, NOW)
    assert alert["was"] == "ok"
