"""Articles that a user has go the way of all articles."""

import io
import json
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.newsroom import Newsroom
from tests.whole.crawls import Jurus, stored


def test_lines_are_tagged_merged_and_kept_as_their_outlet_allows(jurus: Jurus, tmp_path: Path) -> None:
    text = "Kementerian Keuangan menaikkan bea masuk baja lapis menjadi 15 persen mulai 1 Januari 2026."
    rows = [{"url": f"https://warta-{n}.example/a", "title": "Bea Masuk Baja Lapis Naik", "text": text} for n in (1, 2)]
    rows.append({"url": "https://swa.co.id/read/7/bea-masuk", "title": "Bea Masuk Baja Lapis Naik", "text": text})
    file = tmp_path / "arsip.jsonl"
    file.write_text("\n".join(map(json.dumps, [*rows, {"url": "x"}])), encoding="utf-8")
    done = jurus("import", file)
    assert done.returncode == 1
    assert done.stdout.startswith(f"{file}: 3 new, 0 updated, 0 unchanged, 1 refused")
    assert "line 4: " in done.stderr
    articles = stored(tmp_path / "jurus.db")
    assert articles["https://warta-1.example/a"]["text"] == text
    assert articles["https://swa.co.id/read/7/bea-masuk"]["text"] is None, "SWA's rule is quotes only"
    (measure,) = json.loads(jurus("measures", "--format", "json").stdout)
    assert measure["publishers"] == 3
    assert "0 new, 0 updated, 3 unchanged" in jurus("import", file).stdout


def test_pages_of_a_web_archive_are_read_as_a_crawl_reads_them(
    jurus: Jurus, newsroom: Newsroom, tmp_path: Path
) -> None:
    newsroom.outlets_folder(tmp_path / "outlets")
    truth = {url: one for url, one in newsroom.truth().items() if one.outlet == "kabar-pabrik"}
    file = tmp_path / "halaman.warc.gz"
    with file.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        pages = [(url, newsroom.servers["kabar-pabrik"].answer(path_of(url) + "/").body) for url in truth]
        pages.append((newsroom.address("kabar-pabrik") + "/", b"<html><title>Beranda</title></html>"))
        for url, body in pages:
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            record = writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers)
            writer.write_record(record)
    done = jurus("--outlets", tmp_path / "outlets", "import", file)
    assert done.returncode == 0, done.stderr
    assert f"{len(truth)} new, 0 updated, 0 unchanged, 1 refused" in done.stdout
    articles = stored(tmp_path / "jurus.db")
    assert set(articles) == set(truth)
    assert all((articles[url]["title"], articles[url]["text"]) == (one.title, one.text) for url, one in truth.items())


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]
