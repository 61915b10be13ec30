"""How soon articles are found, and at which cost: polling rules on a virtual clock, 25 outlets, 30 days.

    python -m benchmarks.polling

Deterministic. Each rule starts cold and sees only what its polls show. Prints the tables and the chart of
docs/polling.md.
"""

from __future__ import annotations

import argparse
import signal
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from math import inf

from benchmarks.press import DAYS, START, Press, outlets
from benchmarks.rules import Answer, Rule, fixed, media_cloud, miniflux, ours

END = START + timedelta(days=DAYS)
MINUTE = timedelta(minutes=1)
DEARER = {"miniflux": 1.75, "Media Cloud": 26.5}
"""The price of a request at which ours asks as often as these do."""
SIZES = {"over 50 articles a day": 50, "10 to 50": 10, "3 to 10": 3, "under 3": 0}
PLOT_WIDTH = 60

Make = Callable[[Press], Rule]


def dearer(price: float) -> Make:
    return lambda press: ours(press.zone, press.name, price)


RULES: dict[str, Make] = {
    "every 15 minutes": lambda press: fixed(15),
    "every 60 minutes": lambda press: fixed(60),
    "miniflux": lambda press: miniflux(),
    "Media Cloud": lambda press: media_cloud(),
    "Jurus": dearer(1),
    **{f"Jurus, as often as {name}": dearer(price) for name, price in DEARER.items()},
}


@dataclass(frozen=True, slots=True)
class Watch:
    """What watching a feed brought: minutes from publication to detection (`inf`: it dropped out unseen), requests."""

    press: Press
    minutes: Sequence[float]
    requests: int


def watch(press: Press, rule: Rule, start: datetime) -> Watch:
    """Ask a feed from `start` on; what was published before is learnt from and not counted.

    Polls go on for a day after the end, so that the last articles are found as late as the rule finds them.
    """
    now, read, requests = start, 0, 0
    minutes: list[float] = []
    while now < END + timedelta(days=1):
        out = bisect_right(press.times, now)
        shown = max(out - press.shows, 0)
        fresh = range(max(shown, read), out)
        for i in range(read, out):
            if start < press.times[i] < END:
                minutes.append((now - press.times[i]) / MINUTE if i in fresh else inf)
        published = [] if press.silent else [press.times[i] for i in fresh]
        requests += now < END
        read = out
        now = rule(Answer(now, out - shown, len(fresh), published))
    return Watch(press, minutes, requests)


def quantile(watches: Sequence[Watch], share: float) -> float:
    """Minutes within which a share of all articles was found; those never found come last."""
    minutes = sorted(chain.from_iterable(watch.minutes for watch in watches))
    return minutes[min(int(len(minutes) * share), len(minutes) - 1)]


def a_day(watches: Sequence[Watch]) -> float:
    """Requests per outlet and day."""
    return sum(watch.requests for watch in watches) / len(watches) / DAYS


def lost(watches: Sequence[Watch]) -> int:
    return sum(minute == inf for watch in watches for minute in watch.minutes)


def line(name: str, watches: Sequence[Watch]) -> str:
    figures = f"{quantile(watches, 0.5):.1f} | {quantile(watches, 0.95):.1f} | {a_day(watches):.1f}"
    return f"| {name} | {figures} | {lost(watches)} |"


def by_size(found: dict[str, list[Watch]]) -> Iterator[str]:
    """For outlets of each size: median, 95th percentile and requests of every rule."""
    bounds = [*SIZES.values()]
    for name, watches in found.items():
        cells = []
        for least, below in zip(bounds, [inf, *bounds[:-1]], strict=True):
            these = [watch for watch in watches if least <= len(watch.minutes) / DAYS < below]
            cells.append(f"{quantile(these, 0.5):.0f} / {quantile(these, 0.95):.0f} / {a_day(these):.0f}")
        yield f"| {name} | {' | '.join(cells)} |"


def chart(found: dict[str, list[Watch]]) -> Iterator[str]:
    """The share of articles that was found within so many minutes, as bars."""
    width = max(map(len, found))
    for within in (10, 30, 120):
        yield f"found within {within} minutes"
        for name, watches in found.items():
            minutes = list(chain.from_iterable(watch.minutes for watch in watches))
            share = sum(minute <= within for minute in minutes) / len(minutes)
            yield f"  {name:{width}} {'#' * round(share * PLOT_WIDTH):{PLOT_WIDTH}} {share:4.0%}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rules", nargs="+", choices=RULES, default=list(RULES), metavar="RULE")
    given = parser.parse_args()
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # a reader that has seen enough (`head`) ends it
    press = outlets(given.seed)
    print("| rule | median | 95 % | requests | never found |\n|---|---|---|---|---|")
    found = {}
    for name in given.rules:
        # One after the other, as nobody asks all at the same second.
        found[name] = [watch(one, RULES[name](one), START + i * MINUTE) for i, one in enumerate(press)]
        print(line(name, found[name]), flush=True)
    print(f"\n| rule | {' | '.join(SIZES)} |\n|---{'|---' * len(SIZES)}|")
    print(*by_size(found), "", *chart(found), sep="\n")


if __name__ == "__main__":
    main()
