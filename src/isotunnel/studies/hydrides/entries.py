"""The hydrides whose cells and critical temperatures were published, as one list."""

from __future__ import annotations

import string
from dataclasses import dataclass
from functools import cache

from isotunnel import measured
from isotunnel.crystal.formula import formula_counts
from isotunnel.errors import CrystalError
from isotunnel.measured import Row

STRUCTURES, HTSC = "hydrides_structures", "hydrides_htsc2025"
"""Tables of measured that the entries come from."""


@dataclass(frozen=True)
class HydrideEntry:
    """What is published of one hydride's crystal.

    Attributes:
        id: of the row in its table.
        table: name of the table in :mod:`isotunnel.measured`.
        compound: formula as printed.
        family: chemical family: the benchmark's own (X2YH6, ...), else formula type and group.
        space_group, number: as printed; None where not stated.
        cell: a, b, c in angstrom, alpha, beta, gamma in degrees, conventional; None where unknown.
        sites: Wyckoff sites as printed, "" where they are not.
        z: formula units in the conventional cell, None where not stated.
        volume_per_formula_angstrom3: as printed, None where not stated.
        atoms: number of atoms in the conventional cell as printed, None where not stated.
        pressure_gpa: that the cell belongs to, None where not stated.
        pressure_basis: how the pressure is known.
        tc_predicted_k: predicted for this crystal, None where there is none.
        tc_measured_k: measured on the compound, None where there is none.
        tc_measured_pressure_gpa: where that was measured; not the pressure of the cell.
        source, grade, note: of the row.
    """

    id: str
    table: str
    compound: str
    family: str
    space_group: str
    number: int | None
    cell: tuple[float, float, float, float, float, float] | None
    sites: str
    z: int | None
    volume_per_formula_angstrom3: float | None
    atoms: int | None
    pressure_gpa: float | None
    pressure_basis: str
    tc_predicted_k: float | None
    tc_measured_k: float | None
    tc_measured_pressure_gpa: float | None
    source: str
    grade: str
    note: str

    @property
    def short_id(self) -> str:
        """Id without the table's name."""
        return self.id.partition(":")[2]


FCC_CELLS = frozenset(
    ["K2CdCuH6", "K2GaCuH6", "K2LiZnH6", "Na2GaCuH6", "Na2LiAgH6"],
)
"""Rows of the benchmark without symmetry (P1) whose printed cell has angles of 60 degrees within
2e-6: read in the CIF texts of HTSC-2025.json, github xqh19970407/HTSC-2025; our table of the
benchmark holds no angles, which the space group gives for all others."""


@cache
def hydride_entries() -> tuple[HydrideEntry, ...]:
    """All rows of both tables, in their order; controls without hydrogen are among them."""
    return tuple(entry_of(row) for name in (STRUCTURES, HTSC) for row in measured.table(name))


def entry_of(row: Row) -> HydrideEntry:
    """The entry of a row of either table."""
    return _of_structures(row) if row.table == STRUCTURES else _of_benchmark(row)


def _of_structures(row: Row) -> HydrideEntry:
    number = _number(row, "number")
    units = _number(row, "formula_units")
    return HydrideEntry(
        id=row.id,
        table=row.table,
        compound=row.text("compound"),
        family=_structure_type(row.text("compound"), row.text("space_group")),
        space_group=row.text("space_group"),
        number=None if number is None else int(number),
        cell=_printed_cell(row),
        sites=row.text("sites"),
        z=None if units is None else int(units),
        volume_per_formula_angstrom3=_number(row, "volume_per_formula_angstrom3"),
        atoms=None,
        pressure_gpa=_number(row, "pressure_gpa"),
        pressure_basis=row.text("pressure_basis"),
        tc_predicted_k=None,
        tc_measured_k=row.quantity("tc_k").value,
        tc_measured_pressure_gpa=row.quantity("tc_pressure_gpa").value,
        source=row.source,
        grade=row.grade,
        note=row.note,
    )


def _of_benchmark(row: Row) -> HydrideEntry:
    number = int(row.number("number"))
    a, b, c = (row.number(f"{n}_angstrom") for n in "abc")
    return HydrideEntry(
        id=row.id,
        table=row.table,
        compound=row.text("formula"),
        family=row.text("family"),
        space_group=row.text("space_group"),
        number=number,
        cell=_with_angles(row.text("formula"), number, a, b, c),
        sites=row.text("sites"),
        z=None,
        volume_per_formula_angstrom3=None,
        atoms=int(row.number("atoms")),
        pressure_gpa=row.number("pressure_gpa"),
        pressure_basis="stated by the benchmark",
        tc_predicted_k=row.number("tc_predicted_k"),
        tc_measured_k=None,
        tc_measured_pressure_gpa=None,
        source=row.source,
        grade=row.grade,
        note=row.note,
    )


Cell = tuple[float, float, float, float, float, float]


def _printed_cell(row: Row) -> Cell | None:
    edges = [_number(row, f"{n}_angstrom") for n in "abc"]
    angles = [_number(row, f"{n}_degree") for n in ("alpha", "beta", "gamma")]
    a, b, c, alpha, beta, gamma = (x if x is not None else 0.0 for x in (*edges, *angles))
    return (a, b, c, alpha, beta, gamma) if 0.0 not in (a, b, c, alpha, beta, gamma) else None


def _with_angles(
    formula: str, number: int, a: float, b: float, c: float
) -> tuple[float, float, float, float, float, float] | None:
    """Edges with the angles that the crystal system fixes; None where it does not fix them."""
    if formula in FCC_CELLS:
        return a, b, c, 60.0, 60.0, 60.0
    if 143 <= number <= 194:
        return a, b, c, 90.0, 90.0, 120.0
    return (a, b, c, 90.0, 90.0, 90.0) if number >= 16 else None


def _structure_type(compound: str, space_group: str) -> str:
    """Formula type and space group, as in "AH6 Im-3m": metals are A, B, ... by their count."""
    try:
        counts = formula_counts(compound)
    except CrystalError:
        return f"{compound} {space_group}"
    hydrogen = counts.pop("H", 0)
    metals = sorted(counts.values())
    parts = [string.ascii_uppercase[i] + (str(n) if n > 1 else "") for i, n in enumerate(metals)]
    if hydrogen:
        parts.append("H" + (str(hydrogen) if hydrogen > 1 else ""))
    return f"{''.join(parts)} {space_group}"


def _number(row: Row, name: str) -> float | None:
    value = row[name]
    return None if value is None or isinstance(value, str | bool) else float(value)
