"""Articles of which a page shows only a part, and pages that are no single article: told by rule, never guessed."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from crawler.extractors.page import words
from crawler.extractors.structured import Structured, kind

PAYWALL = "behind a paywall"
CUT = "the page shows only its beginning"
# What stands where the rest of an article should be, in a line of its own.
FOR_SUBSCRIBERS = re.compile(
    r"(artikel|berita|konten|laporan|bagian) \w*\s?(khusus|hanya|eksklusif) (untuk |bagi )?(pelanggan|pembaca|member)\b"
    r"|berlangganan (untuk|agar|dan) (bisa |dapat )?"
    r"(membaca|lanjut|melanjutkan|menikmati)|(silakan|mari|yuk,?) berlangganan|konten premium|artikel premium"
    r"|subscribe to (continue|read)|to continue reading",
    re.IGNORECASE,
)
CUT_SHORT = re.compile(r"(\.\.\.|…|\[(\.\.\.|…)\])\s*((baca )?selengkapnya.{0,30})?$", re.IGNORECASE)
LONGEST_PLEA = 160  # characters; a longer line is the article's own
NO_ARTICLES = {
    "LiveBlogPosting": "a live blog, not an article",
    "ImageGallery": "a gallery, not an article",
    "MediaGallery": "a gallery, not an article",
    "VideoObject": "a video, not an article",
}
# detik's own mark; "singlepagenews" and "multiplepagenews" are articles.
CONTENT_TYPES = {"photonews": "a gallery, not an article", "videonews": "a video, not an article"}


def no_article(data: Structured, metas: dict[str, list[str]]) -> str | None:
    """Why a page that describes itself is no single article: a live blog, a gallery, a video; None where it may be one.

    A video or gallery that stands inside an article does not count, nor does one of several things on a page.
    """
    kinds = [kind(node) for node in data.nodes]
    if "LiveBlogPosting" in kinds:
        return NO_ARTICLES["LiveBlogPosting"]
    own = next((CONTENT_TYPES[value] for value in metas.get("dtk:contenttype", ()) if value in CONTENT_TYPES), None)
    if own or data.article:
        return own
    return next((NO_ARTICLES[name] for name in kinds if name in NO_ARTICLES), None)


def paywalled(tree: HtmlElement, data: Structured) -> str | None:
    """Why a page holds back a part of its article: it says so in its data (schema.org) or to the reader."""
    if str(data.article.get("isAccessibleForFree", "")).lower() == "false":
        return PAYWALL
    pleas = (words(element.text_content()) for element in tree.iter("p", "div", "h2", "h3", "h4", "span"))
    return PAYWALL if any(len(plea) <= LONGEST_PLEA and FOR_SUBSCRIBERS.search(plea) for plea in pleas) else None


def cut(text: str) -> str | None:
    """Why a text ends before its article does."""
    return CUT if CUT_SHORT.search(text[-200:]) else None
