"""Regions that a measure touches: provinces and places named in its sentence, not where somebody spoke of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from crawler.extractors.measures.lexicon import Hit, Lexicon, folded
from crawler.taxonomy import load_provinces
from crawler.taxonomy.regions import load_regions

_BEFORE = 60
"""Characters before a name that tell what it names."""


def regions(sentence: str) -> tuple[str, ...]:
    """The codes of the regions in a sentence, in its order, without repeats. Pure; any text is fine.

    A province that only says where the place before it lies (`Gresik, Jawa Timur`) is left out.
    """
    sentence = " ".join(sentence.split())
    text = _without_scenes(sentence)
    has_case = sentence not in (sentence.lower(), sentence.upper())
    hits = [hit for hit in _names().hits(folded(text)) if _is_region(hit, text, has_case)]
    whereabouts = {after for before, after in pairwise(hits) if _lies_in(before, after, text)}
    return tuple(dict.fromkeys(_code(hit) for hit in hits if hit not in whereabouts))


_DATELINE = re.compile(
    r"\A\W*(?:[\w.]{1,30}(?: [\w.]{1,30})?\s?[,–—-]+\s*)?(?P<kept>)[A-Z][\w .]{1,30}(?:,\s[A-Z][\w ]{1,30})?"
    r"(?:\s*\([^)]{1,40}\))?(?:,\s[\w .()/]{1,30})?\s*(?:[–—]|(?<=\s)-|-(?=\s)|(?<=[A-Z]{4})[.:])"
)
"""`JAKARTA, KOMPAS.com –`, `Jakarta (ANTARA) -`, `Warta.id, Surabaya -`."""
_HEADING = re.compile(r"\s[A-Z]|(?<=[A-Z]{3}),\s[A-Z]")
"""A dateline without a dash: `Jakarta Menteri Perdagangan ...`, `JAKARTA, Pemerintah ...`."""
_AGENCY = re.compile(r"\s\(antara\b", re.IGNORECASE)
"""A dateline, also in the midst of a text whose lines were joined."""
_WEEKDAY = r"(?:Senin|Selasa|Rabu|Kamis|Jum'?at|Sabtu|Minggu|Ahad|\(\d)"
_DAY_AND_PLACE = re.compile(rf"\b(?P<kept>[Dd]i|[Dd]ari)\s+(?:[A-Z(][\w.()/'-]{{0,40}}[,\s]\s*){{1,12}}{_WEEKDAY}")
"""`di Jakarta, Senin`: when and where it was said."""
_SAID = (
    r"(?:kata|ujar|ucap|tutur|jelas|ungkap|tegas|papar|imbuh|tambah|terang|sebut|tandas|tukas|pungkas|beber|lanjut|cetus)"
    r"(?:nya)?\b"
)
_SPEECH = re.compile(
    rf"(?P<kept>(?:[\"”’']\s*,?\s*{_SAID}[^\"“”.]{{0,160}}?|,\s*{_SAID}[^\"“”.,]{{0,160}}?)\b(?:di|dari|dalam|saat|usai)\b)"
    r"[^\"“”.]{0,160}"
)
"""`kata Gubernur Jawa Barat di Semarang`: the office counts, the place does not."""
_OCCASION = re.compile(
    r"\b(?P<kept>(?i:(?:saat|ketika)(?! ini\b| itu\b)|(?:se)?usai|(?:di ?)?sela(?:-sela)?|(?<!visa )kunjungan(?:nya)?"
    r"|ditemui|dijumpai|dalam (?:acara|konferensi|keterangan|siaran|jumpa|rapat|sambutan|pidato|kesempatan)(?:nya)?))\b"
    r"(?:[^,.;]|,\s?(?=[A-Z]\w{1,20}(?: [A-Z]\w{1,20}){0,3}(?:[,.(]|\s\(|\Z))){0,160}"
)
"""`usai meninjau pabrik di Gresik, Jawa Timur`."""
_EXCEPTION = re.compile(r"\b(?P<kept>kecuali)\b[^.;:)]{0,160}", re.IGNORECASE)
"""`di Jawa (kecuali Jakarta, Bogor)`."""
_SCENES = (_EXCEPTION, _DATELINE, _SPEECH, _DAY_AND_PLACE, _OCCASION)


def _without_scenes(sentence: str) -> str:
    """The sentence with spaces in place of where it was written and said, so that offsets stay true."""
    for scene in _SCENES:
        sentence = scene.sub(lambda match: match["kept"] + " " * (len(match[0]) - len(match["kept"])), sentence)
    return sentence


_COMPANY = re.compile(
    r"\b(?:PT|CV|Bank|BPD|Semen|Pupuk|Universitas|Institut|Politeknik|Akademi|Hotel|Persatuan|Jl\.?|Jalan(?! Tol| Raya)"
    r"|RS|Rumah Sakit|Tribun|Radar|Kompas)\s(?:[A-Z][\w.&-]{0,30}\s){0,3}\Z"
)
"""What makes a place part of another name: `Bank Jateng`, `PT Krakatau Steel Cilegon`."""
_TOWN = re.compile(
    r"\b(?:kota|kabupaten|kab\.?|kecamatan|pemkot|pemkab|wali ?kota|bupati|kek|kawasan industri)"
    r"(?: \([^)]{1,10}\))?\s\Z",
    re.IGNORECASE,
)
_WHERE = re.compile(r"(?:\b(?:di|ke|dari|asal|daerah|wilayah|pelabuhan|kawasan)\s|\w{3}-)\Z", re.IGNORECASE)


@cache
def _names() -> Lexicon:
    return Lexicon(_terms())


def _terms() -> Iterator[tuple[str, str, str]]:
    """All names; the code of one that is a common word too ends with a question mark."""
    for region in load_regions().values():
        yield from (("region", region.code, name) for name in region.names)
        yield from (("region", f"{region.code}?", name) for name in region.weak)
    for province in load_provinces().values():
        yield from (("region", "!", phrase) for phrase in province.cancels)


def _code(hit: Hit) -> str:
    return hit.code.rstrip("?")


def _is_region(hit: Hit, text: str, has_case: bool) -> bool:
    if has_case and not text[hit.start].isupper():
        return False
    before = text[max(0, hit.start - _BEFORE) : hit.start]
    if not before.strip() and _HEADING.match(text, hit.end):
        return False
    if _AGENCY.match(text, hit.end) or _COMPANY.search(before):
        return False
    if not hit.code.endswith("?"):
        return True
    return bool(_TOWN.search(before) or (has_case and _WHERE.search(before)))


_BETWEEN = re.compile(r"[\s,(]{1,3}(?:provinsi\s|prov\.\s|di\s)?", re.IGNORECASE)


def _lies_in(place: Hit, province: Hit, text: str) -> bool:
    return _code(place).startswith(f"{_code(province)}.") and bool(_BETWEEN.fullmatch(text[place.end : province.start]))
