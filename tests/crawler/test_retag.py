from dataclasses import replace
from pathlib import Path

import pytest

from crawler import codes, retag
from crawler.extractors.measures import EXTRACTOR_VERSION, tag
from crawler.outlets import Outlet
from db import connect, queries, store
from db.models import Article, Mention, Visit
from tests.db.test_store import NOON

TEXTS = [
    "Kementerian Perindustrian menerbitkan aturan wajib SNI untuk keramik impor mulai bulan depan.",
    "Tim voli putri menang tiga set langsung di Bandung pada Sabtu malam.",
    "Pemerintah memberikan insentif pajak bagi industri tekstil hingga akhir tahun 2026.",
]
WRONG = Mention(0, 67, TEXTS[1][:67], "gov", "sdm", ("sosial", "umum"), "in_force", "menang", 0.5)


@pytest.fixture
def db(tmp_path: Path):
    """Three articles that an older tagger read: it found one wrong mention; and one whose text is not kept."""
    with connect(tmp_path / "jurus.db") as db:
        codes.save_codes(db, [Outlet(slug="warta", title="Warta", home="https://warta.test", article="/")])
        for number, text in enumerate([*TEXTS, None]):
            url = f"https://warta.test/{number}"
            article = Article(url=url, canonical_url=url, outlet="warta", title=f"Judul {number}", text=text)
            visit = Visit(url, "warta", "feed title", "a", "stored", NOON, article=article, extractor_version="old")
            store.save_visits(db, [replace(visit, mentions=(WRONG,)) if number == 1 else visit])
        yield db


def test_stale_texts_are_read_again_and_the_changes_counted(db):
    assert queries.count_stale(db, EXTRACTOR_VERSION) == (3, 1)
    *_, changes = retag.retag(db, workers=1)
    found = [tag(f"Judul {number}", text, None) for number, text in enumerate(TEXTS)]
    assert changes.read == 3
    assert changes.added == sum(map(len, found)) > 0
    assert changes.changed == sum(map(bool, found)) + 1
    assert (changes.removed, changes.recoded) == (1, 0)
    assert {row["quote"] for row in queries.mentions(db)} == {mention.quote for each in found for mention in each}
    assert list(retag.retag(db, workers=1)) == []


def test_an_interrupted_run_is_taken_up_again(db, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(retag, "BATCH", 1)
    for _ in retag.retag(db, workers=1):
        break
    assert queries.count_stale(db, EXTRACTOR_VERSION) == (2, 1)
    *_, changes = retag.retag(db, workers=1)
    assert changes.read == 2


def test_changes_are_told_apart():
    changes = retag.Changes()
    bea, eksim = ("kemendag", "bea", "planned", ("ikft",)), ("kemendag", "eksim", "planned", ("ikft",))
    retag.count(changes, {(0, 9, 0): bea, (10, 20, 0): bea}, {(0, 9, 0): eksim, (0, 9, 1): bea})
    assert changes == retag.Changes(read=1, changed=1, added=1, removed=1, recoded=1)
