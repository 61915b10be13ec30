"""The pages in a real browser, as readers use them: with a mouse, with a keyboard, on a phone, in the dark."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest

from tests.scheduler.web.rows import HISTORY, HOSTILE

PAGES = {
    "front": "/", "sectors": "/sectors", "sector": "/sectors/ikft", "measure": f"/measures/{HISTORY}",
    "hostile": f"/measures/{HOSTILE}", "search": "/search?q=kain&sector=ikft", "data": "/jurus",
    "table": "/jurus/measures?_facet=status", "hostile row": f"/jurus/measures/{HOSTILE}",
    "query": "/jurus/new_for_sector?sector=ikft", "sql": "/jurus?sql=select+*+from+articles",
}  # fmt: skip
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
LOOKS = {
    "desk": {"viewport": DESK},
    "tablet": {"viewport": {"width": 640, "height": 900}},
    "phone": {"viewport": PHONE, "has_touch": True},
    "phone in the dark": {"viewport": PHONE, "color_scheme": "dark"},
    "desk in the dark": {"viewport": DESK, "color_scheme": "dark"},
}


@dataclass
class Reader:
    """An open page, and what went wrong in it: words on the console, requests to other hosts, dialogs."""

    page: object
    address: str
    wrong: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        assert self.page.goto(self.address + path).status == 200


@contextmanager
def reading(chromium, address: str, **look: object) -> Iterator[Reader]:
    context = chromium.new_context(**{"viewport": DESK, **look})
    context.set_default_timeout(15_000)
    reader = Reader(context.new_page(), address)
    host = urlsplit(address).netloc

    def request(made) -> None:
        if urlsplit(made.url).netloc != host:
            reader.wrong.append(f"asked {made.url}")

    reader.page.on("request", request)
    reader.page.on("console", lambda message: reader.wrong.append(f"console: {message.text}"))
    reader.page.on("pageerror", lambda error: reader.wrong.append(f"error: {error}"))
    reader.page.on("dialog", lambda dialog: (reader.wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    yield reader
    context.close()
    assert reader.wrong == []


@pytest.fixture
def reader(chromium, address: str) -> Iterator[Reader]:
    with reading(chromium, address) as reader:
        yield reader


def test_a_reader_searches_filters_opens_a_measure_and_follows_its_history(reader):
    page = reader.page
    reader.open("/")
    page.get_by_label("Kata kunci").fill("kain")
    page.get_by_role("button", name="Cari").click()
    found = page.locator("section[aria-labelledby=measures] h3")
    assert found.filter(has_text="Bea masuk kain impor").count() == 1

    page.locator("summary", has_text="Saringan").click()
    page.get_by_label("Status").select_option("ended")
    page.get_by_role("button", name="Terapkan").click()
    assert "Tidak ditemukan" in page.inner_text("main")
    page.locator("summary", has_text="Saringan: Berakhir").click()
    page.get_by_label("Status").select_option("in_force")
    page.get_by_label("Sektor").select_option("ikft.tpt")
    page.get_by_role("button", name="Terapkan").click()

    page.get_by_role("link", name="Bea masuk kain impor naik menjadi 15 persen").click()
    assert page.inner_text("h1") == "Bea masuk kain impor naik menjadi 15 persen"
    assert [kind.inner_text() for kind in page.locator(".event .when strong").all()] == ["Diumumkan", "Berlaku"]
    assert "resmi menaikkan bea masuk" in page.locator(".event blockquote").last.inner_text()
    source = page.locator(".event .told a").last.get_attribute("href")
    assert source.startswith("https://kabar.test/")
    assert "#:~:text=Kementerian%20Keuangan" in source
    assert "PMK 12/2026" in page.inner_text(".facts")
    page.locator(".revision summary").click()
    assert page.inner_text(".revision pre") == "-tarif 10 persen\n+tarif 15 persen"


def test_the_front_page_leads_to_what_comes_and_to_the_sectors(reader):
    reader.open("/")
    reader.page.locator(".numbers .due a").click()
    assert reader.page.url.endswith("#soon")
    reader.page.locator("#soon ~ ol a").first.click()
    assert reader.page.url.endswith(f"/measures/{HISTORY}")
    reader.page.get_by_role("link", name="Tekstil, produk tekstil").click()
    assert "/sectors/ikft.tpt" in reader.page.url
    reader.page.get_by_role("link", name="Lebih lama").click()
    assert reader.page.locator("article.measure").count() > 0
    reader.page.get_by_role("link", name="Direncanakan").click()
    assert "Tidak ditemukan" in reader.page.inner_text("main")


def test_english_stays_english_while_quotes_stay_indonesian(reader):
    reader.open("/")
    reader.page.get_by_role("link", name="English").click()
    assert reader.page.locator("html").get_attribute("lang") == "en"
    for link in ("Sectors", "Search", "Data", "Home"):
        reader.page.get_by_role("navigation", name="Main menu").get_by_role("link", name=link).click()
        assert reader.page.locator("html").get_attribute("lang") == "en"
    reader.open(f"/measures/{HISTORY}?lang=en")
    assert reader.page.locator("blockquote").first.get_attribute("lang") == "id"
    assert "History" in reader.page.inner_text("main h2 >> nth=0").title()


def test_the_keyboard_reaches_everything_and_shows_where_it_is(reader):
    page = reader.page
    reader.open("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("kain")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=kain*")
    for _ in range(6):
        page.keyboard.press("Tab")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style != "none"


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_accessible_and_fits(chromium, address, name, look):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    with reading(chromium, address, **LOOKS[look]) as reader:
        reader.open(PAGES[name])
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert reader.page.evaluate(wider) == 0
        found = axe.run(reader.page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")] == []


@pytest.mark.parametrize("path", [f"/measures/{HOSTILE}", "/", "/search?q=alert", f"/jurus/measures/{HOSTILE}",
                                  "/jurus/v_articles", "/jurus?sql=select+*+from+v_mentions"])  # fmt: skip
def test_nothing_that_strangers_wrote_runs_or_leads_astray(reader, path):
    reader.open(path)
    assert reader.page.title() != "pwned"
    assert reader.page.locator("main script, main img, main iframe, main object, [onload], [onerror]").count() == 0
    for link in reader.page.locator("a").all():
        assert link.evaluate("a => a.protocol") in ("http:", "https:")
        assert not link.evaluate("a => a.getAttributeNames().some(name => name.startsWith('on'))")


def test_a_source_opens_at_the_quote(chromium, address, article_far_down):
    with chromium.new_context(viewport=DESK) as context:
        page = context.new_page()
        page.goto(f"{address}/measures/{HISTORY}")
        page.locator(".event .told a").last.evaluate(
            "(link, at) => { link.href = link.href.replace(/^[^#]*/, at) }", article_far_down
        )
        page.locator(".event .told a").last.click()
        page.wait_for_function("window.scrollY > 1000")


@pytest.fixture
def article_far_down() -> Iterator[str]:
    """The address of an article with the quoted sentence far below the first screen."""

    class Article(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            quote = "Kementerian Keuangan resmi menaikkan bea masuk kain impor menjadi 15 persen."
            self.wfile.write(f"<p>{'<br>baris' * 200}<p>{quote}<p>{'<br>baris' * 200}".encode())

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Article) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/artikel"
        server.shutdown()
