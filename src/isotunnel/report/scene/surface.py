"""The isosurface of a periodic field in one cell, each triangle with the rank of its network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isotunnel.report.scene.components import Networks, networks_of
from isotunnel.topology.graph import Connectivity

NUDGE = 1e-9
"""Share of the field's range by which a level moves off a voxel's value: there the surface would
have holes (scikit-image issue 8116)."""


@dataclass(frozen=True, eq=False)
class Surface:
    """A triangle mesh in fractional coordinates of the cell, closed once opposite faces are joined.

    Attributes:
        level: where it was drawn, after any nudge.
        vertices: (V, 3) fractional, in [0, 1].
        normals: (V, 3) unit vectors, Cartesian, pointing out of the region.
        triangles: (T, 3) vertex indices, counter-clockwise seen from outside, ordered by rank.
        rank_counts: how many triangles belong to networks of rank 0, 1, 2 and 3.
    """

    level: float
    vertices: NDArray[np.float64]
    normals: NDArray[np.float64]
    triangles: NDArray[np.int64]
    rank_counts: tuple[int, int, int, int]


def surface_at(
    values: NDArray[np.float64],
    cell: NDArray[np.float64],
    level: float,
    sign: int,
    connectivity: Connectivity = 26,
) -> Surface:
    """The boundary of {sign f <= sign level}; empty where that is nothing or everything.

    Args:
        values: (n1, n2, n3) on the points (i/n1) a1 + (j/n2) a2 + (k/n3) a3.
        cell: rows are the lattice vectors, angstrom.
        level: the level; moved by a hair towards more open where a voxel has that value.
        sign: +1 for the region below the level, -1 above.
        connectivity: 6 or 26, for telling networks apart.
    """
    from skimage.measure import marching_cubes

    # Marching cubes works in single precision; what is inside must be judged by the same numbers.
    values = values.astype(np.float32).astype(np.float64)
    span = float(values.max() - values.min())
    if np.any(values == level):
        level += sign * NUDGE * span
    inside = sign * values <= sign * level
    if inside.all() or not inside.any():
        nothing = np.zeros((0, 3))
        return Surface(level, nothing, nothing, np.zeros((0, 3), dtype=np.int64), (0, 0, 0, 0))
    # The padded planes repeat the first ones, so the mesh ends exactly on the cell's far faces.
    padded = np.pad(values, (0, 1), mode="wrap")
    direction = "descent" if sign > 0 else "ascent"
    points, triangles, *_ = marching_cubes(  # type: ignore[no-untyped-call]
        padded, level, gradient_direction=direction
    )
    points = points.astype(np.float64)
    triangles = triangles.astype(np.int64)
    if np.linalg.det(cell) < 0:
        triangles = triangles[:, ::-1]
    networks = networks_of(inside, connectivity)
    rank = _rank_of_triangles(points, triangles, networks)
    order = np.argsort(rank, kind="stable")
    counts = np.bincount(rank, minlength=4)
    return Surface(
        level,
        points / np.array(values.shape),
        _outward(values, cell, points, sign),
        triangles[order],
        (int(counts[0]), int(counts[1]), int(counts[2]), int(counts[3])),
    )


def _rank_of_triangles(
    points: NDArray[np.float64], triangles: NDArray[np.int64], networks: Networks
) -> NDArray[np.int64]:
    """A vertex lies on a grid edge between an inside and an outside voxel: it is the inside one's.

    A few vertices lie within a cube instead, where the surface is ambiguous, or on the outside
    voxel itself; their triangles take the network of the other vertices, or one next to them.
    """
    from scipy.ndimage import maximum_filter

    shape = np.array(networks.label.shape)
    label = np.full(len(points), -1, dtype=np.int64)
    on_edge = np.count_nonzero(np.abs(points - np.round(points)) > 1e-5, axis=1) <= 1
    for corner in (np.floor(points + 1e-5), np.ceil(points - 1e-5)):
        at = tuple((corner.astype(np.int64) % shape).T)
        label = np.where((label < 0) & on_edge, networks.label[at], label)
    network = label[triangles].max(axis=1)
    lost = network < 0
    if lost.any():
        around = maximum_filter(networks.label, size=3, mode="wrap")
        at = tuple((np.round(points[triangles[lost, 0]]).astype(np.int64) % shape).T)
        network[lost] = around[at]
    return np.asarray(networks.rank[network], dtype=np.int64)


def _outward(
    values: NDArray[np.float64], cell: NDArray[np.float64], points: NDArray[np.float64], sign: int
) -> NDArray[np.float64]:
    """The field's gradient at the vertices, so that shading has no seam at the cell's faces."""
    from scipy.ndimage import map_coordinates

    slopes = np.empty((len(points), 3))
    for axis in range(3):
        slope = (np.roll(values, -1, axis) - np.roll(values, 1, axis)) * values.shape[axis] / 2
        slopes[:, axis] = map_coordinates(slope, points.T, order=1, mode="grid-wrap")
    normals = sign * slopes @ np.linalg.inv(cell).T
    length = np.linalg.norm(normals, axis=1, keepdims=True)
    upright = np.array([0.0, 0.0, 1.0])
    return np.where(length > 0, normals / np.where(length > 0, length, 1.0), upright)
