"""Moments of the atoms' clouds in a crystal, against those of free atoms side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.bonding.squeezed.free_clouds import FreeCloud
from isotunnel.bonding.squeezed.harmonics import count, regular
from isotunnel.bonding.squeezed.multipoles import HIGHEST, Multipoles
from isotunnel.bonding.squeezed.partition import GridPoints, Partition, parts, promolecule

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class CloudMoments:
    """Moments of one atom's cloud in one partition.

    Attributes:
        multipoles: of the deformation, that is of the crystal's density less that of free atoms in
            the same share of space; electrons count as negative.
        electrons: in its share.
        spread: <r^2> times the electrons in its share, angstrom^2.
        spread_change: that of the deformation alone.
        anisotropy: (<z^2> - <x^2 + y^2>/2) of the deformation over ``spread``: negative where the
            cloud has contracted along z.
    """

    multipoles: Multipoles
    electrons: float
    spread: float
    spread_change: float
    anisotropy: float


@dataclass(frozen=True, eq=False)
class Deformation:
    """A crystal's valence density against free atoms side by side, on one grid.

    Attributes:
        grid: where.
        density: electrons per cubic angstrom, flattened.
        free: of free atoms side by side.
    """

    grid: GridPoints
    density: Array
    free: Array

    @property
    def difference(self) -> Array:
        """Density less that of free atoms, made to hold no electron: the grid's error is spread
        evenly."""
        gap = self.density - self.free
        return np.asarray(gap - gap.mean())

    @property
    def moved(self) -> float:
        """Electrons per atom that stand elsewhere than in free atoms."""
        total = 0.5 * float(np.abs(self.difference).sum()) * self.grid.volume
        return total / len(self.grid.positions)

    @property
    def lost(self) -> float:
        """Electrons per atom by which the two densities differ in all: the grid's error."""
        gap = float((self.density - self.free).sum()) * self.grid.volume
        return gap / len(self.grid.positions)


def deformation(
    density: ArrayLike, cell: ArrayLike, positions: ArrayLike, clouds: Sequence[FreeCloud]
) -> Deformation:
    """Compare a density (electrons per cubic angstrom on the grid of a cell) with free atoms."""
    values = np.asarray(density, dtype=float)
    shape = (values.shape[0], values.shape[1], values.shape[2])
    grid = GridPoints(np.asarray(cell, float), shape, np.asarray(positions, float))
    return Deformation(grid, values.ravel(), promolecule(grid, clouds))


def cloud_moments(
    deformed: Deformation, clouds: Sequence[FreeCloud], partition: Partition
) -> tuple[CloudMoments, ...]:
    """Moments of each atom of the cell."""
    size = len(deformed.grid.positions)
    change, total = deformed.difference, deformed.density
    sums = np.zeros((size, count(HIGHEST)), dtype=complex)
    numbers = np.zeros((size, 4))
    for part in parts(deformed.grid, clouds, partition):
        weight = part.shares * deformed.grid.volume
        delta = weight * change[part.index]
        whole = weight * total[part.index]
        sums[part.atom] -= regular(part.vectors, HIGHEST) @ delta
        square = (part.vectors**2).sum(axis=1)
        along = 1.5 * part.vectors[:, 2] ** 2 - 0.5 * square
        numbers[part.atom] += (whole.sum(), whole @ square, delta @ square, delta @ along)
    return tuple(
        CloudMoments(Multipoles(q), n, s, ds, a / s)
        for q, (n, s, ds, a) in zip(sums, numbers, strict=True)
    )
