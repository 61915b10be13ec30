"""The newsroom behaves like the press: validators, gzip, redirects, withdrawals, rounds, traps."""

import gzip
import re
import subprocess
import sys
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

import pytest

from crawler.addresses import canonical_url, fetch_url
from crawler.newsroom import Newsroom
from crawler.newsroom.articles import ROUNDS, edition
from crawler.newsroom.sites import sites
from crawler.outlets import loading


@pytest.fixture
def newsroom():
    with Newsroom() as running:
        yield running


def ask(url, method="GET", **headers) -> tuple[HTTPResponse, bytes]:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname, parts.port, timeout=10)
    try:
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(method, target, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def list_urls(newsroom):
    return [newsroom.address(site.slug) + listing.at for site in sites() for listing in site.lists]


def pieces(kind):
    """(site, piece before, piece after, round) of each event that a predicate picks."""
    for site in sites():
        for number in range(1, ROUNDS):
            before = {piece.id: piece for piece in edition(site.slug, number - 1)}
            for piece in edition(site.slug, number):
                if piece.id in before and piece.changed == number and kind(piece):
                    yield site, before[piece.id], piece, number


@pytest.fixture
def any_article(newsroom):
    return next(url for url in newsroom.truth() if url.startswith(newsroom.address("niaga-harian")))


def test_an_unchanged_page_answers_304_to_its_own_etag_and_date(any_article):
    first, body = ask(any_article)
    assert first.status == 200
    assert body
    for headers in (
        {"If_None_Match": first.headers["ETag"]},
        {"If_None_Match": f'"other", W/{first.headers["ETag"]}'},
        {"If_Modified_Since": first.headers["Last-Modified"]},
    ):
        again, rest = ask(any_article, **headers)
        assert (again.status, rest) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize(
    "headers",
    [
        {"If_None_Match": '"other"'},
        {"If_Modified_Since": "Sun, 01 Nov 2015 00:00:00 GMT"},
        {"If_Modified_Since": "kemarin"},
        {"If_None_Match": '"other"', "If_Modified_Since": "Fri, 01 Jan 2100 00:00:00 GMT"},
    ],
)
def test_an_old_or_odd_validator_answers_the_page(any_article, headers):
    assert ask(any_article, **headers)[0].status == 200


def test_gzip_where_accepted_and_only_there(any_article):
    plain, body = ask(any_article)
    packed, bytes_ = ask(any_article, Accept_Encoding="gzip, br")
    assert plain.headers["Content-Encoding"] is None
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(bytes_) < len(body)
    assert gzip.decompress(bytes_) == body


def test_head_sends_the_headers_without_the_body(any_article):
    response, body = ask(any_article, method="HEAD")
    assert response.status == 200
    assert int(response.headers["Content-Length"]) > 1000
    assert body == b""


def test_a_corrected_page_gets_another_etag_and_a_later_date(newsroom):
    for site, before, after, number in pieces(lambda piece: piece.status == 200 and piece.modified):
        url = newsroom.address(site.slug) + site.link_of(before)
        while newsroom.round < number - 1:
            newsroom.advance()
        if newsroom.round != number - 1:
            continue
        first, _ = ask(url)
        newsroom.advance()
        second, body = ask(newsroom.address(site.slug) + site.link_of(after), If_None_Match=first.headers["ETag"])
        assert second.status == 200
        assert second.headers["Last-Modified"] != first.headers["Last-Modified"]
        assert body
        return
    pytest.fail("no correction found")


def test_a_moved_article_answers_301_to_its_new_address_and_is_listed_there_only(newsroom):
    moved = list(pieces(lambda piece: piece.former and piece.status == 200))
    assert moved
    for site, before, after, number in moved:
        while newsroom.round < number:
            newsroom.advance()
        old, new = site.path_of(before), site.path_of(after)
        response, _ = ask(newsroom.address(site.slug) + old)
        assert response.status == 301
        assert response.headers["Location"].rstrip("/") == newsroom.address(site.slug) + new
        named = b"".join(ask(newsroom.address(site.slug) + listing.at)[1] for listing in site.lists)
        assert new.encode() in named
        assert not re.search(re.escape(old.encode()) + rb"[^a-z0-9-]", named)
        assert newsroom.address(site.slug) + new in newsroom.truth()
        assert newsroom.address(site.slug) + old not in newsroom.truth()


def test_withdrawn_articles_are_gone_and_listed_only_by_mistake(newsroom):
    withdrawn = list(pieces(lambda piece: piece.status != 200))
    assert {piece.status for _, _, piece, _ in withdrawn} >= {410}
    for site, _, piece, number in withdrawn:
        while newsroom.round < number:
            newsroom.advance()
        url = newsroom.address(site.slug) + site.link_of(piece)
        assert ask(url)[0].status == piece.status
        assert url not in newsroom.truth()
        named = b"".join(ask(newsroom.address(site.slug) + listing.at)[1] for listing in site.lists)
        assert (site.path_of(piece).encode() in named) == piece.listed


def test_nothing_is_there_before_its_round(newsroom):
    later = [(site, piece) for site in sites() for piece in edition(site.slug, 2) if piece.round > 0]
    assert later
    for site, piece in later:
        assert ask(newsroom.address(site.slug) + site.link_of(piece))[0].status == 404


def test_the_last_round_is_the_last(newsroom):
    for _ in range(ROUNDS - 1):
        newsroom.advance()
    with pytest.raises(ValueError, match="rounds"):
        newsroom.advance()


def test_the_log_tells_outlet_method_path_and_status(newsroom):
    site = sites()[0]
    ask(newsroom.address(site.slug) + "/tidak%20ada?x=1")
    assert newsroom.log == [(site.slug, "GET", "/tidak ada?x=1", 404)]


def test_robots_names_what_it_forbids_and_how_slow(newsroom):
    texts = {site.slug: ask(newsroom.address(site.slug) + "/robots.txt")[1].decode() for site in sites()}
    assert any("Crawl-delay: 0.05" in text for text in texts.values())
    for site in sites():
        assert all(f"Disallow: {prefix}\n" in texts[site.slug] for prefix in site.disallow)


def test_a_taken_port_is_told_in_one_line(newsroom):
    port = urlsplit(newsroom.address(sites()[0].slug)).port
    command = [sys.executable, "-m", "crawler.newsroom", str(port)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, stdin=subprocess.DEVNULL)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert str(port) in done.stderr


def test_the_command_prints_addresses_and_goes_through_the_rounds():
    command = [sys.executable, "-m", "crawler.newsroom"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, input="\n" * ROUNDS)
    assert done.returncode == 0, done.stderr
    assert all(site.name in done.stdout for site in sites())
    assert f"round {ROUNDS - 1}" in done.stdout
    assert "make a new one" in done.stdout


def test_traps_answer_what_they_are(newsroom):
    answers = {}
    for slug, path in newsroom.trap_paths():
        response, body = ask(newsroom.address(slug) + path)
        answers.setdefault((response.status, response.headers["Content-Type"].split(";")[0]), []).append(body)
    assert set(answers) == {(200, "text/html"), (200, "image/gif"), (200, "application/pdf"), (500, "text/html")}
    assert any(b"Just a moment" in body for body in answers[200, "text/html"])


def test_two_newsrooms_serve_the_same_bytes():
    copies = []
    for _ in range(2):
        with Newsroom() as running:
            urls = [*list_urls(running), *running.truth()]
            copies.append([re.sub(rb"127\.0\.0\.1(:|%3A)\d+", b"HOST", ask(url)[1]) for url in urls])
    assert len(copies[0]) > len(sites())
    assert copies[0] == copies[1]


def test_each_outlet_file_loads_and_knows_its_articles(newsroom, tmp_path):
    newsroom.outlets_folder(tmp_path / "outlets")
    outlets = {path.stem: loading.load(path) for path in (tmp_path / "outlets").glob("*.toml")}
    assert set(outlets) == {site.slug for site in sites()}
    assert {outlet.keep for outlet in outlets.values()} == {"text", "quotes", "metadata"}
    assert all(outlet.allow_private for outlet in outlets.values())
    for url, truth in newsroom.truth().items():
        owners = [slug for slug, outlet in outlets.items() if re.search(outlet.article, url)]
        assert owners == [truth.outlet]
        assert canonical_url(outlets[truth.outlet], url) == url


def test_what_outlet_files_fetch_is_what_is_expected(newsroom, tmp_path):
    newsroom.outlets_folder(tmp_path)
    outlets = {path.stem: loading.load(path) for path in tmp_path.glob("*.toml")}
    expected = newsroom.expected_refetch()
    for url, truth in newsroom.truth().items():
        if truth.keep == "metadata":
            continue
        slash = truth.outlet in {site.slug for site in sites() if site.style == "wordpress"}
        fetched = fetch_url(outlets[truth.outlet], url, slash).removeprefix(newsroom.address(truth.outlet))
        assert (truth.outlet, fetched) in expected


def test_wordpress_answers_without_the_last_slash_by_a_redirect(newsroom):
    url = next(url for url in newsroom.truth() if url.startswith(newsroom.address("kabar-pabrik")))
    response, _ = ask(url)
    assert (response.status, response.headers["Location"]) == (301, url + "/")
