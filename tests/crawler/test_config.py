from pathlib import Path

import pytest

from crawler.config import Config, ConfigError, read


def write(folder: Path, text: str) -> Path:
    path = folder / "jurus.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_paths_count_from_the_file(tmp_path: Path):
    config = read(write(tmp_path, 'database = "data/jurus.db"\noutlets = "mine"\ncontact = "a@contoh.id"'))
    assert config.database == tmp_path / "data/jurus.db"
    assert config.outlets == tmp_path / "mine"
    assert "a@contoh.id" in config.user_agent


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
        ("timezone = '../etc'", "timezone: there is no time zone"),
        ("= 1", "line 1"),
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
