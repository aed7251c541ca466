"""B14: the critical field at zero, its fall with temperature, and upper critical fields."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from isotunnel.claims.shared.medians import median_of
from isotunnel.evidence.sources import Sources
from isotunnel.measured.rows_used import RowDropped
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.sample import Case, Sample, median_off
from isotunnel.studies.critical import BCS, CriticalElement, critical_element, elements
from isotunnel.studies.critical_curves import (
    HC,
    HC2,
    STANDARD,
    MaterialCurves,
    thermodynamic_curves,
    upper_curves,
)
from isotunnel.studies.critical_shapes import TUNNEL_SHAPES


@dataclass(frozen=True)
class FieldRows:
    """Elements with a measured field, curves against temperature, and what was left out."""

    elements: tuple[CriticalElement, ...]
    dropped: tuple[RowDropped, ...] = ()
    curves: tuple[MaterialCurves, ...] = ()
    upper: tuple[MaterialCurves, ...] = ()


def gather(sources: Sources) -> FieldRows:
    """Every element of the tables that has a critical field at zero, and every curve."""
    found, dropped = [], []
    for name in elements(sources.table):
        element = critical_element(name, sources.table, sources.substances)
        if math.isnan(element.field_mt):
            row = element.rows[-1]
            reason = "no measured critical field at zero"
            dropped.append(RowDropped(row.table, row.row, name, reason))
        else:
            found.append(element)
    curves = thermodynamic_curves(sources.table), upper_curves(sources.table)
    return FieldRows(tuple(found), tuple(dropped), *curves)


def measure(rows: FieldRows) -> tuple[Measurement, ...]:
    """Fields at zero, held-out errors of the shapes, and what points near Tc foretell."""
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
    shapes = [
        _shape(part, materials, field, side)
        for part, materials, field in (("shape", rows.curves, HC), ("upper", rows.upper, HC2))
        for side in (PAPER, RIVAL)
    ]
    return (*sizes, *shapes, *(_extrapolated(rows.upper, side) for side in (PAPER, RIVAL)))


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


def _shape(part: str, materials: Sequence[MaterialCurves], field: str, side: str) -> Measurement:
    """Relative to the parabola's field at zero, for both sides alike."""
    laws = (STANDARD[field],) if side == RIVAL else TUNNEL_SHAPES
    errors = {m.material: m.held_out(*laws) for m in materials}
    used = [row for m in materials for row in m.rows]
    return median_of(part, side, errors, used, otherwise="no field against temperature")


def _extrapolated(materials: Sequence[MaterialCurves], side: str) -> Measurement:
    law = STANDARD[HC2] if side == RIVAL else "tunnel"
    ratios = {m.material: m.lowest_over_measured(law) for m in materials}
    off = {n: abs(math.log(r)) for n, r in ratios.items() if r is not None}
    used = [row for m in materials if m.material in off for row in m.rows]
    dropped = [
        RowDropped(m.rows[0].table, m.rows[0].row, m.material, "too few points near Tc")
        for m in materials
        if m.material not in off
    ]
    return median_of("extrapolated", side, off, used, dropped, otherwise="no points near Tc")
