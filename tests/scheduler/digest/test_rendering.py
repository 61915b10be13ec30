"""Issues as large as they come."""

from dataclasses import replace

from lxml import etree

from scheduler.digest.model import Change, Group, Item, Soon
from scheduler.digest.rendering import LARGEST, LONGEST_CHAT, as_chat, as_html
from scheduler.digest.sending import edition_of
from tests.scheduler.digest.conftest import issue_for, settings_for, subscription

ADDRESS = f"https://warta.contoh.id/{'berita&' * 68}"
TITLE = "Kementerian menetapkan kuota, tarif, dan syarat bagi pabrik " * 3


def largest_item(number: int) -> Item:
    change = Change(TITLE, TITLE)
    return Item(
        f"m{number}", TITLE[:170], ADDRESS, "Berubah", "in_force", "Otomotif", "Pajak", "Kemenkeu", "Berlaku",
        "berlaku 1 April 2026", (TITLE * 3)[:420], "dikutip Warta", "Warta", ADDRESS, "12 Mar", ("Harian",) * 6,
        (change, change), (),
    )  # fmt: skip


def test_an_issue_too_large_for_mail_lists_less_and_counts_all(press):
    one = subscription()
    items = [largest_item(number) for number in range(5)]
    issue = replace(
        issue_for(press, one),
        top=tuple(items[:3]),
        changes=tuple(items + items[:3]),
        soon=(Soon("15 Mar", TITLE[:170], ADDRESS, "Otomotif"),) * 8,
        groups=tuple(Group(f"Sektor {number}", ADDRESS, 9, tuple(items), 4) for number in range(8)),
    )
    page = as_html(issue, edition_of(settings_for(one), one).words)
    assert len(page.encode()) < LARGEST
    text = " ".join(etree.HTML(page).itertext())
    assert text.count("9 baru") == 8
    assert "dan 4 lagi" not in text
    assert sum(text.count(f"dan {more} lagi") for more in range(5, 10)) == 8


def test_a_chat_that_would_be_too_long_leaves_the_sources_out(press):
    one = subscription()
    issue, words = issue_for(press, one), edition_of(settings_for(one), one).words
    assert issue.top[0].source_address in as_chat(issue, words)
    long = as_chat(replace(issue, top=tuple(map(largest_item, range(3)))), words)
    assert len(long) <= LONGEST_CHAT
    assert ADDRESS not in long
    assert issue.page in long
