"""The symmetry operations that a CIF lists itself."""

from __future__ import annotations

import re

import numpy as np

from isotunnel.crystal.cif.document import CifBlock
from isotunnel.crystal.cif.numbers import number
from isotunnel.crystal.operations import MAX_OPERATIONS, Operations, operations, parse_operation
from isotunnel.errors import CrystalError

_PLAIN = (
    "_space_group_symop_operation_xyz",
    "_symmetry_equiv_pos_as_xyz",
    "_space_group_symop.operation_xyz",
    "_symmetry_equiv.pos_as_xyz",
)
_MAGNETIC = (
    "_space_group_symop_magn_operation.xyz",
    "_space_group_symop_magn_operation_xyz",
    "_space_group_symop.magn_operation_xyz",
)
_MAGNETIC_CENTRING = (
    "_space_group_symop_magn_centering.xyz",
    "_space_group_symop_magn_centering_xyz",
    "_space_group_symop.magn_centering_xyz",
)
_MODULATION = ("_cell_modulation_dimension", "_cell.modulation_dimension")
_SUPERSPACE = (
    "_space_group_symop_ssg_operation_algebraic",
    "_space_group_symop_magn_ssg_operation.algebraic",
    "_space_group_symop_magn_ssg_operation_algebraic",
)


def listed_operations(block: CifBlock) -> Operations | None:
    """The operations of the file, None where it lists none.

    Of a magnetic CIF the operations act on positions; their sign of time is left out, and they
    are joined with the centrings that it lists apart.

    Raises:
        CrystalError: an operation that cannot be read, or a modulated structure.
    """
    modulated = number(block.stated(*_MODULATION) or "0")
    if block.column(*_SUPERSPACE) or modulated:
        raise CrystalError(
            f"{block.shown}: a modulated structure, whose atoms do not repeat with the cell; give "
            "a commensurate approximant"
        )
    found = _read(block, _PLAIN)
    if found is not None:
        return found
    found = _read(block, _MAGNETIC)
    centrings = _read(block, _MAGNETIC_CENTRING)
    return found if found is None or centrings is None else _joined(block, found, centrings)


def _read(block: CifBlock, tags: tuple[str, ...]) -> Operations | None:
    texts = [text for value in block.column(*tags) for text in _split(value)]
    if not texts:
        return None
    if len(texts) > MAX_OPERATIONS:
        raise CrystalError(
            f"{block.shown} lists {len(texts)} symmetry operations; the limit is {MAX_OPERATIONS}"
        )
    try:
        parsed = [parse_operation(text) for text in texts]
    except CrystalError as error:
        raise CrystalError(f"{block.shown}: {error}") from None
    return operations([r for r, _ in parsed], [t for _, t in parsed])


def _split(value: str) -> list[str]:
    """One or several operations in a value: lines, or parts between semicolons."""
    parts = [part.strip() for part in re.split(r"[;\n]", value)]
    stated = [part for part in parts if part and part not in ("?", ".")]
    return [_without_time(part) for part in stated]


def _without_time(text: str) -> str:
    """x,y,z of x,y,z,+1."""
    return re.sub(r",\s*[+-]1\s*$", "", text) if text.count(",") == 3 else text


def _joined(block: CifBlock, found: Operations, centrings: Operations) -> Operations:
    if len(found) * len(centrings) > MAX_OPERATIONS:
        raise CrystalError(f"{block.shown}: more than {MAX_OPERATIONS} symmetry operations")
    rotations = np.concatenate([c @ found.rotations for c in centrings.rotations])
    shifts = np.concatenate(
        [
            found.shifts @ c.T + move
            for c, move in zip(centrings.rotations, centrings.shifts, strict=True)
        ]
    )
    return operations(rotations, shifts)
