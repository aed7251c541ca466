"""Grid points near an atom, and real solid harmonics there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

SMALLEST_RADIUS = 1e-5
"""Bohr. A point on the nucleus itself is moved this far off, where directions are defined."""


@dataclass(frozen=True, eq=False)
class SpherePoints:
    """Grid points within a distance of an atom or one of its images.

    A point that several images reach occurs once per image, so that contributions add up.

    Attributes:
        index: three index arrays, of shape (m,) each, into the grid.
        directions: unit vectors from the atom to the points, shape (m, 3).
        distances: shape (m,), at least :data:`SMALLEST_RADIUS`.
    """

    index: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
    directions: NDArray[np.float64]
    distances: NDArray[np.float64]


def points_within(
    position: NDArray[np.float64],
    radius: float,
    cell: NDArray[np.float64],
    shape: tuple[int, int, int],
) -> SpherePoints:
    """Grid points within ``radius`` of the fractional ``position`` or its images.

    ``radius`` and ``cell`` (rows are the lattice vectors) share a length unit, bohr here.
    """
    counts = np.array(shape)
    # The distance between lattice planes bounds how many steps along an axis the sphere reaches.
    heights = 1.0 / np.linalg.norm(np.linalg.inv(cell), axis=0)
    centre = np.asarray(position) * counts
    reach = radius / heights * counts
    ranges = [
        np.arange(lowest, highest + 1)
        for lowest, highest in zip(
            np.ceil(centre - reach).astype(int), np.floor(centre + reach).astype(int), strict=True
        )
    ]
    steps = cell / counts[:, None]
    vectors = (
        (ranges[0] - centre[0])[:, None, None, None] * steps[0]
        + (ranges[1] - centre[1])[None, :, None, None] * steps[1]
        + (ranges[2] - centre[2])[None, None, :, None] * steps[2]
    )
    lengths = np.sqrt((vectors**2).sum(axis=-1))
    mask = lengths < radius
    where = np.nonzero(mask)
    i, j, k = (r[w] % n for r, w, n in zip(ranges, where, shape, strict=True))
    chosen, distances = vectors[mask], lengths[mask]
    on_nucleus = distances < SMALLEST_RADIUS
    chosen[on_nucleus] = (0.0, 0.0, SMALLEST_RADIUS)
    distances[on_nucleus] = SMALLEST_RADIUS
    return SpherePoints((i, j, k), chosen / distances[:, None], distances)


def angular_functions(
    highest_l: int, points: SpherePoints
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Real spherical harmonics Y_L and r grad Y_L at points, in GPAW's order L = l^2 + m.

    Returns:
        arrays of shape (L, m) and (L, m, 3).
    """
    # GPAW's own functions, for its projector coefficients refer to their order and sign.
    from gpaw.sphere.spherical_harmonics import Y, nablarlYL

    unit = points.directions
    values, slopes = [], []
    for l in range(highest_l + 1):  # noqa: E741 - the letter of the field
        for index in range(l**2, (l + 1) ** 2):
            y = _on_points(Y(index, *unit.T), len(unit))
            # On the unit sphere grad(r^l Y) = l Y r^ + r grad Y.
            solid = np.stack([_on_points(c, len(unit)) for c in nablarlYL(index, unit.T)], axis=1)
            values.append(y)
            slopes.append(solid - float(l) * y[:, None] * unit)
    return np.array(values), np.array(slopes)


def _on_points(value: ArrayLike, count: int) -> NDArray[np.float64]:
    """GPAW gives a bare number where a harmonic or its slope is constant."""
    return np.zeros(count) + np.asarray(value, dtype=np.float64)
