"""A reading as numbers: one row a sentence, one named column a clue."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import numpy.typing as npt

from crawler.extractors.measures.lexicon import Hit, load_cues
from crawler.extractors.measures.reading import NUMBERS, Reading, Sentence
from crawler.taxonomy import load_instruments

Matrix = npt.NDArray[np.float32]

SUBJECTS = ("public", "rule", "company", "association", "expert", "foreign", "court", "first_person", "none")
"""Who can be the subject of an act's verb or the voice in the reader's mind."""

_MONEY = re.compile(r"(?:rp|us\$|usd|\$)\s?\d|\d\s?(?:miliar|triliun|juta)")
_PERCENT = re.compile(r"\d\s?(?:%|persen)")
_REGULATION = re.compile(
    r"\b(?:uu|pp|perpres|keppres|inpres|permen\w*|pmk|kepmen\w*|peraturan|keputusan|undang-undang|pojk|pbi)\b.{0,40}?"
    r"\b(?:nomor|no)\b\.?\s*\d"
)
_DATE = re.compile(r"\d{1,2}\s(?:jan|feb|mar|apr|mei|jun|jul|agu|sep|okt|nov|des)|\(\d{1,2}/\d{1,2}|\b20\d\d\b")
_VOICES = ("active", "passive", "nominal", "bare")
_PUBLIC = {"actor": "public", "person": "public", "official": "public"}
_NEIGHBOUR = (-2, -1, 1, 2)
_STATUS_CUES = ("st_planned", "st_done", "st_ongoing", "st_ended", "st_proposed", "negation")


@cache
def own_columns() -> tuple[str, ...]:
    """Names of the columns that a sentence has by itself."""
    counted = [*load_cues()["cues"], *(f"act:{v}" for v in _VOICES), *(f"push:{v}" for v in _VOICES)]
    counted += ["actor", "actor:gov", "actor:pemda", "actor:bumn-usaha", "person", "rule", "sector", "weak"]
    counted += ["instrument", *(f"instrument:{code}" for code in load_instruments())]
    shape = ["words", "quoted", "starts_quoted", "question", "colon", "money", "percent", "regulation", "date"]
    order = [f"opens:{cue}" for cue in ("additive", "contrast", "ordinal", "reference", "noise", "past")]
    clause = [f"subject:{kind}" for kind in SUBJECTS] + ["subject_distance", "agent_public", "agent_other"]
    clause += [f"near:{cue}" for cue in _STATUS_CUES] + ["act_first"]
    return tuple(counted + shape + order + clause)


@cache
def columns() -> tuple[str, ...]:
    """Names of all columns of `matrix`."""
    carried = [f"carried:{kind}" for kind in SUBJECTS] + ["carried_age", "voice:public", "voice:other"]
    place = ["position", "from_end", "share", "sentences"]
    own = own_columns()
    neighbours = [f"{at:+d}:{name}" for at in _NEIGHBOUR for name in own]
    return (*own, *carried, *place, *neighbours, *(f"mean:{n}" for n in own), *(f"title:{n}" for n in own))


@cache
def alone() -> int:
    """How many of the columns, the first ones, tell of a sentence itself: the others repeat those of its neighbours."""
    return columns().index(f"{_NEIGHBOUR[0]:+d}:{own_columns()[0]}")


def matrix(reading: Reading) -> Matrix:
    """The features of an article's sentences, shape (sentences, columns)."""
    count = len(reading.sentences)
    own = np.zeros((count, len(own_columns())), dtype=np.float32)
    subjects = [_fill(own[i], sentence, reading.folded) for i, sentence in enumerate(reading.sentences)]
    title = np.zeros((1, own.shape[1]), dtype=np.float32)
    _fill(title[0], reading.title, reading.title_folded)
    around = [_shifted(own, at) for at in _NEIGHBOUR]
    whole = [np.broadcast_to(row, own.shape) for row in (own.mean(axis=0) if count else title[0], title[0])]
    return np.concatenate([own, _carried(reading, subjects), _place(count), *around, *whole], axis=1)


def _shifted(own: Matrix, at: int) -> Matrix:
    """The rows of the sentences `at` places further on; zeros where there is none."""
    out = np.zeros_like(own)
    if at < 0:
        out[-at:] = own[:at]
    else:
        out[:-at] = own[at:]
    return out


@cache
def _index() -> dict[str, int]:
    return {name: i for i, name in enumerate(own_columns())}


def _fill(row: Matrix, sentence: Sentence, folded: str) -> str:
    """Write a sentence's own columns; return who its subject is."""
    index = _index()
    for hit in sentence.hits:
        _count(row, index, hit)
    text = folded[sentence.start : sentence.end]
    row[index["words"]] = min(len(sentence.words), 80)
    row[index["quoted"]] = sentence.quoted
    row[index["starts_quoted"]] = text[:1] in {'"', "“"}
    row[index["question"]] = "?" in text
    row[index["colon"]] = text.endswith(":")
    if not NUMBERS.isdisjoint(sentence.words):  # each of these patterns wants a digit
        for name, pattern in (("money", _MONEY), ("percent", _PERCENT), ("date", _DATE)):
            row[index[name]] = min(3, len(pattern.findall(text)))
        row[index["regulation"]] = bool(_REGULATION.search(text))
    for hit in sentence.hits:
        if hit.start - sentence.start > 25:
            break
        if (opens := f"opens:{hit.kind}") in index:
            row[index[opens]] = 1
    return _clause(row, index, sentence)


def _count(row: Matrix, index: dict[str, int], hit: Hit) -> None:
    name = f"{hit.kind}:{hit.code}" if hit.kind in {"act", "push"} else hit.kind
    row[index[name]] = min(row[index[name]] + 1, 4)
    if hit.kind in {"actor", "instrument"} and (detail := index.get(f"{hit.kind}:{hit.code}")) is not None:
        row[detail] = 1


def _subject_of(hit: Hit) -> str:
    kind = _PUBLIC.get(hit.kind, hit.kind)
    return kind if kind in SUBJECTS else ""


def _clause(row: Matrix, index: dict[str, int], sentence: Sentence) -> str:
    """Columns of the clause of the first act: its subject, its agent, the tense beside it."""
    act = next((hit for hit in sentence.hits if hit.kind == "act" and hit.code in {"active", "passive"}), None)
    act = act or next((hit for hit in sentence.hits if hit.kind == "act"), None)
    named = [(hit, kind) for hit in sentence.hits if (kind := _subject_of(hit))]
    if act is None:
        subject = named[0][1] if named else "none"
        row[index[f"subject:{subject}"]] = 1
        return subject
    before = [(hit, kind) for hit, kind in named if hit.end <= act.start]
    subject, distance = (before[-1][1], act.start - before[-1][0].end) if before else ("none", 200)
    row[index[f"subject:{subject}"]] = 1
    row[index["subject_distance"]] = min(distance, 200)
    row[index["act_first"]] = act.start - sentence.start < 20
    for hit, kind in named:
        if act.end <= hit.start < act.end + 60:
            row[index["agent_public" if kind == "public" else "agent_other"]] = 1
    for hit in sentence.hits:
        if hit.kind in _STATUS_CUES and -35 < hit.start - act.start <= 0:
            row[index[f"near:{hit.kind}"]] = 1
    return subject if subject != "none" or not named else named[0][1]


def _carried(reading: Reading, subjects: list[str]) -> Matrix:
    """Who was named last before each sentence, how long ago, and who spoke last."""
    out = np.zeros((len(subjects), len(SUBJECTS) + 3), dtype=np.float32)
    last, age, voice = "none", 0, 0
    for i, (sentence, subject) in enumerate(zip(reading.sentences, subjects, strict=True)):
        out[i, SUBJECTS.index(last)] = 1
        out[i, len(SUBJECTS)] = min(age, 10)
        if any(hit.kind == "speech" for hit in sentence.hits):
            kinds = {_subject_of(hit) for hit in sentence.hits}
            if kinds & {"public", "company", "association", "expert"}:
                voice = 1 if "public" in kinds else -1
        out[i, len(SUBJECTS) + 1] = voice == 1
        out[i, len(SUBJECTS) + 2] = voice == -1
        age += 1
        if subject not in {"none", "first_person"}:
            last, age = subject, 0
    return out


def _place(count: int) -> Matrix:
    at = np.arange(count, dtype=np.float32)
    rest = count - 1 - at
    share = at / max(count, 1)
    columns = [np.minimum(at, 30), np.minimum(rest, 30), share, np.full(count, min(count, 60), dtype=np.float32)]
    return np.stack(columns, axis=1)
