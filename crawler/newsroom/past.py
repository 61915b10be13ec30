"""What a site published in years gone by: some pieces a day, made up from the day alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from crawler.newsroom.articles import Piece
from crawler.newsroom.indonesian import written
from crawler.newsroom.sites import Site

PAGE = 2  # pieces on a page of the dated index
PLACES = ("Cilegon", "Gresik", "Karawang", "Majalaya", "Pasuruan", "Sidoarjo", "Tangerang")
GOODS = ("baja lapis", "benang rayon", "kaca lembaran", "keramik lantai", "kertas kraft", "pupuk cair", "rotan olahan")
ACT = "Kementerian Perindustrian membebaskan biaya sertifikasi bagi perajin {goods} di {place} mulai pekan depan."
LINES = (
    "{place} - Sebuah pabrik {goods} di {place} mengirim {tons} ton barang ke luar Jawa pada {day}.",
    "Pengelola pabrik mengatakan pesanan naik {percent} persen dibanding bulan sebelumnya.",
    "{act}",
    "Para pekerja menambah satu giliran agar kiriman berikutnya berangkat tepat waktu.",
)


def published(site: Site, day: date) -> Sequence[Piece]:
    """The pieces of a day in the past, newest first: none to three."""
    return [piece(site, day, number) for number in reversed(range(day.toordinal() * 7 % 4))]


def on_page(site: Site, day: date, page: int) -> Sequence[Piece]:
    """Those that a page of the day's index lists; pages count from 1."""
    return published(site, day)[(page - 1) * PAGE : page * PAGE]


def at(site: Site, path: str) -> Piece | None:
    """The piece of the past that stands at a path, if one does."""
    found = re.search(r"-(\d{4})(\d\d)(\d\d)-\d+/?$", path)
    if not site.past or not found:
        return None
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        return None
    return next((piece for piece in published(site, day) if path.rstrip("/") == site.path_of(piece)), None)


def piece(site: Site, day: date, number: int) -> Piece:
    ordinal = day.toordinal() * 3 + number
    place, goods = PLACES[ordinal % 7], GOODS[ordinal // 7 % 7]
    at = datetime.combine(day, time(8 + number, ordinal % 60), ZoneInfo("Asia/Jakarta"))
    words = {"place": place, "goods": goods, "tons": 100 + ordinal % 900, "percent": 2 + ordinal % 17}
    words["day"] = written(at, "{day} {d} {month} {year}")
    words["act"] = ACT.format(**words) if ordinal % 11 == 0 else "Ongkos kirim disebut belum berubah sejak awal tahun."
    return Piece(
        site=site.slug,
        id=ordinal,
        slug=f"pabrik-{goods.replace(' ', '-')}-{day:%Y%m%d}-{number}",
        title=f"Pabrik {goods.title()} {place} Kirim {words['tons']} Ton",
        authors=("Ratih Wulandari",),
        published=at,
        section="Industri",
        tags=(goods,),
        pages=(tuple(line.format(**words) for line in LINES),),
        groups=("ikm",) if ordinal % 11 == 0 else (),
    )


def days(first: date, last: date) -> Sequence[date]:
    """From the first day to the last, both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
