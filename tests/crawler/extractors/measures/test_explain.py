"""An explanation names words that stand in the article."""

from __future__ import annotations

from crawler.extractors.measures import tag
from crawler.extractors.measures.explain import CLUES, explain

TITLE = "Kemendag Batasi Impor Tekstil"
TEXT = "Kementerian Perdagangan menerbitkan aturan yang membatasi impor tekstil. Cuaca cerah sepanjang hari."


def test_every_mention_is_explained_in_words_of_the_article() -> None:
    told = explain(TITLE, TEXT)
    assert [mention for mention, _ in told] == tag(TITLE, TEXT)
    for _, clues in told:
        assert 1 <= len(clues) <= CLUES
        assert all(clue.words in TEXT or clue.words == TITLE for clue in clues)
        weights = [abs(clue.weight) for clue in clues]
        assert weights == sorted(weights, reverse=True)


def test_the_act_weighs_in_favour() -> None:
    ((_, clues),) = explain(TITLE, TEXT)
    assert any(clue.weight > 0 for clue in clues)


def test_nothing_to_explain_where_nothing_is_tagged() -> None:
    assert explain("", "") == []
