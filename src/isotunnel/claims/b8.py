"""B8: does cooling work through contraction, with Tc where the gap closes?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import bootstrap, median, whole_spread
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import Measurement
from isotunnel.studies.spacing import (
    IsochoreRow,
    IsotopeRow,
    SpacingTest,
    measured_isochores,
    measured_isotopes,
)
from isotunnel.studies.spacing.isotope import exponents_by_group

PREDICTED = {PAPER: 0.0, RIVAL: 0.5}
"""Isotope exponent that each theory has, summed over the sites: none, or that of lone phonons."""


@dataclass(frozen=True)
class SpacingTests:
    """T2 and T3."""

    isochores: SpacingTest[IsochoreRow]
    isotopes: SpacingTest[IsotopeRow]


def gather(sources: Sources) -> SpacingTests:
    """Both tests over the tables."""
    return SpacingTests(measured_isochores(sources.table), measured_isotopes(sources.table))


def measure(rows: SpacingTests) -> tuple[Measurement, ...]:
    """Slope of the isochore against dTc/dP, and the median exponent against each theory's."""
    elements = [r for r in rows.isotopes.rows if r.simple]
    return (
        _slope(rows.isochores),
        *(_isotope("isotope", rows.isotopes, rows.isotopes.rows, s) for s in PREDICTED),
        *(_isotope("isotope_elements", rows.isotopes, elements, s) for s in PREDICTED),
    )


def figure_data(rows: SpacingTests) -> FigureData:
    """Isotope exponents with both predictions."""
    marks = []
    for row in rows.isotopes.rows:
        value, error = row.alpha.value, 2 * (row.alpha.error or 0.0)
        label = f"{row.name} ({row.isotope})"
        series = "one site alone, not counted" if row.partial else "summed over all sites"
        marks.append(Mark(label, value, value - error, value + error, series=series))
    return FigureData(
        title="Isotope exponents of the critical temperature; bars are two printed errors",
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
        reason = "no superconductor has both slopes"
        return Measurement.refused("slope", PAPER, reason, test.dropped)
    found = bootstrap([logs], median)
    return Measurement("slope", PAPER, *found, test.used, test.dropped, len(logs))


def _isotope(
    part: str, test: SpacingTest[IsotopeRow], rows: Sequence[IsotopeRow], side: str
) -> Measurement:
    """Distance of the median exponent, one vote per set of elements, from a theory's."""
    exponents = list(exponents_by_group(rows).values())
    names = {r.name for r in rows if not r.partial}
    used = tuple(r for r in test.used if r.label in names)
    if not exponents:
        return Measurement.refused(part, side, "no exponent of all sites is known", test.dropped)
    found = bootstrap([exponents], median)
    value, low, high = (x - PREDICTED[side] for x in found)
    ends = sorted((abs(low), abs(high)))
    nearest = 0.0 if low <= 0 <= high else ends[0]
    return Measurement(
        part,
        side,
        abs(value),
        nearest,
        ends[1],
        used,
        test.dropped,
        len(exponents),
        range_of=whole_spread(exponents, *found[1:]),
    )
