import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db import Database, connect, store, writing
from db.models import Article, Mention, Run, Visit
from db.queries import known_links, mentions, outlet_rows, totals

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
URL = "https://warta.test/read/1/bea-masuk"
TEXT = "Kementerian Perdagangan mengenakan bea masuk pengaman atas kain impor."
MENTION = Mention(0, len(TEXT), TEXT, "kemendag", "bea", ("ikft.tpt", "energi"), "in_force", "bea masuk pengaman", 0.9)
ARTICLE = Article(
    url=URL, canonical_url=URL, outlet="warta", title="Bea Masuk Kain", authors=("Sari",), published_at=NOON, text=TEXT
)


def visit(**changes) -> Visit:
    base = Visit(
        url=URL,
        outlet="warta",
        source="feed title",
        stamp="a",
        state="stored",
        at=NOON,
        article=ARTICLE,
        mentions=(MENTION,),
        extractor_version="1",
    )
    return replace(base, **changes)


def rows(db: Database, table: str) -> list[dict]:
    return list(db.table(table).rows)


def outcomes(db: Database, visits: list[Visit]) -> list[str | None]:
    return [saved and saved.outcome for saved in store.save_visits(db, visits)]


def test_who_writes_waits_for_another_who_does(db: Database, path: Path):
    taken = threading.Event()

    def write_for_a_while() -> None:
        with connect(path) as other, writing(other):
            taken.set()
            threading.Event().wait(0.3)  # until the other has met the lock

    writer = threading.Thread(target=write_for_a_while)
    writer.start()
    taken.wait()
    assert outcomes(db, [visit()]) == ["new"]
    writer.join()


def test_an_article_is_new_then_unchanged_then_updated(db: Database):
    later = replace(ARTICLE, title="Bea Masuk Kain Berlaku", modified_at=NOON + timedelta(hours=1))
    visits = [visit(), visit(), visit(article=later)]
    assert outcomes(db, visits) == ["new", "unchanged", "updated"]
    (article,) = rows(db, "articles")
    assert article["title"] == "Bea Masuk Kain Berlaku"
    assert article["published_at"] == "2026-11-24T12:00:00Z"
    assert len(rows(db, "mentions")) == 1
    assert [row["sector"] for row in db.query("select sector from mention_sectors order by position")] == [
        "ikft.tpt",
        "energi",
    ]


def test_a_moved_article_is_kept_once_under_its_new_address(db: Database):
    new = "https://warta.test/read/1/bea-masuk-kain"
    store.save_visits(db, [visit()])
    assert outcomes(db, [visit(url=new, article=replace(ARTICLE, url=new, canonical_url=new))]) == ["updated"]
    assert [row["url"] for row in rows(db, "articles")] == [new]
    assert set(known_links(db, [URL, new])) == {URL, new}


def test_a_redirect_is_remembered_even_where_the_title_changed(db: Database):
    new = "https://warta.test/read/1/judul-baru"
    store.save_visits(db, [visit()])
    moved = replace(ARTICLE, canonical_url=new, title="Judul Baru")
    assert outcomes(db, [visit(url=new, article=moved, aliases=(URL,))]) == ["updated"]
    assert len(rows(db, "articles")) == 1


def test_a_withdrawn_article_stays_and_is_marked(db: Database):
    store.save_visits(db, [visit(), visit(state="gone", reason="410", article=None, stamp="b")])
    (article,) = rows(db, "articles")
    assert article["withdrawn_at"] == "2026-11-24T12:00:00Z"
    assert article["text"] == TEXT
    assert outcomes(db, [visit(stamp="c")]) == ["updated"]
    assert rows(db, "articles")[0]["withdrawn_at"] is None


def test_attempts_count_until_the_link_changes(db: Database):
    failed = visit(state="failed", reason="503", article=None)
    store.save_visits(db, [failed, failed])
    assert known_links(db, [URL])[URL].attempts == 2
    store.save_visits(db, [replace(failed, stamp="b")])
    assert known_links(db, [URL])[URL].attempts == 1


def test_stamps_are_kept_by_source(db: Database):
    store.save_visits(db, [visit()])
    store.save_stamps(db, {URL: {"sitemap time": "z"}})
    assert known_links(db, [URL])[URL].stamps == {
        "feed title": "a",
        "sitemap time": "z",
    }


def test_a_batch_is_kept_whole_or_not_at_all(db: Database):
    wrong = replace(MENTION, sectors=("tidak.ada",))
    with pytest.raises(Exception, match="FOREIGN KEY"):
        store.save_visits(
            db, [visit(), visit(url=URL + "2", article=replace(ARTICLE, canonical_url=URL + "2"), mentions=(wrong,))]
        )
    assert rows(db, "articles") == []
    assert rows(db, "links") == []


def test_times_without_a_zone_are_refused(db: Database):
    with pytest.raises(ValueError, match="no time zone"):
        store.save_visits(db, [visit(at=datetime(2026, 11, 24))])  # noqa: DTZ001


def test_a_run_is_written_at_its_start_and_its_end(db: Database):
    run = Run(outlet="warta", started_at=NOON)
    run_id = store.start_run(db, run)
    assert store.close_killed_runs(db, "warta", NOON) == 1
    assert outlet_rows(db)["warta"]["run"]["reason"] == "killed"
    run.finished_at, run.reason, run.links, run.failed = NOON, "finished", 3, {"503": 2}
    store.save_run(db, run_id, run)
    assert outlet_rows(db)["warta"]["run"]["failed"] == {"503": 2}
    assert totals(db)["runs"] == 1


def test_mentions_filter_by_group_actor_unit_and_time(db: Database):
    store.save_visits(db, [visit()])
    for wanted in (
        {},
        {"sector": "ikft"},
        {"sector": "ikft.tpt"},
        {"sector": "luar"},
        {"actor": "kemendag", "instrument": "bea", "status": "in_force", "outlet": "warta"},
        {"since": "2026-11-24T12:00:00Z", "until": "2026-11-24T12:00:01Z"},
    ):
        (row,) = mentions(db, **wanted)
        assert row["sectors"] == ["ikft.tpt", "energi"]
        assert row["quote"] == TEXT
    for wanted in ({"sector": "agro"}, {"actor": "kemen"}, {"until": "2026-11-24T12:00:00Z"}, {"status": "ended"}):
        assert mentions(db, **wanted) == []


def test_a_part_of_an_article_never_replaces_the_whole(db: Database):
    part = replace(ARTICLE, text="Hanya awalnya.", partial="page 2: 503")
    assert outcomes(db, [visit(article=part, mentions=())]) == ["new"]
    assert rows(db, "articles")[0]["partial"] == "page 2: 503"
    assert outcomes(db, [visit()]) == ["updated"]
    assert outcomes(db, [visit(article=part, mentions=())]) == ["unchanged"]
    (kept,) = rows(db, "articles")
    assert (kept["text"], kept["partial"]) == (ARTICLE.text, None)
