"""Density of states at one energy by the linear tetrahedron method."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray


def tetrahedron_dos(
    bands: NDArray[np.float64], weights: NDArray[np.float64], energy: float
) -> NDArray[np.float64]:
    """Weighted density of states of one spin, without any broadening.

    Each cell of the k-point mesh is cut into six tetrahedra around one body diagonal; energies and
    weights are interpolated linearly in each.

    Args:
        bands: energies on the full mesh, shape (n1, n2, n3, nbands), eV.
        weights: shape (w, n1, n2, n3, nbands).
        energy: eV.

    Returns:
        shape (w,), states per eV and cell.

    Reference:
        Bloechl, Jepsen and Andersen, Phys. Rev. B 49, 16223 (1994), appendix C (without their
        correction of the weights), doi 10.1103/PhysRevB.49.16223.
    """
    total: NDArray[np.float64] = np.zeros(len(weights))
    # A band that lies wholly above or below contributes nothing.
    near = (bands.min(axis=(0, 1, 2)) <= energy) & (bands.max(axis=(0, 1, 2)) >= energy)
    if not near.any():
        return total
    bands, weights = bands[..., near], weights[..., near]
    tetrahedra = 6 * bands.shape[0] * bands.shape[1] * bands.shape[2]
    for path in itertools.permutations(range(3)):
        corners = [tuple(int(axis in path[:step]) for axis in range(3)) for step in range(4)]
        e = np.stack([_shifted(bands, corner, 0) for corner in corners])
        w = np.stack([_shifted(weights, corner, 1) for corner in corners], axis=1)
        order = np.argsort(e, axis=0)
        e = np.take_along_axis(e, order, axis=0)
        w = np.take_along_axis(w, np.broadcast_to(order, w.shape), axis=1)
        crossing = (e[0] < energy) & (energy < e[3])
        total += _cut(e[:, crossing], w[:, :, crossing], energy).sum(axis=-1) / tetrahedra
    return total


def _shifted(
    array: NDArray[np.float64], corner: tuple[int, ...], first_axis: int
) -> NDArray[np.float64]:
    axes = tuple(range(first_axis, first_axis + 3))
    return np.roll(array, [-c for c in corner], axis=axes)


def _cut(e: NDArray[np.float64], w: NDArray[np.float64], energy: float) -> NDArray[np.float64]:
    """Weighted DOS of tetrahedra of unit volume; e has shape (4, t), ascending, w (n, 4, t)."""
    # All three branches are computed; where one is not meant its denominators may vanish.
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        low = _triangle(e, w, energy, apex=0)
        high = _triangle(e, w, energy, apex=3)
        middle = _quadrilateral(e, w, energy)
    cut: NDArray[np.float64] = np.where(energy < e[1], low, np.where(energy >= e[2], high, middle))
    return cut


def _triangle(
    e: NDArray[np.float64], w: NDArray[np.float64], energy: float, apex: int
) -> NDArray[np.float64]:
    """The cut is a triangle with its corners on the three edges that meet in ``apex``."""
    others = [i for i in range(4) if i != apex]
    depth = energy - e[apex]
    product = np.prod([e[i] - e[apex] for i in others], axis=0)
    mean = np.zeros_like(w[:, 0])
    for i in others:
        t = depth / (e[i] - e[apex])
        mean = mean + ((1.0 - t) * w[:, apex] + t * w[:, i]) / 3.0
    weighted: NDArray[np.float64] = 3.0 * depth**2 / np.abs(product) * mean
    return weighted


def _quadrilateral(
    e: NDArray[np.float64], w: NDArray[np.float64], energy: float
) -> NDArray[np.float64]:
    """The cut crosses, in this order around it, the edges 02, 03, 13 and 12."""
    place, weight = [], []
    for a, b in ((0, 2), (0, 3), (1, 3), (1, 2)):
        t = (energy - e[a]) / (e[b] - e[a])
        # Coordinates in which corner 0 is the origin and the others are the unit vectors.
        point = np.zeros((3, *t.shape))
        if a > 0:
            point[a - 1] += 1.0 - t
        point[b - 1] += t
        place.append(point)
        weight.append((1.0 - t) * w[:, a] + t * w[:, b])
    areas = [_area(place[0], place[i], place[i + 1]) for i in (1, 2)]
    means = [(weight[0] + weight[i] + weight[i + 1]) / 3.0 for i in (1, 2)]
    share = areas[0] / (areas[0] + areas[1])
    dos = (
        3.0
        / ((e[2] - e[0]) * (e[3] - e[0]))
        * (
            (e[1] - e[0])
            + 2.0 * (energy - e[1])
            - (e[2] - e[0] + e[3] - e[1]) * (energy - e[1]) ** 2 / ((e[2] - e[1]) * (e[3] - e[1]))
        )
    )
    weighted: NDArray[np.float64] = dos * (share * means[0] + (1.0 - share) * means[1])
    return weighted


def _area(
    a: NDArray[np.float64], b: NDArray[np.float64], c: NDArray[np.float64]
) -> NDArray[np.float64]:
    normal = np.cross(b - a, c - a, axis=0)
    area: NDArray[np.float64] = np.sqrt((normal**2).sum(axis=0))
    return area
