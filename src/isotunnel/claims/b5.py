"""B5: does resistance fall with pressure because the spacing shrinks?"""

from __future__ import annotations

import math

from isotunnel.claims.shared.slopes import WRONG_SIGN
from isotunnel.evidence.sources import Sources
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import Line, Mark, Picture
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.sample import Case, Sample, median_value
from isotunnel.studies.spacing import CollapsedMetal, SpacingTest, measured_collapse

Rows = SpacingTest[CollapsedMetal]


def gather(sources: Sources) -> Rows:
    """T1 over the tables."""
    return measured_collapse(sources.table)


def measure(rows: Rows) -> tuple[tuple[str, Measurement], ...]:
    """How far the measured ratio of the two slopes is from each theory's."""
    known = [m for m in rows.rows if m.squeezing is not None]
    paper = [_off(m, 1.0) for m in known]
    rival = [_off(m, p) for m in known if (p := _bloch_ratio(m)) is not None]
    return ((PAPER, _median(paper, rows)), (RIVAL, _median(rival, rows)))


def picture(rows: Rows) -> Picture:
    """Slope from heating over slope from squeezing, metal by metal, with both predictions."""
    marks = []
    for metal in rows.rows:
        if metal.ratio is None:
            continue
        value, error = metal.ratio.value, 2 * (metal.ratio.error or 0.0)
        marks.append(Mark(metal.name, value, value - error, value + error, series="measured"))
        predicted = _bloch_ratio(metal)
        if predicted is not None:
            marks.append(
                Mark(metal.name, predicted, predicted, predicted, series="Bloch-Grueneisen")
            )
    return Picture(
        title="d ln rho/d ln V by heating over the same by squeezing",
        y_axis="Ratio (1)",
        marks=tuple(marks),
        lines=(Line("spacing decides all", 1.0),),
    )


def _off(metal: CollapsedMetal, predicted: float) -> Case:
    assert metal.squeezing is not None
    ratio = metal.heating.value / metal.squeezing.value / predicted
    return Case(metal.name, (abs(math.log(ratio)) if ratio > 0 else WRONG_SIGN,))


def _bloch_ratio(metal: CollapsedMetal) -> float | None:
    if metal.squeezing is None or metal.bloch_heating is None or metal.bloch_squeezing is None:
        return None
    return metal.bloch_heating.value / metal.bloch_squeezing.value


def _median(off: list[Case], rows: Rows) -> Measurement:
    if not off:
        return Measurement.refused(
            "collapse", "no metal has all four measured inputs", rows.dropped
        )
    return Measurement.of("collapse", Sample(tuple(off), median_value), rows.used, rows.dropped)
