"""What an issue says: in its order, with its sources, and with what it does not know."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from lxml import etree

from crawler.keeping import keep
from crawler.merging.rebuilding import rebuild
from db import issues, news, turns
from db.polls import add_polls
from db.times import to_text
from scheduler.digest import compose, outbox, sending
from scheduler.digest.news import sight
from tests.crawler.press import article, mention, visit
from tests.scheduler.digest.conftest import (
    NOW,
    QUOTES,
    bodies_for,
    harm,
    issue_for,
    publish,
    settings_for,
    subscription,
)


def test_the_most_important_leads_with_quote_source_and_day(press):
    issue = issue_for(press, subscription())
    assert (issue.new, issue.changed) == (5, 0)
    first = issue.top[0]
    assert "bea masuk kain tenun" in first.title
    assert first.quote == "Kementerian Keuangan menetapkan bea masuk kain tenun sebesar 15 persen mulai 1 April 2026."
    assert (first.source, first.others, first.effective) == ("Warta", ("Harian",), "berlaku 1 April 2026")
    assert first.importance == sum(points for _, points in first.reasons) > issue.top[1].importance
    assert [one.day for one in issue.soon] == ["15 Mar", "1 Apr"]
    assert issue.soon_count == 1
    assert len(issue.top) + sum(group.count for group in issue.groups) == 5


def test_the_three_most_important_are_of_three_stories(press):
    acts = ("menghapus pajak karet", "memberi subsidi kebun karet", "membeli karet rakyat")
    text = ". ".join(f"Presiden {act} senilai Rp3 triliun" for act in acts)
    told = [
        mention(
            f"Presiden {act} senilai Rp3 triliun",
            start=text.index(act) - 9,
            actor="presiden",
            instrument=instrument,
            what=act,
        )
        for act, instrument in zip(acts, ("pajak", "subsidi", "pengadaan"), strict=True)
    ]
    page = article("warta", "karet", text, NOW - timedelta(hours=5), "Tiga langkah untuk karet")
    keep(press, [replace(visit(page, *told), at=NOW - timedelta(hours=4))])
    issue = issue_for(press, subscription())
    assert issue.new == 8
    assert [sum("Presiden" in one.title for one in issue.top), len(issue.top)] == [1, 3]
    assert len(issue.top) + sum(group.count for group in issue.groups) == 8


def test_what_one_article_tells_of_three_measures_known_before_is_one_story(press):
    one = subscription(mail=())
    settings = settings_for(one)
    planned = [
        ("Presiden akan menghapus pajak karet alam sebesar Rp3 triliun.", "pajak"),
        ("Presiden akan menyalurkan subsidi kebun kelapa sebesar Rp2 triliun.", "subsidi"),
        ("Presiden akan membeli hasil panen tebu sebesar Rp1 triliun.", "pengadaan"),
    ]
    for name, (quote, instrument) in enumerate(planned):
        publish(press, "pabrik", f"p{name}", quote, actor="presiden", instrument=instrument, status="planned")
    sight(press, NOW)
    outbox.make(press, one, lambda *given: sending.draft_of(settings, *given), NOW)

    quotes = [(quote.replace("akan ", "resmi ")[:-1], instrument) for quote, instrument in planned]
    text = ". ".join(quote for quote, _ in quotes)
    told = [
        mention(quote, start=text.index(quote), actor="presiden", instrument=instrument) for quote, instrument in quotes
    ]
    page = article("harian", "resmi", text, NOW - timedelta(hours=1), "Tiga langkah resmi berlaku")
    keep(press, [replace(visit(page, *told), at=NOW)])
    publish(press, "warta", "rotan", "Pemerintah menunda iuran kapal kecil.", hours=1, instrument="pajak")
    issue = issue_for(press, one)
    assert (issue.new, issue.changed) == (1, 3)
    assert [item.source for item in issue.top] == ["Harian", "Warta", "Harian"]


def test_it_says_what_it_covers_and_what_it_missed(press):
    issue = issue_for(press, subscription())
    assert "6 artikel baru dari 3 dari 4 media" in issue.coverage
    assert issue.notes == ("Terbaca sebagian: Niaga.", "Tidak terbaca: Harian.")
    press.execute("delete from runs")
    assert "tidak berarti tenang" in issue_for(press, subscription()).notes[0]


def test_an_outlet_that_was_not_due_or_is_never_crawled_is_not_missed(press):
    press.execute("update polls set next_check_at = ?", [to_text(NOW + timedelta(hours=1))])
    assert issue_for(press, subscription()).notes == ("Terbaca sebagian: Niaga.",)
    add_polls(press, [("harian", "https://harian.test/dua", "harian.test")], NOW - timedelta(hours=1))
    assert issue_for(press, subscription()).notes[1] == "Tidak terbaca: Harian."
    press.execute("delete from polls")
    issue = issue_for(press, subscription())
    assert "6 artikel baru dari 3 dari 3 media" in issue.coverage
    assert issue.notes == ("Terbaca sebagian: Niaga.",)


def test_an_outlet_that_was_switched_off_is_not_missed(press):
    """Its feeds stay in the database, should it come back."""
    add_polls(press, [("warta", "https://warta.test/umpan", "warta.test")], NOW - timedelta(hours=9))
    issue = issue_for(press, subscription())
    assert "6 artikel baru dari 3 dari 3 media" in issue.coverage
    assert issue.notes == ("Terbaca sebagian: Niaga.",)


def test_a_feed_that_a_file_has_given_up_makes_no_outlet_due(press):
    add_polls(press, [("harian", "https://harian.test/dua", "harian.test")], NOW + timedelta(hours=1))
    assert issue_for(press, subscription()).notes == ("Terbaca sebagian: Niaga.",)


def test_filters_and_keywords_choose(press):
    assert issue_for(press, subscription(sectors=("ikft",))).new == 3
    assert issue_for(press, subscription(name="b", instruments=("pajak",))).new == 1
    assert issue_for(press, subscription(name="c", keywords=("tenun",))).new == 2
    assert issue_for(press, subscription(name="d", keywords=("baja",))).headline.startswith("Tidak ada")


def test_where_many_changed_the_same_is_found(press, monkeypatch):
    readers = [
        subscription(name="a"),
        subscription(name="b", sectors=("ikft",)),
        subscription(name="c", keywords=("tenun", "impor garam")),
        subscription(name="d", keywords=("pembebasan mesin", "larangan ekspor")),
    ]

    def told() -> list[tuple]:
        return [(issue_for(press, one).new, [item.title for item in issue_for(press, one).top]) for one in readers]

    few = told()
    monkeypatch.setattr(news, "MOST_CHANGED", 0)
    assert told() == few
    assert [count for count, _ in few] == [5, 3, 3, 1]


def test_measures_that_a_rebuild_only_titles_otherwise_are_no_news(press):
    one = subscription(mail=())
    settings = settings_for(one)
    sight(press, NOW)
    outbox.make(press, one, lambda *given: sending.draft_of(settings, *given), NOW)
    press.execute("update measures set title = 'Judul lama ' || id")
    rebuild(press)
    assert press.execute("select count(*) from measures where title like 'Judul lama %'").fetchone() == (0,)
    assert len(turns.changed(press, turns.sighted(press), 9)) == 5
    issue = issue_for(press, one)
    assert (issue.new, issue.changed) == (0, 0)


def test_what_changed_is_told_from_old_to_new(press):
    settings = settings_for(subscription(mail=(), folder=None))
    one = settings.subscriptions["pagi"]

    def make() -> dict:
        sight(press, NOW)
        number = outbox.make(press, one, lambda *given: sending.draft_of(settings, *given), NOW)
        return issues.issue(press, number)

    assert make()["new"] == 5
    again = make()
    assert (again["new"], again["changed"]) == (0, 0)
    publish(press, "pabrik", "p", "Kementerian Perindustrian menetapkan pembebasan PPN bagi mesin tenun.",
            instrument="pajak", sectors=("ikft.tpt",), status="ended", hours=1)  # fmt: skip
    (item,) = issue_for(press, one).top
    assert (item.source, item.others) == ("Pabrik", ("Warta",))
    row = make()
    assert (row["new"], row["changed"]) == (0, 1)
    assert "Berlaku -> Berakhir" in row["bodies"]["text"]


def test_all_that_changed_is_counted_where_it_is_too_much_to_list(press, monkeypatch):
    monkeypatch.setattr(compose, "CHANGED", 1)
    settings = settings_for(subscription(mail=()))
    one = settings.subscriptions["pagi"]
    sight(press, NOW)
    outbox.make(press, one, lambda *given: sending.draft_of(settings, *given), NOW)
    for number, (quote, instrument, sector) in enumerate(QUOTES):
        publish(press, "pabrik", f"p{number}", quote, hours=1, instrument=instrument, sectors=(sector,), status="ended")
    issue = issue_for(press, one)
    assert (issue.changed, len(issue.top), len(issue.changes), issue.more_changes) == (5, 3, 1, 1)
    bodies = bodies_for(press, one)
    assert all("dan 1 lagi" in bodies[style] for style in ("html", "text", "markdown"))


def listed(issue) -> list:
    return [*issue.top, *issue.changes, *(item for group in issue.groups for item in group.items)]


def test_a_day_that_nobody_named_is_still_open_only_where_nothing_holds_yet(press):
    publish(press, "warta", "rencana", "Kementerian Pertanian menyiapkan bantuan traktor bagi petani tebu.",
            instrument="bantuan", sectors=("pertanian",), status="planned", actor="kementan")  # fmt: skip
    undated = {
        (one.tone, one.effective) for one in listed(issue_for(press, subscription())) if "20" not in one.effective
    }
    assert undated == {("in_force", "tanggal tidak disebut"), ("planned", "belum ada tanggal")}


def test_links_lead_to_pages_in_the_readers_language(press):
    issue = issue_for(press, subscription(language="en"))
    assert issue.top[0].address.startswith("https://jurus.contoh.id/measures/")
    assert issue.top[0].address.endswith("?lang=en")
    assert {group.address for group in issue.groups} <= {
        f"https://jurus.contoh.id/sectors/{code}?lang=en" for _, _, code in QUOTES
    }


def test_it_says_when_it_comes_by_the_readers_clock(press):
    weekly = subscription(frequency="weekly", day="friday", zone=ZoneInfo("Asia/Makassar"))
    assert "setiap Jumat pukul 06.30 WITA" in issue_for(press, weekly).why
    assert "every Friday at 06:30 WITA" in issue_for(press, replace(weekly, name="b", language="en")).why


def test_english_speaks_english_and_quotes_indonesian(press):
    bodies = bodies_for(press, subscription(language="en"))
    assert "MOST IMPORTANT" in bodies["text"]
    assert "menetapkan bea masuk kain tenun" in bodies["text"]
    assert '<html lang="en">' in bodies["html"]


def test_every_format_holds_the_same_and_html_is_small(press):
    bodies = bodies_for(press, subscription())
    for body in bodies.values():
        assert "bea masuk kain tenun" in body
    assert len(bodies["html"].encode()) < 90_000
    assert len(bodies["chat"]) < 2_500
    assert max(map(len, (line for line in bodies["text"].splitlines() if "://" not in line))) <= 120


def test_hostile_texts_are_only_text(press):
    harm(press)
    bodies = bodies_for(press, subscription())
    page = etree.HTML(bodies["html"])
    assert not page.xpath("//script | //img | //iframe | //b[@onclick] | //@onerror")
    assert all(one.startswith(("https://", "mailto:")) for one in page.xpath("//@href"))
    assert "{{ 7*7 }}" in bodies["html"]
    for body in bodies.values():
        assert "\u202e" not in body
        assert "\u2067" not in body
        assert "\r" not in body
    assert "](javascript" not in bodies["markdown"].replace("\\", "") or "\\[tautan\\]\\(" in bodies["markdown"]
    assert not [line for line in bodies["text"].splitlines() if line.startswith("=")]
    assert len(bodies["html"].encode()) < 90_000


def test_no_link_promises_an_archive_that_nobody_serves(press):
    issue = issue_for(press, subscription(mail=()))
    assert issue.address == ""
    assert "Arsip" not in dict(issue.links)
