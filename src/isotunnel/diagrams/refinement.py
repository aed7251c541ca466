"""Columns side by side: a whole plane, denser where boundaries move or change."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

from isotunnel.diagrams.axes import Axis
from isotunnel.diagrams.isobar import Isobar

COLUMNS = 13
MOST = 90
STEEPEST = 0.03
"""Columns are added until boundaries move by less than this share of the temperature axis."""

CLOSEST = 2e-3
"""Neighbours nearer than this share of the pressure axis are not parted further."""

_NUDGE = 1e-9


def sweep(
    column: Callable[[float], Isobar],
    pressures: Axis,
    temperatures: Axis,
    breaks: Sequence[float] = (),
    exact: Sequence[float] = (),
    columns: int = COLUMNS,
    most: int = MOST,
) -> tuple[Isobar, ...]:
    """Columns over a pressure axis, in rising order of pressure.

    Starts from ``columns`` even ones, the exact ones, and one on either side of each break (a phase
    transition).
    Between neighbours of unlike states, or whose boundaries differ by more than STEEPEST, another
    is put half way, the widest gap first, down to CLOSEST, up to ``most`` in all.

    Args:
        column: finds the column at a pressure.
        pressures, temperatures: the axes.
        breaks: pressures at which states may jump.
        exact: pressures at which something is asked and shall not be interpolated.
        columns: how many to start from.
        most: how many at most.
    """
    starts = {float(p) for p in pressures.values(columns)}
    for p in breaks:
        starts |= {q for q in (p * (1 - _NUDGE), p * (1 + _NUDGE)) if pressures.holds(q)}
    starts |= {float(p) for p in exact if pressures.holds(p)}
    found = [column(p) for p in sorted(starts)]
    while len(found) < most:
        gaps = [
            (pressures.place(b.pressure_gpa) - pressures.place(a.pressure_gpa), n)
            for n, (a, b) in enumerate(itertools.pairwise(found))
            if not smooth(a, b, temperatures)
        ]
        widest, place = max(gaps, default=(0.0, 0))
        if widest <= CLOSEST:
            break
        middle = pressures.between(found[place].pressure_gpa, found[place + 1].pressure_gpa)
        found.insert(place + 1, column(middle))
    return tuple(found)


def smooth(a: Isobar, b: Isobar, temperatures: Axis) -> bool:
    """True where two columns have the same states, and boundaries that differ by little."""
    return a.keys == b.keys and all(
        abs(temperatures.place(s) - temperatures.place(t)) <= STEEPEST
        for s, t in zip(a.cuts, b.cuts, strict=True)
    )
