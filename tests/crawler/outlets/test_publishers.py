import pytest

from crawler.outlets import Outlet, load_all, publisher_of


@pytest.mark.parametrize(
    ("home", "publisher"),
    [
        ("https://nasional.kontan.co.id", "kontan.co.id"),
        ("https://industri.kontan.co.id/berita", "kontan.co.id"),
        ("https://www.antaranews.com", "antaranews.com"),
        ("https://kemenperin.go.id", "kemenperin.go.id"),
        ("https://swa.co.id", "swa.co.id"),
        ("https://koran.tempo.co", "tempo.co"),
        ("https://en.tempo.co:8443", "tempo.co"),
        ("http://127.0.0.1:8001", "127.0.0.1:8001"),
        ("http://localhost", "localhost"),
    ],
)
def test_the_domain_of_the_home_names_the_publisher(home: str, publisher: str):
    assert publisher_of(Outlet("a", "A", home, ".")) == publisher


def test_an_outlet_file_may_name_another():
    assert publisher_of(Outlet("a", "A", "https://harian.test", ".", publisher="kabar")) == "kabar"


def test_every_outlet_of_ours_has_one():
    assert all(publisher_of(outlet) for outlet in load_all().values())
