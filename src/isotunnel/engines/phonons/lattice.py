"""Force constants of a crystal, from which phonons of any masses follow (extra ``dft``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import MissingExtraError

if TYPE_CHECKING:
    from ase import Atoms

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ForceConstants:
    """Second derivatives of the energy by the positions of atoms; masses have no part in them.

    Attributes:
        atoms: the crystal.
        supercell: rows are its vectors in those of the crystal's cell, shape (3, 3).
        values: eV/angstrom^2, shape (n, atoms of the supercell, 3, 3), as phonopy orders them.
    """

    atoms: Atoms
    supercell: NDArray[np.int64]
    values: Floats


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


def phonopy_of(atoms: Atoms, supercell: NDArray[np.int64], masses_amu: Floats | None = None) -> Any:
    """Phonopy's object for a crystal; ``masses_amu`` in place of the crystal's own."""
    phonopy = require_phonopy()
    from phonopy.structure.atoms import PhonopyAtoms

    cell = PhonopyAtoms(
        symbols=atoms.get_chemical_symbols(),
        cell=atoms.cell.array,
        scaled_positions=atoms.get_scaled_positions(),
        masses=atoms.get_masses() if masses_amu is None else masses_amu,
    )
    # Phonopy's matrix has the new vectors in its columns.
    return phonopy.Phonopy(
        cell, supercell_matrix=np.asarray(supercell).T, primitive_matrix=np.eye(3), symprec=1e-4
    )
