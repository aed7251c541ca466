"""B2: is a covalent bond a tunnel segment at the level of its electrons?"""

from __future__ import annotations

from dataclasses import replace

from isotunnel.bonding.h2 import Molecule, MoleculePoint, Reference
from isotunnel.evidence.sources import Sources
from isotunnel.measured.rows_used import RowDropped
from isotunnel.scorecard.claim import PAPER, RIVAL
from isotunnel.scorecard.figure_data import FigureData, Line, Mark
from isotunnel.scorecard.measurement import Measurement

APART = 4.0
"""Bond lengths at which the register asks for the second number."""
SAME_ANGSTROM = 0.01
"""Distances nearer than this are the same."""


def gather(sources: Sources) -> Molecule:
    """The packed calculation and measured numbers."""
    return sources.molecule()


def measure(rows: Molecule) -> tuple[Measurement, ...]:
    """Level minus pass at both distances, which molecular orbitals predict alike.

    The value takes the Kohn-Sham level; the interval spans that and minus the ionisation energy.
    """
    numbers = (
        _level_minus_pass("joined", rows, rows.bond.value, rows.joined),
        _level_minus_pass("apart", rows, APART * rows.bond.value, rows.apart),
    )
    return tuple(replace(n, side=side) for n in numbers for side in (PAPER, RIVAL))


def figure_data(rows: Molecule) -> FigureData:
    """Level minus pass against the distance."""
    marks = []
    for p in rows.points:
        y = p.level_ev - p.saddle_ev
        marks.append(
            Mark(f"{p.distance_angstrom:g}", y, None, None, p.distance_angstrom, "PBE level")
        )
    for distance, other in ((rows.bond.value, rows.joined), (APART * rows.bond.value, rows.apart)):
        for p in _at(rows.points, distance):
            y = -other.value - p.saddle_ev
            name = "minus the measured ionisation energy"
            marks.append(Mark(f"{p.distance_angstrom:g}", y, None, None, p.distance_angstrom, name))
    return FigureData(
        title="H2: level of the electrons against the pass of the potential between the atoms",
        x_axis="Distance of the nuclei (angstrom)",
        y_axis="Level minus pass (eV)",
        marks=tuple(marks),
        lines=(Line("level at the pass", 0.0),),
    )


def _level_minus_pass(part: str, rows: Molecule, distance: float, other: Reference) -> Measurement:
    found = _at(rows.points, distance)
    if not found:
        dropped = tuple(
            RowDropped(p.row.table, p.row.row, p.row.label, "another distance") for p in rows.points
        )
        reason = f"H2 was not computed at {distance:.2f} angstrom"
        return Measurement.refused(part, PAPER, reason, dropped)
    point = found[0]
    value = point.level_ev - point.saddle_ev
    second = -other.value - point.saddle_ev
    used = (point.row, other.row, rows.bond.row)
    low, high = sorted((value, second))
    levels = {"level (eV)": point.level_ev, "pass (eV)": point.saddle_ev}
    return Measurement(
        part,
        PAPER,
        value,
        low,
        high,
        used,
        count=1,
        range_of=2,
        method="level minus pass; the other end of the range takes minus the ionisation energy",
        values=(
            (f"H2 at {distance:.2f} angstrom", levels),
            ("instead of the level", {"minus the ionisation energy (eV)": -other.value}),
        ),
    )


def _at(points: tuple[MoleculePoint, ...], distance: float) -> list[MoleculePoint]:
    return [p for p in points if abs(p.distance_angstrom - distance) < SAME_ANGSTROM]
