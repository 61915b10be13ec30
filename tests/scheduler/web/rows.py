"""A small database for the pages: a measure with a history, and what a hostile publisher might send."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler import codes
from crawler.outlets import Outlet
from db import Database, connect
from db.times import to_text

NOW = datetime.now(UTC)
WARTA = Outlet("warta", "Warta Pabrik", "https://warta.test", "/")
KABAR = Outlet("kabar", "Kabar Niaga", "https://kabar.test", "/")
HISTORY = "mkain"
FACTS = {
    "regulations": '["PMK 12/2026"]', "amounts": '["15 persen"]', "regions": '["jabar.bandung", "bali"]',
    "beneficiaries": '["pabrik tekstil", "<b>penenun</b>"]',
}  # fmt: skip
HOSTILE = "mjahat"
HOSTILE_TEXTS = {
    "title": '<script>document.title = "pwned"</script><img src=x onerror="alert(1)">',
    "quote": "</blockquote></main><script>alert(1)</script>" + "A" * 400 + " \u202egnalabret \u2067kanan",
    "detail": "\"><svg/onload=alert(1)>'{{ 7 * 7 }}",
}


def ago(days: float) -> str:
    return to_text(NOW - timedelta(days=days)) or ""


@contextmanager
def filled(path: Path) -> Iterator[Database]:
    """A database with the rows below."""
    with connect(path) as db:
        codes.save_codes(db, [WARTA, KABAR])
        add_history(db)
        add_hostile(db)
        for number in range(30):
            add_measure(db, f"m{number:03}", f"Kuota impor benang nomor {number} ditetapkan", days=10 + number)
        yield db


def add_history(db: Database) -> None:
    """A measure that two outlets told of, planned first and then in force; it takes effect in ten days."""
    title = "Bea masuk kain impor naik menjadi 15 persen"
    quote = "Pemerintah akan menaikkan bea masuk kain impor menjadi 15 persen untuk melindungi pabrik tekstil."
    add_measure(db, HISTORY, title, days=6, quote=quote, status="planned", kind="announced")
    later = (NOW + timedelta(days=10)).date().isoformat()
    facts = {"status": "in_force", "last_seen_at": ago(2), "publishers": 2, "in_force_on": later}
    db.table("measures").update(HISTORY, facts | FACTS)
    quote = "Kementerian Keuangan resmi menaikkan bea masuk kain impor menjadi 15 persen."
    add_mention(db, HISTORY, "kabar", "Bea Masuk Kain Resmi Naik", quote, days=2, status="in_force", kind="in_force")
    article = db.execute("select article_id from measures where id = ?", [HISTORY]).fetchone()[0]
    diff = "-tarif 10 persen\n+tarif 15 persen"
    row = {"article_id": article, "seen_at": ago(5), "title": "Judul lama", "text": "", "diff": diff}
    db.table("revisions").insert(row)


def add_hostile(db: Database) -> None:
    """A measure of which every text is an attack, under an address that would run."""
    add_measure(db, HOSTILE, HOSTILE_TEXTS["title"], days=1, quote=HOSTILE_TEXTS["quote"], url="javascript:alert(1)")
    db.execute("update measure_events set detail = ? where measure_id = ?", [HOSTILE_TEXTS["detail"], HOSTILE])
    db.execute("update outlets set title = ? where slug = 'warta'", ["Warta <b onclick=alert(1)>Pabrik</b>"])
    for address in ("data:text/html,<script>alert(1)</script>", 'https://kabar.test/"onmouseover="alert(1)'):
        add_mention(db, HOSTILE, "kabar", "<iframe srcdoc=x>", HOSTILE_TEXTS["quote"], days=0.5, url=address)
    db.conn.commit()


def add_measure(
    db: Database,
    measure: str,
    title: str,
    *,
    days: float,
    quote: str = "",
    status: str = "in_force",
    kind: str = "announced",
    url: str | None = None,
) -> None:
    article = add_article(db, "warta", f"Kabar: {title}", quote or title, days, url)
    row = {
        "id": measure, "title": title, "actor": "kemenkeu", "instrument": "bea", "status": status, "mentions": 1,
        "publishers": 1, "first_seen_at": ago(days), "last_seen_at": ago(days), "article_id": article, "revision": 1,
    }  # fmt: skip
    db.table("measures").insert(row)
    for position, sector in enumerate(("ikft.tpt", "perdagangan")):
        db.table("measure_sectors").insert({"measure_id": measure, "sector": sector, "position": position})
    mention_of(db, measure, article, quote or title, status, kind, days)


def add_mention(
    db: Database,
    measure: str,
    outlet: str,
    title: str,
    quote: str,
    *,
    days: float,
    status: str = "in_force",
    kind: str = "",
    url: str | None = None,
) -> None:
    article = add_article(db, outlet, title, quote, days, url)
    mention_of(db, measure, article, quote, status, kind, days)


def add_article(db: Database, outlet: str, title: str, text: str, days: float, url: str | None) -> int:
    number: int = db.execute("select coalesce(max(id), 0) + 1 from articles").fetchone()[0]
    row = {
        "id": number, "outlet": outlet, "url": url or f"https://{outlet}.test/{number}", "title": title, "text": text,
        "published_at": ago(days), "fingerprint": str(number), "extractor_version": "1",
        "first_seen_at": ago(days), "changed_at": ago(days),
    }  # fmt: skip
    db.table("articles").insert(row)
    return number


def mention_of(db: Database, measure: str, article: int, quote: str, status: str, kind: str, days: float) -> None:
    row = {
        "article_id": article, "measure_id": measure, "start_char": 0, "end_char": len(quote), "quote": quote,
        "actor": "kemenkeu", "instrument": "bea", "status": status, "what": quote[:20], "confidence": 0.9,
        "extractor_version": "1",
    }  # fmt: skip
    mention = db.table("mentions").insert(row).last_pk
    if kind:
        event = {"measure_id": measure, "kind": kind, "at": ago(days), "mention_id": mention, "revision": 1}
        db.table("measure_events").insert(event)
    db.conn.commit()
