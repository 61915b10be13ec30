"""The web archive of a subscription: a folder that any web server can show."""

import json

from lxml import etree

from db import issues
from scheduler.digest import archive, outbox, sending
from scheduler.digest.news import sight
from tests.scheduler.digest.conftest import NOW, harm, settings_for, subscription


def test_the_archive_has_a_page_an_index_and_feeds(press, tmp_path):
    harm(press)
    folder = tmp_path / "arsip"
    home = "https://arsip.contoh.id/pagi"
    settings = settings_for(subscription(mail=(), folder=folder, address=home))
    sight(press, NOW)
    one = settings.subscriptions["pagi"]
    number = outbox.make(press, one, lambda *given: sending.draft_of(settings, *given), NOW)
    (outcome,) = outbox.deliver(press, sending.senders(press, settings), NOW)
    assert outcome.state == "sent"
    names = {path.name for path in folder.iterdir()}
    page = "20260312-233000.html"
    assert names == {page, "20260312-233000.txt", "index.html", "feed.atom", "feed.json"}
    atom = etree.parse(folder / "feed.atom")
    assert atom.findtext("{*}entry/{*}id") == archive.name_of(issues.issue(press, number))
    feed = json.loads((folder / "feed.json").read_text())
    assert feed["items"][0]["content_html"].startswith("<!DOCTYPE html>")
    index = etree.parse(folder / "index.html", etree.HTMLParser())
    assert not index.xpath("//script")
    assert index.xpath("//li/a/@href") == [page]
    addresses = etree.parse(folder / page, etree.HTMLParser()).xpath("//a/@href")
    assert addresses[0] == feed["items"][0]["url"] == atom.find("{*}entry/{*}link").get("href") == f"{home}/{page}"
    assert {f"{home}/index.html", f"{home}/feed.atom", "https://jurus.contoh.id/"} <= set(addresses)
    assert f"{home}/{page}" in issues.issue(press, number)["bodies"]["chat"]
