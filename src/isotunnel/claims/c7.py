"""C7: is there an attraction under compression that is not London dispersion?"""

from __future__ import annotations

import math

from isotunnel.claims.c4 import Gases, most_squeezed
from isotunnel.claims.shared.medians import median_of
from isotunnel.evidence.sources import Sources
from isotunnel.measured.rows_used import RowDropped
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import Measurement
from isotunnel.studies.squeezed import SqueezedGas, squeeze_study


def gather(_sources: Sources) -> Gases:
    """Rare gases at measured volumes."""
    return squeeze_study().gases


def measure(rows: Gases) -> tuple[Measurement, ...]:
    """Multipoles and all deformation against dispersion, and computed against measured pressures.

    PBE holds a part of the dispersion already where clouds overlap, and nobody knows how much: the
    interval of the pressures spans all of it added and none.
    """
    top = most_squeezed(rows)
    used = tuple(r for g in top for r in g.rows)
    strength = {g.symbol: g.multipole_ev[0] / g.dispersion_ev for g in top}
    other = {g.symbol: g.multipole_ev[1] / g.dispersion_ev for g in top}
    relieved = most_squeezed(g for g in rows if g.frozen_ev is not None)
    whole = {g.symbol: -_taken(g) / g.dispersion_ev for g in relieved}
    points = [g for g in rows if _comparable(g)]
    everything = tuple(r for g in points for r in g.rows)
    dropped = tuple(
        RowDropped(r.table, r.row, r.label, _why_not(g))
        for g in rows
        if not _comparable(g)
        for r in g.rows[:1]
    )
    none = "no rare gas was squeezed"
    with_all = {_label(g): (g.computed_gpa, g.static_gpa) for g in points}
    alone = {_label(g): (g.pbe_gpa, g.static_gpa) for g in points}
    return (
        median_of("strength", PAPER, strength, used, also=other, otherwise=none),
        median_of(
            "whole",
            PAPER,
            whole,
            tuple(r for g in relieved for r in g.rows),
            otherwise="undeformed clouds were not computed",
        ),
        median_of(
            "missing",
            PAPER,
            {k: (p - m) / p for k, (p, m) in with_all.items()},
            everything,
            dropped,
            also={k: (p - m) / p for k, (p, m) in alone.items()},
            otherwise=none,
        ),
        median_of(
            "explained",
            RIVAL,
            {k: abs(math.log(p / m)) for k, (p, m) in with_all.items()},
            everything,
            dropped,
            also={k: abs(math.log(p / m)) for k, (p, m) in alone.items()},
            otherwise=none,
        ),
    )


def figure_data(rows: Gases) -> FigureData:
    """Computed over measured pressure, with and without dispersion."""
    marks = []
    for g in (g for g in rows if not g.extrapolated and g.static_gpa > 0):
        for series, value in (("PBE", g.pbe_gpa), ("PBE and all dispersion", g.computed_gpa)):
            marks.append(Mark(g.name, value / g.static_gpa, None, None, g.asked_gpa, series))
    return FigureData(
        title="Pressure of squeezed rare gases, nuclei at rest",
        x_axis="Measured pressure (GPa)",
        y_axis="Computed over measured",
        marks=tuple(marks),
        lines=(Line("as measured", 1.0),),
    )


def _label(gas: SqueezedGas) -> str:
    return f"{gas.name}, {gas.asked_gpa:g} GPa"


def _comparable(gas: SqueezedGas) -> bool:
    return not gas.extrapolated and gas.static_gpa > 0 and gas.computed_gpa > 0


def _why_not(gas: SqueezedGas) -> str:
    if gas.extrapolated:
        return f"{_label(gas)}: beyond the range of the measured equation of state"
    return f"{_label(gas)}: no pressure is left with the nuclei at rest or with all the dispersion"


def _taken(gas: SqueezedGas) -> float:
    """Energy that deformation takes off, eV."""
    return 0.0 if gas.frozen_ev is None else gas.frozen_ev - gas.cost_ev
