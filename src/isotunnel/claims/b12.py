"""B12: does zero resistance expel a field?"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from isotunnel.electrodynamics.slab import History, Medium
from isotunnel.evidence.sources import Sources
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import MEDIAN, Measurement
from isotunnel.studies.meissner import MeissnerTest, materials, meissner_test

MEDIA = {PAPER: Medium.ZERO_RESISTANCE, RIVAL: Medium.LONDON}


@dataclass(frozen=True)
class Expulsions:
    """Metals seen to expel a field, with what each medium does; and those without a depth."""

    tests: tuple[MeissnerTest, ...]
    observed: tuple[RowUsed, ...]
    dropped: tuple[RowDropped, ...]


def gather(sources: Sources) -> Expulsions:
    """A cylinder of each metal that was seen to expel a field and has a measured depth."""
    known = materials(sources.table)
    tests, observed, dropped = [], [], []
    for row in sources.table("flux_expulsion").rows:
        name = row.text("material")
        if name not in known:
            dropped.append(RowDropped.of(row, name, "no measured penetration depth and Tc"))
        else:
            tests.append(meissner_test(name, tables=sources.table))
            observed.append(RowUsed.of(row, name))
    return Expulsions(tuple(tests), tuple(observed), tuple(dropped))


def measure(rows: Expulsions) -> tuple[Measurement, ...]:
    """The flux that stays, by both media; the range is over metals."""
    return tuple(_flux(rows, side) for side in MEDIA)


def _flux(rows: Expulsions, side: str) -> Measurement:
    if not rows.tests:
        reason = "no metal with a measured depth was seen to expel a field"
        return Measurement.refused("flux", side, reason, rows.dropped)
    left = [_left(test, side) for test in rows.tests]
    used = rows.observed + tuple(r for test in rows.tests for r in test.rows)
    numbers = (median(left), min(left), max(left), used, rows.dropped, len(left))
    values = tuple((t.material, {"flux left": x}) for t, x in zip(rows.tests, left, strict=True))
    return Measurement("flux", side, *numbers, range_of=len(left), method=MEDIAN, values=values)


def _left(test: MeissnerTest, side: str) -> float:
    return float(test.curve(MEDIA[side], History.FIELD_COOLED).share[-1])


def figure_data(rows: Expulsions) -> FigureData:
    """Flux that stays, metal by metal."""
    marks = [
        Mark(test.material, left, None, None, series=medium.value.replace("_", " "))
        for side, medium in MEDIA.items()
        for test in rows.tests
        for left in (_left(test, side),)
    ]
    return FigureData(
        title="Flux left in a cylinder that was cooled in the field",
        y_axis="Share of the applied flux",
        marks=tuple(marks),
        lines=(Line("expelled, as observed", 0.0),),
    )
