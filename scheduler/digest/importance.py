"""How important a measure is to a subscription: a sum of points that can be read, and tuned."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from crawler.merging.acts import issuer_of
from scheduler.digest.news import STATUSES, News
from scheduler.digest.subscriptions import Subscription

Points = Mapping[str, Any]
MOST_PUBLISHERS = 5


@cache
def load_points() -> Points:
    points: Points = tomllib.loads(resources.files(__package__).joinpath("importance.toml").read_text("utf-8"))
    return points


def weigh(row: Mapping[str, Any], news: News, subscription: Subscription, points: Points) -> dict[str, float]:
    """The points of a measure by reason; their sum is its importance."""
    issuers = points["issuer"]
    kinds = {event.kind for event in news.events}
    reasons = {
        "issuer": issuers.get(issuer_of(row["actor"]) or "gov", issuers["other"]),
        "publishers": points["publisher"] * min(row["publishers"] - 1, MOST_PUBLISHERS),
        row["status"]: points[row["status"]],
        "status changed": points["changed"] if kinds & set(STATUSES) else 0,
        "amount changed": points["rate_changed"] if "rate_changed" in kinds else 0,
        "date": points["date"] if row["in_force_on"] else 0,
        "regulation": points["regulation"] if row["regulations"] else 0,
        "amount": points["amount"] if row["amounts"] else 0,
        "own sector": points["own_sector"] if set(row["sectors"][:1]) & set(subscription.sectors) else 0,
    }
    return {reason: value for reason, value in reasons.items() if value}
