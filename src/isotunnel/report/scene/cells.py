"""The cells that a crystal can be shown in: as given, conventional, primitive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.crystal.symmetry import SYMPREC_ANGSTROM, call_spglib
from isotunnel.errors import CrystalError
from isotunnel.report.scene.resample import TOP, DrawnField

if TYPE_CHECKING:
    from ase import Atoms

_FRACTIONS = 24
"""Lattice vectors of one crystal are sums of each other's with these parts of a whole."""

_SAME = 0.02
"""Two values this share of the slider apart are one field's at places that symmetry makes equal."""


def cell_choices(atoms: Atoms | None, fields: Sequence[DrawnField]) -> list[dict[str, Any]]:
    """``name`` and ``transform`` of each, the one to show first in front.

    That is the conventional cell where it is larger than the given one, else the given cell.

    ``transform`` has the vectors of the cell as sums of the given ones; no cell is turned or moved
    against the given one. The primitive cell is left out where a field does not repeat with it, as
    that of spins may not.
    """
    given = {"name": "given", "transform": np.eye(3).tolist()}
    if atoms is None or len(atoms) == 0:
        return [given]
    choices = [given]
    for name, primitive in (("conventional", False), ("primitive", True)):
        transform = _standard(atoms, primitive)
        if transform is None:
            continue
        size = abs(float(np.linalg.det(transform)))
        if abs(size - 1) < 1e-6:
            continue
        if size > 1:
            choices.insert(0, {"name": name, "transform": transform.tolist()})
        elif all(_repeats(field, transform) for field in fields):
            choices.append({"name": name, "transform": transform.tolist()})
    return choices


def _standard(atoms: Atoms, primitive: bool) -> NDArray[np.float64] | None:
    cell = np.asarray(atoms.cell.array)
    try:
        lattice, *_ = call_spglib(
            "standardize_cell",
            (cell, atoms.get_scaled_positions(), atoms.numbers),
            to_primitive=primitive,
            no_idealize=True,
            symprec=SYMPREC_ANGSTROM,
        )
    except CrystalError:
        return None
    found = np.asarray(lattice) @ np.linalg.inv(cell)
    whole = np.round(found * _FRACTIONS) / _FRACTIONS
    return whole if np.allclose(found, whole, atol=1e-3) else None


def _repeats(field: DrawnField, transform: NDArray[np.float64]) -> bool:
    """Whether a field is the same after each of the smaller cell's translations."""
    from scipy.ndimage import map_coordinates

    grid = np.meshgrid(*(np.arange(n) for n in field.shape), indexing="ij")
    values = field.values.astype(np.float64)
    for row in transform:
        moved = [x + step * n for x, step, n in zip(grid, row, field.shape, strict=True)]
        there = map_coordinates(values, moved, order=1, mode="grid-wrap")
        if np.quantile(np.abs(there - values), 0.99) > _SAME * TOP:
            return False
    return True
