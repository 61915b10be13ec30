import pytest

from crawler.merging.openings import BACK, OTHER, opening


@pytest.mark.parametrize(
    ("quote", "wanted"),
    [
        ("Usulan itu dibahas pekan depan.", BACK),
        ("“Ketentuan tersebut diatur dalam Permenperin,” kata Menteri.", BACK),
        ("Tarifnya turun bertahap.", BACK),
        ("Menteri mengatakan, aturan ini berlaku bulan depan.", BACK),
        ("Selain itu, pemerintah menyiapkan kredit.", OTHER),
        ("Di samping itu, kementerian melatih penenun.", OTHER),
        ("“Tak hanya kain, benang pun dibatasi,” kata Menteri.", OTHER),
        ("Sementara itu, biji kakao tetap dikenai bea keluar.", OTHER),
        ("Pemerintah mengenakan bea masuk kain tenun.", ""),
        ("Bea masuk kain tetap 10 persen.", ""),
        ("", ""),
    ],
)
def test_how_a_sentence_takes_up_the_one_before_it(quote: str, wanted: str):
    assert opening(quote) == wanted
