"""C3: the pressures that solid helium needs, as the paper states them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median

from isotunnel.errors import CannotSay
from isotunnel.evidence.sources import Sources
from isotunnel.measured.rows_used import RowUsed
from isotunnel.scorecard.claim import PAPER
from isotunnel.scorecard.figure_data import FigureData, Mark
from isotunnel.scorecard.measurement import Measurement

MELTING = (
    "melting pressure",
    "melting pressure at T -> 0",
    "melting pressure at room temperature",
)
"""Names of properties in the table of helium."""

STATED = {"cold": (2.5e-3, 1.0, 1.5), "room": (113.0, 290.0, 300.0)}
"""The states the paper gives, as (GPa, from K, to K): above 2.5 MPa at 1 to 1.5 K, and above
113 GPa at room temperature."""


@dataclass(frozen=True)
class Melting:
    """A measured point of the melting curve, and whose it is."""

    temperature_k: float
    pressure_gpa: float
    row: RowUsed
    author: str


MeltingCurve = tuple[Melting, ...]
"""By rising temperature."""


def gather(sources: Sources) -> MeltingCurve:
    """Melting pressures of 4He, measured or fits to measurements."""
    points = []
    for row in sources.table("helium"):
        if row["property"] not in MELTING or row["kind"] == "theory":
            continue
        try:
            at, value = row.number("temperature_k"), row.number("value")
        except CannotSay:
            continue
        pressure = value * {"MPa": 1e-3, "GPa": 1.0}[row.text("unit")]
        used = RowUsed.of(row, f"melting at {at:g} K")
        points.append(Melting(at, pressure, used, row.text("author")))
    return tuple(sorted(points, key=lambda p: p.temperature_k))


def measure(rows: MeltingCurve) -> tuple[Measurement, ...]:
    """How far each stated pressure is from the measured ones in its range of temperature."""
    return tuple(_deviation(part, rows) for part in STATED)


def figure_data(rows: MeltingCurve) -> FigureData:
    """The melting curve with the stated points."""
    stated = tuple(
        Mark(f"stated, {low:g} to {high:g} K", gpa, None, None, (low + high) / 2, "the paper")
        for gpa, low, high in STATED.values()
    )
    measured = tuple(
        Mark(p.row.label, p.pressure_gpa, None, None, p.temperature_k, "measured")
        for p in rows
        if p.temperature_k > 0
    )
    return FigureData(
        title="Melting curve of helium",
        x_axis="Temperature (K)",
        y_axis="Pressure (GPa)",
        marks=measured + stated,
        log_x=True,
        log_y=True,
    )


def _deviation(part: str, rows: MeltingCurve) -> Measurement:
    """Median over authors, each by the median of its points; the range holds every point."""
    stated, low, high = STATED[part]
    points = [p for p in rows if low <= p.temperature_k <= high]
    if not points:
        reason = f"no melting pressure between {low:g} and {high:g} K"
        return Measurement.refused(part, PAPER, reason)
    authors: dict[str, list[float]] = {}
    for p in points:
        off = abs(math.log(p.pressure_gpa / stated))
        authors.setdefault(p.author, []).append(off)
    every = [off for found in authors.values() for off in found]
    value = median([median(found) for found in authors.values()])
    used = tuple(p.row for p in points)
    numbers = (value, min(every), max(every), used, (), len(authors))
    values = tuple(
        (
            p.row.label,
            {"author": p.author, "measured (GPa)": p.pressure_gpa, "stated (GPa)": stated},
        )
        for p in points
    )
    method = "median over authors, each by the median of its points; the range holds every point"
    return Measurement(part, PAPER, *numbers, range_of=len(every), method=method, values=values)
