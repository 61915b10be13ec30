"""A small press: what its outlets publish, and what the database says of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from crawler.keeping import keep
from crawler.merging.sketches import sketch
from db import Database
from db.models import Article, Mention, Visit

OUTLETS = {
    "warta": "https://warta.test",
    "niaga": "https://niaga.kabar.co.id",
    "pabrik": "https://pabrik.kabar.co.id",
    "harian": "https://harian.test",
}
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)

RELEASE = (
    "Menteri Perdagangan mengatakan pemerintah mengenakan bea masuk pengaman atas kain tenun impor selama tiga tahun. "
    "Ketentuan itu menyusul penyelidikan yang menemukan lonjakan impor sejak dua tahun lalu dan kerugian pabrik kain. "
    "Ia berharap pabrik yang sempat mengurangi giliran kerja dapat memanggil kembali para penjahit dan penenunnya. "
    "Sebelumnya para pengusaha tekstil di Majalaya dan Pekalongan mengeluhkan gudang yang penuh oleh kain tak terjual. "
    "Kementerian akan meninjau besaran pungutan itu setiap enam bulan bersama para perajin, pedagang, dan importir. "
    "Penerimaan dari pungutan dipakai untuk membantu peremajaan mesin tenun di sentra yang masih memakai alat lama."
)
OTHER = (
    "Kementerian Pertanian menyalurkan benih padi kepada kelompok tani di pesisir menjelang musim tanam. "
    "Benih itu dibiakkan oleh balai penelitian di Sukamandi dan telah diuji dua musim pada sawah yang sering terendam. "
    "Setiap kelompok menerima benih menurut luas sawahnya serta pendampingan penyuluh sampai panen pertama selesai. "
    "Petani di Brebes berharap bantuan datang sebelum hujan pertama, sebab tahun lalu benih tiba ketika air telah naik."
)


def article(outlet: str, name: str, text: str | None, at: datetime = NOON, title: str = "") -> Article:
    url = f"{OUTLETS[outlet]}/{name}"
    return Article(url, url, outlet, title or f"Judul {name}", published_at=at, text=text)


def mention(quote: str, **changes: Any) -> Mention:
    """A mention of the Ministry of Trade's import duty on textiles, unless it is told otherwise."""
    plain = Mention(0, len(quote), quote, "kemendag", "bea", ("ikft.tpt",), "in_force", quote[:60], 0.9)
    return replace(plain, **changes)


def visit(article: Article, *mentions: Mention, version: str = "1", keep_text: bool = True) -> Visit:
    kept = article if keep_text else replace(article, text=None)
    drawn = sketch(article.title, article.text)
    return Visit(
        article.url, article.outlet, "feed", "", "stored", NOON + timedelta(days=90),
        article=kept, mentions=mentions, extractor_version=version, sketch=drawn,
    )  # fmt: skip


def publish(db: Database, *visits: Visit) -> None:
    """Each in a transaction of its own, as if each were crawled alone."""
    for one in visits:
        keep(db, [one])


def stories(db: Database) -> set[frozenset[str]]:
    """The stories as sets of the ends of their articles' addresses."""
    groups: dict[int, set[str]] = {}
    for url, story in db.execute("select url, story_id from articles"):
        groups.setdefault(story, set()).add(url.rpartition("/")[2])
    return {frozenset(group) for group in groups.values()}


def measures(db: Database) -> list[set[str]]:
    """The measures as sets of their quotes, the earliest first."""
    groups: dict[str, set[str]] = {}
    rows = db.execute("select quote, measure_id from mentions join measures on measures.id = measure_id order by"
                      " measures.first_seen_at, measures.id")  # fmt: skip
    for quote, measure in rows:
        groups.setdefault(measure, set()).add(quote)
    return list(groups.values())


def state(db: Database) -> dict[str, Sequence[Any]]:
    """All that must not depend on the order of arrival: stories, measures, events, by what outlives rows."""
    told = {
        "stories": "select (select url from articles where id = stories.id) as url, articles, publishers from stories",
        "members": "select url, (select url from articles as first where first.id = articles.story_id) from articles",
        "measures": "select measures.*, articles.url from measures join articles on articles.id = article_id",
        "sectors": "select * from measure_sectors",
        "mentions": "select key, measure_id from mentions",
        "events": "select measure_events.measure_id, kind, at, key, detail from measure_events join mentions on"
        " mentions.id = mention_id",
    }
    numbers = {"article_id", "revision"}  # those of rows and of news do depend on it
    return {
        name: sorted(({**row, **dict.fromkeys(numbers & row.keys())} for row in db.query(sql)), key=repr)
        for name, sql in told.items()
    }


def revisions(db: Database) -> Sequence[Any]:
    return db.execute(
        "select id, revision from measures union all select measure_id, revision from measure_events order by 1, 2"
    ).fetchall()
