"""Atoms that a file lists again at the far faces of its cell: images of one atom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from ase import Atoms

SAME_PLACE_ANGSTROM = 0.02
_MOST_ATOMS = 5000


def has_images(atoms: Atoms | None, cell: NDArray[np.float64]) -> bool:
    """Whether two atoms of one element are a lattice vector of ``cell`` apart."""
    return atoms is not None and not bool(_first_of_each(atoms, cell).all())


def merged(atoms: Atoms, cell: NDArray[np.float64]) -> tuple[Atoms, int]:
    """The atoms in ``cell`` without images of others, and how many those were."""
    keep = _first_of_each(atoms, cell)
    kept: Atoms = atoms[keep]
    kept.set_cell(cell)
    return kept, int(np.count_nonzero(~keep))


def _first_of_each(atoms: Atoms, cell: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which atoms have no earlier one of their element a lattice vector away (zero excluded)."""
    n = len(atoms)
    keep = np.ones(n, dtype=bool)
    if not 1 < n <= _MOST_ATOMS or abs(float(np.linalg.det(cell))) < 1e-9:
        return keep
    fractional = np.linalg.solve(cell.T, atoms.positions.T).T
    for i in range(1, n):
        apart = fractional[:i] - fractional[i]
        whole = np.rint(apart)
        rest = np.linalg.norm((apart - whole) @ cell, axis=1)
        image = (rest < SAME_PLACE_ANGSTROM) & whole.any(axis=1)
        image &= atoms.numbers[:i] == atoms.numbers[i]
        keep[i] = not image.any()
    return keep
