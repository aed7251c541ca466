"""A2: would a lattice of ions fly apart without its electrons?"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from isotunnel.bonding.ion_cluster import BareCluster, bare_cluster
from isotunnel.evidence.sources import Sources
from isotunnel.measured.rows_used import RowDropped
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import Measurement
from isotunnel.studies.electron_sea import SeaMetal, sea_study

IONS = 200
LATTICES = {"bcc": "bcc", "fcc": "fcc", "hcp": "fcc"}
"""Lattice of the ball; a hexagonal metal is cut as the other close packing of the same volume."""


@dataclass(frozen=True)
class BareMetal:
    """A ball of a metal's ions without its electrons."""

    metal: SeaMetal
    cluster: BareCluster


@dataclass(frozen=True)
class BareMetals:
    """All metals of a lattice that can be cut, and those that were left out."""

    metals: tuple[BareMetal, ...]
    dropped: tuple[RowDropped, ...]


def gather(sources: Sources) -> BareMetals:
    """A ball of ions for each metal of the table."""
    study = sea_study(sources.table)
    chosen, dropped = [], list(study.dropped)
    for metal in study.metals:
        if metal.structure not in LATTICES:
            reason = f"no ball is cut out of a {metal.structure} lattice"
            dropped += [RowDropped(r.table, r.row, r.label, reason) for r in metal.rows]
            continue
        lattice = LATTICES[metal.structure]
        cluster = bare_cluster(lattice, metal.volume_a3, metal.valence, IONS)
        chosen.append(BareMetal(metal, cluster))
    return BareMetals(tuple(chosen), tuple(dropped))


def measure(rows: BareMetals) -> tuple[Measurement, ...]:
    """The outward force on the surface, the same for both sides; the range is over metals."""
    if not rows.metals:
        reason = "no metal with a measured volume"
        return tuple(
            Measurement.refused("force", side, reason, rows.dropped) for side in (PAPER, RIVAL)
        )
    by_metal = {m.metal.element: m.cluster.surface_force_ev_angstrom for m in rows.metals}
    forces = list(by_metal.values())
    values = tuple((name, {"force (eV/angstrom)": force}) for name, force in by_metal.items())
    used = tuple(r for m in rows.metals for r in m.metal.rows)
    numbers = (median(forces), min(forces), max(forces), used, rows.dropped, len(forces))
    method = "median over metals; the range holds them all"
    return tuple(
        Measurement("force", side, *numbers, range_of=len(forces), method=method, values=values)
        for side in (PAPER, RIVAL)
    )


def figure_data(rows: BareMetals) -> FigureData:
    """Energy per ion of the balls against that of the neutral metal."""
    marks = []
    for m in rows.metals:
        for series, energy in (
            (f"bare ions, a ball of {m.cluster.ions}", m.cluster.energy_per_ion_ev),
            ("ions with their sea", m.metal.predicted.energy_ev),
        ):
            marks.append(Mark(m.metal.element, energy, None, None, series=series))
    return FigureData(
        title="Energy per ion of a ball of bare ions and of the metal",
        y_axis="Energy per ion (eV)",
        marks=tuple(marks),
        lines=(Line("ions far apart", 0.0),),
    )
