"""Pages that answer 200 and are no article: bot walls, shells for a browser, soft errors, lists of articles."""

from __future__ import annotations

import re
from typing import Any, cast

from lxml.html import HtmlElement

from crawler.extractors.page import hits, words

WALL_WORDS = 400  # a wall says less than this, an article about walls more
SHELL_WORDS = 60
TITLES = {
    r"just a moment|attention required|checking your browser|security check|verif(y|ying) (that )?you|are you (a )?"
    r"(human|robot)|robot check|pardon our interruption|one more step|ddos|please wait|mohon tunggu|captcha|cloudflare"
    r"|verifikasi keamanan|human verification": "a challenge page instead of the article",
    r"access( to this page)? (has been )?denied|akses ditolak|(error )?403|forbidden|blocked|request rejected": (
        "access denied, said with a page of status 200"
    ),
    r"(error )?404|page not found|not found|halaman tidak ditemukan|tidak ditemukan|(error )?50[0234]|bad gateway"
    r"|service unavailable|internal server error|under maintenance|maintenance": "an error page with status 200",
}
MARKERS = re.compile(
    r"_cf_chl_opt|cf-browser-verification|cf_captcha_kind|px-captcha|captcha-delivery\.com|Incapsula incident"
    r"|sucuri_cloudproxy_js|ddos-guard|aws-waf-token|/_Incapsula_Resource"
)
MARKED = (".cf-browser-verification", "#px-captcha", "#challenge-form")
SCRIPTLESS = re.compile(
    r"(enable|activate|turn on|requires?|need) (\w+ ){0,3}javascript|javascript (\w+ ){0,4}(disabled|required|enabled)"
    r"|(aktifkan|nyalakan) (\w+ ){0,2}javascript",
    re.IGNORECASE,
)


def wall(tree: HtmlElement) -> str | None:
    """Why a page is a wall or an error; None where it may be an article."""
    title = words(tree.findtext(".//title"))
    reason = next((why for pattern, why in TITLES.items() if re.match(pattern, title, re.IGNORECASE)), None)
    if reason is None and is_marked(tree):
        reason = "a challenge page instead of the article"
    return reason if reason and len(seen(tree)) < WALL_WORDS else None


def is_marked(tree: HtmlElement) -> bool:
    """Whether a page has a script or an element that only bot walls have."""
    said = (text for script in tree.iter("script") for text in (script.text, script.get("src")))
    return any(MARKERS.search(text) for text in said if text) or bool(hits(tree, MARKED))


def shell(tree: HtmlElement) -> bool:
    """Whether a page with scripts and no body is a program that needs a browser: it says so, or hardly says a word."""
    said = seen(tree, silent=("script", "style"))
    return len(said) < SHELL_WORDS or bool(SCRIPTLESS.search(" ".join(said)))


def asks_for_browser(text: str) -> bool:
    """Whether what looks like a body only asks to switch JavaScript on."""
    return bool(SCRIPTLESS.search(text)) and len(text.split()) < SHELL_WORDS


def seen(tree: HtmlElement, silent: tuple[str, ...] = ("script", "style", "noscript")) -> list[str]:
    """The words that a reader sees."""
    texts = (node for node in cast(list[Any], tree.xpath("//body//text()")) if node.getparent().tag not in silent)
    return " ".join(texts).split()
