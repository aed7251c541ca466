"""A6: does a free electron push its surroundings away?"""

from __future__ import annotations

from isotunnel.bonding.screening import MODELS
from isotunnel.evidence.sources import Sources
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import Measurement
from isotunnel.studies.electron_sea import SeaMetal, SeaStudy, sea_study

AWAY = {PAPER: True, RIVAL: False}
"""Whether a side has the nearest ion move away from the electron."""


def gather(sources: Sources) -> SeaStudy:
    """Simple metals in which an extra electron is placed."""
    return sea_study(sources.table)


def measure(rows: SeaStudy) -> tuple[Measurement, ...]:
    """Share of metals in which the nearest ion moves as a side predicts."""
    return tuple(_share(rows, side) for side in AWAY)


def figure_data(rows: SeaStudy) -> FigureData:
    """Displacement of the nearest ion, metal by metal, by both models of screening."""
    marks = [
        Mark(metal.element, shift, None, None, series=f"{model.replace('_', '-')} screening")
        for model in MODELS
        for metal in _screened(rows)
        for shift in (metal.shifts[model].displacement_angstrom,)
    ]
    return FigureData(
        title="Displacement of the nearest ion by an extra electron; below zero it is drawn near",
        y_axis="Displacement (angstrom)",
        marks=tuple(marks),
        lines=(Line("not moved", 0.0),),
    )


def _screened(study: SeaStudy) -> list[SeaMetal]:
    return [m for m in study.metals if m.shifts]


def _share(study: SeaStudy, side: str) -> Measurement:
    metals = _screened(study)
    moves = {m.element: m.shifts["lindhard"].displacement_angstrom for m in metals}
    hits = {name: (move > 0) == AWAY[side] for name, move in moves.items()}
    shown = {name: {"displacement (angstrom)": move} for name, move in moves.items()}
    used = tuple(r for m in metals for r in m.rows)
    rest = (used, study.dropped, "no metal is screened", shown)
    return Measurement.of_share("displacement", side, hits, *rest)
