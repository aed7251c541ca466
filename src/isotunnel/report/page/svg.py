"""Small helpers for drawings inside the page. Colours are the page's, so dark mode works."""

from __future__ import annotations

import math
from dataclasses import dataclass

from isotunnel.report.text import MINUS, esc


@dataclass(frozen=True)
class Scale:
    """Maps [low, high] linearly to [start, stop] in drawing units."""

    low: float
    high: float
    start: float
    stop: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.stop - self.start)


def ticks(low: float, high: float, about: int = 6) -> list[float]:
    """Round numbers in [low, high], about so many."""
    step = 10.0 ** math.floor(math.log10((high - low) / about))
    for factor in (1, 2, 5, 10):
        if (high - low) / (factor * step) <= about:
            step *= factor
            break
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [n * step for n in range(first, last + 1)]


def tick_text(value: float, values: list[float]) -> str:
    """The number with as many places as the ticks' step needs."""
    step = values[1] - values[0] if len(values) > 1 else 1.0
    places = max(0, -math.floor(math.log10(step) + 1e-9))
    text = f"{value:.{places}f}"
    return ("0" if float(text) == 0 and places == 0 else text).replace("-", MINUS)


def line(x1: float, y1: float, x2: float, y2: float, name: str) -> str:
    """A straight line of the CSS class ``name``."""
    return f'<line class="{name}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def label(x: float, y: float, words: str, name: str = "", anchor: str = "middle") -> str:
    """Text, escaped."""
    style = f' class="{name}"' if name else ""
    return f'<text{style} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{esc(words)}</text>'


def drawing(width: int, height: int, title: str, parts: list[str]) -> str:
    """The whole drawing, with a title for those who cannot see it."""
    return (
        f'<svg class="plot" viewBox="0 0 {width} {height}" style="max-width:{width}px" role="img" '
        f'aria-label="{esc(title)}"><title>{esc(title)}</title>{"".join(parts)}</svg>'
    )
