"""The outlets of the package."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import crawler.outlets
from crawler.addresses import canonical_url, outlet_for
from crawler.outlets import Outlet, bare_host, covers, load_all

OUTLETS = load_all()

# Addresses in the shape of each outlet's articles, with made-up numbers and words.
ARTICLES = {
    "antaranews": ["https://www.antaranews.com/berita/1234567/pemerintah-menata-izin-impor"],
    "beritasatu": ["https://www.beritasatu.com/ekonomi/2900001/standar-baja-ringan"],
    "bi": ["https://www.bi.go.id/id/publikasi/ruang-media/news-release/Pages/sp_2800126.aspx"],
    "bisnis": ["https://ekonomi.bisnis.com/read/20261124/12/1234567/kuota-garam-dibuka"],
    "bloombergtechnoz": ["https://www.bloombergtechnoz.com/detail-news/90001/bea-masuk-mesin"],
    "bps": ["https://www.bps.go.id/id/pressrelease/2026/11/05/2400/pertumbuhan-ekonomi"],
    "cnbcindonesia": ["https://www.cnbcindonesia.com/news/20261124101500-4-123456/tarif-baru"],
    "cnnindonesia-ekonomi": ["https://www.cnnindonesia.com/ekonomi/20261124101500-92-123456/tarif-baru"],
    "ddtc": [
        "https://news.ddtc.co.id/berita/nasional/1800001/tarif-pajak-baru",
        "https://news.ddtc.co.id/review/1800002/menimbang-tarif",
    ],
    "detik-finance": ["https://finance.detik.com/berita-ekonomi-bisnis/d-1234567/subsidi-pupuk-naik"],
    "ekon": ["https://www.ekon.go.id/publikasi/detail/7095/satuan-tugas-baru"],
    "esdm": ["https://www.esdm.go.id/id/media-center/arsip-berita/harga-gas-bumi-tertentu"],
    "idxchannel": ["https://www.idxchannel.com/economics/royalti-nikel-naik"],
    "infobanknews": ["https://infobanknews.com/aturan-bunga-pinjaman"],
    "investor-id": ["https://investor.id/ekonomi/400001/insentif-kawasan"],
    "jawapos": ["https://www.jawapos.com/ekonomi/016800001/cukai-plastik"],
    "katadata": ["https://katadata.co.id/berita/energi/63243bfaaeda3/pajak-karbon"],
    "kemendag": ["https://www.kemendag.go.id/berita/siaran-pers/aturan-impor-baru"],
    "kemenkeu": ["https://www.kemenkeu.go.id/informasi-publik/publikasi/siaran-pers/tarif-baru"],
    "kemenperin": ["https://kemenperin.go.id/artikel/72000001/Insentif-Motor-Listrik,-Menperin:-Mulai-Mei"],
    "kompas-money": ["https://money.kompas.com/read/2026/11/24/101500026/subsidi-rumah"],
    "kontan": ["https://industri.kontan.co.id/news/bea-keluar-batubara-berlaku"],
    "kumparan-bisnis": ["https://kumparan.com/kumparanbisnis/bea-keluar-kakao-25xAbCdEfGh"],
    "liputan6-bisnis": ["https://www.liputan6.com/bisnis/read/6200001/impor-beras"],
    "mediaindonesia-ekonomi": ["https://mediaindonesia.com/ekonomi/850001/impor-garam"],
    "merdeka": ["https://www.merdeka.com/uang/pajak-pekerja-500001-mvk.html"],
    "ojk": ["https://ojk.go.id/id/berita-dan-kegiatan/siaran-pers/Pages/Aturan-Baru.aspx"],
    "okezone-economy": ["https://economy.okezone.com/read/2026/11/24/320/3100001/subsidi-motor"],
    "republika-ekonomi": ["https://ekonomi.republika.co.id/berita/t7k5me488/wajib-halal"],
    "rri": ["https://rri.co.id/bisnis/2000001/subsidi-bunga"],
    "setkab": ["https://setkab.go.id/perpres-kawasan-industri-diteken"],
    "sindonews": ["https://ekbis.sindonews.com/read/1600001/34/bea-masuk-kaca-1760000000"],
    "suara": ["https://www.suara.com/bisnis/2026/11/24/101500/kuota-sapi"],
    "swa": ["https://swa.co.id/read/123456/pajak-minimum-global"],
    "tempo-bisnis": [
        "https://www.tempo.co/ekonomi/biodiesel-b50-2090001",
        "https://bisnis.tempo.co/read/1900001/harga-batu-bara",
    ],
    "trenasia": ["https://www.trenasia.com/energi/kuota-surya-atap-naik"],
    "tribunnews-bisnis": [
        "https://www.tribunnews.com/bisnis/7700001/harga-minyak-goreng",
        "https://www.tribunnews.com/bisnis/2026/11/24/harga-minyak-goreng",
    ],
    "viva": ["https://www.viva.co.id/berita/bisnis/1800001-komponen-lokal-ponsel"],
    "wartaekonomi": ["https://wartaekonomi.co.id/read580001/bea-keluar-kelapa"],
}
OTHERS = {
    "antaranews": ["https://www.antaranews.com/video/1234567/pelabuhan", "https://www.antaranews.com/terkini"],
    "beritasatu": ["https://www.beritasatu.com/search/baja"],
    "bi": [
        "https://www.bi.go.id/id/publikasi/ruang-media/news-release/default.aspx",
        "https://www.bi.go.id/en/publikasi/ruang-media/news-release/Pages/sp_2800126.aspx",
    ],
    "bisnis": ["https://foto.bisnis.com/read/20261124/12/1234567/x", "https://www.bisnis.com/index"],
    "bloombergtechnoz": ["https://www.bloombergtechnoz.com/video/90001/wawancara"],
    "bps": ["https://www.bps.go.id/id/publication"],
    "cnbcindonesia": ["https://www.cnbcindonesia.com/news", "https://www.cnbcindonesia.com/tag/tarif"],
    "cnnindonesia-ekonomi": ["https://www.cnnindonesia.com/olahraga/20261124101500-142-123456/hasil"],
    "ddtc": ["https://news.ddtc.co.id/komunitas/lomba/1800001/pemenang", "https://news.ddtc.co.id/berita/nasional"],
    "detik-finance": [
        "https://finance.detik.com/foto-bisnis/d-1234567/x",
        "https://travel.detik.com/berita/d-1/x",
        "https://finance.detik.com/indeks",
    ],
    "ekon": ["https://www.ekon.go.id/publikasi"],
    "esdm": ["https://www.esdm.go.id/id/media-center/arsip-berita", "https://www.esdm.go.id/id/pengumuman/x"],
    "idxchannel": ["https://www.idxchannel.com/foto/bursa", "https://www.idxchannel.com/economics"],
    "infobanknews": ["https://infobanknews.com/", "https://infobanknews.com/category/perbankan"],
    "investor-id": ["https://investor.id/market/", "https://investor.id/search/baja/2"],
    "jawapos": ["https://www.jawapos.com/foto/016800001/parade", "https://www.jawapos.com/tag/cukai"],
    "katadata": ["https://databoks.katadata.co.id/datapublish/63243bfaaeda3/x", "https://katadata.co.id/indeks"],
    "kemendag": ["https://www.kemendag.go.id/berita/siaran-pers", "https://www.kemendag.go.id/berita/foto/x"],
    "kemenkeu": ["https://www.kemenkeu.go.id/profil"],
    "kemenperin": ["https://kemenperin.go.id/siaran-pers", "https://agro.kemenperin.go.id/artikel/1/x"],
    "kompas-money": ["https://nasional.kompas.com/read/2026/11/24/101500026/sidang", "https://money.kompas.com/tag/x"],
    "kontan": ["https://insight.kontan.co.id/news/x", "https://www.kontan.co.id/search/indeks"],
    "kumparan-bisnis": ["https://kumparan.com/user-1/mudik-25xA", "https://kumparan.com/topic/kakao"],
    "liputan6-bisnis": ["https://www.liputan6.com/photo/read/6200001/potret", "https://www.liputan6.com/bisnis"],
    "mediaindonesia-ekonomi": ["https://mediaindonesia.com/olahraga/850001/liga", "https://mediaindonesia.com/ekonomi"],
    "merdeka": ["https://www.merdeka.com/uang", "https://www.merdeka.com/politik/sidang-1-mvk.html"],
    "ojk": ["https://ojk.go.id/id/default.aspx"],
    "okezone-economy": ["https://sports.okezone.com/read/2026/11/24/320/3100001/hasil", "https://economy.okezone.com/"],
    "republika-ekonomi": ["https://khazanah.republika.co.id/berita/t7k5me488/x", "https://ekonomi.republika.co.id/"],
    "rri": ["https://rri.co.id/search?q=industri&page=2", "https://rri.co.id/bisnis"],
    "setkab": ["https://setkab.go.id/category/berita", "https://setkab.go.id/feed", "https://setkab.go.id/page/2"],
    "sindonews": ["https://sports.sindonews.com/read/1600001/11/hasil-1", "https://video.sindonews.com/play/1/x"],
    "suara": ["https://www.suara.com/foto/2026/11/24/101500/galeri", "https://www.suara.com/bisnis"],
    "swa": ["https://swa.co.id/latest", "https://swa.co.id/read/"],
    "tempo-bisnis": [
        "https://www.tempo.co/hukum/sidang-1",
        "https://en.tempo.co/read/1/x",
        "https://www.tempo.co/ekonomi",
    ],
    "trenasia": ["https://www.trenasia.com/tag/energi-surya", "https://www.trenasia.com/energi"],
    "tribunnews-bisnis": ["https://www.tribunnews.com/sport/7700001/hasil", "https://www.tribunnews.com/bisnis"],
    "viva": ["https://www.viva.co.id/trending/1800001-artis", "https://www.viva.co.id/indeks"],
    "wartaekonomi": ["https://wartaekonomi.co.id/indeks/20261124", "https://wartaekonomi.co.id/foto/1/pasar"],
}
OFF = {"beritasatu", "bps", "ekon", "investor-id", "kemenkeu", "ojk"}
MINISTRIES = {"bi", "esdm", "kemendag", "kemenperin", "setkab"}
NOTICES = [
    "Pengumuman Pemenang Pengadaan Jasa Kebersihan",
    "Lowongan Tenaga Ahli Tahun 2027",
    "Tender Barang Kantor Dibatalkan",
    "Pengumuman Hasil Rekrutmen Pegawai",
    "Lelang Barang Milik Negara Berupa Kendaraan",
]
MEASURES = [
    "Izin Impor Dibuka",
    "Produk Lokal Wajib Didahulukan dalam Tender Pemerintah",
    "Lelang Gula Rafinasi Dihapus Mulai Januari",
    "Menteri Lelang Wilayah Kerja Migas Baru",
]


@pytest.mark.parametrize("slug", OUTLETS)
def test_each_outlet_tells_its_articles_from_other_pages(slug: str) -> None:
    outlet = OUTLETS[slug]
    for url in ARTICLES[slug]:
        assert canonical_url(outlet, f"{url}?utm_source=rss#top") == url
        assert re.search(outlet.article, url), url
    for url in OTHERS[slug]:
        assert not re.search(outlet.article, canonical_url(outlet, url)), url


@pytest.mark.parametrize("slug", OUTLETS)
def test_each_file_is_short_and_says_how_to_verify_it(slug: str) -> None:
    text = (Path(crawler.outlets.__file__).parent / f"{slug}.toml").read_text(encoding="utf-8")
    assert f"Not verified live: run `jurus check {slug}`" in text or "Drafted by `jurus outlet add` on" in text
    assert 8 <= len(text.splitlines()) <= 30


@pytest.mark.parametrize("slug", OUTLETS)
def test_each_source_lies_on_the_outlets_site(slug: str) -> None:
    outlet = OUTLETS[slug]
    assert all(covers(outlet, url) for url in (*outlet.feeds, *outlet.sitemaps, *outlet.listings))
    assert not outlet.allow_private


def test_outlets_that_cannot_be_crawled_are_off_and_say_why() -> None:
    assert {slug for slug, outlet in OUTLETS.items() if outlet.state == "off"} == OFF
    assert all(len(OUTLETS[slug].reason.split()) > 8 for slug in OFF)


def test_at_least_thirty_outlets_can_be_crawled_each_with_a_floor_of_links() -> None:
    on = [outlet for outlet in OUTLETS.values() if outlet.state == "on"]
    assert len(on) >= 30
    assert all(outlet.min_links >= 1 for outlet in on)


@pytest.mark.parametrize("slug", sorted(MINISTRIES))
def test_announcements_that_are_no_news_are_told_by_their_title(slug: str) -> None:
    skipped = OUTLETS[slug].skip_titles
    assert [title for title in NOTICES if not re.search(skipped, title)] == []
    assert [title for title in MEASURES if re.search(skipped, title)] == []


@pytest.mark.parametrize("slug", OUTLETS)
def test_each_file_says_what_may_be_kept_and_why(slug: str) -> None:
    text = (Path(crawler.outlets.__file__).parent / f"{slug}.toml").read_text(encoding="utf-8")
    kept = re.search(r'^keep = "(\w+)"(  # .{20,})?$', text, re.MULTILINE)
    assert kept
    assert (kept[1] == "text" and kept[2]) or (kept[1] == "quotes" and "notice against automated" in text)


def test_publishers_that_forbid_automated_use_are_not_stored_whole() -> None:
    assert all(OUTLETS[slug].keep != "text" for slug in ("antaranews", "swa"))


@pytest.mark.parametrize("slug", OUTLETS)
def test_an_article_is_found_to_belong_to_its_outlet(slug: str) -> None:
    for url in ARTICLES[slug]:
        spellings = (
            url,
            url.replace("https://", "http://"),
            url.replace("://www.", "://amp."),
            f"{url}?utm_source=x#y",
        )
        assert {outlet_for(OUTLETS, spelling) for spelling in spellings} == {OUTLETS[slug]}


@pytest.mark.parametrize("url", ["", "no address", "http://[::1", "https://lain.example/read/1/x", *OTHERS["swa"]])
def test_other_addresses_belong_to_none(url: str) -> None:
    assert outlet_for(OUTLETS, url) is None


def test_the_shape_of_an_address_is_that_of_its_canonical_form() -> None:
    """As `jurus outlet add` drafts it, to the end: what readers copy ends in a slash or a tracker."""
    outlets = {
        "a": Outlet(slug="a", title="A", home="https://kabar.example", article=r"^https://kabar\.example/\d+/[^/?]+$")
    }
    for spelling in (
        "https://kabar.example/1/bea/",
        "http://www.kabar.example/1/bea?utm_source=x",
        "https://kabar.example/1/bea",
    ):
        assert outlet_for(outlets, spelling) is outlets["a"]
    assert outlet_for(outlets, "https://kabar.example/1/bea/2") is None


def test_the_outlet_nearest_to_the_host_owns_an_address() -> None:
    whole = Outlet(slug="a", title="A", home="https://www.kabar.example", article=".")
    part = Outlet(slug="b", title="B", home="https://industri.kabar.example", article=".")
    outlets = {"a": whole, "b": part}
    assert outlet_for(outlets, "https://industri.kabar.example/1") is part
    assert outlet_for(outlets, "https://kabar.example/1") is whole
    assert outlet_for(outlets, "https://bukankabar.example/1") is None


def test_a_generic_outlet_stands_in_for_an_unknown_one() -> None:
    outlet = crawler.outlets.generic("https://www.Lain-Lagi.example:8080/a/b?c#d")
    assert (outlet.slug, outlet.home) == ("lain-lagi-example", "https://www.lain-lagi.example:8080")
    assert covers(outlet, "https://lain-lagi.example/x")
    assert re.search(outlet.article, "https://www.lain-lagi.example:8080/a/b")
    with pytest.raises(ValueError, match="not an http address"):
        crawler.outlets.generic("berkas.html")


def test_bare_hosts() -> None:
    assert bare_host("https://user@WWW.kabar.example.:8080/x") == "kabar.example"
    assert bare_host("http://[::1") == ""
