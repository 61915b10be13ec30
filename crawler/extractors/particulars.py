"""Facts in a sentence: rules by their number, amounts, changes of amounts, days from which something holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple


class Amount(NamedTuple):
    """A quantity: `unit` is `idr`, `usd`, `percent` or `ton`, with what it is paid for (`usd/mmbtu`); `value` plain."""

    unit: str
    value: str


class Change(NamedTuple):
    """An amount that becomes another: `dari 11 persen menjadi 12 persen`."""

    before: Amount
    after: Amount


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sentence says that two reports of one act cannot say differently. Each tuple is sorted, without repeats.

    A regulation is `permendag 8/2024`: its kind, number and year; one named without its year is left out, since it may
    be any year's. `in_force` are the days from which the sentence says that something holds.
    """

    regulations: tuple[str, ...] = ()
    amounts: tuple[Amount, ...] = ()
    changes: tuple[Change, ...] = ()
    in_force: tuple[date, ...] = ()


def facts(sentence: str) -> Facts:
    """The facts of a sentence. Pure; any text is fine."""
    regulations, rest = _regulations(sentence)
    amounts = _amounts(rest)
    return Facts(
        regulations=tuple(sorted(regulations)),
        amounts=tuple(sorted({amount for amount, _, _ in amounts})),
        changes=tuple(sorted(set(_changes(rest, amounts)))),
        in_force=tuple(sorted(set(_days(rest)))),
    )


_MINISTRIES = {
    "perindustrian": "permenperin", "perdagangan": "permendag", "keuangan": "pmk", "pertanian": "permentan",
    "energi dan sumber daya mineral": "permen esdm", "esdm": "permen esdm", "kesehatan": "permenkes",
    "ketenagakerjaan": "permenaker", "tenaga kerja": "permenaker", "perhubungan": "permenhub",
    "kelautan dan perikanan": "permen kp", "pekerjaan umum dan perumahan rakyat": "permen pupr", "bumn": "permen bumn",
    "lingkungan hidup dan kehutanan": "permen lhk", "komunikasi dan informatika": "permen kominfo",
    "investasi": "permen investasi", "koordinator bidang perekonomian": "permenko",
}  # fmt: skip
_KINDS = {
    "undang-undang": "uu", "uu": "uu", "perppu": "perppu", "perpu": "perppu", "peraturan pemerintah": "pp", "pp": "pp",
    "peraturan presiden": "perpres", "perpres": "perpres", "keputusan presiden": "keppres", "keppres": "keppres",
    "instruksi presiden": "inpres", "inpres": "inpres", "pmk": "pmk", "kmk": "kmk", "permenkeu": "pmk", "pojk": "pojk",
    "peraturan ojk": "pojk", "seojk": "seojk", "pbi": "pbi", "peraturan bank indonesia": "pbi", "perbpom": "perbpom",
    "peraturan bpom": "perbpom", "perda": "perda", "peraturan daerah": "perda", "pergub": "pergub",
    "peraturan gubernur": "pergub", "surat edaran": "se",
    **{f"peraturan menteri {name}": kind for name, kind in _MINISTRIES.items()},
}  # fmt: skip
_KIND = "|".join(re.escape(kind) for kind in sorted(_KINDS, key=len, reverse=True))
_REGULATION = re.compile(
    rf"\b(?P<kind>(?:{_KIND})|(?:per|kep)men(?: ?[a-z]{{2,12}})?)\s*"
    r"(?:\([^)]{1,20}\)\s*)?(?:(?:ri|republik indonesia)\s+)?"
    r"(?:nomor|nomer|no\b\.?)?\s*(?P<number>\d{1,4}[a-z]?)(?:/(?!\d{4}\b)[a-z0-9.\-]{1,20})*"
    r"(?:\s*/\s*|\s+(?:tahun|th\.?)\s+)(?P<year>(?:19|20)\d\d)\b"
)

_SCALES = {"ribu": 3, "rb": 3, "juta": 6, "jt": 6, "miliar": 9, "milyar": 9, "triliun": 12}
_NUMBER = r"\d{1,3}(?:[.,]\d{3})+(?:,\d{1,2})?|\d+(?:[.,]\d+)?"
_SCALE = "|".join(_SCALES)
_PER = r"(?:\s?(?:per|/)\s?(?P<{}>mmbtu|kg|kilogram|ton|liter|barel|unit|kwh|gram)\b)?"
_MONEY = (
    rf"(?P<money>rp\.?|us\$|usd|dolar as|\$)\s?(?P<value>{_NUMBER})"
    rf"(?:\s?(?P<scale>{_SCALE})\b|(?=\s?-\s?(?:{_NUMBER})\s?(?P<range>{_SCALE})\b))?{_PER.format('per')}"
)
_COUNT = (
    rf"(?P<value2>{_NUMBER})(?:\s?(?P<scale2>{_SCALE}))?\s?(?P<unit>persen\b|%|ton\b|dolar as\b){_PER.format('per2')}"
)
_AMOUNT = re.compile(f"{_MONEY}|{_COUNT}")
_UNITS = {"rp": "idr", "rp.": "idr", "persen": "percent", "%": "percent", "ton": "ton"}
_BECOMES = re.compile(r"\s*(?:(?:per )?(?:tahun|kg|liter|ton)\s)?(?:kini |lalu )?(?:menjadi|ke|jadi)\s(?:sebesar )?")
_FROM = re.compile(r"\b(?:dari|semula|sebelumnya)\s(?:sebesar |sebelumnya |semula )?$")
_BARE_FROM = re.compile(rf"\b(?:dari|semula)\s(?:sebelumnya |semula )?(?P<value>{_NUMBER})\s(?:menjadi|ke)\s$")

_MONTHS = {
    "januari": 1, "februari": 2, "maret": 3, "april": 4, "mei": 5, "juni": 6, "juli": 7, "agustus": 8,
    "september": 9, "oktober": 10, "november": 11, "desember": 12,
}  # fmt: skip
_DAY = re.compile(
    r"\b(?:mulai|sejak|berlaku|efektif|per|hingga berlaku)\s(?:[a-z]+\s){0,4}?\(?"
    rf"(?:(?P<day>\d{{1,2}})\s(?P<month>{'|'.join(_MONTHS)})\s(?P<year>20\d\d)"
    r"|(?P<day2>\d{1,2})/(?P<month2>\d{1,2})/(?P<year2>20\d\d))"
)


def regulation_name(regulation: str) -> str:
    """A regulation as people write it: `permendag 8/2024` -> `Permendag 8/2024`, `pmk 10/2022` -> `PMK 10/2022`."""
    kind, _, number = regulation.rpartition(" ")
    if kind.startswith(("permen ", "kepmen ")):
        first, _, ministry = kind.partition(" ")
        return f"{first.title()} {ministry.upper()} {number}"
    return f"{kind.upper() if len(kind) <= 5 and not kind.startswith('per') else kind.capitalize()} {number}"


def amount_name(amount: Amount) -> str:
    """An amount as Indonesians write it: `Rp7.000.000 per unit`, `7,5 persen`."""
    unit, _, per = amount.unit.partition("/")
    whole, _, decimals = amount.value.partition(".")
    value = f"{int(whole):,}".replace(",", ".") + (f",{decimals}" if decimals else "")
    name = {"idr": f"Rp{value}", "usd": f"US${value}", "percent": f"{value} persen", "ton": f"{value} ton"}[unit]
    return f"{name} per {per}" if per else name


def _regulations(sentence: str) -> tuple[set[str], str]:
    """The rules named by number and year, and the sentence in lower case without them."""
    text = " ".join(sentence.lower().replace("–", "-").replace("undang - undang", "undang-undang").split())
    found = {
        f"{_kind(match['kind'])} {match['number'].lstrip('0') or '0'}/{match['year']}"
        for match in _REGULATION.finditer(text)
    }
    return found, _REGULATION.sub(" ", text)


def _kind(name: str) -> str:
    known = _KINDS.get(name)
    return known or re.sub(r"^(per|kep)men ?(dag|perin|tan|kes|aker|hub|keu)$", r"\1men\2", name)


def _amounts(text: str) -> list[tuple[Amount, int, int]]:
    """Each amount with its start and end."""
    return [(_amount(match), match.start(), match.end()) for match in _AMOUNT.finditer(text)]


def _amount(match: re.Match[str]) -> Amount:
    value, scale = match["value"] or match["value2"], match["scale"] or match["range"] or match["scale2"]
    unit = _UNITS.get(match["money"] or match["unit"], "usd")
    per = (match["per"] or match["per2"] or "").replace("kilogram", "kg")
    return Amount(f"{unit}/{per}" if per else unit, _plain(value, scale))


def _plain(value: str, scale: str | None) -> str:
    """`1,5` and `triliun` to `1500000000000`; dots and commas before three digits part thousands, unless scaled."""
    whole, *parts = re.split("[.,]", value)
    decimals = parts.pop() if parts and (len(parts[-1]) != 3 or (scale is not None and len(parts) == 1)) else ""
    number = Decimal(f"{whole}{''.join(parts)}.{decimals or 0}").scaleb(_SCALES[scale] if scale else 0)
    return f"{number.normalize():f}"


def _changes(text: str, amounts: list[tuple[Amount, int, int]]) -> list[Change]:
    """Amounts of one unit told as `dari 11 persen menjadi 12 persen` or `dari 11 menjadi 12 persen`."""
    found = []
    for (before, start, end), (after, begin, _) in pairwise(amounts):
        alike = before.unit in (after.unit, after.unit.partition("/")[0])
        if alike and _FROM.search(text[:start]) and _BECOMES.fullmatch(text[end:begin]):
            found.append(Change(Amount(after.unit, before.value), after))
    for after, begin, _ in amounts:
        if bare := _BARE_FROM.search(text[:begin]):
            found.append(Change(Amount(after.unit, _plain(bare["value"], None)), after))
    return found


def _days(text: str) -> list[date]:
    found = []
    for match in _DAY.finditer(text):
        month = _MONTHS[match["month"]] if match["month"] else int(match["month2"])
        try:
            found.append(date(int(match["year"] or match["year2"]), month, int(match["day"] or match["day2"])))
        except ValueError:
            continue  # 31/02 is a slip of the pen, not a day
    return found
