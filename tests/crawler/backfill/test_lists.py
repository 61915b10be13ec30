"""Links, kept as text."""

from __future__ import annotations

from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st

from crawler.backfill import lists
from crawler.discovery import Link

TIMES = st.none() | st.datetimes(timezones=st.just(UTC))
LINKS = st.builds(Link, st.text(), st.text(), st.text(), st.none() | st.text(), TIMES, TIMES, st.booleans())


@given(st.lists(LINKS))
def test_they_come_back_as_they_were(links: list[Link]) -> None:
    assert lists.links(lists.text(links)) == links
