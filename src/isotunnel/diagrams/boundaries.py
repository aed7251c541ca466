"""From columns to boundaries: polylines between regions, with their uncertainty."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from isotunnel.diagrams.axes import Axis
from isotunnel.diagrams.isobar import Isobar
from isotunnel.diagrams.label import Label

_SHORT = 0.02
"""Walls shorter than this share of the axis are where a boundary leaves through an edge."""


@dataclass(frozen=True)
class Boundary:
    """A line between two regions of one theory.

    Attributes:
        colder, hotter: states on its two sides (None: cannot say); of a wall, the states at
            lower and at higher pressure.
        wall: True where it runs along one pressure (a phase transition, or the end of data).
        pressure_gpa, temperature_k: its points.
        low_k, high_k: temperatures one standard deviation to either side, None where unknown.
    """

    colder: str | None
    hotter: str | None
    wall: bool
    pressure_gpa: tuple[float, ...]
    temperature_k: tuple[float, ...]
    low_k: tuple[float | None, ...]
    high_k: tuple[float | None, ...]


def runs(columns: Sequence[Isobar]) -> Iterator[Sequence[Isobar]]:
    """Neighbouring columns of the same states, together."""
    start = 0
    for n in range(1, len(columns) + 1):
        if n == len(columns) or columns[n].keys != columns[start].keys:
            yield columns[start:n]
            start = n


def boundaries(columns: Sequence[Isobar], temperatures: Axis) -> tuple[Boundary, ...]:
    """Every boundary: along runs of like columns, and walls between unlike ones."""
    found: list[Boundary] = []
    last: Isobar | None = None
    for run in runs(columns):
        if last is not None:
            found += _walls(last, run[0], temperatures)
        for n in range(len(run[0].cuts)):
            found.append(_line(run, n))
        last = run[-1]
    return tuple(found)


def _line(run: Sequence[Isobar], n: int) -> Boundary:
    below, above = run[0].labels[n], run[0].labels[n + 1]
    bands = [_band(column, column.cuts[n]) for column in run]
    return Boundary(
        below.state,
        above.state,
        False,
        tuple(column.pressure_gpa for column in run),
        tuple(column.cuts[n] for column in run),
        tuple(band[0] for band in bands),
        tuple(band[1] for band in bands),
    )


def _band(column: Isobar, cut: float) -> tuple[float | None, float | None]:
    for low, high in column.unsure:
        if low <= cut <= high:
            return low, high
    return None, None


def _walls(a: Isobar, b: Isobar, axis: Axis) -> Iterator[Boundary]:
    edges = sorted({axis.low, axis.high, *a.cuts, *b.cuts})
    middle = (a.pressure_gpa + b.pressure_gpa) / 2
    # Pieces of one wall are joined where the same two states go on.
    open_piece: tuple[float, float, Label, Label] | None = None
    for low, high in [*itertools.pairwise(edges), (axis.high, axis.high)]:
        left, right = a.at(axis.between(low, high)), b.at(axis.between(low, high))
        differ = low < high and left.key != right.key
        if (
            open_piece
            and differ
            and (left.key, right.key)
            == (
                open_piece[2].key,
                open_piece[3].key,
            )
        ):
            open_piece = (open_piece[0], high, left, right)
            continue
        if open_piece:
            bottom, top, before, after = open_piece
            if axis.place(top) - axis.place(bottom) > _SHORT:
                yield Boundary(
                    before.state, after.state, True, (middle, middle), (bottom, top),
                    (None, None), (None, None),
                )  # fmt: skip
        open_piece = (low, high, left, right) if differ else None
