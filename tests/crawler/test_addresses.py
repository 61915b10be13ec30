"""One article, one address."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crawler.addresses import canonical_url, fetch_url, is_further_page
from crawler.outlets import Outlet

KABAR = Outlet(slug="kabar", title="Kabar", home="https://www.kabar.example", article="/berita/", fetch_query="all=1")
LOCAL = Outlet(slug="lokal", title="Lokal", home="http://127.0.0.1:8000", article=".")


@pytest.mark.parametrize(
    ("rest", "further"),
    [
        ("?page=2", True),
        ("?a=b&halaman=12&c=d", True),
        ("/page/3/", True),
        ("", False),
        ("?page=1", False),
        ("?page=all", False),
        ("?page=2026", False),
        ("?per_page=20", False),
        ("/page/1", False),
    ],
)
def test_a_further_page_is_told_by_its_address(rest: str, further: bool) -> None:
    assert is_further_page(f"https://www.kabar.example/berita/1{rest}") is further


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://kabar.example/berita/1", "https://www.kabar.example/berita/1"),
        ("HTTPS://WWW.Kabar.Example:443/berita/1/", "https://www.kabar.example/berita/1"),
        ("http://kabar.example:80/", "https://www.kabar.example/"),
        ("https://kabar.example", "https://www.kabar.example/"),
        ("http://industri.kabar.example/berita/1", "https://industri.kabar.example/berita/1"),
        ("http://lain.example/a", "http://lain.example/a"),
        ("https://www.lain.example/a", "https://www.lain.example/a"),
        ("https://bukankabar.example/a", "https://bukankabar.example/a"),
        ("https://a:b@kabar.example/x", "https://www.kabar.example/x"),
        ("https://kabar.example:8443/x", "https://kabar.example:8443/x"),
        ("  https://kabar.example/x\n", "https://www.kabar.example/x"),
        ("https://kabar.example./x", "https://www.kabar.example/x"),
        ("https://[2001:DB8::1]/x", "https://[2001:db8::1]/x"),
        ("https://warta-jámu.example/x", "https://xn--warta-jmu-61a.example/x"),
    ],
)
def test_scheme_and_host_follow_the_outlets_home(url: str, expected: str) -> None:
    assert canonical_url(KABAR, url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "https://www.kabar.example/amp/berita/1",
        "https://www.kabar.example/berita/1/amp",
        "https://www.kabar.example/berita/1/amp/",
        "https://www.kabar.example/berita/1?amp=1",
        "https://www.kabar.example/berita/1?amp",
        "https://amp.kabar.example/berita/1",
        "https://amp.www.kabar.example/berita/1",
        "https://www.kabar.example/berita/1?page=all",
        "https://www.kabar.example/berita/1?page=all#halaman-2",
        "https://www.kabar.example/berita/1?all=1",
        "https://www.kabar.example/berita/1?utm_source=x&utm_medium=y&fbclid=z&gclid=q",
        "https://www.kabar.example/berita/1?utm_source=x&amp;utm_medium=y",
        "https://www.kabar.example/berita/1?tag_from=wp_hl&kanal=industri&single=1&source=rss&ref=home",
        "https://www.kabar.example/./a/../berita//1?",
        "https://www.kabar.example/b%65rita/%31",
    ],
)
def test_every_way_to_link_an_article_leads_to_one_address(url: str) -> None:
    assert canonical_url(KABAR, url) == "https://www.kabar.example/berita/1"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://x.example/a?id=7&b=2", "https://x.example/a?b=2&id=7"),
        ("https://x.example/a?id=2&id=1", "https://x.example/a?id=2&id=1"),
        ("https://x.example/a?q=a+b%2Bc%26d", "https://x.example/a?q=a+b%2Bc%26d"),
        ("https://x.example/a?page=2", "https://x.example/a?page=2"),
        ("https://x.example/a?reference=1&sources=2", "https://x.example/a?reference=1&sources=2"),
    ],
)
def test_the_rest_of_the_query_stays(url: str, expected: str) -> None:
    assert canonical_url(KABAR, url) == expected


def test_paths_are_escaped_in_one_way() -> None:
    spellings = ("/artikel/7/Ekspor,-Menteri:-Naik 5%", "/artikel/7/Ekspor%2c-Menteri%3A-Naik%205%25")
    assert {canonical_url(KABAR, f"https://x.example{path}") for path in spellings} == {
        "https://x.example/artikel/7/Ekspor,-Menteri:-Naik%205%25"
    }


def test_escapes_that_mean_something_else_stay() -> None:
    assert canonical_url(KABAR, "https://x.example/a%2fb/%252e%252e/c") == "https://x.example/a%2Fb/%252e%252e/c"
    assert canonical_url(KABAR, "https://x.example/a/%2e%2e/c") == "https://x.example/c"


def test_an_article_named_amp_keeps_its_name() -> None:
    assert canonical_url(KABAR, "https://x.example/amp") == "https://x.example/amp"


def test_a_home_on_a_port_is_folded_on_that_port_only() -> None:
    assert canonical_url(LOCAL, "https://127.0.0.1:8000/a/") == "http://127.0.0.1:8000/a"
    assert canonical_url(LOCAL, "https://127.0.0.1:9000/a") == "https://127.0.0.1:9000/a"


def test_fetching_adds_what_the_canonical_address_leaves_out() -> None:
    assert fetch_url(KABAR, "https://www.kabar.example/berita/1") == "https://www.kabar.example/berita/1?all=1"
    assert fetch_url(KABAR, "https://www.kabar.example/b?id=1") == "https://www.kabar.example/b?id=1&all=1"
    assert fetch_url(LOCAL, "http://127.0.0.1:8000/a") == "http://127.0.0.1:8000/a"
    assert fetch_url(KABAR, "https://www.kabar.example/b?id=1", slash=True) == "https://www.kabar.example/b/?id=1&all=1"


@pytest.mark.parametrize(
    "url",
    ["", "berita/1", "//kabar.example/1", "mailto:a@kabar.example", "javascript:void(0)", "ftp://kabar.example/1",
     "https://", "https:///x", "http://[::1", "https://kabar.example:99999/x", "https://a b.example/x",
     "https://%61.example/x", "https://kabar.example/\ud800", "https://..example/x"],
)  # fmt: skip
def test_what_is_no_http_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        canonical_url(KABAR, url)


PIECES = st.sampled_from(
    ["amp", "AMP", "%61mp", "..", ".", "", "berita", "page=all", "all=1", "&amp;", "amp;", "utm_x=1", "%", "%2e", "%2F",
     "%25", "%zz", "a b", "é", "+", ";", "=", "&", "?", "#", "'", '"', "|", "[", "\\"]
)  # fmt: skip
HOSTS = st.sampled_from(["kabar.example", "WWW.kabar.example", "amp.amp.kabar.example", "amp.lain.example", "[::1]"])


@st.composite
def addresses(draw: st.DrawFn) -> str:
    port = draw(st.sampled_from(["", ":80", ":443", ":8000", ":"]))
    path = "/".join(draw(st.lists(PIECES | st.text(max_size=5), max_size=6)))
    query = "&".join(draw(st.lists(PIECES | st.text(max_size=5), max_size=6)))
    return f"{draw(st.sampled_from(['http', 'HTTPS']))}://{draw(HOSTS)}{port}/{path}?{query}"


@given(addresses() | st.text())
def test_a_canonical_address_is_its_own_canonical_address(url: str) -> None:
    for outlet in (KABAR, LOCAL):
        try:
            once = canonical_url(outlet, url)
        except ValueError:
            continue
        assert once.isascii()
        assert canonical_url(outlet, once) == once


@given(addresses())
def test_what_is_fetched_is_stored_under_its_canonical_address(url: str) -> None:
    try:
        once = canonical_url(KABAR, url)
    except ValueError:
        assume(False)
    assert canonical_url(KABAR, fetch_url(KABAR, once)) == once
