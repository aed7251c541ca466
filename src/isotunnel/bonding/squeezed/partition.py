"""Where one atom ends and the next begins: two conventions.

``nearest``: a point belongs to the nearest nucleus, points between to all alike (the Voronoi cell;
where mirror planes stand between the atoms, as in fcc crystals, it is the basin of the density as
well). ``stockholder``: every point is shared in proportion to the free atoms' clouds (F. L.
Hirshfeld, Theor. Chim. Acta 44, 129 (1977), doi 10.1007/BF00549096). Multipoles of atoms depend on
it, in size and sometimes in sign; no measurement prefers one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from isotunnel.bonding.squeezed.free_clouds import FreeCloud
from isotunnel.bonding.squeezed.multipoles import images_within

Array = NDArray[np.float64]
Partition = Literal["nearest", "stockholder"]
PARTITIONS: tuple[Partition, ...] = get_args(Partition)
CANDIDATES = 12
"""Nuclei that a point can be equally near to: more than meet at any corner of a dense crystal."""
TIE_ANGSTROM = 1e-6


@dataclass(frozen=True, eq=False)
class GridPoints:
    """Points of a regular grid over one cell.

    Attributes:
        cell: rows are the lattice vectors, angstrom.
        shape: points along each.
        positions: of the nuclei, angstrom, shape (N, 3).
    """

    cell: Array
    shape: tuple[int, int, int]
    positions: Array

    @property
    def points(self) -> Array:
        """All points, angstrom, shape (n1 n2 n3, 3), the last index running fastest."""
        axes = [np.arange(n) / n for n in self.shape]
        scaled = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 3)
        return np.asarray(scaled @ self.cell)

    @property
    def volume(self) -> float:
        """Cubic angstrom per point."""
        return abs(float(np.linalg.det(self.cell))) / int(np.prod(self.shape))


@dataclass(frozen=True, eq=False)
class Part:
    """Points of which an atom, or one of its images, has a share.

    Attributes:
        atom: which.
        index: into the flattened grid.
        vectors: from the nucleus to the points, angstrom.
        shares: of each point, 0 to 1.
    """

    atom: int
    index: NDArray[np.intp]
    vectors: Array
    shares: Array


def promolecule(grid: GridPoints, clouds: Sequence[FreeCloud]) -> Array:
    """Density of free atoms side by side on the grid, flattened, per cubic angstrom."""
    total = np.zeros(int(np.prod(grid.shape)))
    for _, cloud, index, _, distances in _reached(grid, clouds):
        total[index] += cloud.at(distances)
    return total


def parts(grid: GridPoints, clouds: Sequence[FreeCloud], partition: Partition) -> Iterator[Part]:
    """The shares of all atoms; over all parts those of each point add up to one."""
    return _nearest(grid) if partition == "nearest" else _stockholder(grid, clouds)


def _nearest(grid: GridPoints) -> Iterator[Part]:
    from scipy.spatial import cKDTree

    points = grid.points
    reach = float(np.linalg.norm(grid.cell, axis=1).sum())
    images = images_within(grid.cell, reach)
    nuclei = (grid.positions[:, None, :] + images[None, :, :]).reshape(-1, 3)
    owner = np.repeat(np.arange(len(grid.positions)), len(images))
    distances, which = cKDTree(nuclei).query(points, k=CANDIDATES)
    near = distances <= distances[:, :1] + TIE_ANGSTROM
    shares = near / near.sum(axis=1, keepdims=True)
    row, column = np.nonzero(near)
    nucleus = which[row, column]
    for atom in range(len(grid.positions)):
        mine = owner[nucleus] == atom
        index = row[mine]
        vectors = points[index] - nuclei[nucleus[mine]]
        yield Part(atom, index, vectors, shares[row, column][mine])


def _stockholder(grid: GridPoints, clouds: Sequence[FreeCloud]) -> Iterator[Part]:
    total = promolecule(grid, clouds)
    for atom, cloud, index, vectors, distances in _reached(grid, clouds):
        yield Part(atom, index, vectors, cloud.at(distances) / total[index])


def _reached(
    grid: GridPoints, clouds: Sequence[FreeCloud]
) -> Iterator[tuple[int, FreeCloud, NDArray[np.intp], Array, Array]]:
    """Points within reach of each atom and its images, with vectors and distances."""
    points = grid.points
    centre, spread = points.mean(axis=0), 0.0
    spread = float(np.linalg.norm(points - centre, axis=1).max())
    for atom, (cloud, position) in enumerate(zip(clouds, grid.positions, strict=True)):
        far = cloud.reach + spread + float(np.linalg.norm(position - centre))
        for image in images_within(grid.cell, far):
            nucleus = position + image
            if np.linalg.norm(nucleus - centre) > cloud.reach + spread:
                continue
            vectors = points - nucleus
            distances = np.linalg.norm(vectors, axis=1)
            index = np.nonzero(distances < cloud.reach)[0]
            if len(index):
                yield atom, cloud, index, vectors[index], distances[index]
