"""B14: the critical field at zero, and its fall with temperature."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from isotunnel.evidence.sources import Sources
from isotunnel.measured.rows_used import RowDropped
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import MEDIAN, Measurement
from isotunnel.scorecard.sample import Case, Sample, median_off
from isotunnel.studies.critical import BCS, CriticalElement, FieldCurve, critical_element, elements
from isotunnel.studies.critical_shapes import TUNNEL_SHAPES


@dataclass(frozen=True)
class FieldRows:
    """Elements with a measured field, curves against temperature, and what was left out."""

    elements: tuple[CriticalElement, ...]
    dropped: tuple[RowDropped, ...] = ()

    @property
    def curves(self) -> tuple[FieldCurve, ...]:
        """All measured curves."""
        return tuple(c for e in self.elements for c in e.curves)


def gather(sources: Sources) -> FieldRows:
    """Every element of the tables that has a critical field at zero."""
    found, dropped = [], []
    for name in elements(sources.table):
        element = critical_element(name, sources.table, sources.substances)
        if math.isnan(element.field_mt):
            row = element.rows[-1]
            reason = "no measured critical field at zero"
            dropped.append(RowDropped(row.table, row.row, name, reason))
        else:
            found.append(element)
    return FieldRows(tuple(found), tuple(dropped))


def measure(rows: FieldRows) -> tuple[Measurement, ...]:
    """Fields at zero, and held-out errors of the shapes."""
    cases = tuple(_case(e) for e in rows.elements)
    sizes = [
        Measurement.of(
            "size",
            Sample(tuple(c for c in cases if side in c.predicted), side, median_off),
            (*rows.dropped, *_silent(cases, side)),
            "no element of which it gives a field",
        )
        for side in (PAPER, RIVAL)
    ]
    return (*sizes, *(_shape(rows.curves, side) for side in (PAPER, RIVAL)))


def figure_data(rows: FieldRows) -> FigureData:
    """Predicted over measured fields."""
    marks = []
    for case in map(_case, rows.elements):
        for side, series in ((PAPER, "tunnel theory, nearest reading"), (RIVAL, "BCS")):
            if side in case.predicted and case.predicted[side] > 0:
                y = math.log10(case.predicted[side] / case.measured)
                marks.append(Mark(case.key, y, None, None, series=series))
    return FigureData(
        title="Critical field at zero temperature, predicted over measured",
        y_axis="log10(predicted / measured)",
        marks=tuple(marks),
        lines=(Line("as measured", 0.0),),
    )


def _case(element: CriticalElement) -> Case:
    measured_t = element.field_mt * 1e-3
    predicted, silent = {}, {}
    nearest = element.nearest_reading(measured_t)
    if nearest is None:
        silent[PAPER] = "no reading gives an overlap energy"
    else:
        predicted[PAPER] = nearest[1]
    if BCS in element.fields_t:
        predicted[RIVAL] = element.fields_t[BCS]
    else:
        silent[RIVAL] = element.silent.get(BCS, "no field")
    return Case(element.element, measured_t, predicted, silent, element.rows)


def _silent(cases: Sequence[Case], side: str) -> tuple[RowDropped, ...]:
    return tuple(
        RowDropped(c.rows[0].table, c.rows[0].row, c.key, c.silent[side])
        for c in cases
        if side in c.silent
    )


def _shape(curves: Sequence[FieldCurve], side: str) -> Measurement:
    if not curves:
        return Measurement.refused("shape", side, "no critical field against temperature")
    errors = [_held_out(curve, side) for curve in curves]
    used = tuple(row for curve in curves for row in curve.rows)
    numbers = (median(errors), min(errors), max(errors), used, (), len(errors))
    values = tuple(
        (row.label, {"held-out error": error})
        for curve, error in zip(curves, errors, strict=True)
        for row in curve.rows[:1]
    )
    return Measurement("shape", side, *numbers, range_of=len(errors), method=MEDIAN, values=values)


def _held_out(curve: FieldCurve, side: str) -> float:
    """Relative to the parabola's field at zero, for both sides alike."""
    if side == RIVAL:
        fit = curve.fits["BCS"]
    else:
        fit = min((curve.fits[n] for n in TUNNEL_SHAPES), key=lambda f: f.train_mt)
    return fit.held_out_mt / curve.fits["parabola"].field_0_mt
