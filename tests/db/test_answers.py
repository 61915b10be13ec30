from pathlib import Path

from db import answers


def test_an_answer_is_found_again_and_gives_way_to_a_newer_one(tmp_path: Path):
    path = tmp_path / "answers.db"
    assert answers.find(path, "a") is None
    answers.keep(path, "a", "uji", "satu")
    answers.keep(path, "b", "uji", "dua")
    assert answers.find(path, "a") == "satu"
    answers.keep(path, "a", "uji", "tiga")
    assert (answers.find(path, "a"), answers.find(path, "b")) == ("tiga", "dua")
