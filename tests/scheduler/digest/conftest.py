"""A small press whose news is made into an issue, and what a hostile publisher sends."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crawler.codes import save_codes
from crawler.keeping import keep
from crawler.outlets import Outlet
from db import Database, connect, store
from db.models import Run
from db.polls import add_polls
from scheduler.digest import choice, news, outbox, sending
from scheduler.digest.model import Issue
from scheduler.digest.rendering import render
from scheduler.digest.settings import Server, Settings
from scheduler.digest.subscriptions import Subscription
from tests.crawler.press import OUTLETS, article, mention, visit
from tests.scheduler.web.conftest import chromium  # noqa: F401

NOW = datetime(2026, 3, 12, 23, 30, tzinfo=UTC)
JAKARTA = ZoneInfo("Asia/Jakarta")
LONG = "Peraturan" * 60
HOSTILE = (
    '<script>document.title="pwned"</script><img src=x onerror=alert(1)> {{ 7*7 }} =HYPERLINK("http://jahat.test") '
    f"\u202egnalabret\u2067 \r\nBcc: korban@contoh.id\r\n {LONG} 🏭🇮🇩 [tautan](javascript:alert(1))"
)
QUOTES = [
    ("Kementerian Keuangan menetapkan bea masuk kain tenun sebesar 15 persen mulai 1 April 2026.", "bea", "ikft.tpt"),
    ("Kementerian Pertanian menyalurkan benih padi kepada 900 kelompok tani di pesisir.", "subsidi", "pertanian"),
    ("Kementerian Perindustrian mengusulkan pembebasan PPN bagi mesin tenun.", "pajak", "ikft.tpt"),
    ("Pemerintah melarang ekspor rotan mentah mulai 15 Maret 2026.", "eksim", "agro.furnitur"),
    ("“Kuota impor garam turun,” kata Menteri Perindustrian Rahmat Sanjaya, Selasa.", "eksim", "ikft.kimiahilir"),
]


def subscription(**changes) -> Subscription:
    return replace(Subscription("pagi", "Pagi", JAKARTA, mail=("ani@contoh.id",)), **changes)


def settings_for(*subscriptions: Subscription, **changes) -> Settings:
    named = {one.name: one for one in subscriptions}
    server = Server("127.0.0.1", 25, "none")
    plain = Settings(named, "https://jurus.contoh.id", "jurus@contoh.id", "redaksi@contoh.id", server)
    return replace(plain, **changes)


def publish(db: Database, outlet: str, name: str, quote: str, hours: float = 5, **codes) -> None:
    told = mention(quote, **{"what": quote[:70], **codes})
    text = f"{quote} Rincian menyusul."
    page = article(outlet, name, text, NOW - timedelta(hours=hours), f"Kabar {quote[:40]}")
    keep(db, [replace(visit(page, told), at=NOW - timedelta(hours=4))])


@pytest.fixture
def press(tmp_path: Path) -> Iterator[Database]:
    """Outlets, their last crawl, and five measures; one outlet was read in part."""
    with connect(tmp_path / "jurus.db") as db:
        outlets = [Outlet(slug, slug.title(), home, ".", feeds=(home,)) for slug, home in OUTLETS.items()]
        save_codes(db, outlets)
        for number, (quote, instrument, sector) in enumerate(QUOTES):
            publish(db, "warta", f"w{number}", quote, instrument=instrument, sectors=(sector,))
        publish(db, "harian", "h", QUOTES[0][0], instrument="bea", sectors=("ikft.tpt",))
        for slug in list(OUTLETS)[:3]:
            run = Run(slug, NOW - timedelta(hours=2), NOW - timedelta(hours=1), "finished", new=2)
            run.failed = {"500": 1} if slug == "niaga" else {}
            store.save_run(db, store.start_run(db, run), run)
        add_polls(db, [("harian", OUTLETS["harian"], "harian.test")], NOW - timedelta(days=2))
        yield db


def issue_for(db: Database, one: Subscription, settings: Settings | None = None) -> Issue:
    settings = settings or settings_for(one)
    news.sight(db, NOW)
    state = outbox.enrol(db, one, NOW)
    from db import turns

    found = choice.choose(db, one, state, turns.sighted(db))
    return sending.issue_of(settings, db, one, found, NOW - timedelta(days=1), NOW)


def bodies_for(db: Database, one: Subscription) -> dict[str, str]:
    settings = settings_for(one)
    return render(issue_for(db, one, settings), sending.edition_of(settings, one).words)


def harm(db: Database) -> None:
    """Add what a hostile publisher would send."""
    publish(db, "niaga", "jahat", HOSTILE, instrument="bea", sectors=("ikft.tpt",), what=HOSTILE, actor="presiden")
    db.execute("update outlets set title = ? where slug = 'niaga'", ["Niaga <b onclick=alert(1)>\r\nX-Jahat: ya"])
    db.conn.commit()
