"""The page in a real browser: at 640 px, on a phone, in the dark; nothing runs, nothing sticks out, all can be read."""

import pytest

from scheduler.digest import archive
from tests.scheduler.digest.conftest import HOSTILE, bodies_for, harm, subscription

LOOKS = {
    "mail": {"viewport": {"width": 640, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}},
    "dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
}
CONTRASTS = """
() => {
  const channel = v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const read = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
  const ground = node => {
    for (; node; node = node.parentElement) {
      const colour = read(getComputedStyle(node).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const node of document.querySelectorAll('body *')) {
    const own = [...node.childNodes].some(child => child.nodeType === 3 && child.textContent.trim());
    const box = node.getBoundingClientRect();
    if (!own || !box.width || !box.height || getComputedStyle(node).fontSize === '0px') continue;
    const a = light(read(getComputedStyle(node).color)), b = light(ground(node));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) found.push([node.textContent.trim().slice(0, 40), ratio]);
  }
  return found;
}
"""


@pytest.mark.parametrize("look", LOOKS)
def test_the_archive_fits_and_can_be_read(press, chromium, tmp_path, look):
    harm(press)
    row = {"subscription": "pagi", "until": "2026-03-12T23:30:00Z", "kind": "digest", "id": 1, "subject": HOSTILE}
    row |= {"bodies": bodies_for(press, subscription())}
    archive.write(tmp_path, row, [row], "")
    with chromium.new_context(**LOOKS[look]) as context:
        page = context.new_page()
        page.goto((tmp_path / "index.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
        assert page.evaluate(CONTRASTS) == []
        page.locator("li a").click()
        assert page.title().startswith("Jurus 13 Mar: ")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("hostile", "language"), [(False, "id"), (False, "en"), (True, "id")])
def test_it_fits_and_can_be_read(press, chromium, tmp_path, look, hostile, language):
    if hostile:
        harm(press)
    path = tmp_path / "issue.html"
    served = subscription(address="https://arsip.contoh.id/pagi", language=language)
    path.write_text(bodies_for(press, served)["html"], encoding="utf-8")
    with chromium.new_context(**LOOKS[look]) as context:
        page = context.new_page()
        wrong = []
        page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda made: None if made.url.startswith("file:") else wrong.append(made.url))
        page.goto(path.as_uri())
        assert page.screenshot(full_page=True, path=tmp_path / "issue.png")
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
        assert page.evaluate(CONTRASTS) == []
        protocols = page.evaluate("[...document.links].map(link => link.protocol)")
        assert set(protocols) <= {"http:", "https:", "mailto:"}
        assert all("://" in link.get_attribute("href") or "mailto:" in link.get_attribute("href")
                   for link in page.locator("a").all())  # fmt: skip
        assert page.title().startswith("Jurus 13 Mar: ")
        assert page.locator("a").first.get_attribute("href") == "https://arsip.contoh.id/pagi/20260312-233000.html"
        assert wrong == []
