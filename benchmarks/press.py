"""What 25 outlets publish in a month: real clock times where the corpus has them, a documented profile elsewhere."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks import corpus

START = datetime(2026, 3, 2, tzinfo=ZoneInfo("Asia/Jakarta")).astimezone(UTC)  # a Monday
BEFORE, DAYS = 5, 30  # days that feeds tell of at the first poll; days that are measured
HOLIDAY = 16  # the day on which profiles publish but a third
STAMP = re.compile(r"cnn(?:bc)?indonesia\.com/[^/]+/(\d{14})-")


@dataclass(frozen=True, slots=True)
class Press:
    """A feed: when its articles appear (in order), how many it shows, whether it tells their times, and its zone."""

    name: str
    times: Sequence[datetime]
    shows: int
    silent: bool
    zone: ZoneInfo


def outlets(seed: int) -> list[Press]:
    told = tomllib.loads(Path(__file__).with_suffix(".toml").read_text())
    stamps = real_times()
    return [outlet(name, facts, told["profiles"], stamps, seed) for name, facts in told["outlets"].items()]


def outlet(
    name: str, facts: Mapping[str, Any], profiles: Mapping[str, Any], stamps: Iterator[datetime], seed: int
) -> Press:
    zone = ZoneInfo(facts.get("zone", "Asia/Jakarta"))
    if facts.get("times") == "real":
        times = folded([next(stamps) for _ in range(facts["a_day"] * (BEFORE + DAYS))])
    else:
        times = sorted(drawn(profiles[facts["profile"]], facts["a_day"], zone, random.Random(f"{seed} {name}")))
    return Press(name, times, facts["shows"], facts.get("silent", False), zone)


def real_times() -> Iterator[datetime]:
    """The clock times that addresses of real articles carry, the oldest first, in their local time."""
    found = (STAMP.search(row["url"]) for row in corpus.all_rows())
    stamps = {match[1] for match in found if match}
    yield from sorted(datetime.strptime(f"{stamp}+0700", "%Y%m%d%H%M%S%z") for stamp in stamps)


def folded(times: Sequence[datetime]) -> list[datetime]:
    """Years laid over five weeks: weekday and clock time stay as they were."""
    first = START - timedelta(days=BEFORE)
    length = timedelta(days=BEFORE + DAYS)
    return sorted(first + (time - first) % length for time in times)


def drawn(profile: Mapping[str, Any], a_day: float, zone: ZoneInfo, chance: random.Random) -> Iterator[datetime]:
    """Days differ by themselves (gamma, shape 8), by weekday and on a holiday; then articles fall by the hours."""
    together = profile.get("together", 1)
    for day in range(-BEFORE, DAYS + 1):
        start = (START + timedelta(days=day)).astimezone(zone).replace(hour=0, minute=0)
        lively = chance.gammavariate(8, 1 / 8) * (1 / 3 if day == HOLIDAY else 1)
        for _ in range(poisson(a_day / together * lively * profile["days"][start.weekday()], chance)):
            hour = chance.choices(range(24), profile["hours"])[0]
            time = start + timedelta(hours=hour, seconds=chance.randrange(3600))
            for _ in range(chance.randint(1, 2 * together - 1)):
                yield time.astimezone(UTC)
                time += timedelta(seconds=chance.randrange(300))


def poisson(mean: float, chance: random.Random) -> int:
    """How many events of unit rate fall into so long a time."""
    time = 0.0
    for number in count():
        time += chance.expovariate(1)
        if time > mean:
            return number
    raise AssertionError
