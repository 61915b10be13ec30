"""A world in small: articles come, people decide, issues are sent, and anything may go wrong or be cut short."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from crawler.keeping import keep
from crawler.merging import decisions
from crawler.merging.rebuilding import rebuild
from db import Database, issues
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
    for number, bodies in world.db.execute("select id, bodies from issues where subscription = ? order by id", [name]):
        yield number, json.loads(issues.unpacked(bodies)["told"])


def settle(world: World) -> None:
    world.trouble.clear()
    for _ in range(3):
        world.tick()
