"""Pages in our own words, built for the tests of this folder."""

from __future__ import annotations

import json

from crawler.outlets import Outlet, Selectors

URL = "https://www.kabar.example/industri/101/tarif-baja"
TITLE = "Pemerintah Naikkan Bea Masuk Baja Lapis"
LINES = (
    "Jakarta, Kabar - Kementerian Keuangan menaikkan bea masuk baja lapis menjadi 15 persen untuk seluruh negara asal.",
    "Ketentuan itu berlaku mulai 1 Januari dan akan ditinjau setiap enam bulan oleh sebuah tim lintas kementerian.",
    "Pelaku usaha menyambut baik langkah tersebut karena pasokan impor murah menekan utilisasi pabrik dalam negeri.",
    "Asosiasi pemakai baja meminta masa peralihan agar kontrak yang sudah berjalan tidak terganggu aturan baru.",
)

OUTLET = Outlet(
    slug="kabar",
    title="Kabar",
    home="https://www.kabar.example",
    article=r"^https://www\.kabar\.example/[a-z]+/\d+/",
    selectors=Selectors(
        title=("h1.judul",),
        byline=(".penulis",),
        published=(".tanggal",),
        section=(".kanal a",),
        tags=(".tag a",),
        body=(".tidak-ada", ".isi"),
        drop=(".iklan",),
        next_page=("a.lanjut",),
    ),
)
PLAIN = Outlet(slug="kabar", title="kabar.example", home="https://www.kabar.example", article=".")


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html lang='id'><head>{head}</head><body>{body}</body></html>".encode()


def paragraphs(lines: tuple[str, ...] = LINES) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def article(head: str = "", above: str = "", below: str = "") -> bytes:
    """A plain article with a headline and four paragraphs."""
    return page(f"<div class='isi-berita'><h1>{TITLE}</h1>{above}<div>{paragraphs()}</div>{below}</div>", head)


def json_ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'
