"""The newsroom's articles: enough of them, of every kind, and changing as the press does."""

from collections import Counter
from datetime import UTC, timedelta

import pytest

from crawler.newsroom.articles import ROUNDS, edition, entries, pages_of, piece_of, swapped
from crawler.newsroom.sites import sites
from crawler.newsroom.truth import holdings, truth_of

GROUPS = {
    *("agro", "ikft", "ilmate", "ikma", "kpaii", "sdmi", "lintas", "umum"),
    *("energi", "tambang", "pertanian", "perdagangan", "pariwisata", "keuangan"),
    *("konstruksi", "logistik", "umkm", "telekomunikasi", "sosial"),
}


@pytest.fixture(scope="module")
def everything():
    return [piece for site in sites() for piece in edition(site.slug, ROUNDS - 1)]


@pytest.fixture(scope="module")
def readable():
    """What a crawl may read the text of."""
    return [piece for site in sites() if site.keep != "metadata" for piece in holdings(site, ROUNDS - 1).values()]


def test_there_are_enough_articles_styles_and_rules(everything):
    assert len(everything) >= 60
    assert len({site.style for site in sites()}) >= 5
    assert Counter(site.keep for site in sites()) == {"text": 5, "quotes": 1, "metadata": 1}


def test_every_sector_group_has_a_measure_that_can_be_read(readable):
    assert {group for piece in readable for group in piece.groups} == GROUPS


def test_ordinary_news_is_there_too(readable):
    assert sum(not piece.groups for piece in readable) >= 15


def test_articles_are_as_long_as_news(everything):
    assert {piece.slug: len(piece.paragraphs) for piece in everything if not 5 <= len(piece.paragraphs) <= 12} == {}


def test_no_paragraph_stands_twice(everything):
    counts = Counter(paragraph for piece in everything for paragraph in piece.paragraphs)
    assert [paragraph for paragraph, count in counts.items() if count > 1] == []


def test_every_site_has_each_id_slug_and_title_once():
    for site in sites():
        pieces = edition(site.slug, ROUNDS - 1)
        for facts in ([piece.id for piece in pieces], [piece.slug for piece in pieces], [p.title for p in pieces]):
            assert len(facts) == len(set(facts))


def test_truth_is_complete():
    for site in sites():
        for piece in holdings(site, ROUNDS - 1).values():
            truth = truth_of(site, piece)
            assert truth.title
            assert truth.published_at.tzinfo is UTC
            assert truth.measures == bool(truth.groups)
            assert (truth.text is None) == (site.keep == "metadata")
            if site.style != "ministry" and site.keep != "metadata":
                assert truth.authors
                assert truth.section
                assert truth.tags
                assert truth.modified_at >= truth.published_at


def test_times_of_three_zones_and_both_sides_of_midnight(everything):
    assert {piece.published.utcoffset() for piece in everything} == {timedelta(hours=h) for h in (7, 8, 9)}
    assert any(piece.published.date() != piece.published.astimezone(UTC).date() for piece in everything)
    assert len({piece.published.hour for piece in everything}) >= 15


def test_the_same_measure_is_told_by_several_outlets_and_again_later(everything):
    stories = {}
    for piece in everything:
        if piece.story:
            stories.setdefault(piece.story, []).append(piece)
    assert any(len({piece.site for piece in pieces}) >= 3 for pieces in stories.values())
    assert any(len({piece.round for piece in pieces}) >= 2 for pieces in stories.values())


def test_every_kind_of_change_happens_in_the_first_step():
    events = [event for site in sites() for entry in entries(site.slug) for event in entry.get("event", ())]
    first = {(event["kind"], event.get("status")) for event in events if event["round"] == 1}
    assert first == {("correct", None), ("move", None), ("withdraw", 404), ("withdraw", 410)}
    assert {event["round"] for event in events} == set(range(1, ROUNDS))


def test_each_swap_of_a_correction_changes_the_text():
    for site in sites():
        for entry in entries(site.slug):
            for event in entry.get("event", ()):
                for swap in event.get("swap", ()):
                    assert swapped(entry["text"], [swap]) != entry["text"]


def test_a_later_round_leaves_the_rest_as_it_was():
    for site in sites():
        for number in range(1, ROUNDS):
            before = {piece.id: piece for piece in edition(site.slug, number - 1)}
            for piece in edition(site.slug, number):
                if piece.changed < number:
                    assert before[piece.id] == piece


def test_lines_become_paragraphs_and_stars_pages():
    assert pages_of("\nsatu\n\n dua \n***\ntiga\n") == (("satu", "dua"), ("tiga",))


def test_an_unknown_key_of_an_article_is_refused():
    entry = entries(sites()[0].slug)[0]
    with pytest.raises(TypeError, match="judul"):
        piece_of("kabar-pabrik", {**entry, "judul": "x"})
