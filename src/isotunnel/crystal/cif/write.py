"""Write a crystal as CIF: its sites and symmetry, as VESTA and other programs show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd
from typing import TYPE_CHECKING, Literal

import numpy as np

from isotunnel.crystal.operations import operations, written
from isotunnel.crystal.symmetry import call_spglib

if TYPE_CHECKING:
    from isotunnel.crystal.named import NamedCrystal

SymmetryForm = Literal["operations", "hall", "name", "plain name", "number"]
"""By what a CIF states its symmetry: a list, the Hall symbol, the Hermann-Mauguin name with or
without its setting, or the number of the type."""

ALL_FORMS: tuple[SymmetryForm, ...] = ("operations", "hall", "name", "number")


@dataclass(frozen=True)
class AsymmetricUnit:
    """A crystal by one atom per orbit.

    Attributes:
        name: of the data block.
        cell: a, b, c in angstrom and alpha, beta, gamma in degrees.
        hall_number: setting, 1 to 530 as spglib counts the Hall symbols.
        symbols: element of each site.
        positions: fractional, one per site.
        multiplicities: atoms in the cell per site.
        comment: lines for the head.
    """

    name: str
    cell: tuple[float, float, float, float, float, float]
    hall_number: int
    symbols: tuple[str, ...]
    positions: tuple[tuple[float, float, float], ...]
    multiplicities: tuple[int, ...]
    comment: tuple[str, ...] = ()


def cif_of_named(entry: NamedCrystal) -> str:
    """The CIF of a named crystal, in the conventional cell and setting of the library."""
    return cif_text(
        AsymmetricUnit(
            name=entry.name,
            cell=entry.cell,
            hall_number=entry.hall_number,
            symbols=tuple(site.symbol for site in entry.sites),
            positions=tuple(site.position for site in entry.sites),
            multiplicities=tuple(site.multiplicity for site in entry.sites),
            comment=(entry.title, f"Cell: {entry.kind}. Source: {entry.source}"),
        )
    )


def cif_text(
    unit: AsymmetricUnit,
    forms: Sequence[SymmetryForm] = ALL_FORMS,
    *,
    state_content: bool = True,
) -> str:
    """The text of a CIF.

    ``forms`` says by what the symmetry is stated. With ``state_content`` the formula, Z and volume
    are stated too, against which readers can check what they made of it.
    """
    lines = [f"# {' '.join(text.split())}" for text in unit.comment]
    lines.append(f"data_{''.join(c if c.isalnum() else '_' for c in unit.name)}")
    names = ("length_a", "length_b", "length_c", "angle_alpha", "angle_beta", "angle_gamma")
    lines += [f"_cell_{name} {value:.10g}" for name, value in zip(names, unit.cell, strict=True)]
    if state_content:
        lines += _content(unit)
    lines += _symmetry(unit.hall_number, forms)
    lines += ["loop_", "_atom_site_label", "_atom_site_type_symbol"]
    lines += ["_atom_site_symmetry_multiplicity"]
    lines += [f"_atom_site_fract_{axis}" for axis in "xyz"] + ["_atom_site_occupancy"]
    rows = zip(unit.symbols, unit.multiplicities, unit.positions, strict=True)
    for k, (symbol, multiplicity, position) in enumerate(rows, start=1):
        place = " ".join(f"{x:.10f}" for x in position)
        lines.append(f"{symbol}{k} {symbol} {multiplicity} {place} 1")
    return "\n".join(lines) + "\n"


def _content(unit: AsymmetricUnit) -> list[str]:
    from ase.geometry import cellpar_to_cell

    counts: Counter[str] = Counter()
    for symbol, multiplicity in zip(unit.symbols, unit.multiplicities, strict=True):
        counts[symbol] += multiplicity
    units = gcd(*counts.values())
    formula = " ".join(
        f"{symbol}{counts[symbol] // units if counts[symbol] != units else ''}"
        for symbol in sorted(counts, key=lambda s: (s != "C", s != "H" or "C" not in counts, s))
    )
    volume = abs(float(np.linalg.det(cellpar_to_cell(unit.cell))))
    return [
        f"_chemical_formula_sum '{formula}'",
        f"_cell_formula_units_Z {units}",
        f"_cell_volume {volume:.4f}",
    ]


def _symmetry(hall_number: int, forms: Sequence[SymmetryForm]) -> list[str]:
    kind = call_spglib("get_spacegroup_type", hall_number)
    plain, name = hermann_mauguin(hall_number)
    lines = []
    if "name" in forms:
        lines.append(f"_space_group_name_H-M_alt '{name}'")
    elif "plain name" in forms:
        lines.append(f"_space_group_name_H-M_alt '{plain}'")
    if "hall" in forms:
        lines.append(f"_space_group_name_Hall '{kind.hall_symbol}'")
    if "number" in forms:
        lines.append(f"_space_group_IT_number {kind.number}")
    if "operations" in forms:
        data = call_spglib("get_symmetry_from_database", hall_number)
        found = operations(data["rotations"], data["translations"])
        lines += ["loop_", "_space_group_symop_operation_xyz"]
        lines += [
            f"'{written(rotation, shift)}'"
            for rotation, shift in zip(found.rotations, found.shifts, strict=True)
        ]
    return lines


def hermann_mauguin(hall_number: int) -> tuple[str, str]:
    """The Hermann-Mauguin name of a setting without and with ":1", ":2", ":H" or ":R".

    Axes are always written (P 1 21/n 1, P b n m); origins and rhombohedral cells only by what
    stands behind the colon.
    """
    import gemmi

    kind = call_spglib("get_spacegroup_type", hall_number)
    group = gemmi.find_spacegroup_by_ops(gemmi.symops_from_hall(kind.hall_symbol))
    if group is not None:
        return group.hm, group.xhm()
    plain = kind.international_full.replace("_", "")
    return plain, plain
