"""Tables of ``isotunnel bond`` for the terminal, and as CSV."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from isotunnel.cli.show import console

if TYPE_CHECKING:
    from isotunnel.bonding.bond import Bond, BondNumber

Row = tuple[object, ...]


def show_bond(bond: Bond) -> None:
    """What is compared with published numbers, the table of the molecule, and what made it."""
    from rich.table import Table

    out = console()
    titles = Table(title=bond.series.title, title_justify="left")
    titles.add_column("")
    for side in ("computed", "published"):
        titles.add_column(side, justify="right")
    titles.add_column("unit")
    for n in bond.numbers:
        titles.add_row(n.name, _computed(n), _published(n), n.unit)
    out.print(titles)
    header, rows = table_of(bond)
    table = Table(title=_CAPTIONS[bond.series.name], title_justify="left")
    for i, column in enumerate(header):
        table.add_column(_head(column), justify="left" if i == 0 else "right")
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    out.print(table)
    made = ", ".join(f"{k} {v}" for k, v in bond.series.versions.items())
    where = "comes with the package" if bond.series.shipped else "computed now"
    out.print(f"{bond.series.settings['method']}; {where} ({made})", soft_wrap=True, markup=False)
    for source in dict.fromkeys(n.source for n in bond.numbers if n.source):
        out.print(f"  {source}", soft_wrap=True, markup=False)


_CAPTIONS = {
    "h2": "Energy less two atoms', eV",
    "h4": "Tetrahedron and two crossed molecules whose middles are as far apart",
    "he2": "Interaction energy and its parts, K",
    "he3": "Equilateral triangles",
}


def table_of(bond: Bond) -> tuple[tuple[str, ...], list[Row]]:
    """Header and rows; the unit ends each name."""
    if bond.h2 is not None:
        names = [d.basis for d in bond.h2.depths]
        header = ("distance_angstrom", *(f"{n}_ev" for n in names))
        rows: list[Row] = [
            (p.distance_angstrom, *(p.energies_ev.get(n, math.nan) for n in names))
            for p in bond.h2.curve
        ]
        return header, rows
    if bond.h4 is not None:
        return _rows(_H4, bond.h4.spacings)
    if bond.he2 is not None:
        return _rows(_HE2, (*bond.he2.curve, *bond.he2.larger))
    return _rows(_HE3, bond.he3)


_H4 = (
    "basis",
    "between_angstrom",
    "edge_angstrom",
    "pressure_gpa",
    "bond_angstrom",
    "molecules_ev",
    "tetrahedron_ev",
    "difference_ev",
    "spread_ev",
    "spin",
)
_HE2 = (
    "basis",
    "distance_angstrom",
    "total_k",
    "electrostatic_k",
    "exchange_k",
    "dispersion_k",
    "rest_k",
)
_HE3 = ("basis", "side_angstrom", "side_bohr", "three_body_mk", "hartree_fock_mk", "pairs_k")


_UNITS = {"ev": "eV", "gpa": "GPa", "k": "K", "mk": "mK", "angstrom": "angstrom", "bohr": "bohr"}
"""How a unit at the end of a name is written."""


def _head(column: str) -> str:
    """The head of a column on the terminal: the unit in brackets."""
    words, _, unit = column.rpartition("_")
    return f"{words.replace('_', ' ')} ({_UNITS[unit]})" if unit in _UNITS else column


def _rows(names: tuple[str, ...], found: Iterable[object]) -> tuple[tuple[str, ...], list[Row]]:
    return names, [tuple(getattr(f, name) for name in names) for f in found]


def _computed(number: BondNumber) -> str:
    return "none found" if math.isnan(number.value) else f"{number.value:.5g}"


def _published(number: BondNumber) -> str:
    return "" if number.published is None else f"{number.published:.6g}"


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "" if _unknown(value) else f"{value:.5g}"
    return str(value)


def _unknown(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)
