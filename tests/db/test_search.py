import contextlib
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.keeping import keep
from db import Database, full_text, listing, queries, search, store
from db.models import Article, Mention, Visit
from db.search_query import QueryError

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TEXTS = {
    "serap": ("Bulog Menyerap Garam", "Perum Bulog menyerap garam rakyat. Gudang di pesisir sudah penuh."),
    "kain": ("Bea Masuk Kain Naik", "Pemerintah menaikkan bea masuk kain. Penyerapan tenaga kerja tekstil membaik."),
    "lain": (
        "Kain Tenun Dipamerkan",
        "Perajin yang masuk pameran membayar bea sewa. Teksturnya halus.",
    ),
}


def visit(name: str, **changes) -> Visit:
    title, text = TEXTS[name]
    url = f"https://warta.test/{name}"
    quote = text[: text.index(".") + 1]
    mention = Mention(0, len(quote), quote, "kemendag", "bea", ("ikft.tpt",), "in_force", quote[:12], 0.9)
    article = Article(url, url, "warta", title, published_at=NOON, text=text)
    mentions = () if name == "lain" else (mention,)
    base = Visit(url, "warta", "https://warta.test/feed", "a", "stored", NOON, None, article, mentions, "1")
    return replace(base, **changes)


@pytest.fixture
def filled(db: Database) -> Database:
    store.save_visits(db, [visit(name) for name in TEXTS])
    return db


def found(db: Database, query: str, **wanted: str) -> list[str]:
    return [row["url"].rpartition("/")[2] for row in search.articles(db, query, **wanted)]


def test_a_word_finds_its_whole_family(filled: Database):
    for word in ("penyerapan", "menyerap", "diserap", "SERAPAN"):
        assert sorted(found(filled, word)) == ["kain", "serap"], word
    assert found(filled, "penyerapan garam") == ["serap"]


def test_phrases_prefixes_and_operators(filled: Database):
    assert found(filled, '"bea masuk"') == ["kain"]
    assert sorted(found(filled, "bea masuk")) == ["kain", "lain"]
    assert sorted(found(filled, "tekst*")) == ["kain", "lain"]
    assert found(filled, "kain NOT tenun") == ["kain"]
    assert found(filled, "kain -bea") == []
    assert sorted(found(filled, "garam OR tenun")) == ["lain", "serap"]


def test_a_title_weighs_more_than_a_text_and_the_typed_word_more_than_its_relatives(filled: Database):
    def add(number: int, title: str, text: str) -> None:
        url = f"https://warta.test/{number}"
        article = Article(url, url, "warta", title, published_at=NOON, text=text)
        store.save_visits(filled, [visit("lain", url=url, article=article)])

    for number in range(10, 40):
        add(number, "Cuaca Esok", "Hujan turun di pesisir pada sore hari.")
    add(1, "Rotan Langka", "Harga naik di pasar.")
    add(2, "Harga Naik", "Rotan langka di pasar.")
    add(3, "Kabar Satu", "Aturan itu diterbitkan pada sore hari.")
    add(4, "Kabar Dua", "Aturan itu menerbitkan pada sore hari.")
    assert found(filled, "rotan") == ["1", "2"]
    assert found(filled, "menerbitkan") == ["4", "3"]
    assert found(filled, "diterbitkan") == ["3", "4"]


def test_only_the_newest_matches_are_ranked_and_of_equal_ones_the_newer_is_first(
    filled: Database, monkeypatch: pytest.MonkeyPatch
):
    for number in range(1, 4):
        url = f"https://warta.test/{number}"
        article = Article(url, url, "warta", f"Rotan {number}", published_at=NOON, text="Harga naik di pasar.")
        store.save_visits(filled, [visit("lain", url=url, article=article)])
    assert found(filled, "rotan") == ["3", "2", "1"]
    monkeypatch.setattr(search, "PER_RESULT", 1)
    assert [row["title"] for row in search.articles(filled, "rotan", 1)] == ["Rotan 3"]
    monkeypatch.setattr(search, "NEWEST", 2)
    assert found(filled, "rotan") == ["3", "2"]


def test_what_was_found_is_marked(filled: Database):
    (row,) = search.articles(filled, "diserap garam")
    assert "[menyerap] [garam]" in row["snippet"].lower()
    assert row["sectors"] == ["ikft.tpt"]


def test_filters_combine_with_the_words(filled: Database):
    assert found(filled, "kain", sector="ikft", status="in_force") == ["kain"]
    assert found(filled, "kain", until="2026-11-24T12:00:00Z") == []
    assert found(filled, "kain", outlet="lain") == []


def test_quotes_are_found_where_no_text_may_be_kept(filled: Database):
    assert found(filled, "garam rakyat") == ["serap"]
    outlet = {"slug": "kutip", "title": "Kutip", "home": "https://kutip.test", "keep": "quotes"}
    store.save_codes(filled, "outlets", [outlet])
    url = "https://kutip.test/garam"
    article = Article(url, url, "kutip", "Kabar Pesisir", published_at=NOON)
    store.save_visits(filled, [visit("serap", url=url, outlet="kutip", article=article)])
    assert sorted(row["outlet"] for row in search.articles(filled, "garam rakyat")) == ["kutip", "warta"]
    assert "[garam] [rakyat]" in next(row["snippet"] for row in search.articles(filled, "garam rakyat", outlet="kutip"))


def test_changes_and_deletions_reach_the_index(filled: Database):
    changed = replace(visit("serap").article, title="Impor Gula", text="Izin impor gula terbit.")
    store.save_visits(filled, [visit("serap", article=changed, mentions=())])
    assert found(filled, "garam") == []
    assert found(filled, "menerbitkan") == ["serap"]
    for table in ("articles_fts", "mentions_fts"):
        filled.execute(f"insert into {table} ({table}, rank) values ('integrity-check', 1)")


def test_what_changes_twice_within_a_batch_reaches_the_index_once(filled: Database):
    new = replace(
        visit("serap").article,
        url="https://warta.test/baru",
        canonical_url="https://warta.test/baru",
        title="Garam Rakyat",
    )
    first = visit("serap", url=new.url, article=new)
    changed = replace(new, title="Impor Gula", text="Izin impor gula terbit.")
    store.save_visits(filled, [first, visit("serap", url=new.url, article=changed, mentions=()), first, first])
    assert sorted(found(filled, "garam")) == ["baru", "serap"]
    assert found(filled, "gula") == []
    for table in ("articles_fts", "mentions_fts"):
        filled.execute(f"insert into {table} ({table}, rank) values ('integrity-check', 1)")


def test_a_plain_session_may_write_and_search(filled: Database, path: Path):
    plain = sqlite3.connect(path)
    plain.execute("pragma foreign_keys = on")
    plain.execute("update articles set title = 'Rotan Mentah' where url like '%/lain'")
    plain.execute("delete from links where url like '%/serap'")
    plain.execute("delete from articles where url like '%/serap'")
    plain.commit()
    rows = plain.execute("select title from articles_fts where articles_fts match 'rotan'").fetchall()
    forms = plain.execute("select word from words where stem = 'serap' order by 1").fetchall()
    plain.close()
    assert rows == [("Rotan Mentah",)]
    assert forms == [("menyerap",), ("penyerapan",)]
    assert found(filled, "rotan") == ["lain"]
    assert found(filled, "garam") == []


def test_a_large_family_keeps_its_shortest_forms(db: Database):
    full_text.learn(db, ["menyerap diserap penyerapannya terserap"])
    assert full_text.family(db, "serapan", 2) == ["serap", "diserap", "menyerap"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(), st.text('()"*-^:+{}ANDORTNEserap ', max_size=60)))
def test_any_text_is_answered_or_refused_in_one_line(filled: Database, query: str):
    with contextlib.suppress(QueryError):
        assert all(row["snippet"] for row in search.articles(filled, query))


def test_measures_are_found_by_what_is_told_of_them(filled: Database):
    filled.execute("delete from links")
    filled.execute("delete from articles")
    keep(filled, [visit(name) for name in ("serap", "kain")])
    (row,) = search.measures(filled, "diserap garam")
    assert "[menyerap] [garam]" in row["snippet"].lower()
    assert row["sectors"] == ["ikft.tpt"]
    assert [row["id"]] == [hit["id"] for hit in search.measures(filled, "garam", status="in_force", sector="ikft")]
    assert search.measure_ids(filled, "garam", 20, status="in_force") == [row["id"]]
    assert search.measures(filled, "garam", status="ended") == []
    assert search.measure_ids(filled, "garam", 20, status="ended") == []
    assert search.measures(filled, "pesisir") == []


@pytest.mark.parametrize("few", [0, listing.FEW])
@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        ({"sector": "ikft"}, True),
        ({"sector": "ikft.tpt", "outlet": "warta"}, True),
        ({"sector": "agro"}, False),
        ({"sector": "ikft", "status": "ended"}, False),
        ({"outlet": "warta", "instrument": "bea"}, True),
        ({"outlet": "niaga"}, False),
    ],
)
def test_measures_fit_all_filters_whichever_way_they_are_asked(
    filled: Database, monkeypatch: pytest.MonkeyPatch, few: int, wanted: dict[str, str], fits: bool
):
    monkeypatch.setattr(listing, "FEW", few)
    filled.execute("delete from links")
    filled.execute("delete from articles")
    keep(filled, [visit(name) for name in ("serap", "kain")])
    assert bool(search.measures(filled, "garam", **wanted)) == fits
    assert bool(queries.measures(filled, **wanted)) == fits


def test_a_measure_is_found_by_every_word_of_its_title(filled: Database):
    filled.execute("delete from links")
    filled.execute("delete from articles")
    keep(filled, [visit(name) for name in ("serap", "kain")])
    titles = filled.execute("select id, title from measures").fetchall()
    assert len(titles) == 2
    for measure, title in titles:
        assert measure in [row["id"] for row in search.measures(filled, title)]
