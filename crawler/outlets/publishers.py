"""Who stands behind an outlet."""

from __future__ import annotations

from urllib.parse import urlsplit

from crawler.outlets.hosts import bare_host
from crawler.outlets.model import Outlet

SECOND_LEVEL = {
    "ac", "biz", "co", "com", "desa", "edu", "gov", "go", "mil", "my", "net", "or", "org", "ponpes", "sch", "web",
}  # fmt: skip
"""What stands before a country's code where domains are registered one level below it, as in `kontan.co.id`."""


def publisher_of(outlet: Outlet) -> str:
    """The outlet's publisher as its file says, else the registered domain of its home.

    `nasional.kontan.co.id` and `industri.kontan.co.id` are both `kontan.co.id`; an address in numbers keeps its port.
    """
    labels = bare_host(outlet.home).split(".")
    if outlet.publisher or labels[-1].isdigit():
        return outlet.publisher or urlsplit(outlet.home).netloc
    below_country = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SECOND_LEVEL
    return ".".join(labels[-3 if below_country else -2 :])
