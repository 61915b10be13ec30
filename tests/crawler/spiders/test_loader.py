from pathlib import Path

import pytest
from scrapy import Request
from scrapy.settings import Settings

from crawler.config import ConfigError
from crawler.outlets import OutletError
from crawler.spiders.loader import OutletSpiders
from crawler.spiders.news import NewsSpider

WARTA = """
title = "Warta"
home = "https://warta.test"
feeds = ["https://warta.test/rss"]
article = '/read/'
delay = 3
"""


class OwnSpider(NewsSpider):
    """What an outlet gets that no file can describe."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "warta.toml").write_text(WARTA)
    return tmp_path


def load(folder: Path, **settings: str) -> OutletSpiders:
    return OutletSpiders.from_settings(Settings({"JURUS_OUTLETS": str(folder / "mine"), **settings}))


def test_each_file_is_a_spider_with_its_own_settings(folder: Path):
    (folder / "jurus.toml").write_text('contact = "a@contoh.id"\ndatabase = "data.db"')
    spiders = load(folder)
    assert {"warta", "swa"} <= set(spiders.list())
    warta = spiders.load("warta")
    assert issubclass(warta, NewsSpider)
    assert warta.name == warta.outlet.slug == "warta"
    assert warta.custom_settings["DOWNLOAD_DELAY"] == 3
    assert warta.custom_settings["JURUS_DATABASE"] == "data.db"
    assert "a@contoh.id" in warta.custom_settings["USER_AGENT"]
    assert spiders.find_by_request(Request("https://warta.test/read/1")) == ["warta"]
    assert spiders.find_by_request(Request("https://lain.test/read/1")) == []


def test_settings_win_over_the_file(folder: Path):
    (folder / "jurus.toml").write_text('database = "data.db"')
    warta = load(folder, JURUS_DATABASE="other.db").load("warta")
    assert warta.custom_settings["JURUS_DATABASE"] == "other.db"


def test_an_outlet_may_name_a_spider_of_its_own(folder: Path):
    (folder / "mine" / "warta.toml").write_text(WARTA + f'spider = "{OwnSpider.__module__}:OwnSpider"')
    assert load(folder).load("warta").__name__ == "OwnSpider"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("tidak.ada:Kelas", "cannot be loaded"),
        (f"{__name__}:TidakAda", "cannot be loaded"),
        ("pathlib:Path", "is no NewsSpider"),
    ],
)
def test_a_spider_that_is_none_is_named_with_its_file(folder: Path, name: str, words: str):
    (folder / "mine" / "warta.toml").write_text(WARTA + f'spider = "{name}"')
    with pytest.raises(OutletError, match=rf"warta\.toml: spider: .*{words}"):
        load(folder).load("warta")


def test_what_is_wrong_is_loud(folder: Path):
    with pytest.raises(KeyError, match="Spider not found: tidak-ada"):
        load(folder).load("tidak-ada")
    (folder / "mine" / "rusak.toml").write_text("title = 3")
    with pytest.raises(OutletError, match=r"rusak\.toml"):
        load(folder)
    (folder / "jurus.toml").write_text("x")
    with pytest.raises(ConfigError):
        load(folder)
