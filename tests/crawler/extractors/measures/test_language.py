"""Indonesian is told from its neighbours."""

from __future__ import annotations

import pytest

from crawler.extractors.measures.language import is_indonesian


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pemerintah akan memberikan insentif untuk industri yang terdampak", True),
        ("the government will provide incentives for the industry and to the workers", False),
        ("kerajaan akan memberi insentif kerana syarikat terjejas dan peratus pekerja menurun", False),
        ("menteri keuangan mengatakan bahwa perusahaan mendapat kredit 5 persen", True),
        ("launching produk the best of the year yang digelar di jakarta dan bandung untuk warga", True),
        ("", True),
    ],
)
def test_tells_indonesian(text: str, expected: bool) -> None:
    assert is_indonesian(text.split()) is expected
