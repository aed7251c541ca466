"""C4: do squeezed atoms contract along an axis and attract each other?"""

from __future__ import annotations

from collections.abc import Iterable

from isotunnel.claims.shared.medians import median_of
from isotunnel.evidence.sources import Sources
from isotunnel.measured.rows_used import RowUsed
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import Measurement
from isotunnel.studies.squeezed import SqueezedGas, squeeze_study

Gases = tuple[SqueezedGas, ...]


def gather(_sources: Sources) -> Gases:
    """Rare gases at measured volumes."""
    return squeeze_study().gases


def measure(rows: Gases) -> tuple[Measurement, ...]:
    """Shape, attraction, relief and energy at the highest measured pressure of each gas."""
    top = most_squeezed(rows)
    used = tuple(r for g in top for r in g.rows)
    shape = {g.symbol: g.anisotropy[0] for g in top}
    other = {g.symbol: g.anisotropy[1] for g in top}
    pull = {g.symbol: g.attraction_ratios[0] for g in top}
    second = {g.symbol: g.attraction_ratios[1] for g in top}
    work = {g.symbol: g.work_ev for g in top}
    none = "no rare gas was squeezed"
    return (
        median_of("contraction", PAPER, shape, used, also=other, otherwise=none),
        median_of("attraction", PAPER, pull, used, also=second, otherwise=none),
        _relief(rows),
        median_of("bound", PAPER, work, used, otherwise=none),
        median_of("repelled", RIVAL, work, used, otherwise=none),
    )


def figure_data(rows: Gases) -> FigureData:
    """What pushes and what pulls, against the measured pressure."""
    marks = []
    for g in (g for g in rows if not g.extrapolated):
        for series, value in (
            ("squeezing costs", g.cost_ev),
            ("multipoles of the deformed clouds", abs(g.multipole_ev[0])),
            ("London dispersion", -g.dispersion_ev),
        ):
            marks.append(Mark(g.name, value, None, None, g.asked_gpa, series))
    return FigureData(
        title="Rare gases squeezed: energies per atom, without their signs",
        x_axis="Measured pressure (GPa)",
        y_axis="Energy (eV per atom)",
        marks=tuple(marks),
        lines=(Line("heat at room temperature", 0.025852),),
        log_y=True,
    )


def most_squeezed(rows: Iterable[SqueezedGas]) -> Gases:
    """Of each gas the crystal at the highest pressure within the measured range."""
    best: dict[str, SqueezedGas] = {}
    for g in rows:
        known = best.get(g.symbol)
        if not g.extrapolated and (known is None or g.asked_gpa > known.asked_gpa):
            best[g.symbol] = g
    return tuple(best.values())


def _relief(rows: Gases) -> Measurement:
    known = most_squeezed(g for g in rows if g.relief is not None)
    values = {g.symbol: g.relief for g in known if g.relief is not None}
    used: tuple[RowUsed, ...] = tuple(r for g in known for r in g.rows)
    return median_of("relief", PAPER, values, used, otherwise="undeformed clouds were not computed")
