"""Force constants by finite displacements, with phonopy (extra ``dft``)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.crystal.symmetry import cartesian_rotations
from isotunnel.engines.base import Progress
from isotunnel.engines.phonons.displacements import displacements_of
from isotunnel.engines.phonons.lattice import ForceConstants, phonopy_of
from isotunnel.errors import EngineError

if TYPE_CHECKING:
    from ase import Atoms

Floats = NDArray[np.float64]
Forces = Callable[["Atoms", Progress | None], Floats]
"""Forces on the atoms of a (super)cell, eV/angstrom, shape (atoms, 3)."""

ForcesOfAll = Callable[[Sequence["Atoms"], Progress | None], Sequence[Floats]]
"""The same of several cells, in their order."""

DISPLACEMENT_ANGSTROM = 0.03
"""Large enough for forces well above their errors, small enough for the linear range."""


def force_constants(
    atoms: Atoms,
    supercell: NDArray[np.int64],
    forces: ForcesOfAll,
    *,
    residual: Floats | None = None,
    displacement_angstrom: float = DISPLACEMENT_ANGSTROM,
    progress: Progress | None = None,
) -> ForceConstants:
    """Force constants of ``atoms`` from forces in a supercell.

    Phonopy finds the fewest displacements that symmetry allows; every other force constant follows.
    They are symmetrised and made to add up to zero (uniform motion costs nothing).

    Args:
        atoms: the crystal.
        supercell: rows are its vectors in those of ``atoms``.
        forces: of all displaced supercells; :func:`one_by_one` makes them of those of one.
        residual: forces on ``atoms`` undisplaced, eV/angstrom, subtracted; None for zero.
        displacement_angstrom: how far each atom is moved.
        progress: called at each displacement.

    Raises:
        MissingExtraError: phonopy is not installed.
        EngineError: forces that are not finite.
    """
    phonon = phonopy_of(atoms, supercell)
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
    values = np.array(phonon.force_constants)
    values.setflags(write=False)
    return ForceConstants(atoms, np.asarray(supercell, dtype=int), values)


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
