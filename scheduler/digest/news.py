"""What is new for a subscription: every turn of every measure once, whatever is corrected, merged, split or rebuilt.

An event is known by the turns that mentions of its measure carry (db/turns.py):

- `announced`: any announcement among them. Two measures that became one were announced already.
- `planned`, `in_force`, `ended`: a turn to this status, or an announcement with it, in the same round of the measure's
  life. A new round begins where a measure that had ended comes into force again.
- `rate_changed`, `effective`: a turn with the same words, or the same day.

Each event also gets a turn of its own, carried by the mention that tells of it. So a late article that takes an event
over brings no news, and a mention that a person splits off as an act of its own does, unless it was told already.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from crawler.merging.acts import ALIKE, content_words
from db import Database, issues, turns, writing
from db.issues import State
from db.times import to_text
from db.turns import Happened, Lost, Turn

BATCH = 500
STATUSES = ("planned", "in_force", "ended")


@dataclass(frozen=True, slots=True)
class Known:
    """An event and the numbers of the turns that it is known by: none where it has yet to be sighted.

    `own` says whether one of them is carried by the mention that tells of it.
    """

    event: Happened
    turns: tuple[int, ...]
    own: bool


def sight(db: Database, now: datetime) -> None:
    """Give every turn that has come up since the last sighting its number, in one transaction."""
    with writing(db):
        if turns.last(db) == 0:
            turns.mark_sighted(db, turns.add_all(db))
            return
        while batch := turns.changed(db, turns.sighted(db), BATCH):
            number(db, [measure for measure, _ in batch], to_text(now) or "")
            turns.mark_sighted(db, batch[-1][1])


def number(db: Database, measures: Collection[str], at: str) -> None:
    """Find or make the turns of these measures' events."""
    waiting = [known for known in events(db, measures) if not known.own]
    if not waiting:
        return
    free = turns.lost(db, {known.event.measure for known in waiting if not known.turns})
    new: list[Happened] = []
    for known in waiting:
        found = None if known.turns else corrected(known.event, free)
        if found is None:
            new.append(known.event)
        else:
            turns.hand_over(db, found.id, found.mention)
            free = [one for one in free if one.id != found.id]
    turns.add(db, new, at)


def corrected(event: Happened, free: Sequence[Lost]) -> Lost | None:
    """The turn whose sentence was corrected into one of the measure that this event belongs to."""
    fitting = [one for one in free if one.measure == event.measure and tells(event, one.kind, one.detail)]
    best = max(((likeness(one.quote, one.now), one) for one in fitting), default=None, key=lambda pair: pair[0])
    return best[1] if best and best[0] >= ALIKE else None


def likeness(one: str, other: str) -> float:
    """The share of words that two sentences have in common (Dice, by stems)."""
    mine, theirs = set(content_words(one)), set(content_words(other))
    return 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine or theirs else float(one == other)


def events(db: Database, measures: Collection[str]) -> Iterator[Known]:
    """The events of these measures with the turns that they are known by."""
    happened, carried = defaultdict(list), defaultdict(list)
    for event in turns.happened(db, measures):
        happened[event.measure].append(event)
    for turn in turns.carried(db, measures):
        carried[turn.measure].append(turn)
    for measure, history in happened.items():
        yield from known(history, carried[measure])


def known(history: Sequence[Happened], carried: Sequence[Turn]) -> Iterator[Known]:
    """The events of one measure, in the order of time, with those of its turns that tell of each."""
    begins = rounds(history)
    for event in history:
        mine = bisect_right(begins, event.place)
        found = [
            turn
            for turn in carried
            if tells(event, turn.kind, turn.detail)
            and (event.kind not in STATUSES or bisect_right(begins, turn.place) == mine)
        ]
        own = any(turn.mention == event.mention for turn in found)
        yield Known(event, tuple(turn.id for turn in found), own)


def tells(event: Happened, kind: str, detail: str) -> bool:
    """Whether a turn of this kind says what the event says."""
    if event.kind in STATUSES:
        return kind == event.kind or (kind == "announced" and detail == event.kind)
    return kind == event.kind and (kind == "announced" or detail == event.detail)


def rounds(history: Sequence[Happened]) -> list[int]:
    """The places at which the measure came into force again after it had ended."""
    begins, status = [], ""
    for event in history:
        if event.kind == "announced":
            status = event.detail
        elif event.kind in STATUSES:
            if status == "ended" and event.kind == "in_force":
                begins.append(event.place)
            status = event.kind
    return begins


@dataclass(frozen=True, slots=True)
class News:
    """What a subscription has yet to be told of a measure: the new events, and whether it knows the measure at all.

    `turns` are those that it has been told of once the issue is stored; `before` are the events that it knows.
    """

    measure: str
    events: tuple[Happened, ...]
    before: tuple[Happened, ...]
    turns: tuple[int, ...]

    @property
    def is_new(self) -> bool:
        return any(event.kind == "announced" for event in self.events)


def news(db: Database, state: State, measures: Sequence[str], since: str | None = None) -> Iterator[News]:
    """What of these measures the subscription has yet to be told, or, with `since`, what was seen from then on."""
    for start in range(0, len(measures), BATCH):
        found: dict[str, list[Known]] = defaultdict(list)
        for one in events(db, measures[start : start + BATCH]):
            if one.turns:
                found[one.event.measure].append(one)
        numbers = [number for known in found.values() for one in known for number in one.turns]
        if since is None:
            told = issues.told(db, state.name, numbers) | {one for one in numbers if one <= state.first_turn}
        else:
            told = set(numbers) - turns.seen_since(db, numbers, since)
        yield from untold(found, told)


def untold(found: Mapping[str, Sequence[Known]], told: Collection[int]) -> Iterator[News]:
    for measure, known in found.items():
        fresh = [one for one in known if not told & set(one.turns)]  # type: ignore[operator]
        if fresh:
            yield News(
                measure,
                tuple(one.event for one in fresh),
                tuple(one.event for one in known if one not in fresh),
                tuple({number for one in fresh for number in one.turns}),
            )
