"""Where a structure's fields are reconstructed or smooth rather than plainly computed."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from isotunnel.engines.base import ElectronicStructure


def inside_augmentation(
    structure: ElectronicStructure, positions_fractional: ArrayLike
) -> int | None:
    """Index of the atom whose augmentation sphere holds a point, or None if it is outside all.

    Where spheres overlap, the atom in whose sphere the point lies deepest.

    Args:
        structure: a result with ``augmentation_radii``; None is returned if it has none.
        positions_fractional: the point, shape (3,), in fractions of the lattice vectors.
    """
    radii = np.asarray(structure.augmentation_radii, dtype=float)
    if radii.size == 0:
        return None
    from ase.geometry import get_distances

    atoms = structure.atoms
    point = np.asarray(positions_fractional, dtype=float).reshape(1, 3) @ atoms.cell.array
    distances = get_distances(point, atoms.positions, cell=atoms.cell, pbc=True)[1][0]
    depth = distances / radii
    deepest = int(np.argmin(depth))
    return deepest if depth[deepest] < 1.0 else None


def augmentation_warning(
    structure: ElectronicStructure, kind: str, positions_fractional: ArrayLike
) -> str | None:
    """One sentence on what a field's value at a point is worth, or None outside all spheres.

    Args:
        structure: the result the field belongs to.
        kind: "potential", "electrostatic", "density" or "elf".
        positions_fractional: the point, e.g. a bottleneck, shape (3,).
    """
    atom = inside_augmentation(structure, positions_fractional)
    if atom is None:
        return None
    radius = structure.augmentation_radii[atom]
    where = (
        f"lies inside the augmentation sphere of atom {atom} ({structure.atoms.symbols[atom]}, "
        f"radius {radius:.2f} angstrom)"
    )
    part = structure.settings.get("potential" if kind == "electrostatic" else kind)
    if part == "pseudo":
        return f"{where}, where the {kind} is the smooth pseudo one, which depends on the data set"
    if kind == "potential":
        return (
            f"{where}, where the potential is reconstructed with exchange and correlation of the "
            "spherically averaged density"
        )
    return f"{where}, where the {kind} is reconstructed from PAW partial waves"
