from pathlib import Path

import numpy as np

from crawler.extractors.measures.model import write_arrays


def test_the_same_arrays_give_the_same_file(tmp_path: Path):
    arrays = {"a": np.arange(5, dtype=np.float32), "b.words": np.frombuffer(b"satu\ndua", dtype=np.uint8)}
    for name in ("one.npz", "two.npz"):
        write_arrays(tmp_path / name, arrays)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    with np.load(tmp_path / "one.npz", allow_pickle=False) as read:
        assert {name: read[name].tolist() for name in read} == {name: array.tolist() for name, array in arrays.items()}
