"""Curves of helium's properties against temperature, for the claims about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from isotunnel.errors import CannotSay
from isotunnel.evidence.sources import Sources
from isotunnel.measured.rows_used import RowUsed

LAMBDA_K = 2.1768
"""Lambda temperature at saturated vapour pressure, on the tables' scale; it only sorts rows."""
MOLAR_MASS_KG = 4.002602e-3
"""Molar mass of 4He: IUPAC standard atomic weight of helium, kg/mol."""


@dataclass(frozen=True)
class Point:
    """A property at one temperature."""

    temperature_k: float
    value: float
    row: RowUsed


def curve(sources: Sources, name: str, unit: str) -> tuple[Point, ...]:
    """All points of a property whose name starts so, of 4He, by rising temperature."""
    points = []
    for row in sources.table("helium"):
        named = row.text("property").startswith(name) and row["unit"] == unit
        if not named or row["isotope"] != "4He" or row["kind"] == "theory":
            continue
        try:
            at, value = row.number("temperature_k"), row.number("value")
        except CannotSay:
            continue
        points.append(Point(at, value, RowUsed.of(row, f"{row.text('property')} at {at:g} K")))
    return tuple(sorted(points, key=lambda p: p.temperature_k))


def author(row: RowUsed) -> str:
    """Whose measurement a row is: its source without the place where it was read.

    A curve by one author is one row of data, however many points of it are tabulated.
    """
    return row.source.partition("; read in")[0]


def by_author(points: Iterable[Point]) -> dict[str, tuple[Point, ...]]:
    """Points of each author, in order."""
    found: dict[str, tuple[Point, ...]] = {}
    for point in points:
        name = author(point.row)
        found[name] = (*found.get(name, ()), point)
    return found


def independent_authors(rows: Iterable[RowUsed]) -> int:
    """Number of authors behind rows, without a compilation where those it compiled stand too."""
    named = [(author(row), row.source) for row in rows]
    names = {name for name, _ in named}
    compilations = {n for n in names for other, source in named if other != n and n in source}
    return len(names - compilations)


def between(points: tuple[Point, ...], low_k: float, high_k: float) -> tuple[Point, ...]:
    """The points in a range of temperature, ends included."""
    return tuple(p for p in points if low_k <= p.temperature_k <= high_k)


def value_at(points: tuple[Point, ...], temperature_k: float) -> float:
    """A curve's value by linear interpolation.

    Raises:
        CannotSay: fewer than two points, or a temperature outside them.
    """
    if len(points) < 2:
        raise CannotSay(f"{len(points)} points are no curve")
    low, high = points[0].temperature_k, points[-1].temperature_k
    if not low <= temperature_k <= high:
        raise CannotSay(f"{temperature_k:g} K lies outside the curve, {low:g} to {high:g} K")
    return float(
        np.interp(temperature_k, [p.temperature_k for p in points], [p.value for p in points])
    )
