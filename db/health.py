"""How each outlet is, told against its own history, and each change of that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from db import writing
from db.times import to_text

Row = dict[str, Any]


def states(db: Database) -> dict[str, Row]:
    """The state of each outlet as last written."""
    return {row["outlet"]: row for row in db.query("select * from health")}


def save_states(db: Database, verdicts: Mapping[str, tuple[str, str]], now: datetime) -> list[Row]:
    """Write state and reason of outlets; returns the alerts: one for each outlet whose state is another than before.

    An outlet that is well when first looked at is no alert.
    """
    with writing(db):
        before = states(db)
        changed = []
        for outlet, (state, why) in verdicts.items():
            known = before.get(outlet, {"state": "ok", "since": to_text(now)})
            same = known["state"] == state
            row = [outlet, state, why, known["since"] if same else to_text(now)]
            db.execute("insert or replace into health values (?, ?, ?, ?)", row)
            if not same:
                changed.append(
                    {"at": to_text(now), "outlet": outlet, "was": known["state"], "state": state, "why": why}
                )
        db.table("alerts").insert_all(changed)
    return changed


def alerts(db: Database, count: int, outlet: str | None = None) -> list[Row]:
    """The last alerts, newest first; of one outlet, if named."""
    rows = db.query(
        "select at, outlet, was, state, why from alerts where outlet = coalesce(?, outlet) order by id desc limit ?",
        [outlet, count],
    )
    return list(rows)
