"""B8: does cooling work through contraction, with Tc where the gap closes?"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from isotunnel.evidence.claims.entry import PAPER, RIVAL
from isotunnel.evidence.claims.measurement import Measurement
from isotunnel.evidence.claims.picture import Line, Mark, Picture
from isotunnel.evidence.claims.sources import Sources
from isotunnel.evidence.spacing import (
    IsochoreRow,
    IsotopeRow,
    SpacingTest,
    measured_isochores,
    measured_isotopes,
)
from isotunnel.evidence.statistics import bootstrap, median

PREDICTED = {PAPER: 0.0, RIVAL: 0.5}
"""Isotope exponent that each theory has for lone phonons or for none."""


@dataclass(frozen=True)
class Rows:
    """T2 and T3."""

    isochores: SpacingTest[IsochoreRow]
    isotopes: SpacingTest[IsotopeRow]


def gather(sources: Sources) -> Rows:
    """Both tests over the tables."""
    return Rows(measured_isochores(sources.table), measured_isotopes(sources.table))


def measure(rows: Rows) -> tuple[tuple[str, Measurement], ...]:
    """Slope of the isochore against dTc/dP, and the mean exponent against each theory's."""
    return (
        (PAPER, _slope(rows.isochores)),
        *((side, _isotope(rows.isotopes, PREDICTED[side])) for side in (PAPER, RIVAL)),
    )


def picture(rows: Rows) -> Picture:
    """Isotope exponents with both predictions."""
    marks = []
    for row in rows.isotopes.rows:
        value, error = row.alpha.value, 2 * (row.alpha.error or 0.0)
        label = f"{row.name} ({row.isotope})"
        marks.append(Mark(label, value, value - error, value + error, series="measured"))
    return Picture(
        title="Isotope exponents of the critical temperature",
        y_axis="Exponent alpha (1)",
        marks=tuple(marks),
        lines=(Line("spacing only", PREDICTED[PAPER]), Line("BCS", PREDICTED[RIVAL])),
    )


def _slope(test: SpacingTest[IsochoreRow]) -> Measurement:
    logs = [
        math.log10(r.predicted.value / abs(r.measured.value))
        for r in test.rows
        if r.predicted is not None and r.measured is not None and r.measured.value
    ]
    if not logs:
        return Measurement.refused("slope", "no superconductor has both slopes", test.dropped)
    return Measurement("slope", *bootstrap([logs], median), test.used, test.dropped, len(logs))


def _isotope(test: SpacingTest[IsotopeRow], predicted: float) -> Measurement:
    groups: dict[str, list[float]] = defaultdict(list)
    for row in test.rows:
        groups[row.group].append(row.alpha.value)
    if not groups:
        return Measurement.refused("isotope", "no exponent", test.dropped)
    means = [float(np.mean(v)) for v in groups.values()]
    value, low, high = (x - predicted for x in bootstrap([means], lambda x: float(np.mean(x))))
    ends = sorted((abs(low), abs(high)))
    nearest = 0.0 if low <= 0 <= high else ends[0]
    return Measurement("isotope", abs(value), nearest, ends[1], test.used, test.dropped, len(means))
