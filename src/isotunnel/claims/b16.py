"""B16: superconductors inside planets, and Earth's field from them?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from isotunnel.errors import CannotSay
from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import median
from isotunnel.measured.rows_used import RowUsed
from isotunnel.planets.states import SPACING, STANDARD, THEORIES
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.sample import FAR_OFF, Case, Sample, median_off
from isotunnel.studies.planets import (
    HotLayer,
    MeasuredConductor,
    dipole_change,
    hot_layers,
    measured_conductors,
)

THEORY_OF = {PAPER: SPACING, RIVAL: STANDARD}


class ConductivityCase(Case):
    """A conductivity; no resistance, and no conduction, are as far off as can be."""

    def off(self, side: str) -> float:
        """|ln(predicted / measured)|, ``FAR_OFF`` where that is infinite."""
        predicted = float(self.predicted[side])
        return super().off(side) if math.isfinite(predicted) else FAR_OFF


@dataclass(frozen=True)
class PlanetRows:
    """What B16 is judged on.

    Attributes:
        layers: conducting layers of planets and their heat.
        conductors: measured conductivities, with the theories' beside them.
        change: change of Earth's dipole and the rows of all its epochs; None where unknown.
    """

    layers: tuple[HotLayer, ...]
    conductors: tuple[MeasuredConductor, ...]
    change: tuple[float, tuple[RowUsed, ...]] | None


def gather(sources: Sources) -> PlanetRows:
    """Layers, measured conductors, epochs of the dipole."""
    layers, conductors = hot_layers(sources.table), measured_conductors(sources.table)
    try:
        change = dipole_change(sources.table)[0]
    except CannotSay:
        return PlanetRows(layers, conductors, None)
    rows = tuple(RowUsed.of(r, "Earth") for r in sources.table("earth_dipole").rows)
    return PlanetRows(layers, conductors, (change, rows))


def measure(rows: PlanetRows) -> tuple[Measurement, ...]:
    """Heat of layers, resistivity by both theories, change of the dipole."""
    return (_temperature(rows.layers), *_resistivity(rows.conductors), _frozen(rows))


def figure_data(rows: PlanetRows) -> FigureData:
    """Conductivities, measured and by both theories, point by point."""
    marks = []
    for c in rows.conductors:
        label = f"{c.material} {c.pressure_gpa:.0f} GPa {c.temperature_k:.0f} K"
        marks.append(_mark(label, c.measured_s_m, "measured"))
        marks += [
            _mark(label, sigma, THEORIES[theory])
            for theory, state in c.predicted.items()
            if math.isfinite(sigma := state.conductivity_s_m) and sigma > 0
        ]
    return FigureData(
        title="Conductivity at conditions of planets; a superconductor's is infinite, not drawn",
        y_axis="log10 of the conductivity (S/m)",
        marks=tuple(marks),
        lines=(Line("silver at room temperature", math.log10(6.3e7)),),
    )


def _mark(label: str, conductivity: float, series: str) -> Mark:
    y = math.log10(conductivity)
    return Mark(label, y, y, y, series=series)


def _temperature(layers: Sequence[HotLayer]) -> Measurement:
    if not layers:
        return Measurement.refused("temperature", PAPER, "no conducting layer with a known Tc")
    import numpy as np

    hot = [math.log(layer.temperature_k / layer.tc_k) for layer in layers]
    used = tuple(row for layer in layers for row in layer.rows)
    numbers = (median(np.array(hot)), min(hot), max(hot))
    return Measurement("temperature", PAPER, *numbers, used, (), len(hot), range_of=len(hot))


def _resistivity(conductors: Sequence[MeasuredConductor]) -> tuple[Measurement, ...]:
    cases = tuple(_case(c) for c in conductors)
    return tuple(
        Measurement.of(
            "resistivity",
            Sample(tuple(c for c in cases if side in c.predicted), side, median_off),
            otherwise="no measured conductor that it answers",
        )
        for side in THEORY_OF
    )


def _case(conductor: MeasuredConductor) -> ConductivityCase:
    predicted, silent = {}, {}
    for side, theory in THEORY_OF.items():
        state = conductor.predicted[theory]
        if state.state is None:
            silent[side] = state.reason
        elif math.isnan(state.conductivity_s_m) and state.state == "metal":
            silent[side] = "a metal, of no stated conductivity"
        else:
            sigma = state.conductivity_s_m
            predicted[side] = 0.0 if math.isnan(sigma) else sigma
    return ConductivityCase(
        conductor.row_id,
        conductor.measured_s_m,
        predicted,
        silent,
        (conductor.row,),
        conductor.group,
    )


def _frozen(rows: PlanetRows) -> Measurement:
    if rows.change is None:
        return Measurement.refused("frozen", PAPER, "fewer than two epochs of Earth's dipole")
    change, used = rows.change
    return Measurement("frozen", PAPER, change, change, change, used)
