"""From the shares of the codes to the codes of a mention."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
_SECTORS = 3


class Choice(NamedTuple):
    """The codes of one mention."""

    actor: str
    instrument: str
    sectors: tuple[str, ...]
    status: str


def choose(shares: Mapping[str, Floats], codes: Mapping[str, Sequence[str]], further: float) -> Choice:
    """The likeliest code of each facet; further sectors, three at most, from the share `further` on."""
    best = {facet: codes[facet][int(np.argmax(share))] for facet, share in shares.items()}
    ranked = np.argsort(-shares["sector"], kind="stable")[:_SECTORS].tolist()
    kept = [ranked[0], *(i for i in ranked[1:] if shares["sector"][i] >= further)]
    return Choice(best["actor"], best["instrument"], tuple(codes["sector"][i] for i in kept), best["status"])
