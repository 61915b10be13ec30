"""Sites as their makers deliver them: Pelican's own settings and theme, Hugo's own theme, with posts of our own."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from zoneinfo import ZoneInfo

Build = Callable[[Path, str], None]
"""Writes a site into the folder's `output`, for its address."""


@dataclass(frozen=True)
class Post:
    day: int
    goods: str

    @property
    def title(self) -> str:
        return f"Potongan Biaya Uji bagi Perajin {self.goods.title()}"

    @property
    def path(self) -> str:
        return self.title.lower().replace(" ", "-")

    @property
    def at(self) -> datetime:
        return datetime(2026, 11, self.day, 8, 15, tzinfo=ZoneInfo("Asia/Jakarta"))

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return (
            f"Kementerian Perindustrian memberikan potongan biaya sertifikasi kepada {self.day * 40} perajin "
            f"{self.goods} mulai pekan depan.",
            "Para perajin menyambut bantuan itu karena ongkos pengujian selama ini setara dengan keuntungan sebulan.",
            f"Pendaftaran dibuka di balai {self.goods} setempat, dan hasilnya diumumkan setelah berkas diperiksa.",
        )


POSTS = [Post(day, goods) for day, goods in enumerate(("rotan", "batik", "logam", "kulit", "kayu", "kaca"), start=1)]


def pelican(folder: Path, home: str) -> None:
    head = (
        "Title: {title}\nDate: {at:%Y-%m-%d %H:%M}\nCategory: Industri\nTags: insentif, {goods}\nAuthors: Sari Dewi\n\n"
    )
    write(folder / "content", head)
    settings = f"SITENAME = 'Kabar Sentra'\nSITEURL = '{home}'\nTIMEZONE = 'Asia/Jakarta'\nDEFAULT_LANG = 'id'\n"
    (folder / "pelicanconf.py").write_text(settings + "FEED_ALL_ATOM = 'feeds/all.atom.xml'\n")
    run(folder, "-m", "pelican", "content", "-o", "output", "-s", "pelicanconf.py")


def hugo(folder: Path, home: str) -> None:
    """Its theme has a heading with the site's name, and times whose clock only the machine's form says."""
    run(folder, "-m", "hugo", "new", "site", "situs")
    run(folder / "situs", "-m", "hugo", "new", "theme", "kabar")
    head = "---\ntitle: {title}\ndate: {at:%Y-%m-%dT%H:%M:%S+07:00}\ntags: [insentif, {goods}]\n---\n"
    write(folder / "situs/content/posts", head)
    for sample in (folder / "situs/themes/kabar/content/posts").glob("post-*"):
        sample.rename(folder / sample.name)
    settings = f"baseURL = '{home}/'\nlocale = 'id'\ntitle = 'Kabar Sentra'\ntheme = 'kabar'\n"
    (folder / "situs/hugo.toml").write_text(settings)
    run(folder / "situs", "-m", "hugo", "--destination", str(folder / "output"))


def write(folder: Path, head: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for post in POSTS:
        text = head.format(title=post.title, at=post.at, goods=post.goods) + "\n\n".join(post.paragraphs)
        (folder / f"{post.path}.md").write_text(text, encoding="utf-8")


def run(folder: Path, *command: str) -> None:
    subprocess.run([sys.executable, *command], cwd=folder, check=True, capture_output=True, timeout=60)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serves a folder while the context lasts; gives its address."""
    folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
