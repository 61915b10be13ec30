"""How well the outlet files read the pages of `tests/outlets`, and how well the same pages are read without them.

    python -m benchmarks.outlets

Prints, by field, how many of the expected values are exact (the body: word F1 of 0.97 or more), and the mean and least
word F1 of the bodies. The pages are in the style of their outlets, not taken from them (`tests/outlets/fixtures.py`).
"""

from __future__ import annotations

from tests.outlets.fixtures import FIELDS, LINK_FIELDS, Fixture, links, lists, pages, read, word_f1, wrong, wrong_links


def main() -> None:
    print(f"{len(pages())} pages of {len({page.slug for page in pages()})} outlets")
    print(f"{'field':14} {'outlet file':>16} {'without':>16}")
    totals = [0, 0]
    for field in FIELDS:
        counts = [right(field, by_selectors) for by_selectors in (True, False)]
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
        print(f"{field:14} {share(counts[0], len(pages())):>16} {share(counts[1], len(pages())):>16}")
    tried = len(pages()) * len(FIELDS)
    print(f"{'all':14} {share(totals[0], tried):>16} {share(totals[1], tried):>16}")
    for name, told in (("body F1, mean", mean), ("body F1, least", min)):
        figures = [told([f1(page, by_selectors) for page in pages()]) for by_selectors in (True, False)]
        print(f"{name:14} {figures[0]:16.4f} {figures[1]:16.4f}")
    found = [wrong_links(one, field, links(one.slug, one.name)) is None for one in lists() for field in LINK_FIELDS]
    print(f"{len(lists())} lists: {share(sum(found), len(found))} of their links' fields")


def right(field: str, by_selectors: bool) -> int:
    return sum(wrong(page, field, read(page.slug, page.name, by_selectors)) is None for page in pages())


def f1(page: Fixture, by_selectors: bool) -> float:
    return word_f1(read(page.slug, page.name, by_selectors).text or "", page.expected["text"])


def mean(figures: list[float]) -> float:
    return sum(figures) / len(figures)


def share(part: int, whole: int) -> str:
    return f"{part}/{whole} {part / whole:.1%}"


if __name__ == "__main__":
    main()
