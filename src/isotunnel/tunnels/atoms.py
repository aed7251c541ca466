"""Atoms and tunnels: which basin an atom sits in, and which atoms are near a point."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import FieldError
from isotunnel.fields.field import Field
from isotunnel.topology.graph import drain
from isotunnel.topology.results import MergeGraph
from isotunnel.tunnels.results import Neighbour

ATTRACTOR_ANGSTROM = 0.35
"""An extremum this close to a nucleus is taken for the nucleus.

About the 0.6 bohr within which topology programs merge an attractor with a hydrogen nucleus.
"""


FARTHEST_CELLS = 1e9
"""From the grid's cell to an atom: beyond, a place within a cell has lost its digits."""


@dataclass(frozen=True, eq=False)
class AtomBasins:
    """The basin that each atom's nucleus drains to.

    Attributes:
        basin: (N,) basin number.
        cell: (N, 3) cell of the basin's extremum when the atom is at its position as given.
        entry: (N,) level from which the atom counts as inside: that of the extremum if it lies
            within :data:`ATTRACTOR_ANGSTROM` of the nucleus, else the field at the nucleus.
    """

    basin: NDArray[np.int64]
    cell: NDArray[np.int64]
    entry: NDArray[np.float64]


def atom_basins(field: Field, graph: MergeGraph) -> AtomBasins:
    """Assign each atom the basin of the grid point nearest to its nucleus.

    Nuclei are extrema of a potential or density, and hydrogen's nucleus is close to one of an ELF.
    The ELF of a heavy atom has shells, and a pseudo ELF vanishes at its nucleus: such an atom is
    inside only from the level of the field at the nucleus.

    Raises:
        FieldError: an atom lies more than :data:`FARTHEST_CELLS` cells away, as in a damaged file.
    """
    if field.atoms is None:
        nothing = np.zeros(0, dtype=np.int64)
        return AtomBasins(nothing, nothing.reshape(0, 3), nothing.astype(float))
    shape = np.array(field.shape)
    fractional = np.linalg.solve(field.cell.T, (field.atoms.positions - field.origin).T).T
    _check_near(fractional)
    nearest = np.rint(fractional * shape).astype(np.int64)
    home = np.floor_divide(nearest, shape)
    voxels = np.ravel_multi_index(tuple((nearest - home * shape).T), field.shape)
    basin = np.empty(len(voxels), dtype=np.int64)
    cell = np.empty((len(voxels), 3), dtype=np.int64)
    for n, voxel in enumerate(voxels):
        basin[n], offset = drain(field.values, graph, int(voxel))
        cell[n] = home[n] + offset
    extremum = np.stack(np.unravel_index(graph.basin_voxel[basin], field.shape), axis=1) / shape
    away = np.linalg.norm((extremum + cell - fractional) @ field.cell, axis=1)
    nucleus = field.values.reshape(-1)[voxels].astype(np.float64)
    entry = np.where(away <= ATTRACTOR_ANGSTROM, graph.basin_value[basin], nucleus)
    return AtomBasins(basin, cell, entry)


def atoms_between(field: Field, point: NDArray[np.float64]) -> tuple[Neighbour, ...]:
    """The two atoms that a Cartesian point (angstrom) lies between.

    Of all pairs of atoms that see the point under an angle of at least 90 degrees the one with the
    smallest sum of distances; where there is none, the two nearest atoms. Empty without atoms.
    """
    near = nearest_atoms(field, point)
    best: tuple[float, int, int] | None = None
    for a in range(len(near)):
        for b in range(a + 1, len(near)):
            if near[a][1] @ near[b][1] <= 1e-9:
                total = near[a][0].distance_angstrom + near[b][0].distance_angstrom
                if best is None or total < best[0] - 1e-9:
                    best = (total, a, b)
    if best is None:
        return tuple(n for n, _ in near[:2])
    return near[best[1]][0], near[best[2]][0]


def nearest_atoms(
    field: Field, point: NDArray[np.float64], count: int = 24
) -> list[tuple[Neighbour, NDArray[np.float64]]]:
    """The nearest atoms with all their periodic images, as (neighbour, vector to it).

    The point is Cartesian, in angstrom; nearest first; empty without atoms.
    """
    if field.atoms is None or len(field.atoms) == 0:
        return []
    atoms = field.atoms
    fractional = np.linalg.solve(field.cell.T, (atoms.positions - point).T).T
    _check_near(fractional)
    home = -np.rint(fractional).astype(np.int64)
    # Two further images along each axis cover the nearest shell also in strongly skewed cells.
    images = np.array(list(product(range(-2, 3), repeat=3)), dtype=np.int64)
    cells = home[:, None, :] + images[None, :, :]
    vectors = (fractional[:, None, :] + cells) @ field.cell
    distances = np.linalg.norm(vectors, axis=2)
    order = np.argsort(distances, axis=None, kind="stable")[:count]
    found = []
    for flat in order:
        a, image = divmod(int(flat), len(images))
        cell = (int(cells[a, image, 0]), int(cells[a, image, 1]), int(cells[a, image, 2]))
        neighbour = Neighbour(a, atoms.symbols[a], cell, float(distances[a, image]))
        found.append((neighbour, vectors[a, image]))
    return found


def _check_near(fractional: NDArray[np.float64]) -> None:
    farthest = float(np.abs(fractional).max(initial=0.0))
    if not farthest < FARTHEST_CELLS:
        raise FieldError(
            f"an atom lies {farthest:.3g} cells away from the grid, more than "
            f"{FARTHEST_CELLS:g}; look at the positions in the file"
        )
