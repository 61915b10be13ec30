from datetime import timedelta

import pytest

from crawler.merging.decisions import WrongDecision, merge, split
from crawler.merging.rebuilding import catch_up, rebuild
from db import Database, listing, queries, search
from tests.crawler.press import NOON, article, measures, mention, publish, revisions, state, visit

DAY = timedelta(days=1)
PLAN = "Kementerian Perdagangan akan mengenakan bea masuk pengaman kain tenun impor sebesar 10 persen."
DUTY = "Bea masuk pengaman kain tenun impor sebesar 10 persen resmi berlaku mulai 1 April 2026."
RAISED = "Bea masuk pengaman kain tenun impor naik dari 10 persen menjadi 15 persen."
AFTER = "Dengan bea masuk pengaman kain tenun impor 15 persen, pemerintah melindungi pabrik."
OTHER_RATE = "Kementerian Perdagangan akan mengenakan bea masuk pengaman kain tenun impor sebesar 25 persen."
RULE_7 = "Bea masuk pengaman kain tenun impor diatur dalam Permendag Nomor 7 Tahun 2026."
RULE_9 = "Bea masuk pengaman kain tenun impor diatur dalam Permendag Nomor 9 Tahun 2026."


def tell(db: Database, day: int, outlet: str, quote: str, **changes) -> None:
    name = f"{outlet}-{day}"
    publish(db, visit(article(outlet, name, None, NOON + day * DAY), mention(quote, **changes)))


def only(db: Database) -> dict:
    (row,) = queries.measures(db)
    return queries.measure(db, row["id"])


def test_a_measure_is_told_by_several_outlets_over_weeks(db: Database):
    tell(db, 0, "warta", PLAN, status="planned")
    tell(db, 1, "niaga", PLAN, status="planned", actor="gov")
    tell(db, 30, "pabrik", DUTY, status="in_force")
    tell(db, 31, "harian", PLAN, status="planned")
    measure = only(db)
    assert measure["title"] == PLAN.rstrip(".")
    assert (measure["status"], measure["publishers"], measure["mentions"]) == ("in_force", 3, 4)
    assert (measure["first_seen_at"], measure["last_seen_at"]) == ("2026-03-02T05:00:00Z", "2026-04-02T05:00:00Z")
    assert (measure["amounts"], measure["in_force_on"]) == (["10 persen"], "2026-04-01")
    assert [(event["kind"], event["detail"], event["outlet"]) for event in measure["history"]] == [
        ("announced", "planned", "warta"),
        ("in_force", "", "pabrik"),
    ]
    assert [quote["outlet"] for quote in measure["quotes"]] == ["warta", "niaga", "pabrik", "harian"]


PLACED = "Bea masuk pengaman kain tenun impor {} kini dibebaskan di {} bagi {}."


def test_a_measure_holds_where_its_mentions_say_and_for_whom(db: Database):
    tell(db, 0, "warta", PLACED.format("lama", "Kota Solo", "pelaku IKM"))
    tell(db, 1, "niaga", PLACED.format("baru", "Jawa Barat dan Solo", "Pelaku IKM dan perajin"))
    measure = only(db)
    assert measure["regions"] == ["jateng.surakarta", "jabar"]
    assert measure["beneficiaries"] == ["pelaku IKM", "perajin"]


def test_measures_stored_before_there_were_regions_get_them_with_the_next_mention(db: Database):
    tell(db, 0, "warta", PLACED.format("lama", "Kota Solo", "pelaku IKM"))
    db.execute("update measures set regions = '[]', beneficiaries = '[]'")
    db.execute("delete from measure_lines")
    db.conn.commit()
    before = revisions(db)
    tell(db, 1, "niaga", PLACED.format("lama", "Bali", "pelaku IKM"))
    assert (only(db)["regions"], only(db)["beneficiaries"]) == (["jateng.surakarta", "bali"], ["pelaku IKM"])
    assert revisions(db) == before, "that they are told now is no news"


@pytest.mark.parametrize("name", ["jateng", "jateng.surakarta"])
def test_a_province_includes_its_places(db: Database, name: str):
    tell(db, 0, "warta", PLACED.format("lama", "Kota Solo", "pelaku IKM"))
    tell(db, 1, "niaga", OTHER_RATE, instrument="pajak")
    assert [row["regions"] for row in queries.measures(db, region=name)] == [["jateng.surakarta"]]
    assert len(queries.mentions(db, region=name)) == len(listing.articles(db, 9, region=name)) == 1
    assert len(list(listing.mentions(db, region=name))) == len(list(listing.measures(db, region=name))) == 1
    assert len(search.measures(db, "kain", region=name)) == len(search.articles(db, "judul", region=name)) == 1
    assert queries.measures(db, region="jat") == queries.measures(db, region="jateng.solo") == []


@pytest.mark.parametrize(("one", "other"), [(PLAN, OTHER_RATE), (RULE_7, RULE_9)])
def test_other_amounts_or_rules_are_other_measures(db: Database, one: str, other: str):
    tell(db, 0, "warta", one)
    tell(db, 1, "niaga", other)
    tell(db, 2, "harian", one)
    assert measures(db) == [{one}, {other}]


def test_no_report_without_numbers_ties_two_measures_together(db: Database):
    plain = "Bea masuk pengaman kain tenun impor diatur dalam peraturan baru."
    for day, quote in enumerate([plain, RULE_7, RULE_9, RULE_7]):
        tell(db, day, ["warta", "niaga", "harian", "pabrik"][day], quote)
    assert measures(db) == [{plain, RULE_7}, {RULE_9}]


def test_a_change_that_the_text_tells_is_an_event(db: Database):
    for day, (outlet, quote) in enumerate([("warta", PLAN), ("niaga", RAISED), ("harian", AFTER)]):
        tell(db, day, outlet, quote)
    measure = only(db)
    assert measure["amounts"] == ["15 persen"]
    assert [(event["kind"], event["detail"]) for event in measure["history"]][1:] == [
        ("rate_changed", "10 persen → 15 persen")
    ]


@pytest.mark.parametrize("changes", [{"actor": "kemenkeu"}, {"instrument": "pajak"}, {"sectors": ("energi",)}])
def test_other_issuers_means_or_sectors_are_other_measures(db: Database, changes: dict):
    tell(db, 0, "warta", PLAN)
    tell(db, 1, "niaga", PLAN, **changes)
    assert len(measures(db)) == 2


def test_units_of_one_ministry_are_one_issuer(db: Database):
    tell(db, 0, "warta", PLAN, actor="kemenkeu")
    tell(db, 1, "niaga", PLAN, actor="beacukai")
    assert len(measures(db)) == 1


def test_an_act_told_in_several_sentences_is_one_measure(db: Database):
    first = "Menteri mengumumkan bea masuk pengaman untuk kain tenun impor."
    second = "Pungutan itu dikenakan selama tiga tahun sejak ditetapkan."
    publish(
        db,
        visit(
            article("warta", "a", None), mention(first), mention(second, start=80, end=140), mention(PLAN, start=2000)
        ),
    )
    assert measures(db)[0] >= {first, second}


FREED = (
    "Makassar (Kantor Berita) - Pemerintah menghapus bea keluar bagi produk kakao olahan terhitung 15 November 2026"
    " sebagaimana tercantum dalam Peraturan Menteri Keuangan Nomor 118 Tahun 2026."
)
GOES_ON = "Keringanan itu tertuang dalam sebuah peraturan baru."


@pytest.mark.parametrize(
    ("then", "changes", "joins"),
    [
        (GOES_ON, {}, True),
        (GOES_ON, {"start": 1300}, True),
        (GOES_ON, {"start": 4000}, False),
        (GOES_ON, {"sectors": ("energi",)}, False),
        ("Keringanan diberikan sepanjang tahun depan.", {}, True),
        ("Keringanan diberikan sepanjang tahun depan.", {"start": 1300}, False),
        ("Kementerian akan membagikan mesin pengempa kepada sentra di Sulawesi.", {"status": "planned"}, False),
        ("Adapun biji kakao yang tidak difermentasi masih dikenakan bea keluar lima persen.", {}, False),
        ("Selain itu, pemerintah membebaskan ongkos pemeriksaan di pelabuhan.", {}, False),
    ],
)
def test_the_next_sentence_goes_on_with_the_act_or_tells_of_another(
    db: Database, then: str, changes: dict, joins: bool
):
    place = {"start": 200, **changes}
    told = [mention(FREED), mention(then, **place, end=place["start"] + len(then))]
    publish(db, visit(article("warta", "a", None), *told))
    assert measures(db) == [{FREED, then}] if joins else len(measures(db)) == 2


def test_the_title_is_of_the_sentence_that_can_be_read_alone(db: Database):
    clear = "Kementerian Perdagangan mengenakan bea masuk pengaman kain tenun impor."
    vague = "Ketentuan bea masuk pengaman kain tenun impor itu diatur dalam Permendag Nomor 7 Tahun 2026."
    told = [mention(vague, confidence=0.9), mention(clear, start=200, end=280, what=clear[24:], confidence=0.7)]
    publish(db, visit(article("warta", "a", None), *told))
    assert only(db)["title"] == clear[24:-1]


def test_a_mention_that_is_gone_leaves_its_measure(db: Database):
    tell(db, 0, "warta", PLAN)
    tell(db, 1, "niaga", PLAN)
    publish(db, visit(article("warta", "warta-0", "Ralat.", NOON)))
    assert only(db)["first_seen_at"] == "2026-03-03T05:00:00Z"
    publish(db, visit(article("niaga", "niaga-1", "Ralat.", NOON + DAY)))
    assert queries.measures(db) == []
    assert db.execute("select count(*) from mention_keys").fetchone() == (0,)


def test_an_old_name_still_finds_the_measure(db: Database):
    tell(db, 5, "niaga", PLAN)
    name = only(db)["id"]
    tell(db, 0, "warta", PLAN)
    assert only(db)["id"] != name
    assert queries.find_measure(db, name) == only(db)["id"]
    assert queries.find_measure(db, "tidak-ada") is None


def test_revisions_rise_with_news_only(db: Database):
    tell(db, 0, "warta", PLAN, status="planned")
    before = revisions(db)
    tell(db, 1, "niaga", PLAN, status="planned")
    assert revisions(db) == before
    tell(db, 2, "harian", PLAN, status="in_force")
    news = set(revisions(db)) - set(before)
    assert len(news) == 2, "the measure and its event"
    assert min(number for _, number in news) > max(number for _, number in before)


def test_what_is_split_by_hand_stays_split(db: Database):
    for day, outlet in enumerate(["warta", "niaga", "harian"]):
        tell(db, day, outlet, PLAN)
    measure = only(db)
    keys = [quote["mention"] for quote in measure["quotes"]]
    split(db, measure["id"], keys[1:2], NOON)
    parts = {row["id"]: row["mentions"] for row in queries.measures(db)}
    assert parts == {keys[0]: 2, keys[1]: 1}
    told = state(db)
    rebuild(db)
    assert state(db) == told
    merge(db, keys[1], keys[0], NOON)
    assert only(db)["mentions"] == 3


def test_the_first_mention_can_be_split_from_the_others(db: Database):
    for day, outlet in enumerate(["warta", "niaga", "harian"]):
        tell(db, day, outlet, PLAN)
    keys = [quote["mention"] for quote in only(db)["quotes"]]
    split(db, keys[0], keys[:1], NOON)
    assert {row["id"]: row["mentions"] for row in queries.measures(db)} == {keys[0]: 1, keys[1]: 2}


def test_what_is_merged_by_hand_stays_merged_whatever_it_contradicts(db: Database):
    tell(db, 0, "warta", PLAN)
    tell(db, 1, "niaga", OTHER_RATE)
    one, other = (row["id"] for row in queries.measures(db))
    merge(db, one, other, NOON)
    assert only(db)["amounts"] == ["10 persen", "25 persen"]
    tell(db, 2, "harian", PLAN)
    tell(db, 3, "pabrik", OTHER_RATE)
    assert only(db)["mentions"] == 4
    rebuild(db)
    assert only(db)["mentions"] == 4


def test_a_decision_waits_for_its_mention(db: Database):
    tell(db, 0, "warta", PLAN)
    tell(db, 1, "niaga", OTHER_RATE)
    one, other = (row["id"] for row in queries.measures(db))
    merge(db, one, other, NOON)
    publish(db, visit(article("warta", "warta-0", None, NOON), version="2"))
    assert only(db)["mentions"] == 1
    tell(db, 0, "warta", PLAN)
    assert only(db)["mentions"] == 2


def test_decisions_that_make_no_sense_are_refused(db: Database):
    tell(db, 0, "warta", PLAN)
    measure = only(db)["id"]
    with pytest.raises(WrongDecision, match="one measure already"):
        merge(db, measure, measure, NOON)
    with pytest.raises(WrongDecision, match="nothing to split"):
        split(db, measure, [measure], NOON)
    with pytest.raises(WrongDecision, match="no mention of this measure: x"):
        split(db, measure, ["x"], NOON)


def test_what_was_stored_without_stories_is_caught_up(db: Database):
    tell(db, 0, "warta", PLAN)
    tell(db, 1, "niaga", PLAN)
    told = state(db)
    for table in ("article_sketches", "article_keys", "mention_marks", "mention_keys"):
        db.execute(f"delete from {table}")
    db.execute("update mentions set key = null, measure_id = null")
    db.execute("update articles set story_id = null")
    db.execute("delete from measures")
    db.execute("delete from stories")
    assert catch_up(db) == 2
    assert catch_up(db) == 0
    assert state(db) == told
