"""The neighbours of the atoms of a crystal, out to the reach of the tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from ase import Atoms
from ase.geometry import minkowski_reduce
from numpy.typing import NDArray

from isotunnel.engines.procrystal.radial import TAPER_END
from isotunnel.errors import CrystalError


@dataclass(frozen=True, eq=False)
class Neighbours:
    """All other atoms of the infinite crystal within ``TAPER_END`` of one atom, nearest first.

    Attributes:
        numbers: atomic numbers, shape (neighbours,).
        vectors: from the atom to them, angstrom, shape (neighbours, 3).
        distances: lengths of the vectors, shape (neighbours,).
    """

    numbers: NDArray[np.int64]
    vectors: NDArray[np.float64]
    distances: NDArray[np.float64]


def neighbours_of(atoms: Atoms, indices: NDArray[np.int64]) -> Iterator[Neighbours]:
    """The neighbours of each atom in ``indices``, in that order."""
    cell = minkowski_reduce(np.array(atoms.cell, dtype=float), pbc=True)[0]
    fractional = np.linalg.solve(cell.T, np.asarray(atoms.positions, dtype=float).T).T % 1.0
    positions = fractional @ cell
    reach = TAPER_END + float(np.linalg.norm(cell, axis=1).sum())
    heights = 1.0 / np.linalg.norm(np.linalg.inv(cell).T, axis=1)
    counts = np.ceil(TAPER_END / heights).astype(int) + 1
    steps = np.stack(np.meshgrid(*(np.arange(-n, n + 1) for n in counts), indexing="ij"), axis=-1)
    images = steps.reshape(-1, 3) @ cell
    images = images[np.linalg.norm(images, axis=1) <= reach]
    own = int(np.argmin(np.abs(images).sum(axis=1)))
    numbers = np.asarray(atoms.numbers, dtype=np.int64)
    for a in indices:
        vectors = (positions - positions[a])[:, None, :] + images[None, :, :]
        distances = np.linalg.norm(vectors, axis=2)
        distances[a, own] = np.inf
        atom, image = np.nonzero(distances < TAPER_END)
        d = distances[atom, image]
        order = np.argsort(d, kind="stable")
        yield Neighbours(numbers[atom[order]], vectors[atom, image][order], d[order])


def distinct_atoms(atoms: Atoms) -> NDArray[np.int64]:
    """For each atom, the index of the first atom that a symmetry of the crystal maps it to."""
    from isotunnel.crystal.symmetry import call_spglib

    cell = (np.array(atoms.cell), atoms.get_scaled_positions(), np.asarray(atoms.numbers))
    try:
        dataset = call_spglib("get_symmetry_dataset", cell, symprec=SYMMETRY_PRECISION)
    except CrystalError:  # no symmetry found: every atom counts
        return np.arange(len(atoms))
    return np.asarray(dataset.crystallographic_orbits, dtype=np.int64)


SYMMETRY_PRECISION = 1e-5
"""Angstrom: atoms equivalent to within this share one level."""
