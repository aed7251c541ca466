"""Force constants and phonons by finite displacements, with phonopy (extra ``dft``)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.crystal.symmetry import cartesian_rotations
from isotunnel.engines.base import Progress
from isotunnel.engines.phonons.displacements import displacements_of
from isotunnel.engines.phonons.spectrum import PhononSpectrum
from isotunnel.engines.phonons.supercell import rotations_of
from isotunnel.errors import EngineError, MissingExtraError
from isotunnel.units import ELEMENTARY_CHARGE_C

if TYPE_CHECKING:
    from ase import Atoms

Floats = NDArray[np.float64]
Forces = Callable[["Atoms", Progress | None], Floats]
"""Forces on the atoms of a (super)cell, eV/angstrom, shape (atoms, 3)."""

ForcesOfAll = Callable[[Sequence["Atoms"], Progress | None], Sequence[Floats]]
"""The same of several cells, in their order."""

DISPLACEMENT_ANGSTROM = 0.03
"""Large enough for forces well above their errors, small enough for the linear range."""

MESH_LENGTH_ANGSTROM = 60.0
"""Wave vectors are as dense as those of a supercell of this length."""

PLANCK_EV_S = 6.62607015e-34 / ELEMENTARY_CHARGE_C
THZ_EV = PLANCK_EV_S * 1e12


def phonon_spectrum(
    atoms: Atoms,
    supercell: NDArray[np.int64],
    forces: ForcesOfAll,
    *,
    residual: Floats | None = None,
    displacement_angstrom: float = DISPLACEMENT_ANGSTROM,
    progress: Progress | None = None,
) -> PhononSpectrum:
    """Phonons of ``atoms`` from forces in a supercell.

    Phonopy finds the fewest displacements that symmetry allows; every other force constant follows.
    Force constants are symmetrised and made to add up to zero (uniform motion costs nothing).

    Args:
        atoms: the crystal; its masses count.
        supercell: rows are its vectors in those of ``atoms``.
        forces: of all displaced supercells; :func:`one_by_one` makes them of those of one.
        residual: forces on ``atoms`` undisplaced, eV/angstrom, subtracted; None for zero.
        displacement_angstrom: how far each atom is moved.
        progress: called at each displacement.

    Raises:
        MissingExtraError: phonopy is not installed.
        EngineError: forces that are not finite.
    """
    phonon = _phonopy(atoms, supercell)
    moved = _displace(phonon, displacement_angstrom)
    cells = [
        _ase(cell, atom)
        for cell, atom in zip(phonon.supercells_with_displacements, moved, strict=True)
    ]
    background = _background(phonon, atoms, residual)
    found = [np.asarray(value) - background for value in forces(cells, progress)]
    if not np.isfinite(found).all():
        raise EngineError("the engine gave forces that are not numbers")
    phonon.forces = np.array(found)
    phonon.produce_force_constants()
    phonon.symmetrize_force_constants(show_drift=False)
    return _spectrum(phonon, atoms, supercell)


def one_by_one(forces: Forces) -> ForcesOfAll:
    """Forces of several cells, one after the other, from those of one."""

    def of_all(cells: Sequence[Atoms], progress: Progress | None) -> list[Floats]:
        found = []
        for index, cell in enumerate(cells):
            words = f"forces on displaced atoms, {index + 1} of {len(cells)}"
            if progress is not None:
                progress(f"{words} ({len(cell)} atoms)", index / len(cells))
            found.append(forces(cell, _within(progress, words, index, len(cells))))
        return found

    return of_all


def displacement_count(atoms: Atoms, supercell: NDArray[np.int64]) -> int:
    """How many force calculations a supercell needs.

    Raises:
        MissingExtraError: phonopy is not installed.
    """
    return len(_displace(_phonopy(atoms, supercell), DISPLACEMENT_ANGSTROM))


def require_phonopy() -> Any:
    """The ``phonopy`` package.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        import phonopy
    except ImportError as error:
        raise MissingExtraError("phonopy", "dft", "phonons by finite displacements") from error
    return phonopy


def _phonopy(atoms: Atoms, supercell: NDArray[np.int64]) -> Any:
    phonopy = require_phonopy()
    from phonopy.structure.atoms import PhonopyAtoms

    cell = PhonopyAtoms(
        symbols=atoms.get_chemical_symbols(),
        cell=atoms.cell.array,
        scaled_positions=atoms.get_scaled_positions(),
        masses=atoms.get_masses(),
    )
    # Phonopy's matrix has the new vectors in its columns.
    return phonopy.Phonopy(
        cell, supercell_matrix=np.asarray(supercell).T, primitive_matrix=np.eye(3), symprec=1e-4
    )


def _displace(phonon: Any, distance_angstrom: float) -> list[int]:
    """Give ``phonon`` its displacements; the atom moved in each."""
    cell = phonon.supercell.cell
    steps: list[dict[str, Any]] = []
    for atom in phonon.symmetry.get_independent_atoms():
        site = cartesian_rotations(cell, phonon.symmetry.get_site_symmetry(int(atom)))
        for step in displacements_of(int(atom), site):
            for sign in (1.0, -1.0) if step.both_ways else (1.0,):
                vector = sign * distance_angstrom * np.array(step.direction)
                steps.append({"number": step.atom, "displacement": vector})
    phonon.dataset = {"natom": len(phonon.supercell), "first_atoms": steps}
    return [step["number"] for step in steps]


def _ase(cell: Any, origin: int) -> Atoms:
    """A supercell with the atom moved at the origin, where its rotations need no translation."""
    from ase import Atoms as AseAtoms

    return AseAtoms(
        symbols=list(cell.symbols),
        cell=cell.cell,
        scaled_positions=(cell.scaled_positions - cell.scaled_positions[origin]) % 1.0 % 1.0,
        pbc=True,
    )


def _background(phonon: Any, atoms: Atoms, residual: Floats | None) -> Floats:
    """Forces of the undisplaced supercell, from those of the cell it repeats."""
    if residual is None:
        return np.zeros((len(phonon.supercell), 3))
    # Every atom of the supercell is an image of one of the cell's, in the cell's order.
    per_cell = len(phonon.supercell) // len(atoms)
    return np.repeat(np.asarray(residual), per_cell, axis=0)


def _within(progress: Progress | None, words: str, index: int, count: int) -> Progress | None:
    if progress is None:
        return None

    def report(message: str, fraction: float | None) -> None:
        done = None if fraction is None else (index + fraction) / count
        progress(f"{words}: {message}", done)

    return report


def _spectrum(phonon: Any, atoms: Atoms, supercell: NDArray[np.int64]) -> PhononSpectrum:
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
        masses_amu=np.array(atoms.get_masses()),
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


def _exact(phonon: Any, supercell: NDArray[np.int64]) -> Floats:
    """Energies at the wave vectors q that the supercell holds: whole along its vectors."""
    inverse = np.linalg.inv(np.asarray(supercell, dtype=float))
    cells = abs(round(float(np.linalg.det(supercell))))
    reach = range(-cells, cells + 1)
    grid = np.stack(np.meshgrid(reach, reach, reach, indexing="ij"), -1).reshape(-1, 3)
    points = np.unique(np.round((grid @ inverse.T) % 1.0 % 1.0, 6) % 1.0, axis=0)
    phonon.run_qpoints(points)
    energies = np.asarray(phonon.qpoints.frequencies) * THZ_EV
    centre = int(np.argmin(np.abs(points).sum(axis=1)))
    uniform = np.argsort(np.abs(energies[centre]))[:3]
    rest = np.delete(energies[centre], uniform)
    return np.concatenate((np.delete(energies, centre, axis=0).ravel(), rest))
