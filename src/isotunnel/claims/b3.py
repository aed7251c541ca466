"""B3: do two squeezed H2 become a tetrahedron, and does solid hydrogen then conduct?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from isotunnel.bonding.h4_bond import H4Bond, H4Passage, H4Spacing
from isotunnel.bonding.h4_states import BASIS
from isotunnel.claims import b9
from isotunnel.claims.b9 import Metallised
from isotunnel.evidence.sources import Sources
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import Measurement

HIGHEST_GPA = 500.0
"""Hydrogen was measured to become a metal below."""
SQUEEZED_GPA = 100.0
CRYSTAL = "H2@5.4GPa"
SOURCE = "computed with PySCF by scripts/make_bonds.py"


@dataclass(frozen=True)
class Hydrogen:
    """Four atoms, and by reading the metallisation of the crystal (None where there is none).

    ``reading`` is the one that is shown first.
    """

    bond: H4Bond
    solids: dict[str, Metallised | None]
    reading: str


def gather(sources: Sources) -> Hydrogen:
    """The packed calculation of H4, and what B9 makes of solid H2."""
    by_reading = b9.gather(sources)
    solids = {
        reading: next((m for m in rows.metallised if m.material == CRYSTAL), None)
        for reading, rows in by_reading.rows.items()
    }
    return Hydrogen(sources.h4(), solids, by_reading.reading)


def measure(rows: Hydrogen) -> tuple[Measurement, ...]:
    """The tetrahedron's energy, the passes in it, and the pressure of metallisation."""
    numbers = [_energy("tetrahedron", PAPER, rows), _energy("molecules", RIVAL, rows)]
    numbers += [_passage(side, rows) for side in (PAPER, RIVAL)]
    for reading, solid in rows.solids.items():
        off = None if solid is None else solid.tunnel_off
        numbers.append(_solid(PAPER, solid, off, reading))
    solid = rows.solids[rows.reading]
    return (*numbers, _solid(RIVAL, solid, None if solid is None else solid.band_off, rows.reading))


def figure_data(rows: Hydrogen) -> FigureData:
    """Energies of both against the distance of the molecules' middles."""
    marks = []
    for s in (s for s in rows.bond.spacings if s.basis == BASIS):
        for series, y in (("tetrahedron", s.tetrahedron_ev), ("two molecules", s.molecules_ev)):
            name = f"{s.between_angstrom:g} angstrom"
            marks.append(Mark(name, y, None, None, s.between_angstrom, series))
    return FigureData(
        title="H4: tetrahedron and two crossed molecules whose middles are as far apart",
        x_axis="Distance of the middles (angstrom)",
        y_axis="Energy less four atoms' (eV)",
        marks=tuple(marks),
        lines=(Line("four atoms", 0.0),),
    )


def _energy(part: str, side: str, rows: Hydrogen) -> Measurement:
    """The least difference at reachable spacings, its range over the bases there."""
    reached, dropped = _reached(rows.bond.spacings)
    main = [s for s in reached if s.basis == BASIS]
    if not main:
        return Measurement.refused(part, side, "no spacing up to 500 GPa was computed", dropped)
    best = min(main, key=lambda s: s.difference_ev)
    same = [s for s in reached if s.between_angstrom == best.between_angstrom]
    every = [s.difference_ev for s in same]
    return Measurement(
        part,
        side,
        best.difference_ev,
        min(every),
        max(every),
        tuple(_row(s) for s in reached),
        dropped,
        count=len(main),
        range_of=len(every),
        method="least over the spacings; its range over the bases at that spacing",
        values=tuple((_label(s), {"difference (eV)": s.difference_ev}) for s in reached),
    )


def _reached(
    spacings: Sequence[H4Spacing],
) -> tuple[list[H4Spacing], tuple[RowDropped, ...]]:
    kept = [s for s in spacings if not s.pressure_gpa > HIGHEST_GPA]
    dropped = [
        RowDropped("h4", _row(s).row, _label(s), f"above {HIGHEST_GPA:g} GPa")
        for s in spacings
        if s not in kept
    ]
    return kept, tuple(dropped)


def _passage(side: str, rows: Hydrogen) -> Measurement:
    """Level less pass in tetrahedra as dense as squeezed hydrogen."""
    found = [
        p
        for p in rows.bond.passages
        if p.tetrahedral and SQUEEZED_GPA <= p.pressure_gpa <= HIGHEST_GPA
    ]
    if not found:
        reason = "no tetrahedron between 100 and 500 GPa was computed"
        return Measurement.refused("passage", side, reason)
    values = [p.level_ev - p.pass_all_ev for p in found]
    return Measurement(
        "passage",
        side,
        min(values),
        min(values),
        max(values),
        tuple(_passage_row(p) for p in found),
        range_of=len(values),
        method="least over the spacings; the range is that of all of them",
        values=tuple(
            (_passage_row(p).label, {"level (eV)": p.level_ev, "pass (eV)": p.pass_all_ev})
            for p in found
        ),
    )


def _solid(side: str, solid: Metallised | None, off: float | None, reading: str) -> Measurement:
    shown = reading if side == PAPER else ""
    if solid is None or off is None:
        reason = "no measured metallisation of solid H2 lies in a scan"
        return replace(Measurement.refused("solid", side, reason), reading=shown)
    return Measurement(
        "solid",
        side,
        off,
        off,
        off,
        solid.rows,
        count=1,
        reading=shown,
        method="one crystal against the median of the measured pressures",
        values=((CRYSTAL, {"measured (GPa)": solid.measured_gpa, "factor": math.exp(off)}),),
    )


def _label(spacing: H4Spacing) -> str:
    return f"H4, middles {spacing.between_angstrom:g} angstrom apart, {spacing.basis}"


def _row(spacing: H4Spacing) -> RowUsed:
    name = f"h4:{spacing.basis}:{spacing.between_angstrom:g}"
    return RowUsed("h4", name, _label(spacing), SOURCE)


def _passage_row(passage: H4Passage) -> RowUsed:
    name = f"h4:potential:{passage.bond_angstrom:g}"
    return RowUsed("h4", name, f"tetrahedron of edge {passage.bond_angstrom:.2f} angstrom", SOURCE)
