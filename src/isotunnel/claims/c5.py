"""C5: does hydrogen turn metallic near 400 GPa, and through compression bonds?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median

from isotunnel.claims.shared.medians import median_of
from isotunnel.errors import CannotSay
from isotunnel.evidence.sources import Sources
from isotunnel.measured import Row
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import Measurement
from isotunnel.studies.squeezed import SqueezedHydrogen, squeeze_study

QUOTED_GPA = 400.0
"""The paper's pressure."""
STAND_IN = "H2-I"
"""Upright molecules, which stand for the freely turning ones of phase I: their gap is not its."""
BOND_EV = 4.7477
"""Measured depth of the bond of H2, nuclei at rest (K. P. Huber and G. Herzberg, 1979)."""


@dataclass(frozen=True)
class Metallisation:
    """Experiments that claim metallic hydrogen, and structures that were computed.

    Attributes:
        measured: pressure by experiment, GPa.
        rows: of these.
        computed: structures over pressure.
    """

    measured: dict[str, float]
    rows: tuple[RowUsed, ...]
    computed: tuple[SqueezedHydrogen, ...]


def gather(sources: Sources) -> Metallisation:
    """Claims of metallisation that rest on an experiment, and all hydrogen computed."""
    measured, rows = {}, []
    for row in sources.table("hydrogen"):
        if row["category"] != "metallization" or row["kind"] not in ("claimed", "measured"):
            continue
        pressure = _pressure(row)
        if pressure is None:
            continue
        measured[row.id] = pressure
        rows.append(RowUsed.of(row, "H2"))
    return Metallisation(measured, tuple(rows), squeeze_study().hydrogen)


def measure(rows: Metallisation) -> tuple[Measurement, ...]:
    """Pressure, molecules where the gap closes, strength of their multipoles; the rival's gap."""
    off = {k: abs(math.log(p / QUOTED_GPA)) for k, p in rows.measured.items()}
    closed = closings(rows.computed)
    ratio = {p.name: p.bond_a / p.next_a for p in closed if p.bond_a and p.next_a}
    used = tuple(r for p in closed for r in p.rows)
    top = [_highest(points) for points in _molecular(rows.computed).values()]
    strength = {p.name: p.attraction_ev[0] / BOND_EV for p in top if p.attraction_ev}
    other = {p.name: p.attraction_ev[1] / BOND_EV for p in top if p.attraction_ev}
    gap: dict[str, float] = {}
    if rows.measured:
        middle = median(rows.measured.values())
        gap = {p.name: abs(math.log(p.asked_gpa / middle)) for p in closed}
    nothing = "no gap of a molecular structure closes in the computed range"
    dropped = tuple(
        RowDropped(r.table, r.row, r.label, "upright molecules stand for turning ones")
        for p in rows.computed
        if p.name == STAND_IN
        for r in p.rows
    )
    return (
        median_of("pressure", PAPER, off, rows.rows, otherwise="no experiment"),
        median_of("molecules", PAPER, ratio, used, dropped, otherwise=nothing),
        median_of(
            "strength",
            PAPER,
            strength,
            tuple(r for p in top for r in p.rows),
            also=other,
            otherwise="no molecular structure was computed",
        ),
        median_of("gap", RIVAL, gap, (*rows.rows, *used), dropped, otherwise=nothing),
    )


def figure_data(rows: Metallisation) -> FigureData:
    """Kohn-Sham gap of each structure against pressure."""
    marks = tuple(
        Mark(f"{p.asked_gpa:g}", p.gap_ev, None, None, p.asked_gpa, p.phase) for p in rows.computed
    )
    return FigureData(
        title="Gap of hydrogen through its phases, PBE, nuclei at rest",
        x_axis="Pressure (GPa)",
        y_axis="Gap (eV)",
        marks=marks,
        lines=(Line("metal", 0.0),),
    )


def _pressure(row: Row) -> float | None:
    """The pressure of a row, or the middle of its range."""
    try:
        return row.number("pressure_gpa")
    except CannotSay:
        low, high = row["pressure_gpa_low"], row["pressure_gpa_high"]
    if not isinstance(low, float | int) or not isinstance(high, float | int):
        return None
    return (low + high) / 2


def closings(computed: tuple[SqueezedHydrogen, ...]) -> tuple[SqueezedHydrogen, ...]:
    """Of each molecular structure that has a gap below, the lowest pressure without one.

    Not of the stand-in for phase I, whose gap closes where no such crystal exists.
    """
    found = []
    for name, points in _molecular(computed).items():
        if name == STAND_IN:
            continue
        ordered = sorted(points, key=lambda p: p.asked_gpa)
        if ordered[0].gap_ev > 0:
            found += [p for p in ordered if p.gap_ev == 0][:1]
    return tuple(found)


def _molecular(
    computed: tuple[SqueezedHydrogen, ...],
) -> dict[str, list[SqueezedHydrogen]]:
    found: dict[str, list[SqueezedHydrogen]] = {}
    for p in computed:
        if p.bond_a is not None:
            found.setdefault(p.name, []).append(p)
    return found


def _highest(points: list[SqueezedHydrogen]) -> SqueezedHydrogen:
    return max(points, key=lambda p: p.asked_gpa)
