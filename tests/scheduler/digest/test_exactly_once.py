"""Each event reaches each subscription exactly once: whatever is late, corrected, merged, split or cut short."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.codes import save_codes
from crawler.keeping import keep
from crawler.merging import decisions
from crawler.merging.rebuilding import rebuild
from crawler.outlets import Outlet
from db import Database, connect, news
from db.issues import Draft
from db.times import to_text
from scheduler.digest import outbox
from scheduler.digest.news import sight
from scheduler.digest.subscriptions import Subscription
from tests.crawler.press import OUTLETS, article, mention, visit

START = datetime(2026, 3, 2, 5, tzinfo=UTC)
JAKARTA = ZoneInfo("Asia/Jakarta")
SUBSCRIPTIONS = [
    Subscription("semua", "Semua", JAKARTA, mail=("a@contoh.id", "b@contoh.id")),
    Subscription("tekstil", "Tekstil", JAKARTA, mail=("c@contoh.id",), sectors=("ikft",), empty="skip"),
    Subscription("berlaku", "Berlaku", JAKARTA, mail=("d@contoh.id",), statuses=("in_force", "ended")),
]
ACTS = {
    "kain": ("ikft.tpt", "bea", "{verb} bea masuk pengaman kain tenun impor dari negara tetangga{tail}"),
    "rotan": ("agro.furnitur", "eksim", "{verb} larangan ekspor rotan mentah dari Sulawesi{tail}"),
    "garam": ("ikft.kimiahilir", "subsidi", "{verb} subsidi angkutan garam petambak Madura{tail}"),
}
VERBS = {"proposed": "mengusulkan", "planned": "menyiapkan", "in_force": "menetapkan", "ended": "mencabut"}
TAILS = ["", " tahun ini", " mulai 1 April 2026", " mulai 1 Mei 2026", " demi pabrik"]


class Killed(BaseException):
    """The process dies here."""


class Mortal(sqlite3.Connection):
    """Dies at the statement that its life ends with; what was not committed is lost."""

    life: int | None = None

    def age(self) -> None:
        if self.life is not None:
            self.life -= 1
            if self.life < 0:
                self.life = None
                raise Killed

    def execute(self, *given):
        self.age()
        return super().execute(*given)

    def executemany(self, *given):
        self.age()
        return super().executemany(*given)


@dataclass
class World:
    """A database, what arrived at whom, and what is to go wrong."""

    db: Database
    now: datetime = START
    arrived: list[tuple[str, int]] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)

    def send(self, row, delivery) -> None:
        wrong = self.trouble.pop() if self.trouble else ""
        if wrong == "deferred":
            raise outbox.Deferred("try later")
        if wrong == "dies before":
            raise Killed
        self.arrived.append((delivery.recipient, row["id"]))
        if wrong == "dies after":
            raise Killed

    def tick(self, life: int | None = None) -> None:
        """What the scheduler does at a time, perhaps cut short at one of its statements."""
        self.now += timedelta(days=1)
        self.db.conn.life = life
        with suppress(Killed):
            sight(self.db, self.now)
            for subscription in SUBSCRIPTIONS:
                outbox.make(self.db, subscription, compose, self.now)
            outbox.deliver(self.db, {"mail": self.send}, self.now)
        self.db.conn.life = None
        self.db.conn.rollback()


def compose(db, subscription, found, since, until) -> Draft:
    told = [
        {"measure": one.measure, "events": [[event.kind, event.detail, event.mention] for event in one.events],
         "members": [row[0] for row in db.execute("select key from mentions where measure_id = ?", [one.measure])]}
        for one in found
    ]  # fmt: skip
    numbers = {turn for one in found for turn in one.turns}
    new = sum(one.is_new for one in found)
    return Draft(
        "digest", to_text(since), to_text(until), "", new, len(found) - new, {"told": json.dumps(told)}, numbers
    )


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> "Empty":
    path: Path = tmp_path_factory.mktemp("digest") / "jurus.db"
    with connect(path) as db:
        save_codes(db, [Outlet(slug, slug, home, ".", feeds=(home,)) for slug, home in OUTLETS.items()])
        db.execute("pragma journal_mode = delete")
        return Empty(db.conn.serialize())


class Empty:
    """A database without articles, as bytes: quickly copied."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def __repr__(self) -> str:
        return "empty"


def world_of(empty: Empty) -> World:
    conn = sqlite3.connect(":memory:", factory=Mortal)
    conn.deserialize(empty.content)
    conn.execute("pragma foreign_keys = on")
    return World(Database(conn))


@st.composite
def reports(draw: st.DrawFn) -> tuple:
    """An article on one or two acts, at any time of two months, in one of few addresses, so that it may correct one."""
    said = [
        (draw(st.sampled_from(list(ACTS))), draw(st.sampled_from(list(VERBS))), draw(st.sampled_from(TAILS)))
        for _ in range(draw(st.integers(1, 2)))
    ]
    return "report", draw(st.sampled_from(list(OUTLETS))), draw(st.integers(0, 3)), draw(st.integers(0, 60)), said


STEPS = st.one_of(
    reports(),
    reports(),
    st.tuples(st.just("tick"), st.one_of(st.none(), st.integers(0, 60))),
    st.tuples(st.just("trouble"), st.sampled_from(["deferred", "dies before", "dies after"])),
    st.tuples(st.just("rebuild")),
    st.tuples(st.just("merge"), st.integers(0, 5), st.integers(0, 5)),
    st.tuples(st.just("split"), st.integers(0, 5), st.integers(0, 5)),
)


def take(world: World, step: tuple) -> None:
    kind, *given = step
    if kind == "report":
        report(world.db, *given)
    elif kind == "tick":
        world.tick(*given)
    elif kind == "trouble":
        world.trouble.append(given[0])
    elif kind == "rebuild":
        rebuild(world.db)
    else:
        decide(world, kind, *given)


def report(db: Database, outlet: str, number: int, day: int, said: list[tuple[str, str, str]]) -> None:
    sentences = []
    for place, (act, status, tail) in enumerate(said):
        sector, instrument, pattern = ACTS[act]
        quote = "Kementerian Perdagangan " + pattern.format(verb=VERBS[status], tail=tail) + "."
        told = mention(quote, status=status, instrument=instrument, sectors=(sector,), what=quote[24:60])
        sentences.append(replace(told, start=1000 * place, end=1000 * place + len(quote)))
    page = article(outlet, str(number), " ".join(one.quote for one in sentences), START + timedelta(days=day))
    keep(db, [visit(page, *sentences)])


def decide(world: World, kind: str, one: int, other: int) -> None:
    measures = [row[0] for row in world.db.execute("select id from measures order by id")]
    if not measures:
        return
    with suppress(decisions.WrongDecision):
        if kind == "merge":
            chosen = measures[one % len(measures)], measures[other % len(measures)]
            decisions.merge(world.db, *chosen, world.now)
        else:
            measure = measures[one % len(measures)]
            keys = [row[0] for row in world.db.execute("select key from mentions where measure_id = ?", [measure])]
            decisions.split(world.db, measure, [sorted(keys)[other % len(keys)]], world.now)


def issues_of(world: World, name: str) -> Iterator[tuple[int, list[dict]]]:
    from db import issues

    for number, bodies in world.db.execute("select id, bodies from issues where subscription = ? order by id", [name]):
        yield number, json.loads(issues.unpacked(bodies)["told"])


def settle(world: World) -> None:
    world.trouble.clear()
    for _ in range(3):
        world.tick()


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
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


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
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
