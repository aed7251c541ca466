"""B5: does resistance fall with pressure because the spacing shrinks?"""

from __future__ import annotations

from isotunnel.evidence.sources import Sources
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark, two_errors
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.sample import Case, Sample, median_off
from isotunnel.studies.spacing import CollapsedMetal, SpacingTest, measured_collapse

Metals = SpacingTest[CollapsedMetal]


def gather(sources: Sources) -> Metals:
    """T1 over the tables."""
    return measured_collapse(sources.table)


def measure(rows: Metals) -> tuple[Measurement, ...]:
    """How far the measured ratio of the two slopes is from each theory's."""
    cases = [_case(m) for m in rows.rows if m.squeezing is not None]
    return tuple(_median(cases, side, rows) for side in (PAPER, RIVAL))


def figure_data(rows: Metals) -> FigureData:
    """Slope from heating over slope from squeezing, metal by metal, with both predictions."""
    marks = []
    for metal in rows.rows:
        if metal.ratio is None:
            continue
        low, high = two_errors(metal.ratio)
        marks.append(Mark(metal.name, metal.ratio.value, low, high, series="measured"))
        predicted = _bloch_ratio(metal)
        if predicted is not None:
            marks.append(Mark(metal.name, predicted, None, None, series="Bloch-Grueneisen"))
    return FigureData(
        title="d ln rho/d ln V by heating over the same by squeezing; bars are two errors, "
        "none where one that it rests on is unknown",
        y_axis="Ratio (1)",
        marks=tuple(marks),
        lines=(Line("spacing decides all", 1.0),),
    )


def _case(metal: CollapsedMetal) -> Case:
    """The ratio of the slopes: 1 where spacing decides all, else that of Bloch and Grueneisen."""
    assert metal.squeezing is not None
    predicted = {PAPER: 1.0}
    bloch = _bloch_ratio(metal)
    if bloch is not None:
        predicted[RIVAL] = bloch
    return Case(metal.name, metal.heating.value / metal.squeezing.value, predicted)


def _bloch_ratio(metal: CollapsedMetal) -> float | None:
    if metal.squeezing is None or metal.bloch_heating is None or metal.bloch_squeezing is None:
        return None
    return metal.bloch_heating.value / metal.bloch_squeezing.value


def _median(cases: list[Case], side: str, rows: Metals) -> Measurement:
    sample = Sample(tuple(c for c in cases if side in c.predicted), side, median_off)
    reason = "no metal has all four measured inputs"
    return Measurement.of("collapse", sample, rows.dropped, reason, used=rows.used)
