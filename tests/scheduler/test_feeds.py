from dataclasses import replace

from crawler.outlets import Outlet
from scheduler.feeds import feeds_of, named


def test_an_outlet_is_polled_by_its_sources_or_else_by_its_home(warta: Outlet):
    assert feeds_of(warta) == warta.feeds
    assert feeds_of(replace(warta, feeds=())) == (warta.home,)


def test_feeds_that_no_file_names_are_left_out(warta: Outlet):
    rows = [
        {"outlet": outlet, "source": source}
        for outlet, source in (
            ("warta", warta.feeds[0]),
            ("warta", "https://warta.test/lama"),
            ("lama", warta.feeds[0]),
        )
    ]
    assert named(rows, {"warta": warta}) == rows[:1]
