from pathlib import Path

import pytest

from crawler import config
from crawler.config import ConfigError
from scheduler.digest.settings import read

ONE = '[[subscription]]\nname = "tekstil"\nfolder = "arsip"\n'
MAIL = '[digest]\nfrom = "jurus@contoh.id"\n[digest.smtp]\nhost = "smtp.contoh.id"\n'


def settings(folder: Path, text: str):
    path = folder / "jurus.toml"
    path.write_text(text, encoding="utf-8")
    return read(config.read(path))


def test_a_subscription_with_everything(tmp_path: Path):
    text = MAIL + ONE + (
        'title = "Tekstil"\nmail = ["ani@contoh.id"]\nchat = ["JURUS_TIM"]\nsectors = ["ikft.tpt", "agro"]\n'
        'instruments = ["bea"]\nactors = ["kemenkeu"]\nstatuses = ["in_force"]\nkeywords = ["kain tenun"]\n'
        'language = "en"\nfrequency = "weekly"\nday = "friday"\ntime = "07:15"\ntimezone = "Asia/Makassar"\n'
        'empty = "skip"\nalerts = true\n'
    )  # fmt: skip
    found = settings(tmp_path, text)
    one = found.subscriptions["tekstil"]
    assert one.recipients == [
        ("mail", "ani@contoh.id"), ("chat", "JURUS_TIM"), ("folder", str(tmp_path / "arsip"))
    ]  # fmt: skip
    assert (one.zone.key, f"{one.time:%H:%M}", one.day, one.alerts) == ("Asia/Makassar", "07:15", "friday", True)
    assert (found.server.port, found.server.security) == (587, "starttls")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[[subscription]]\nfolder = "a"', "subscription 1: name: missing"),
        ('[[subscription]]\nname = "a"', "mail: missing: name a recipient"),
        (ONE + ONE, "tekstil: the name stands twice"),
        (ONE + 'sector = ["agro"]', "sector: unknown key"),
        (ONE + 'sectors = ["kain"]', "sectors: there is no 'kain'; known are"),
        (ONE + 'sectors = "agro"', "sectors: must be a list"),
        (ONE + 'instruments = ["x"]', "instruments: there is no 'x'"),
        (ONE + 'time = "6:30"', "time: '6:30' is no time of day"),
        (ONE + 'timezone = "Asia"', "timezone: there is no time zone"),
        (ONE + 'frequency = "yearly"', "frequency: there is no 'yearly'"),
        (ONE + 'frequency = "hourly"', "sectors: an hourly digest is for chosen sectors"),
        (ONE + 'address = "arsip"', "address: must be an address: https://"),
        ('[[subscription]]\nname = "a"\nmail = ["a@b.id"]\naddress = "https://a.id"', "folder: missing"),
        (ONE + 'alerts = "yes"', "alerts: must be true or false"),
        (ONE + 'mail = ["ani@contoh.id\\r\\nBcc: x@y.id"]', "mail: must be one line"),
        (ONE + 'mail = ["Ani <ani@contoh.id>"]', "mail: 'Ani <ani@contoh.id>' is no address"),
        (ONE + 'chat = ["tgram://secret/1"]', "chat: .* is no name of an environment variable"),
        (ONE + 'mail = ["ani@contoh.id"]', "digest: mail needs digest.from"),
        ('[digest]\nform = "x"', "digest.form: unknown key"),
        ('[digest]\npage = "javascript:alert(1)"', "digest.page: must be an address"),
        ('[digest.smtp]\nport = 25', "digest.smtp.host: missing"),
        (MAIL + 'password = "x"', "digest.smtp.password: unknown key; .* JURUS_SMTP_PASSWORD"),
        (MAIL + 'security = "ssl"', "digest.smtp.security: must be one of"),
        (MAIL + "port = 0", "digest.smtp.port"),
        ("[digest.importance]\nfame = 3", "digest.importance.fame: unknown key"),
        ("[digest.importance]\namount = 'much'", "digest.importance.amount: must be a number"),
        ("[digest.importance]\namount = nan", "digest.importance.amount: must be a number"),
        ("[digest.importance]\nissuer = 3", "digest.importance.issuer: must be a table"),
        ('[digest.smtp]\nhost = ""', "digest.smtp.host: missing"),
        (ONE + 'keywords = ["***"]', "keywords: '\\*\\*\\*' holds no word"),
        (f'[digest]\ncontact = "{"r" * 50}@contoh.id"\n' + MAIL.partition("\n")[2] + ONE + 'mail = ["ani@contoh.id"]',
         "digest.contact: by 15 letters too long beside the name of tekstil"),
        ("digest = 3", "digest must be a table"),
        ("[subscription]\nname = 'a'", "each subscription one of"),
    ],
)  # fmt: skip
def test_each_mistake_is_named(tmp_path: Path, text: str, words: str):
    with pytest.raises(ConfigError, match=words) as caught:
        settings(tmp_path, text)
    assert str(caught.value).startswith(str(tmp_path / "jurus.toml"))


def test_points_can_be_tuned(tmp_path: Path):
    points = settings(tmp_path, "[digest.importance]\namount = 9\nissuer = { dpr = 7 }").points
    assert (points["amount"], points["issuer"]["dpr"], points["issuer"]["presiden"]) == (9, 7, 5)
