"""B16: superconductors inside planets, and Earth's field from them?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from isotunnel.claims.shared.elements import Value, room_resistivities
from isotunnel.errors import CannotSay
from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import median
from isotunnel.measured import Row
from isotunnel.measured.rows_used import RowUsed
from isotunnel.planets.states import SPACING, STANDARD, THEORIES
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import Measurement
from isotunnel.scorecard.sample import FAR_OFF, Case, Sample, median_off
from isotunnel.studies.planets import (
    DIPOLE,
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
        change: change of Earth's dipole; None where unknown.
        epochs: of the dipole.
        silver: resistivity of silver at room temperature, 1e-8 ohm m, for the figure.
    """

    layers: tuple[HotLayer, ...]
    conductors: tuple[MeasuredConductor, ...]
    change: float | None
    epochs: tuple[Row, ...]
    silver: Value | None


def gather(sources: Sources) -> PlanetRows:
    """Layers, measured conductors, epochs of the dipole."""
    layers, conductors = hot_layers(sources.table), measured_conductors(sources.table)
    silver = room_resistivities(sources).get("Ag")
    try:
        change = dipole_change(sources.table)[0]
    except CannotSay:
        return PlanetRows(layers, conductors, None, (), silver)
    epochs = tuple(sources.table("earth_dipole").rows)
    return PlanetRows(layers, conductors, change, epochs, silver)


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
        lines=() if rows.silver is None else (_silver(rows.silver),),
    )


def _silver(resistivity: Value) -> Line:
    return Line("silver at room temperature", -math.log10(resistivity.value * 1e-8))


def _mark(label: str, conductivity: float, series: str) -> Mark:
    y = math.log10(conductivity)
    return Mark(label, y, None, None, series=series)


def _temperature(layers: Sequence[HotLayer]) -> Measurement:
    if not layers:
        return Measurement.refused("temperature", PAPER, "no conducting layer with a known Tc")
    import numpy as np

    hot = [math.log(layer.temperature_k / layer.tc_k) for layer in layers]
    used = tuple(row for layer in layers for row in layer.rows)
    numbers = (median(np.array(hot)), min(hot), max(hot), used, (), len(hot))
    values = tuple(
        (f"{x.body}, {x.layer}", {"temperature (K)": x.temperature_k, "highest Tc (K)": x.tc_k})
        for x in layers
    )
    method = "median of ln(temperature / highest Tc), with the range of the layers"
    return Measurement(
        "temperature", PAPER, *numbers, range_of=len(hot), method=method, values=values
    )


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
    used = tuple(RowUsed.of(r, "Earth") for r in rows.epochs)
    values = tuple(
        (f"{r.number('epoch'):.0f}", {name: r.number(name) for name in DIPOLE}) for r in rows.epochs
    )
    method = "length of (g10, g11, h11), last epoch against first"
    number = Measurement("frozen", PAPER, rows.change, rows.change, rows.change, used)
    return replace(number, method=method, values=values)
