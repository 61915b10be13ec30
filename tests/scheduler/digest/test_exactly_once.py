"""Each event reaches each subscription exactly once: whatever is late, corrected, merged, split or cut short."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.codes import save_codes
from crawler.outlets import Outlet
from db import Database, connect, news
from scheduler.digest.subscriptions import Subscription
from tests.crawler.press import OUTLETS
from tests.scheduler.digest.world import (
    ACTS,
    STEPS,
    SUBSCRIPTIONS,
    VERBS,
    Empty,
    World,
    issues_of,
    settle,
    take,
    world_of,
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Empty:
    path: Path = tmp_path_factory.mktemp("digest") / "jurus.db"
    with connect(path) as db:
        save_codes(db, [Outlet(slug, slug, home, ".", feeds=(home,)) for slug, home in OUTLETS.items()])
        db.execute("pragma journal_mode = delete")
        return Empty(db.conn.serialize())


@settings(max_examples=250, suppress_health_check=list(HealthCheck))
@pytest.mark.parametrize("part", range(4))
@given(steps=st.lists(STEPS, min_size=3, max_size=14))
def test_every_event_reaches_every_subscription_once(
    empty: Empty, monkeypatch: pytest.MonkeyPatch, part: int, steps: list[tuple]
):
    monkeypatch.setattr(news, "MOST_CHANGED", 0 if part % 2 else 2)
    world = world_of(empty)
    world.tick()
    for step in steps:
        take(world, step)
    settle(world)
    for subscription in SUBSCRIPTIONS:
        nothing_is_missing(world, subscription)
        nothing_is_repeated(world, subscription)
        everything_arrived(world, subscription)
    world.db.conn.close()


def nothing_is_missing(world: World, subscription: Subscription) -> None:
    """Whatever stands in the database now and fits was told, by one of the mentions that tell of that measure."""
    told = [
        (kind, detail, set(item["members"]))
        for _, items in issues_of(world, subscription.name)
        for item in items
        for kind, detail, _ in item["events"]
    ]
    rows = world.db.query(
        "select measure_events.measure_id, kind, detail, key, status, instrument from measure_events"
        " join mentions on mentions.id = mention_id"
    )
    for row in rows:
        measure = row["measure_id"]
        if not fits(world.db, subscription, measure):
            continue
        members = {one[0] for one in world.db.execute("select key from mentions where measure_id = ?", [measure])}
        kinds = {row["kind"]} | {("announced", row["kind"])}
        assert any(
            (kind in kinds or (kind, detail) in kinds) and members_told & members for kind, detail, members_told in told
        ) or was_corrected(world, row, told), (row, told)


def was_corrected(world: World, row: dict, told: list) -> bool:
    """Whether all that told of it has been taken back since, so that only its corrected form stands here."""
    keys = {one[0] for one in world.db.execute("select key from mentions")}
    return any(
        (kind == row["kind"] or (kind, detail) == ("announced", row["kind"])) and not members <= keys
        for kind, detail, members in told
    )


def fits(db: Database, subscription: Subscription, measure: str) -> bool:
    status = db.execute("select status from measures where id = ?", [measure]).fetchone()[0]
    sectors = [row[0] for row in db.execute("select sector from measure_sectors where measure_id = ?", [measure])]
    wanted = subscription.sectors
    return (not subscription.statuses or status in subscription.statuses) and (
        not wanted or any(sector.partition(".")[0] in wanted for sector in sectors)
    )


def nothing_is_repeated(world: World, subscription: Subscription) -> None:
    """No mention tells one kind of news twice, in all issues of a subscription; no turn is noted twice."""
    told = Counter(
        (kind, detail if kind in ("rate_changed", "effective") else "", mention)
        for _, items in issues_of(world, subscription.name)
        for item in items
        for kind, detail, mention in item["events"]
    )
    repeated = {one: count for one, count in told.items() if count > 1}
    assert not repeated


def everything_arrived(world: World, subscription: Subscription) -> None:
    """Each recipient has each issue; one that came twice is the same issue, under the same name."""
    numbers = {number for number, _ in issues_of(world, subscription.name)}
    for recipient in subscription.mail:
        assert {number for one, number in world.arrived if one == recipient} == numbers


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_an_act_is_announced_once_however_it_comes(empty: Empty, data: st.DataObject):
    """Without decisions by hand, articles on one act are one measure: it is new once, in whatever order they come."""
    world = world_of(empty)
    world.tick()
    for _ in range(data.draw(st.integers(2, 10))):
        kind = data.draw(st.sampled_from(["report", "report", "tick", "rebuild"]))
        if kind == "report":
            outlet, number = data.draw(st.sampled_from(list(OUTLETS))), data.draw(st.integers(0, 2))
            act = list(ACTS)[number]
            said = [(act, data.draw(st.sampled_from(list(VERBS))), data.draw(st.sampled_from(["", " tahun ini"])))]
            take(world, ("report", outlet, number, data.draw(st.integers(0, 40)), said))
        else:
            take(world, (kind,))
    settle(world)
    announced = Counter(
        act
        for _, items in issues_of(world, "semua")
        for item in items
        for kind, _, mention in item["events"]
        if kind == "announced"
        for act in [mention_act(world, mention)]
        if act
    )
    assert all(count == 1 for count in announced.values()), announced


def mention_act(world: World, key: str) -> str:
    row = world.db.execute("select instrument from mentions where key = ?", [key]).fetchone()
    return row[0] if row else ""
