"""Regions of a panel: their outlines, and what is said of each as a whole."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from isotunnel.diagrams.axes import Axis
from isotunnel.diagrams.boundaries import runs
from isotunnel.diagrams.isobar import Isobar
from isotunnel.diagrams.label import NUMBER, Label


@dataclass(frozen=True)
class Region:
    """A part of the plane with one state, or one reason for none.

    Attributes:
        labels: one per isobar that crosses it, by rising pressure.
        pressure_gpa: of those isobars, and of the two ends at which it is drawn to begin and end.
        low_k, high_k: its lower and upper temperature at these pressures.
    """

    labels: tuple[Label, ...]
    pressure_gpa: tuple[float, ...]
    low_k: tuple[float, ...]
    high_k: tuple[float, ...]

    @property
    def label(self) -> Label:
        """That of its first isobar."""
        return self.labels[0]


def spans(
    columns: Sequence[Isobar], pressures: Axis
) -> Iterator[tuple[float, Sequence[Isobar], float]]:
    """Runs of like columns with the pressures at which they are drawn to begin and end.

    Between unlike neighbours that is half way.
    """
    groups = list(runs(columns))
    edges = [
        pressures.between(a[-1].pressure_gpa, b[0].pressure_gpa)
        for a, b in itertools.pairwise(groups)
    ]
    yield from zip([pressures.low, *edges], groups, [*edges, pressures.high], strict=True)


def regions(columns: Sequence[Isobar], pressures: Axis, temperatures: Axis) -> Iterator[Region]:
    """Every region, by rising pressure and temperature."""
    for start, run, end in spans(columns, pressures):
        x = (start, *(c.pressure_gpa for c in run), end)
        for k in range(len(run[0].labels)):
            low = [c.cuts[k - 1] if k else temperatures.low for c in run]
            high = [c.cuts[k] if k < len(c.cuts) else temperatures.high for c in run]
            yield Region(
                tuple(c.labels[k] for c in run),
                x,
                (low[0], *low, low[-1]),
                (high[0], *high, high[-1]),
            )


def common_text(texts: Sequence[str]) -> str:
    """One text for texts that differ by their numbers alone: those become ranges."""
    parts = [NUMBER.split(text) for text in texts]
    if any(words != parts[0] for words in parts):
        return texts[0]
    columns = zip(*(NUMBER.findall(text) for text in texts), strict=True)
    numbers = [_range(column) for column in columns]
    return "".join(a + b for a, b in itertools.zip_longest(parts[0], numbers, fillvalue=""))


def _range(numbers: tuple[str, ...]) -> str:
    if len(set(numbers)) == 1:
        return numbers[0]
    low, high = min(map(float, numbers)), max(map(float, numbers))
    return f"{low:.4g} to {high:.4g}"
