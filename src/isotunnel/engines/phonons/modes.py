"""The phonons that force constants give, on a mesh of wave vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.engines.phonons.lattice import ForceConstants, phonopy_of
from isotunnel.engines.phonons.spectrum import PhononSpectrum
from isotunnel.engines.phonons.supercell import rotations_of
from isotunnel.units import ELEMENTARY_CHARGE_C

if TYPE_CHECKING:
    from ase import Atoms

Floats = NDArray[np.float64]

MESH_LENGTH_ANGSTROM = 60.0
"""Wave vectors are as dense as those of a supercell of this length."""

PLANCK_EV_S = 6.62607015e-34 / ELEMENTARY_CHARGE_C
THZ_EV = PLANCK_EV_S * 1e12


def phonons_of(constants: ForceConstants, masses_amu: Floats | None = None) -> PhononSpectrum:
    """Modes of the crystal and each atom's share in them.

    Args:
        constants: of the crystal.
        masses_amu: of its atoms, shape (atoms,); the crystal's own by default.
    """
    atoms, supercell = constants.atoms, constants.supercell
    masses = np.array(atoms.get_masses() if masses_amu is None else masses_amu, dtype=float)
    phonon = phonopy_of(atoms, supercell, masses)
    phonon.force_constants = constants.values
    phonon.run_mesh(wave_vector_mesh(atoms), with_eigenvectors=True, is_gamma_center=True)
    found = phonon.mesh
    frequencies, vectors = np.asarray(found.frequencies), np.asarray(found.eigenvectors)
    weights = np.asarray(found.weights) / np.sum(found.weights)
    centre = int(np.argmin(np.abs(found.qpoints).sum(axis=1)))
    count = len(atoms)
    # Eigenvectors: (q, 3 atoms, modes).
    shares = (np.abs(vectors) ** 2).reshape(len(weights), count, 3, 3 * count).sum(axis=2)
    shares = shares * weights[:, None, None] / 3.0
    # The three uniform motions have no frequency to divide by, and next to no weight.
    uniform = centre * 3 * count + np.argsort(np.abs(frequencies[centre]))[:3]
    by_atom = np.delete(shares.transpose(1, 0, 2).reshape(count, -1), uniform, axis=1)
    by_atom = by_atom / by_atom.sum(axis=1, keepdims=True)
    return PhononSpectrum(
        energies_ev=np.delete(frequencies.ravel(), uniform) * THZ_EV,
        shares=_equal_atoms(atoms, by_atom),
        masses_amu=masses,
        exact_energies_ev=_exact(phonon, supercell),
        supercell=np.asarray(supercell, dtype=int),
    )


def wave_vector_mesh(atoms: Atoms) -> list[int]:
    """Numbers of wave vectors along the reciprocal axes that keep the crystal's symmetry.

    Odd, around the zone centre; equal along axes that a rotation of the crystal mixes, as in the
    primitive cell of a body-centred tetragonal crystal.
    """
    heights = 1.0 / np.linalg.norm(np.linalg.inv(atoms.cell.array), axis=0)
    mesh = [2 * int(np.ceil(MESH_LENGTH_ANGSTROM / h / 2.0)) + 1 for h in heights]
    mixed = np.any([r != 0 for r in rotations_of(atoms)], axis=0)
    # Whoever mixes with a third through a second mixes with it.
    mixed = np.linalg.matrix_power((mixed | mixed.T).astype(int), 3) > 0
    return [max(n for n, with_it in zip(mesh, row, strict=True) if with_it) for row in mixed]


def _equal_atoms(atoms: Atoms, shares: Floats) -> Floats:
    """Averaged over equivalent atoms, as the irreducible zone alone leaves them different."""
    from isotunnel.crystal import symmetry_of

    equivalent = symmetry_of(atoms).equivalent_atoms
    result = shares.copy()
    for first in set(equivalent):
        same = [a for a, e in enumerate(equivalent) if e == first]
        result[same] = shares[same].mean(axis=0)
    return result


def held_points(supercell: NDArray[np.int64]) -> Floats:
    """The wave vectors q with whole S q, in [0, 1), as many as the supercell S holds cells.

    They are a group: sums of the columns of S^-1, taken until nothing new comes.
    """
    cells = abs(round(float(np.linalg.det(supercell))))
    # In whole numbers over the number of cells, which nothing rounds.
    steps = np.rint(np.linalg.inv(np.asarray(supercell, dtype=float)) * cells).astype(int).T
    found: set[tuple[int, ...]] = {(0, 0, 0)}
    fresh = list(found)
    while fresh:
        sums = {tuple(int(x) for x in (np.array(q) + s) % cells) for q in fresh for s in steps}
        fresh = sorted(sums - found)
        found |= sums
    return np.array(sorted(found), dtype=float) / cells


def _exact(phonon: Any, supercell: NDArray[np.int64]) -> Floats:
    """Energies at the wave vectors q that the supercell holds: whole along its vectors."""
    points = held_points(supercell)
    phonon.run_qpoints(points)
    energies = np.asarray(phonon.qpoints.frequencies) * THZ_EV
    centre = int(np.argmin(np.abs(points).sum(axis=1)))
    uniform = np.argsort(np.abs(energies[centre]))[:3]
    rest = np.delete(energies[centre], uniform)
    return np.concatenate((np.delete(energies, centre, axis=0).ravel(), rest))
