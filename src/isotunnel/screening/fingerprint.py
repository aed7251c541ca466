"""Whether two inputs hold the same crystal, whatever cell, origin and order of atoms they use.

The fingerprint is, for every ordered pair of elements (A, B), the mean over the atoms of A of the
distances to their k-th nearest atoms of B, k = 1 to 24: average minimum distances, see Widdowson,
Mosca, Pulido, Cooper and Kurlin, MATCH Commun. Math. Comput. Chem. 87, 529 (2022), here element by
element. It does not depend on the description of a crystal and changes little where atoms move
little, so rounding of coordinates does no harm. Mirror images have the same fingerprint, and the
same tunnels. It is not proven complete: different crystals with equal averages up to the 24th
neighbour would be taken for one; none is known to us.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from ase import Atoms

NEIGHBOURS = 24
TOLERANCE_ANGSTROM = 0.005
"""How far corresponding mean distances may differ; three-digit coordinates are good to this."""


def fingerprint(atoms: Atoms) -> NDArray[np.float64]:
    """Shape (elements^2, 24), angstrom; pairs in the order of atomic numbers."""
    from ase.geometry import minkowski_reduce
    from scipy.spatial import cKDTree

    cell, _ = minkowski_reduce(np.asarray(atoms.cell.array, dtype=float))
    positions = atoms.positions - np.floor(atoms.positions @ np.linalg.inv(cell)) @ cell
    species = np.unique(atoms.numbers)
    fewest = min(int((atoms.numbers == z).sum()) for z in species)
    volume = abs(float(np.linalg.det(cell)))
    radius = (3 * (NEIGHBOURS + 1) / (4 * np.pi * fewest / volume)) ** (1 / 3)
    while True:
        shifts = _shifts(cell, radius) @ cell
        rows = []
        for b in species:
            images = (positions[atoms.numbers == b][None] + shifts[:, None]).reshape(-1, 3)
            tree = cKDTree(images)
            k = min(NEIGHBOURS + 1, len(images))
            distances, _ = tree.query(positions, k=k)
            for a in species:
                mine = distances[atoms.numbers == a]
                # An atom is its own nearest neighbour.
                mine = mine[:, 1:] if a == b else mine[:, :-1]
                rows.append((a, b, mine))
        complete = all(m.shape[1] == NEIGHBOURS and m.max() <= radius for _, _, m in rows)
        if complete:
            rows.sort(key=lambda r: (r[0], r[1]))
            return np.array([m.mean(axis=0) for _, _, m in rows])
        radius *= 1.3


def same(first: NDArray[np.floating], second: NDArray[np.floating]) -> bool:
    """Whether two fingerprints of equal formulas are those of one crystal."""
    return first.shape == second.shape and bool(
        np.max(np.abs(first - second)) <= TOLERANCE_ANGSTROM
    )


def _shifts(cell: NDArray[np.float64], radius: float) -> NDArray[np.float64]:
    """Integer shifts that hold every image nearer than ``radius`` to any point of the cell."""
    heights = 1 / np.linalg.norm(np.linalg.inv(cell), axis=0)
    reach = np.ceil(radius / heights).astype(int)
    axes = [np.arange(-n, n + 1) for n in reach]
    return np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 3).astype(float)
