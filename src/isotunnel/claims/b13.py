"""B13: the critical current density of films that reach their own limit."""

from __future__ import annotations

import math

from isotunnel.claims import b14
from isotunnel.claims.b14 import FieldRows
from isotunnel.evidence.sources import Sources
from isotunnel.measured.rows_used import RowDropped
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.sample import Case, Sample, median_off
from isotunnel.studies.critical import BCS, CriticalElement


def gather(sources: Sources) -> FieldRows:
    """Elements with a measured field and depth; the others are dropped."""
    rows = b14.gather(sources)
    kept = tuple(e for e in rows.elements if not math.isnan(e.film_current_a_cm2))
    lost = tuple(
        RowDropped(e.rows[0].table, e.rows[0].row, e.element, "no measured penetration depth")
        for e in rows.elements
        if math.isnan(e.film_current_a_cm2)
    )
    return FieldRows(kept, rows.dropped + lost)


def measure(rows: FieldRows) -> tuple[Measurement, ...]:
    """Currents of both sides against those of films."""
    cases = tuple(_case(e) for e in rows.elements)
    return tuple(
        Measurement.of(
            "size",
            Sample(tuple(c for c in cases if side in c.predicted), side, median_off),
            rows.dropped,
            "no metal with a measured field and depth of which it gives a current",
        )
        for side in (PAPER, RIVAL)
    )


def figure_data(rows: FieldRows) -> FigureData:
    """Current densities by theory and as films reach them."""
    marks = []
    for element in rows.elements:
        values = {"films, Hc / lambda": element.film_current_a_cm2, **element.currents_a_cm2}
        for series, value in values.items():
            if value > 0:
                y = math.log10(value)
                marks.append(Mark(element.element, y, None, None, series=series))
    return FigureData(
        title="Critical current density at zero temperature",
        y_axis="log10 of the current density (A/cm^2)",
        marks=tuple(marks),
        lines=(Line("1e8 A/cm^2", 8.0),),
    )


def _case(element: CriticalElement) -> Case:
    measured = element.film_current_a_cm2
    predicted = {}
    nearest = element.nearest_reading(measured, currents=True)
    if nearest is not None:
        predicted[PAPER] = nearest[1]
    if element.currents_a_cm2.get(BCS, 0.0) > 0:
        predicted[RIVAL] = element.currents_a_cm2[BCS]
    return Case(element.element, measured, predicted, {}, element.rows)
