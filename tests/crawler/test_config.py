from pathlib import Path

import pytest

from crawler.config import Config, ConfigError, Llm, Running, read


def write(folder: Path, text: str) -> Path:
    path = folder / "jurus.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_paths_count_from_the_file(tmp_path: Path):
    config = read(write(tmp_path, 'database = "data/jurus.db"\noutlets = "mine"\ncontact = "a@contoh.id"'))
    assert config.database == tmp_path / "data/jurus.db"
    assert config.outlets == tmp_path / "mine"
    assert "a@contoh.id" in config.user_agent


def test_how_the_scheduler_runs(tmp_path: Path):
    run = read(write(tmp_path, '[run]\nbackup = "kept/copy.db"\nmetrics_port = 9464\nkeep_text_days = 90')).run
    assert run == Running(metrics_port=9464, backup=tmp_path / "kept/copy.db", keep_text_days=90)


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    assert read() == Config()
    write(tmp_path, 'timezone = "Asia/Makassar"')
    assert read().zone.key == "Asia/Makassar"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("databse = 'a'", "databse: unknown key"),
        ("contact = 3", "contact: must be a string"),
        ('contact = """a\nb"""', "contact: must be one line"),
        ("timezone = 'Asia/Bandung'", "timezone: there is no time zone"),
        ("timezone = 'Asia'", "timezone: there is no time zone"),
        ("timezone = '../etc'", "timezone: there is no time zone"),
        ("= 1", "line 1"),
        ("run = 3", "run: must be a table"),
        ("[run]\nport = 3", "run.port: unknown key"),
        ("[run]\nmetrics_port = 70000", "run.metrics_port: must be a whole number from 0 to 65535"),
        ("[run]\nbackups = 0", "run.backups: must be a whole number from 1"),
        ("[run]\nkeep_text_days = true", "run.keep_text_days: must be a whole number"),
        ("[run]\nbackup = 3", "run.backup: must be a string"),
        ("llm = 'a'", "llm: must be a table"),
        ("[llm]\nmodel = 'm'", "llm.base_url: missing"),
        ("[llm]\nbase_url = 'http://h/v1'\nmodel = ' '", "llm.model: missing"),
        ("[llm]\nbase_url = 'http://h/v1'\nmodel = 3", "llm.model: must be a string"),
        ("[llm]\napi_key = 'k'", "llm.api_key: unknown key; .* read from JURUS_LLM_KEY"),
        ("[llm]\nbase_url = 'h:11434/v1'\nmodel = 'm'", "llm.base_url: must be http"),
        ("[llm]\nbase_url = 'http://h:x/v1'\nmodel = 'm'", "llm.base_url: must be http"),
        ("[llm]\nbase_url = 'http://[::1/v1'\nmodel = 'm'", "llm.base_url: must be http"),
        ("[llm]\nbase_url = 'http://a:b@h/v1'\nmodel = 'm'", "llm.base_url: .* without password"),
        ("[llm]\nbase_url = 'http://h/v1'\nmodel = 'm'\ntimeout = inf", "llm.timeout: must be a number above 0"),
        ("[llm]\nbase_url = 'http://h/v1'\nmodel = 'm'\ntimeout = nan", "llm.timeout: must be a number above 0"),
        ("[llm]\nbase_url = 'http://h/v1'\nmodel = 'm'\nrequests = true", "llm.requests: must be a whole number"),
        ("[llm]\nbase_url = 'http://h/v1'\nmodel = 'm'\nrequests = 1.5", "llm.requests: must be a whole number"),
        ("[llm]\nbase_url = 'http://h/v1'\nmodel = 'm'\ntokens = 0", "llm.tokens: must be a whole number"),
        ("[llm]\nbase_url = 'http://h/v1'\nmodel = 'm'\ncache = ''", "llm.cache: missing"),
    ],
)
def test_a_mistake_is_named_with_file_and_key(tmp_path: Path, text: str, words: str):
    with pytest.raises(ConfigError, match=words) as caught:
        read(write(tmp_path, text))
    assert str(caught.value).startswith(str(tmp_path / "jurus.toml"))


def test_a_file_that_is_not_there(tmp_path: Path):
    with pytest.raises(ConfigError, match="No such file"):
        read(tmp_path / "none.toml")


def test_the_example_is_valid():
    assert read(Path(__file__).parents[2] / "jurus.example.toml").contact


def test_the_example_of_how_the_scheduler_runs_is_valid(tmp_path: Path):
    example = (Path(__file__).parents[2] / "jurus.example.toml").read_text()
    table = example[example.index("# [run]") : example.index("# A language model")].replace("# ", "", 1)
    run = read(write(tmp_path, table.replace("\n# ", "\n"))).run
    assert (run.crawl_minutes, run.metrics_port, run.keep_text_days) == (15, 9464, 365)


def test_the_example_of_a_language_model_is_valid(tmp_path: Path):
    example = (Path(__file__).parents[2] / "jurus.example.toml").read_text()
    table = example[example.index("# [llm]") : example.index("# Digests")].replace("# ", "", 1).replace("\n# ", "\n")
    llm = read(write(tmp_path, table)).llm
    assert llm == Llm(base_url="http://localhost:11434/v1", model="qwen3:14b", cache=tmp_path / "jurus-llm.db")
