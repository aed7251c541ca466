"""Space groups and primitive cells, by spglib."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import CrystalError

if TYPE_CHECKING:
    from ase import Atoms

# Spglib's C code writes remarks of its own to the terminal where a crystal is a hair off its
# symmetry; what it finds, or does not, comes back all the same. Whoever wants them sets it to ON.
os.environ.setdefault("SPGLIB_WARNING", "OFF")

SYMPREC_ANGSTROM = 1e-3
"""How far an atom may be from its symmetric place and still count as being there."""

# Plane-wave codes want lattice vectors at 60 to 120 degrees: grids and k-meshes along sharper
# axes are uneven, and GPAW warns about them.
_SHARPEST_DEGREES = 59.9


@dataclass(frozen=True)
class Symmetry:
    """The space group of a crystal.

    Attributes:
        number: space-group number, 1 to 230.
        symbol: short Hermann-Mauguin symbol as spglib writes it, e.g. "Im-3m".
        point_group: e.g. "m-3m".
        operations: number of symmetry operations of the cell as given.
        wyckoffs: Wyckoff letter of each atom.
        equivalent_atoms: per atom, the index of the first atom that symmetry maps it to.
        symprec_angstrom: the tolerance used.
    """

    number: int
    symbol: str
    point_group: str
    operations: int
    wyckoffs: tuple[str, ...]
    equivalent_atoms: tuple[int, ...]
    symprec_angstrom: float


def symmetry_of(atoms: Atoms, symprec: float = SYMPREC_ANGSTROM) -> Symmetry:
    """The space group of ``atoms`` within ``symprec`` angstrom; magnetic moments are ignored.

    Raises:
        CrystalError: spglib finds no space group (overlapping atoms, a flat cell).
    """
    data = call_spglib("get_symmetry_dataset", _spglib_cell(atoms), symprec=symprec)
    return Symmetry(
        number=int(data.number),
        symbol=str(data.international),
        point_group=str(data.pointgroup),
        operations=len(data.rotations),
        wyckoffs=tuple(str(letter) for letter in data.wyckoffs),
        equivalent_atoms=tuple(int(i) for i in data.equivalent_atoms),
        symprec_angstrom=symprec,
    )


def cartesian_rotations(
    cell: NDArray[Any], rotations: Iterable[NDArray[Any]]
) -> list[NDArray[Any]]:
    """Rotations of fractional coordinates (columns) as those of Cartesian ones.

    ``cell`` has the lattice vectors in its rows.
    """
    inverse = np.linalg.inv(cell.T)
    return [cell.T @ r @ inverse for r in rotations]


def primitive_cell(atoms: Atoms, symprec: float = SYMPREC_ANGSTROM) -> Atoms:
    """The smallest cell that repeats to the crystal, in the standard setting.

    The cell is spglib's standardised primitive cell: idealised, turned and shifted to the standard
    setting. Where two of its axes meet at less than 60 or more than 120 degrees it is
    Niggli-reduced, which changes the choice of axes but not the crystal. Magnetic moments,
    velocities and constraints are dropped, ``info`` is kept; the input is not changed.

    Raises:
        CrystalError: see :func:`symmetry_of`.
    """
    from ase import Atoms as AseAtoms

    lattice, fractional, numbers = call_spglib(
        "standardize_cell",
        _spglib_cell(atoms),
        to_primitive=True,
        no_idealize=False,
        symprec=symprec,
    )
    result = AseAtoms(
        numbers=numbers, cell=lattice, scaled_positions=fractional, pbc=True, info=dict(atoms.info)
    )
    return without_sharp_angles(result, _SHARPEST_DEGREES)


def has_sharp_angles(atoms: Atoms, least_degrees: float) -> bool:
    """Whether two axes of the cell meet at less than an angle, or at more than its supplement."""
    angles = atoms.cell.angles()
    return bool(angles.min() < least_degrees or angles.max() > 180.0 - least_degrees)


def without_sharp_angles(atoms: Atoms, least_degrees: float) -> Atoms:
    """The same crystal, Niggli-reduced if two axes meet at less than an angle, or its supplement.

    Atoms keep their order, and all directions in space are what they were.
    """
    result: Atoms = atoms.copy()
    if has_sharp_angles(atoms, least_degrees):
        result.set_cell(call_spglib("niggli_reduce", atoms.cell.array), scale_atoms=False)
        result.wrap()
    return result


def conventional_cell(atoms: Atoms, symprec: float = SYMPREC_ANGSTROM) -> Atoms:
    """The conventional cell in the standard setting, idealised, turned and shifted by spglib.

    ``info`` is kept; the input is not changed.

    Raises:
        CrystalError: see :func:`symmetry_of`.
    """
    from ase import Atoms as AseAtoms

    lattice, fractional, numbers = call_spglib(
        "standardize_cell",
        _spglib_cell(atoms),
        to_primitive=False,
        no_idealize=False,
        symprec=symprec,
    )
    return AseAtoms(
        numbers=numbers, cell=lattice, scaled_positions=fractional, pbc=True, info=dict(atoms.info)
    )


def _spglib_cell(atoms: Atoms) -> tuple[Any, Any, Any]:
    return atoms.cell.array, atoms.get_scaled_positions(), atoms.numbers


def call_spglib(name: str, *arguments: Any, **keywords: Any) -> Any:
    """Call spglib; its failures, old style (None) or new (an exception), become CrystalError."""
    import spglib

    with warnings.catch_warnings():
        # Spglib is moving from None to exceptions and says so on every call.
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            result = getattr(spglib, name)(*arguments, **keywords)
        except Exception as error:
            raise CrystalError(f"spglib finds no symmetry of this crystal: {error}") from error
    if result is None:
        raise CrystalError(
            "spglib finds no symmetry of this crystal; look for overlapping atoms or a flat cell"
        )
    return result
