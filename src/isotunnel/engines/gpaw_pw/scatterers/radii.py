"""Radii of touching spheres, and the mean potential between them.

Two neighbours share their distance at the point where the Kohn-Sham potential on the line between
them is highest; an atom's radius is the smallest of its shares. So spheres never overlap, and no
radius has to be put in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from isotunnel.engines.gpaw_pw.spheres import points_within

if TYPE_CHECKING:
    from ase import Atoms

Floats = NDArray[np.float64]

LINE_POINTS = 201
FARTHEST_RATIO = 1.35
"""Neighbours up to this many times an atom's shortest distance are looked at."""

CLOSEST_SHARE = 0.15
"""No atom gets less than this share of a distance: the potential is not searched nearer."""


def touching_radii(atoms: Atoms, potential: Floats, equivalent: tuple[int, ...]) -> list[float]:
    """Radius of each atom's sphere, in the length unit of ``atoms``.

    Args:
        atoms: the crystal.
        potential: Kohn-Sham potential on the cell's grid, any unit.
        equivalent: per atom, the index of the first atom that symmetry makes equal to it.
    """
    shortest = _shortest(atoms)
    near = np.full(len(atoms), np.inf)
    caged = near.copy()
    for i, j, vector in _pairs(atoms, FARTHEST_RATIO * shortest):
        distance = float(np.linalg.norm(vector))
        share = distance * _share(atoms, potential, i, vector)
        caged[i] = min(caged[i], share)
        if distance <= FARTHEST_RATIO * shortest[j]:
            near[i] = min(near[i], share)
    # In a cage of atoms that are nearer to each other no neighbour counts an atom as its own.
    radii = np.where(np.isfinite(near), near, caged)
    for first in set(equivalent):
        same = [a for a, e in enumerate(equivalent) if e == first]
        radii[same] = radii[same].min()
    return [float(r) for r in _without_overlap(atoms, radii)]


def _shortest(atoms: Atoms) -> Floats:
    reach = float(np.linalg.norm(atoms.cell.array, axis=1).max()) + 1e-6
    shortest = np.full(len(atoms), np.inf)
    for i, _, vector in _pairs(atoms, np.full(len(atoms), reach)):
        shortest[i] = min(shortest[i], float(np.linalg.norm(vector)))
    return shortest


def _pairs(atoms: Atoms, reach: Floats) -> list[tuple[int, int, Floats]]:
    from ase.neighborlist import neighbor_list

    first, second, vectors, distances = neighbor_list(
        "ijDd", atoms, float(reach.max()), self_interaction=False
    )
    return [
        (int(i), int(j), v)
        for i, j, v, d in zip(first, second, vectors, distances, strict=True)
        if d <= reach[i] + 1e-9
    ]


def _share(atoms: Atoms, potential: Floats, atom: int, vector: Floats) -> float:
    """Where on the way to a neighbour the potential is highest, as a fraction of the way."""
    way = np.linspace(CLOSEST_SHARE, 1.0 - CLOSEST_SHARE, LINE_POINTS)
    points = atoms.positions[atom] + way[:, None] * vector
    fractional = points @ np.linalg.inv(atoms.cell.array)
    indices = (fractional * np.array(potential.shape)).T
    along = map_coordinates(potential, indices, order=3, mode="grid-wrap")
    highest = np.flatnonzero(along >= along.max() - 1e-9 * abs(along.max()))
    # Between equal atoms the highest point is the middle, up to the grid.
    return float(way[highest].mean())


def _without_overlap(atoms: Atoms, radii: Floats) -> Floats:
    """Shrink both of a pair that the grid's error, or a far neighbour, let overlap."""
    scale = np.ones(len(atoms))
    for i, j, vector in _pairs(atoms, np.full(len(atoms), 2.0 * float(radii.max()) + 1e-6)):
        distance = float(np.linalg.norm(vector))
        if radii[i] + radii[j] > distance:
            scale[i] = min(scale[i], distance / (radii[i] + radii[j]))
    return radii * scale


def mean_between(atoms: Atoms, potential: Floats, radii: list[float]) -> float:
    """Mean of a potential on the cell's grid over the points outside all spheres."""
    outside = np.ones(potential.shape, dtype=bool)
    shape = (potential.shape[0], potential.shape[1], potential.shape[2])
    for position, radius in zip(atoms.get_scaled_positions(), radii, strict=True):
        outside[points_within(position, radius, atoms.cell.array, shape).index] = False
    return float(potential[outside].mean())
