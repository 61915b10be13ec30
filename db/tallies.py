"""What the pages count: measures by sector and time, answered from an index alone at any size of the database.

`measure_sectors` carries its measure's `first_seen_at` as `first_at` for this; triggers keep it true whoever writes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

Row = dict[str, Any]
Span = tuple[str, str]

CREATE = (
    "alter table measure_sectors add column first_at text",
    """
    create trigger measure_sectors_first_seen after insert on measure_sectors begin
        update measure_sectors set first_at = (select first_seen_at from measures where id = new.measure_id)
        where measure_id = new.measure_id and sector = new.sector;
    end
    """,
    """
    create trigger measures_first_seen after update of first_seen_at on measures
    when old.first_seen_at is not new.first_seen_at begin
        update measure_sectors set first_at = new.first_seen_at where measure_id = new.id;
    end
    """,
    "update measure_sectors set first_at = (select first_seen_at from measures where id = measure_id)",
    "drop index measure_sectors_sector",
    "create index measure_sectors_time on measure_sectors (sector, first_at, position)",
    "create index measure_events_at on measure_events (at)",
    "create index measures_in_force_on on measures (in_force_on) where in_force_on is not null",
)


def by_group(db: Database, weeks: Sequence[Span]) -> dict[str, list[int]]:
    """By sector group: how many measures were first seen in each of the spans, counted under their first sector."""
    rows = db.execute(
        """
        select sector_group, week.key, sum((select count(*) from measure_sectors where sector = code
            and first_at >= week.value ->> 0 and first_at < week.value ->> 1 and position = 0))
        from sectors cross join json_each(?) as week group by 1, 2
        """,
        [json.dumps(weeks)],
    )
    counts: dict[str, list[int]] = {}
    for group, week, count in rows:
        counts.setdefault(group, [0] * len(weeks))[week] = count
    return counts


def of_sector(db: Database, code: str, weeks: Sequence[Span]) -> list[int]:
    """How many measures of a sector or group were first seen in each of the spans."""
    rows = db.execute(
        """
        select week.key, count(distinct measure_id)
        from json_each(:weeks) as week cross join sectors cross join measure_sectors
        where (code = :code or sector_group = :code) and sector = code
            and first_at >= week.value ->> 0 and first_at < week.value ->> 1
        group by 1
        """,
        {"code": code, "weeks": json.dumps(weeks)},
    )
    found = dict(map(tuple, rows))
    return [found.get(week, 0) for week in range(len(weeks))]


def by_sector(db: Database, week: Span) -> dict[str, Row]:
    """By sector: its measures in all, and those first seen in the week; one for several sectors counts in each."""
    rows = db.query(
        """
        select code, (select count(*) from measure_sectors where sector = code) as measures,
            (select count(*) from measure_sectors
                where sector = code and first_at >= ? and first_at < ?) as of_week
        from sectors
        """,
        list(week),
    )
    return {row["code"]: row for row in rows if row["measures"]}
