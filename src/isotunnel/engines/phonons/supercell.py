"""Which supercell to displace atoms in: the roomiest with the crystal's own symmetry."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from isotunnel.crystal.symmetry import call_spglib

if TYPE_CHECKING:
    from ase import Atoms

MOST_REPEATS = 4

FACE_CENTRED = np.array([[0, 1, 1], [1, 0, 1], [1, 1, 0]])
BODY_CENTRED = np.array([[-1, 1, 1], [1, -1, 1], [1, 1, -1]])

Matrix = NDArray[np.int64]


def choose_supercell(atoms: Atoms, most_atoms: int) -> Matrix:
    """Rows are the supercell's vectors in those of the primitive cell; shape (3, 3).

    Of the multiples of the primitive and of the conventional cell, simple, face- and body-centred,
    that hold at most ``most_atoms``
    and keep every rotation of the crystal, the one whose shortest lattice vector is longest (a
    displaced atom must not see its images), and of these the smallest. The unit matrix where
    nothing larger fits: then only zone-centre modes are exact.
    """
    rotations = rotations_of(atoms)
    best = np.eye(3, dtype=int)
    best_size = (_shortest(atoms, best), -1.0)
    for base in _bases(atoms):
        for counts in itertools.product(range(1, MOST_REPEATS + 1), repeat=3):
            matrix = np.array(counts)[:, None] * base
            cells = abs(round(float(np.linalg.det(matrix))))
            if cells * len(atoms) > most_atoms or not _symmetric(matrix, rotations):
                continue
            size = (round(_shortest(atoms, matrix), 6), -float(cells))
            if size > best_size:
                best, best_size = matrix, size
    return best


def _bases(atoms: Atoms) -> list[Matrix]:
    conventional = _conventional(atoms)
    centred = (np.eye(3, dtype=int), FACE_CENTRED, BODY_CENTRED)
    return [c @ cell for cell in (np.eye(3, dtype=int), conventional) for c in centred]


def rotations_of(atoms: Atoms) -> list[NDArray[np.int64]]:
    """Rotations of the crystal in the axes of its cell, whole numbers."""
    cell = (atoms.cell.array, atoms.get_scaled_positions(), atoms.numbers)
    found = call_spglib("get_symmetry_dataset", cell, symprec=1e-3)
    return [np.array(r) for r in found.rotations]


def _conventional(atoms: Atoms) -> Matrix:
    """The conventional cell's vectors in the primitive ones, or the unit matrix."""
    cell = (atoms.cell.array, atoms.get_scaled_positions(), atoms.numbers)
    found = call_spglib("get_symmetry_dataset", cell, symprec=1e-3)
    # spglib: (a b c) = (a_s b_s c_s) P with columns; so rows of the standard cell are P^-T.
    matrix = np.linalg.inv(np.array(found.transformation_matrix)).T
    whole = np.rint(matrix)
    if np.abs(matrix - whole).max() > 1e-3 or abs(np.linalg.det(whole)) < 0.5:
        return np.eye(3, dtype=int)
    return np.asarray(whole, dtype=int)


def _symmetric(matrix: Matrix, rotations: list[NDArray[np.int64]]) -> bool:
    """Whether every rotation maps the supercell's lattice onto itself."""
    inverse = np.linalg.inv(matrix)
    for rotation in rotations:
        # A rotation of fractional columns x -> R x maps rows of lattice vectors n -> n R^T.
        mapped = matrix @ rotation.T @ inverse
        if np.abs(mapped - np.rint(mapped)).max() > 1e-6:
            return False
    return True


def _shortest(atoms: Atoms, matrix: Matrix) -> float:
    vectors = matrix @ atoms.cell.array
    steps = np.array([s for s in itertools.product((-1, 0, 1), repeat=3) if any(s)])
    return float(np.linalg.norm(steps @ vectors, axis=1).min())
