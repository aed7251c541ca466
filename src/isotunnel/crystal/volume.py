"""Squeeze or stretch a crystal evenly."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from isotunnel.errors import CrystalError

if TYPE_CHECKING:
    from ase import Atoms


def with_volume_ratio(atoms: Atoms, ratio: float) -> Atoms:
    """A copy whose cell has ``ratio`` times the volume, shape and fractional positions kept.

    The pressure in ``info`` belongs to the old cell and is dropped.

    Raises:
        CrystalError: ``ratio`` is not a positive number.
    """
    if not (math.isfinite(ratio) and ratio > 0):
        raise CrystalError(f"the volume ratio must be a positive number, got {ratio!r}")
    result: Atoms = atoms.copy()
    result.set_cell(atoms.cell.array * ratio ** (1 / 3), scale_atoms=True)
    result.info.pop("pressure_gpa", None)
    return result
