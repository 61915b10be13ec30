"""Stories and measures are the same in whatever order articles come, and when all are found anew."""

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.codes import save_codes
from crawler.merging.rebuilding import rebuild
from crawler.outlets import Outlet
from db import connect
from db.models import Visit
from tests.crawler.press import (
    NOON,
    OTHER,
    OUTLETS,
    RELEASE,
    article,
    mention,
    publish,
    revisions,
    state,
    visit,
)

TEXTS = [RELEASE, RELEASE[:330], f"Kabar pagi. {RELEASE}", RELEASE.replace("tiga tahun", "4 tahun"), OTHER, None]
QUOTES = [
    "Kementerian Perdagangan mengenakan bea masuk pengaman kain tenun impor sebesar 10 persen.",
    "Bea masuk pengaman kain tenun impor 10 persen itu diatur dalam Permendag Nomor 7 Tahun 2026.",
    "Bea masuk pengaman kain tenun impor naik dari 10 persen menjadi 15 persen.",
    "Bea masuk pengaman kain tenun impor sebesar 15 persen berlaku mulai 1 April 2026.",
    "Bea masuk pengaman kain tenun impor diatur dalam Permendag Nomor 9 Tahun 2026.",
    "Kementerian akan mengenakan bea masuk pengaman kain tenun impor.",
    "Bea masuk pengaman kain tenun dicabut.",
    "Pemerintah menghapus pungutan ekspor rotan.",
    "Pungutan itu ditinjau setiap enam bulan.",
    "Selain itu, kain rajut tetap dikenai bea masuk 5 persen.",
]
STATUSES = ["proposed", "planned", "in_force", "ended"]
ACTORS = ["kemendag", "gov", "kemenkeu", "beacukai"]
SECTORS = [("ikft.tpt",), ("ikft.tpt", "agro.furnitur"), ("agro.furnitur",), ("umum",)]

mentions = st.builds(
    lambda quote, status, actor, sectors, sure: mention(
        quote, status=status, actor=actor, sectors=sectors, confidence=sure / 10
    ),
    st.sampled_from(QUOTES),
    st.sampled_from(STATUSES),
    st.sampled_from(ACTORS),
    st.sampled_from(SECTORS),
    st.integers(1, 10),
)


@st.composite
def visits(draw: st.DrawFn, name: str) -> Visit:
    """What an article says: some release, some hours after noon, some mentions."""
    number = int(name)
    at = NOON + timedelta(hours=draw(st.integers(0, 24 * 12)), seconds=number)
    outlet = list(OUTLETS)[number % len(OUTLETS)]
    told = article(
        outlet, name, draw(st.sampled_from(TEXTS)), at, draw(st.sampled_from(["", "Bea Masuk Kain Tenun Impor"]))
    )
    said = draw(st.lists(mentions, max_size=3))
    return visit(told, *(replace(one, start=500 * place, end=500 * place + 90) for place, one in enumerate(said)))


@st.composite
def presses(draw: st.DrawFn) -> tuple[list[Visit], list[Visit]]:
    """Articles as they are in the end, and what some of them said before: always something else, as one tagger finds
    the same mentions in the same text."""
    count = draw(st.integers(1, 7))
    final = [draw(visits(str(number))) for number in range(count)]
    before = [draw(visits(str(number))) for number in range(count) if draw(st.integers(0, 3)) == 0]
    return final, [visit for visit in before if visit.article not in [one.article for one in final]]


def outcome(shown: list[Visit], again: bool = False) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder, connect(Path(folder) / "jurus.db") as db:
        save_codes(db, [Outlet(slug, slug, home, ".", feeds=(home,)) for slug, home in OUTLETS.items()])
        publish(db, *shown)
        assert db.execute("pragma foreign_key_check").fetchall() == []
        if again:
            told, revised = state(db), revisions(db)
            rebuild(db)
            assert state(db) == told
            assert revisions(db) == revised, "nothing changed, so nothing is news"
        return state(db)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), presses())
def test_nothing_depends_on_the_order_of_arrival(data: st.DataObject, press: tuple[list[Visit], list[Visit]]):
    final, before = press
    one = outcome(final, again=True)
    first = data.draw(st.permutations([*before, *(v for v in final if v.url not in {b.url for b in before})]))
    later = data.draw(st.permutations([v for v in final if v.url in {b.url for b in before}]))
    assert outcome([*first, *later]) == one
