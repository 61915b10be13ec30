import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.merging.titles import LONGEST, clarity, lacks_subject, stands_alone, title_of

DUTY = "Kementerian Keuangan mengenakan bea masuk atas kain tenun impor"


@pytest.mark.parametrize(
    ("quote", "what", "title"),
    [
        (f"{DUTY}.", "mengenakan bea masuk", "mengenakan bea masuk atas kain tenun impor"),
        (
            "Kementerian Keuangan tidak akan menaikkan bea masuk gula rafinasi.",
            "menaikkan bea masuk gula rafinasi",
            "tidak akan menaikkan bea masuk gula rafinasi",
        ),
        (
            "Izin tambang di pulau itu tidak dicabut, berbeda dengan empat lainnya.",
            "dicabut, berbeda",
            "Izin tambang di pulau itu tidak dicabut, berbeda dengan empat lainnya",
        ),
        (
            "Perhimpunan pabrik ban meminta pemerintah membatasi impor ban truk.",
            "membatasi impor ban truk",
            "Perhimpunan pabrik ban meminta pemerintah membatasi impor ban truk",
        ),
        (
            "CILACAP, Kabar Pabrik - Pajak alat berat ditanggung negara.",
            "CILACAP, Kabar Pabrik - Pajak alat berat ditanggung negara",
            "Pajak alat berat ditanggung negara",
        ),
        (
            "Jakarta (Kantor Berita Nusa) -- Harga gas bagi pabrik kaca ditetapkan US$6 per MMBTU.",
            "ditetapkan US$6",
            "Harga gas bagi pabrik kaca ditetapkan US$6 per MMBTU",
        ),
        (
            "Direktur itu mengungkapkan bahwa batas penggantian dinaikkan menjadi 50 persen.",
            "dinaikkan menjadi 50 persen",
            "batas penggantian dinaikkan menjadi 50 persen",
        ),
        (
            "Untuk menutup kekurangan garam, Kemenperin membangun tiga pabrik pencucian di Madura.",
            "menutup kekurangan garam, Kemenperin membangun tiga pabrik",
            "Kemenperin membangun tiga pabrik pencucian di Madura",
        ),
        (
            'Tenan memperoleh pembebasan sewa lahan dua tahun," kata kepala badan itu di Batang, Rabu (11/11).',
            "pembebasan sewa lahan",
            "Tenan memperoleh pembebasan sewa lahan dua tahun",
        ),
        (
            'Bupati meresmikan gerakan "Pabrik Bersih" di Kudus.',
            'meresmikan gerakan "Pabrik Bersih"',
            'meresmikan gerakan "Pabrik Bersih" di Kudus',
        ),
        (
            "Kementerian mewajibkan pabrik tempe dan tahu berskala menengah dan besar menyerap kedelai lokal sedikitnya"
            " 10 persen dari kebutuhan bahan baku mereka setiap tahun.",
            "mewajibkan pabrik tempe",
            "mewajibkan pabrik tempe dan tahu berskala menengah dan besar menyerap kedelai lokal sedikitnya 10 persen",
        ),
        ("Selain itu, tarif sandar kapal diturunkan.", "diturunkan", "tarif sandar kapal diturunkan"),
        (
            "Kepala kantor bea cukai mengatakan pihaknya juga tengah membahas jalur khusus.",
            "bea cukai mengatakan pihaknya juga tengah membahas",
            "tengah membahas jalur khusus",
        ),
        ("Berlaku.", "Berlaku", "Berlaku"),
        ("...", "...", "..."),
    ],
)
def test_a_title_says_the_act_from_beginning_to_end(quote: str, what: str, title: str):
    assert title_of(quote, what) == title


def test_a_title_without_a_place_to_cut_says_that_it_is_cut():
    title = title_of(" ".join(["mewajibkan", *["pabrik"] * 40]), "mewajibkan pabrik")
    assert title == "mewajibkan" + " pabrik" * (LONGEST - 1) + "…"


@given(st.text(max_size=400), st.text(max_size=60))
def test_a_title_is_words_of_the_sentence_whatever_that_is(quote: str, what: str):
    title = title_of(quote, what)
    assert title.removesuffix("…") in " ".join(quote.split())
    assert bool(title) == bool(quote.split())


@pytest.mark.parametrize("pattern", ["A", "A-", "A -", "-", '"', "(", "untuk ", "tidak ", '", kata', "A. "])
def test_sentences_that_go_on_and_on_have_titles(pattern: str):
    quote = pattern * (20_000 // len(pattern))
    assert title_of(quote, quote[:10])
    assert clarity(quote, quote[7:12]) <= 1


@pytest.mark.parametrize(
    ("quote", "alone"),
    [
        (f"{DUTY}.", True),
        (f"Selain itu, {DUTY}.", True),
        ("Ketentuan itu berlaku mulai 1 Maret 2027.", False),
        ("Bea masuk kain tenun impor itu berlaku mulai 1 Maret 2027.", False),
        ("Program ini menanggung separuh harga mesin.", False),
        ("Hari ini Kementerian Keuangan menaikkan bea masuk kain.", True),
        ("Kuotanya tetap 80.000 unit.", False),
        ("“Izin pabrik baru dihentikan.", False),
        ("Pengawas kami turunkan mulai Januari.", False),
    ],
)
def test_some_sentences_need_the_one_before(quote: str, alone: bool):
    assert stands_alone(quote) == alone


def test_a_title_that_begins_with_its_verb_lacks_its_subject():
    assert all(map(lacks_subject, ["menetapkan harga gas", "tidak akan menaikkan pajak", "tengah menyusun aturan"]))
    assert not any(map(lacks_subject, ["", "Menteri menetapkan", "menteri menetapkan", "akan dicabut", "mulai Maret"]))
