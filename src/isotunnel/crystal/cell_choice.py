"""The cell that a crystal is computed in: the user's own, or one of the two that are standard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from isotunnel.crystal.symmetry import conventional_cell, primitive_cell
from isotunnel.errors import CrystalError, InputError

if TYPE_CHECKING:
    from ase import Atoms

CellChoice = Literal["as-given", "primitive", "conventional"]
CELL_CHOICES: tuple[CellChoice, ...] = get_args(CellChoice)


def in_cell(atoms: Atoms, choice: CellChoice) -> tuple[Atoms, str]:
    """The crystal in the cell of ``choice``, and one sentence on the choice.

    "as-given" keeps lattice vectors, origin and positions, as other programs show the same file.
    "primitive" and "conventional" are the cells that spglib makes standard: idealised, turned and
    shifted. ``info`` is kept, the input is not changed.

    Raises:
        InputError: an unknown choice.
        CrystalError: no standard cell is found; "as-given" needs none.
    """
    if choice not in CELL_CHOICES:
        raise InputError(f"cell must be one of {', '.join(CELL_CHOICES)}, got {choice!r}")
    given = len(atoms)
    if choice == "as-given":
        return atoms, f"as given, {_atoms(given)}{_smaller(atoms)}"
    made = primitive_cell(atoms) if choice == "primitive" else conventional_cell(atoms)
    made.info.update(atoms.info)
    return made, f"{choice}, {_atoms(len(made))} (as given: {given})"


def _smaller(atoms: Atoms) -> str:
    """What the primitive cell would save, "" where it saves nothing."""
    try:
        least = len(primitive_cell(atoms))
    except CrystalError:
        # Too distorted for spglib; the given cell can be computed all the same.
        return ""
    return f" (the primitive cell has {least}: --cell primitive)" if least < len(atoms) else ""


def _atoms(count: int) -> str:
    return f"{count} atom" if count == 1 else f"{count} atoms"
