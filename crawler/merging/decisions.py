"""Merges that a person sees better than the program: kept by keys, and respected whenever measures are found anew."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from crawler.merging import lineage
from crawler.merging.measures import kind_for_now, rebuild_measures
from db import Database, writing
from db import decisions as table
from db.decisions import Member


class WrongDecision(ValueError):
    """What was asked makes no sense; the message is one line that says why."""


def split(db: Database, measure: str, mentions: Collection[str], at: datetime) -> None:
    """Make a measure of its own of these mentions (keys). Raises WrongDecision."""
    members = table.members(db, measure)
    missing = set(mentions) - {member.key for member in members}
    if missing:
        raise WrongDecision(f"no mention of this measure: {', '.join(sorted(missing))}")
    chosen = [member for member in members if member.key in mentions]
    left = [member for member in members if member.key not in mentions]
    if not chosen or not left:
        raise WrongDecision("name some of the measure's mentions, not all: there would be nothing to split")
    decisions = regrouped(chosen, members[0]) | regrouped(left, members[0])
    _decide(db, decisions, [member.id for member in members], at)


def regrouped(group: Sequence[Member], first: Member) -> dict[str, str | None]:
    """The parents by which a group stands on its own: its earliest mention leads whoever had a parent outside."""
    ids = {member.id for member in group}
    lead = group[0]
    outside = [member for member in group if member.parent not in ids and member != first]
    return {member.key: None if member == lead else lead.key for member in outside}


def merge(db: Database, one: str, other: str, at: datetime) -> None:
    """Make one measure of two: the later descends from the earlier, whatever it contradicts. Raises WrongDecision."""
    if one == other:
        raise WrongDecision("this is one measure already")
    firsts = [table.members(db, measure)[0] for measure in (one, other)]
    earlier, later = sorted(firsts, key=lambda first: first.place)
    _decide(db, {later.key: earlier.key}, [earlier.id, later.id], at)


def _decide(db: Database, decisions: dict[str, str | None], mentions: Collection[int], at: datetime) -> None:
    with writing(db):
        for key, parent in decisions.items():
            table.decide(db, key, parent, at)
        kind = kind_for_now(db)
        for mention in mentions:
            lineage.adopt(db, kind, mention)
        rebuild_measures(db, mentions)
