"""C2: is a superfluid a collection of separate particles without viscosity?"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from scipy.constants import R

from isotunnel.errors import CannotSay
from isotunnel.evidence.sources import Sources
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import Measurement
from isotunnel.studies.helium_curves import (
    LAMBDA_K,
    MOLAR_MASS_KG,
    Point,
    between,
    by_author,
    curve,
    entropy_of,
    independent_authors,
    two_fluid_normal_fraction,
    value_at,
)

VISCOSITY = "viscosity (normal component below T_lambda)"
VISCOSITY_RATIO = (
    "viscosity of helium II over that just above the lambda point, oscillating cylinder"
)
VISCOSITY_BY_FLOW = "viscosity of helium II by flow through narrow openings"
HEAT_CAPACITY = "molar heat capacity along SVP"
"""Names of properties in the table of helium."""

HELIUM_II_K = (1.2, 2.1)
HELIUM_I_K = (2.2, 3.0)
MONATOMIC = 5 / 3
"""Ratio of the heat capacities of separate atoms."""


@dataclass(frozen=True)
class Limit:
    """Viscosity (uPa s) by flow through a narrow opening: bounds, and whose they are."""

    lowest: float
    highest: float
    author: str
    row: RowUsed


@dataclass(frozen=True)
class HeliumCurves:
    """Curves against temperature: viscosity (uPa s), sound speeds (m/s), molar heat capacity
    (J/(mol K)) and the measured superfluid fraction; viscosities known only as bounds."""

    viscosity: tuple[Point, ...]
    sound: tuple[Point, ...]
    second_sound: tuple[Point, ...]
    heat_capacity: tuple[Point, ...]
    superfluid: tuple[Point, ...]
    bounds: tuple[RowDropped, ...] = ()
    flow: tuple[Limit, ...] = ()


def gather(sources: Sources) -> HeliumCurves:
    """Properties of liquid 4He at its vapour pressure."""
    return HeliumCurves(
        curve(sources, VISCOSITY, "uPa s"),
        curve(sources, "first sound speed", "m/s"),
        curve(sources, "second sound speed", "m/s"),
        curve(sources, HEAT_CAPACITY, "J/(mol K)"),
        curve(sources, "superfluid fraction", "1"),
        _bounds(sources),
        _flow(sources),
    )


def measure(rows: HeliumCurves) -> tuple[Measurement, ...]:
    """Viscosity for both sides, sound against separate atoms, the model's normal fraction."""
    return (
        _viscosity("viscosity", PAPER, rows),
        _viscosity("drag", RIVAL, rows),
        *(_capillary(side, rows) for side in (PAPER, RIVAL)),
        _sound(rows.sound),
        _normal(rows),
    )


def figure_data(rows: HeliumCurves) -> FigureData:
    """Viscosity by moving bodies across the lambda point."""
    return FigureData(
        title="Viscosity of liquid helium by moving bodies",
        x_axis="Temperature (K)",
        y_axis="Viscosity (uPa s)",
        marks=tuple(
            Mark(
                f"{p.temperature_k:g} K",
                p.value,
                None,
                None,
                p.temperature_k,
                "helium II" if p.temperature_k < LAMBDA_K else "helium I",
            )
            for p in rows.viscosity
        ),
        lines=(Line("no viscosity", 0.0),),
    )


def _bounds(sources: Sources) -> tuple[RowDropped, ...]:
    """Viscosities of which only a largest value is known."""
    return tuple(
        RowDropped.of(row, row.text("property"), "it is an upper limit, not a value")
        for row in sources.table("helium")
        if row["property"] in (VISCOSITY, VISCOSITY_RATIO) and row.quantity("value").value is None
    )


def _flow(sources: Sources) -> tuple[Limit, ...]:
    """Upper limits by flow through narrow openings, each author's smallest."""
    found: dict[str, Limit] = {}
    for row in sources.table("helium"):
        if row["property"] != VISCOSITY_BY_FLOW:
            continue
        known = row.quantity("value")
        low, high = (known.value if x is None else x for x in (known.low, known.high))
        if high is not None:
            used = RowUsed.of(row, "flow of helium II")
            one = Limit(low or 0.0, high, row.text("author"), used)
            found[one.author] = min(one, found.get(one.author, one), key=lambda x: x.highest)
    return tuple(found.values())


def _capillary(side: str, rows: HeliumCurves) -> Measurement:
    """Upper limits by flow over the viscosity of helium I: the largest of the authors'.

    Both sides predict the same: the tunnel theory's liquid has no viscosity at all, and of the two
    fluids one flows without.
    """
    warm = between(rows.viscosity, *HELIUM_I_K)
    if not rows.flow or not warm:
        reason = "no limit by flow, or no viscosity of helium I to compare it with"
        return Measurement.refused("capillary", side, reason)
    helium_i = float(np.median([p.value for p in warm]))
    ratios = {x.author: x.highest / helium_i for x in rows.flow}
    lowest, highest = min(x.lowest for x in rows.flow) / helium_i, max(ratios.values())
    used = tuple(x.row for x in rows.flow) + tuple(p.row for p in warm)
    return Measurement(
        "capillary",
        side,
        highest,
        lowest,
        highest,
        used,
        count=len(ratios),
        range_of=len(ratios),
        method="largest upper limit by flow over the median viscosity of helium I",
        values=tuple((who, {"upper limit of the ratio": r}) for who, r in ratios.items()),
    )


def _viscosity(part: str, side: str, rows: HeliumCurves) -> Measurement:
    """Below over above the lambda point, the median over authors.

    Helium I is not in doubt: an author who measured helium II only is set against the others'
    helium I.
    """
    warm = between(rows.viscosity, *HELIUM_I_K)
    ratios: dict[str, float] = {}
    ends: list[float] = []
    cold: list[Point] = []
    for name, points in by_author(between(rows.viscosity, *HELIUM_II_K)).items():
        above = [p.value for p in by_author(warm).get(points[0].author, warm)]
        below = [p.value for p in points]
        if above:
            ratios[name] = float(np.median(below) / np.median(above))
            ends += [min(below) / max(above), max(below) / min(above)]
            cold += points
    if not ratios:
        reason = "no viscosities on both sides of the lambda point"
        return Measurement.refused(part, side, reason, rows.bounds)
    used = tuple(p.row for p in (*cold, *warm))
    spread, count = (min(ends), max(ends)), independent_authors(cold)
    numbers = (float(np.median(list(ratios.values()))), *spread, used, rows.bounds, count)
    values = tuple((name, {"helium II over helium I": r}) for name, r in ratios.items())
    method = "median over authors; the range holds every pair of temperatures"
    return Measurement(part, side, *numbers, range_of=len(used), method=method, values=values)


def _sound(points: tuple[Point, ...]) -> Measurement:
    cold = between(points, *HELIUM_II_K)
    if not cold:
        return Measurement.refused("sound", PAPER, "no speed of sound of helium II")
    ratios = [p.value / math.sqrt(MONATOMIC * R * p.temperature_k / MOLAR_MASS_KG) for p in cold]
    used = tuple(p.row for p in cold)
    value, count = float(np.median(ratios)), independent_authors(cold)
    numbers = (value, min(ratios), max(ratios), used, (), count)
    values = tuple(
        (p.row.label, {"speed (m/s)": p.value, "over that of atoms": r})
        for p, r in zip(cold, ratios, strict=True)
    )
    return Measurement(
        "sound",
        PAPER,
        *numbers,
        range_of=len(ratios),
        method="median over temperatures",
        values=values,
    )


def _normal(rows: HeliumCurves) -> Measurement:
    """Root mean square difference; one row per author of second sound."""
    differences, judged, dropped = [], [], []
    for point in rows.second_sound:
        at = point.temperature_k
        try:
            heat = value_at(rows.heat_capacity, at)
            entropy = entropy_of(rows.heat_capacity, at)
            measured = 1 - value_at(rows.superfluid, at)
        except CannotSay as reason:
            dropped.append(RowDropped(point.row.table, point.row.row, point.row.label, str(reason)))
            continue
        model = two_fluid_normal_fraction(point.value, at, entropy, heat)
        differences.append(measured - model)
        judged.append(point)
    if not differences:
        return Measurement.refused("normal", RIVAL, "no temperature has all three curves", dropped)
    rms = float(np.sqrt(np.mean(np.square(differences))))
    used, count = tuple(p.row for p in judged), independent_authors(judged)
    values = tuple(
        (p.row.label, {"tabulated minus model": d})
        for p, d in zip(judged, differences, strict=True)
    )
    numbers = (rms, rms, rms, used, tuple(dropped), count)
    return replace(Measurement("normal", RIVAL, *numbers), method="root mean square", values=values)
