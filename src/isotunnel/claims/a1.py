"""A1: can mobile electrons be the glue of a metal?"""

from __future__ import annotations

from collections.abc import Callable

from isotunnel.evidence.sources import Sources
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.sample import Case, Sample, median_off
from isotunnel.studies.electron_sea import SeaMetal, SeaStudy, sea_study


def gather(sources: Sources) -> SeaStudy:
    """Every simple metal of the table in a sea of electrons."""
    return sea_study(sources.table)


def measure(rows: SeaStudy) -> tuple[Measurement, ...]:
    """How far the sea's cohesive energy and bulk modulus are from the measured ones."""
    return (
        _median("glue", PAPER, rows, _cohesion),
        _median("binds", RIVAL, rows, _cohesion),
        _median("stiffness", RIVAL, rows, _stiffness),
    )


def figure_data(rows: SeaStudy) -> FigureData:
    """Cohesive energy of the sea over the measured one, metal by metal."""
    marks = []
    for metal in sorted(rows.metals, key=lambda m: m.valence):
        ratio = metal.cohesive_ev / metal.measured_cohesive_ev
        series = f"{metal.valence} electron{'s' if metal.valence > 1 else ''} per atom"
        marks.append(Mark(metal.element, ratio, None, None, series=series))
    return FigureData(
        title="Cohesive energy of ions in a sea of electrons over the measured one",
        y_axis="Predicted / measured (1)",
        marks=tuple(marks),
        lines=(Line("as measured", 1.0), Line("no glue", 0.0)),
    )


def _cohesion(metal: SeaMetal) -> tuple[float, float]:
    return metal.cohesive_ev, metal.measured_cohesive_ev


def _stiffness(metal: SeaMetal) -> tuple[float, float]:
    return metal.predicted.bulk_modulus_gpa, metal.measured_bulk_modulus_gpa


def _median(
    part: str, side: str, rows: SeaStudy, pair: Callable[[SeaMetal], tuple[float, float]]
) -> Measurement:
    """Both sides are judged by the sea's number: by one it fails, by the other it works."""
    cases = []
    for metal in rows.metals:
        predicted, measured = pair(metal)
        cases.append(Case(metal.element, measured, {side: predicted}, rows=metal.rows))
    return Measurement.of(part, Sample(tuple(cases), side, median_off), rows.dropped)
