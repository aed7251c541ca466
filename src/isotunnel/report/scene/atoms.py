"""The atoms of the crystal as the viewer draws them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from ase import Atoms

SHARE_OF_RADIUS = 0.22
"""Atoms are drawn at this share of their covalent radius, so that the tunnels stay in sight."""

_ON_FACE = 1e-4


def describe_atoms(atoms: Atoms | None) -> dict[str, Any]:
    """Elements and atoms.

    An element has symbol, colour, drawn and covalent radius in angstrom, and how many there are;
    an atom the number of its element and its fractional coordinates, wrapped into [0, 1): the
    viewer repeats atoms on the cell's faces itself.
    """
    if atoms is None or len(atoms) == 0:
        return {"elements": [], "atoms": []}
    from ase.data import covalent_radii
    from ase.data.colors import jmol_colors

    symbols = list(dict.fromkeys(atoms.symbols))
    elements = []
    for symbol in symbols:
        z = int(atoms.numbers[list(atoms.symbols).index(symbol)])
        elements.append(
            {
                "symbol": str(symbol),
                "color": colour_of(z, jmol_colors),
                "radius": round(SHARE_OF_RADIUS * float(covalent_radii[z]) + 0.05, 3),
                "covalent": round(float(covalent_radii[z]), 3),
                "count": list(atoms.symbols).count(symbol),
            }
        )
    fractional = np.linalg.solve(np.asarray(atoms.cell.array).T, atoms.positions.T).T % 1.0
    fractional[fractional > 1 - _ON_FACE] = 0.0
    return {
        "elements": elements,
        "atoms": [
            [symbols.index(symbol), *(round(float(x), 6) for x in point)]
            for symbol, point in zip(atoms.symbols, fractional, strict=True)
        ],
    }


def colour_of(atomic_number: int, table: Any) -> str:
    """The element's usual colour as #rrggbb; a neutral one beyond the table."""
    if atomic_number >= len(table):
        return "#b0b0b0"
    return "#" + "".join(f"{round(255 * float(x)):02x}" for x in table[atomic_number])
