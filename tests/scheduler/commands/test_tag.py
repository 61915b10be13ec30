import json
from pathlib import Path

import pytest

from db.models import Mention
from scheduler.cli import main
from scheduler.commands.tag import as_row
from tests.crawler.llm.endpoint import ENTRY, TEXT, Answer, Endpoint, failing, measures, said


def run(folder: Path, endpoint: Endpoint, *arguments: str) -> int:
    (folder / "jurus.toml").write_text(f'[llm]\nbase_url = "{endpoint.url}"\nmodel = "uji"\n')
    with pytest.raises(SystemExit) as left:
        main(["--config", str(folder / "jurus.toml"), "tag", "--with", "llm", *arguments])
    return int(left.value.code or 0)


def corpus(folder: Path) -> str:
    path = folder / "articles.jsonl"
    path.write_text("".join(json.dumps({"id": f"a{n}", "text": f"{TEXT} {n}"}) + "\n" for n in range(3)))
    return str(path)


def test_one_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "a.txt").write_text(TEXT)
    with Endpoint(measures(ENTRY, ENTRY | {"actor": "menteri"})) as endpoint:
        assert run(tmp_path, endpoint, str(tmp_path / "a.txt")) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["what"] == ENTRY["what"]
    assert err.endswith("1 mentions, dropped: 1 with an unknown code\n")
    assert (tmp_path / "jurus-llm.db").exists()


def test_a_mention_tells_the_rules_amounts_and_days_of_its_sentence():
    quote = "Insentif sebesar Rp7 juta per unit diatur PMK Nomor 10 Tahun 2022 dan berlaku mulai 1 Maret 2022."
    mention = Mention(0, len(quote), quote, "kemenkeu", "subsidi", ("ilmate.otomotif",), "in_force", quote, 0.9)
    row = as_row(mention)
    assert (row["regulations"], row["amounts"]) == (["PMK 10/2022"], ["Rp7.000.000 per unit"])
    assert (row["in_force"], row["instrument"]) == (["2022-03-01"], "subsidi")


def test_a_mention_tells_where_it_holds_and_whom_it_is_for():
    quote = "Pemkab Gresik memberi potongan retribusi kepada pelaku IKM dan nelayan."
    row = as_row(Mention(0, len(quote), quote, "pemda", "pajak", ("ikma",), "in_force", quote, 0.9))
    assert (row["regions"], row["beneficiaries"]) == (["jatim.gresik"], ["pelaku IKM", "nelayan"])


def test_one_bad_answer_of_many_is_told_and_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    with Endpoint(measures(ENTRY), said("{"), measures()) as endpoint:
        assert run(tmp_path, endpoint, "--jsonl", corpus(tmp_path)) == 1
    out, err = capsys.readouterr()
    assert [(row["id"], len(row["mentions"])) for row in map(json.loads, out.splitlines())] == [("a0", 1), ("a2", 0)]
    assert err.startswith("jurus: line 2: the model's answer is no whole JSON")
    assert len(err.splitlines()) == 2


@pytest.mark.parametrize("answer", [failing(403), Answer(b"x", length=9)])
def test_an_endpoint_that_fails_ends_the_run(tmp_path: Path, capsys: pytest.CaptureFixture[str], answer: Answer):
    with Endpoint(measures(ENTRY), answer) as endpoint:
        assert run(tmp_path, endpoint, "--jsonl", corpus(tmp_path)) == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert err.splitlines()[-1].startswith(f"jurus: {endpoint.url}: ")
    assert "Traceback" not in err


def test_no_endpoint_named(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    (tmp_path / "jurus.toml").write_text("")
    with pytest.raises(SystemExit) as left:
        main(["--config", str(tmp_path / "jurus.toml"), "tag", "--with", "llm", str(tmp_path / "jurus.toml")])
    assert left.value.code == 2
    assert "there is no table [llm]" in capsys.readouterr().err
