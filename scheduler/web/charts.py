"""Bars as numbers: where each one stands in its drawing. The template draws them as inline SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

GAP = 3  # between bars, in units of the drawing


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, in units of the drawing, and the value it stands for."""

    x: float
    y: float
    width: float
    height: float
    value: int


def bars(values: Sequence[int], top: int, width: float = 240, height: float = 36) -> list[Bar]:
    """Upright bars side by side on a common base; `top` is the value of a full bar. A value of 0 has no height."""
    step = width / max(len(values), 1)
    drawn = []
    for number, value in enumerate(values):
        tall = max(2.0, round(height * value / top, 1)) if value and top else 0.0
        drawn.append(Bar(round(number * step, 1), round(height - tall, 1), round(step - GAP, 1), tall, value))
    return drawn
