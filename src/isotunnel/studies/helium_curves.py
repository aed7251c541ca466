"""Curves of helium's properties against temperature, and the two-fluid model."""

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
    """A property at one temperature, with whose it is.

    Attributes:
        temperature_k, value: the point.
        row: where it is tabulated.
        author: whose measurement; a curve by one author is one row of data, however many points
            of it are tabulated.
        compiled_in: author of a compilation that adopted it, "" where none is known to.
    """

    temperature_k: float
    value: float
    row: RowUsed
    author: str
    compiled_in: str = ""


def curve(sources: Sources, name: str, unit: str) -> tuple[Point, ...]:
    """All points of a property of 4He, by rising temperature."""
    points = []
    for row in sources.table("helium"):
        named = row["property"] == name and row["unit"] == unit
        if not named or row["isotope"] != "4He" or row["kind"] == "theory":
            continue
        try:
            at, value = row.number("temperature_k"), row.number("value")
        except CannotSay:
            continue
        used = RowUsed.of(row, f"{name} at {at:g} K")
        points.append(Point(at, value, used, row.text("author"), row.text("compiled_in")))
    return tuple(sorted(points, key=lambda p: p.temperature_k))


def by_author(points: Iterable[Point]) -> dict[str, tuple[Point, ...]]:
    """Points of each author, in order."""
    found: dict[str, tuple[Point, ...]] = {}
    for point in points:
        found[point.author] = (*found.get(point.author, ()), point)
    return found


def independent_authors(points: Iterable[Point]) -> int:
    """Number of authors of points, without a compilation where those it compiled stand too."""
    known = tuple(points)
    return len({p.author for p in known} - {p.compiled_in for p in known})


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


def two_fluid_normal_fraction(
    second_sound: float, temperature_k: float, entropy: float, heat_capacity: float
) -> float:
    """rho_n/rho of Landau's two-fluid model from second sound.

    u2^2 = (rho_s/rho_n) T s^2/c with entropy s and heat capacity c per mass.

    Args:
        second_sound: u2, m/s.
        temperature_k: temperature.
        entropy: J/(mol K).
        heat_capacity: J/(mol K).

    Reference: L. D. Landau, J. Phys. USSR 5, 71 (1941).
    """
    ratio = second_sound**2 * heat_capacity * MOLAR_MASS_KG / (temperature_k * entropy**2)
    return 1 / (1 + ratio)


def entropy_of(heat_capacity: tuple[Point, ...], temperature_k: float) -> float:
    """Entropy from a heat capacity, J/(mol K): the integral of C/T.

    Below the first point C goes as T^3, the phonons' law.

    Raises:
        CannotSay: no point lies below, or the curve does not reach the temperature.
    """
    below = [p for p in heat_capacity if p.temperature_k < temperature_k]
    if not below:
        raise CannotSay(f"no heat capacity below {temperature_k:g} K")
    at = [p.temperature_k for p in below] + [temperature_k]
    values = [p.value for p in below] + [value_at(heat_capacity, temperature_k)]
    start = values[0] / 3
    return start + float(np.trapezoid(np.divide(values, at), at))
