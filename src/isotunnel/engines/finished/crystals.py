"""Whether two files of a folder speak of the same crystal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isotunnel.errors import InputError

if TYPE_CHECKING:
    from ase import Atoms

REFUSED = 0.02
"""Relative change of an edge, or of an angle's cosine, that makes it another crystal."""

WARNED = 0.002
"""Change of an edge or cosine that is reported: files of different steps of a relaxation."""

WARNED_SHIFT_ANGSTROM = 0.05
"""Shift of an atom that is reported."""


def check_same(folder: str, first: tuple[str, Atoms], second: tuple[str, Atoms]) -> list[str]:
    """Warnings where two files' crystals differ a little.

    Args:
        folder: for the message.
        first, second: name of a file and the crystal in it.

    Raises:
        InputError: another formula or cell, with both: two runs lie in one folder.
    """
    (name_a, a), (name_b, b) = first, second
    a, b = _with_kinds_of(a, b), _with_kinds_of(b, a)
    formulas = [atoms.get_chemical_formula(mode="metal") for atoms in (a, b)]
    strain = _strain(a, b)
    if formulas[0] != formulas[1] or strain > REFUSED:
        raise InputError(
            f"{folder}: {name_a} holds {_shown(a)}, {name_b} {_shown(b)}: files of two runs "
            "in one folder; keep the files of one run there"
        )
    if strain > WARNED:
        return [
            f"{name_a} and {name_b} differ in their cell by {100 * strain:.2g} % "
            f"({_shown(a)} and {_shown(b)}): files of different steps of a relaxation?"
        ]
    shift = _largest_shift(a, b)
    if shift is not None and shift > WARNED_SHIFT_ANGSTROM:
        return [
            f"an atom of {name_a} lies {shift:.2g} angstrom from where {name_b} has it: "
            "files of different steps of a relaxation?"
        ]
    return []


def _with_kinds_of(atoms: Atoms, other: Atoms) -> Atoms:
    """A crystal of a file that does not name its elements, with those of the other file."""
    if atoms.numbers.all() or len(atoms) != len(other):
        return atoms
    named: Atoms = atoms.copy()
    named.numbers = other.numbers
    return named


def _shown(atoms: Atoms) -> str:
    edges = " x ".join(f"{x:.4g}" for x in atoms.cell.lengths())
    return f"{atoms.get_chemical_formula(mode='metal')} in {edges} angstrom"


def _strain(a: Atoms, b: Atoms) -> float:
    """Largest relative difference of an edge, or difference of an angle's cosine."""
    one, two = a.cell.cellpar(), b.cell.cellpar()
    edges = np.abs(one[:3] / two[:3] - 1.0)
    angles = np.abs(np.cos(np.radians(one[3:])) - np.cos(np.radians(two[3:])))
    return float(max(edges.max(), angles.max()))


def _largest_shift(a: Atoms, b: Atoms) -> float | None:
    """How far an atom lies from its like; None where the atoms are ordered differently."""
    if (a.numbers != b.numbers).any():
        return None
    apart = a.get_scaled_positions() - b.get_scaled_positions()
    apart -= np.rint(apart)
    return float(np.linalg.norm(apart @ np.array(a.cell), axis=1).max())
