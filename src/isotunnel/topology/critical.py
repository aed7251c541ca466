"""Passes between grid points: a periodic tensor-product spline, a path search, Newton's method.

A saddle voxel joins two pieces of its neighbourhood. The true pass between them is looked for in
three steps: the spline is evaluated on a grid four times as fine over two voxels around; the best
path between the two pieces there gives the pass up to that grid's roughness; Newton's method then
takes it to the stationary point of the spline.

The interpolant is a cubic or quintic B-spline through the grid values around a voxel. Its
coefficients come from a window wide enough that the window's ends do not matter (the influence of
a boundary decays by 0.27 per voxel for cubic and 0.43 for quintic splines).

Reference: M. Unser, IEEE Signal Processing Magazine 16 (6), 22 (1999).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.topology.pass_kernel import (
    FARTHEST_VOXELS,
    FINER,
    NOTHING,
    PATCH,
    STATIONARY,
    passes_of,
)

_HALF_WIDTH = {3: 10, 5: 15}


@dataclass(frozen=True, eq=False)
class Pass:
    """The pass through which a saddle voxel connects.

    Attributes:
        position: (3,) in voxel index, not wrapped.
        value: of the interpolant there.
        error: estimate: the difference between the quintic and the cubic spline at the pass and
            around it, or the roughness of the fine grid where no stationary point was found.
        hessian: (3, 3) second derivatives per voxel squared; None without a stationary point.
    """

    position: NDArray[np.float64]
    value: float
    error: float
    hessian: NDArray[np.float64] | None


def find_passes(
    values: NDArray[Any], voxels: NDArray[np.int64], sign: int, connectivity: int
) -> list[Pass | None]:
    """The pass between the first two pieces that a saddle voxel joins, for each of some voxels.

    Directions in which the field does not change are left alone. What may happen more than two
    voxels away is not seen.

    Args:
        values: (n1, n2, n3) periodic array.
        voxels: (n, 3) indices of saddle voxels.
        sign: +1 for a pass of f (sublevel sets), -1 for one of -f.
        connectivity: of the filtration that the voxels are saddles of.

    Returns:
        The passes; None for a voxel that joins nothing.
    """
    places = np.ascontiguousarray(voxels, dtype=np.int64).reshape(-1, 3)
    what = np.empty(len(places), dtype=np.int64)
    found = np.empty((len(places), 14))
    kernel: Any = passes_of
    kernel(values, places, float(sign), connectivity, *_tables(), what, found)
    eps = float(np.finfo(values.dtype).eps)
    return [
        _pass(int(w), row, place, eps) for w, row, place in zip(what, found, places, strict=True)
    ]


def _pass(
    what: int, found: NDArray[np.float64], place: NDArray[np.int64], eps: float
) -> Pass | None:
    if what == NOTHING:
        return None
    position = found[:3] + place
    value = float(found[3])
    if what != STATIONARY:
        return Pass(position, value, float(found[4]), None)
    rounding = eps * abs(value)
    return Pass(position, value, float(found[4]) + rounding, found[5:].reshape(3, 3).copy())


@lru_cache(maxsize=1)
def _tables() -> tuple[NDArray[np.float64], ...]:
    """What the kernel needs beside the values, see :func:`passes_of`."""
    return _coefficients(5), _coefficients(3), _pieces(5), _pieces(3), _fine_points()


def _coefficients(degree: int) -> NDArray[np.float64]:
    """Matrix from a window of values to the coefficients within reach of its middle."""
    half = _HALF_WIDTH[degree]
    # No more coefficients are kept than the points within reach ask for.
    keep = _kept(degree)
    inverse = _inverse_collocation(2 * half + 1, degree)
    return np.ascontiguousarray(inverse[half - keep : half + keep + 1])


def _kept(degree: int) -> int:
    # The difference of the splines is looked at a quarter voxel around the pass.
    return int(np.floor(FARTHEST_VOXELS + 0.25)) + degree // 2 + 1


def _fine_points() -> NDArray[np.float64]:
    """Matrix from quintic coefficients to the points of the fine grid along one axis."""
    degree, middle = 5, _kept(5)
    points = np.arange(-PATCH * FINER, PATCH * FINER + 1) / FINER
    matrix = np.zeros((len(points), 2 * middle + 1))
    for row, x in enumerate(points):
        cell = int(np.floor(x))
        lo = cell - degree // 2 + middle
        matrix[row, lo : lo + degree + 1] = _pieces(degree)[0] @ (x - cell) ** np.arange(degree + 1)
    return matrix


@lru_cache(maxsize=4)
def _pieces(degree: int) -> NDArray[np.float64]:
    """Shape (3, degree+1, degree+1): the weights as polynomials in t, lowest power first.

    Between two nodes each weight is one polynomial, so degree + 1 samples of it fix it.
    """
    t: NDArray[np.float64] = (np.arange(degree + 1) + 0.5) / (degree + 1)
    nodes = np.arange(degree + 1) - degree // 2
    samples = np.array([_bspline(degree, t - node) for node in nodes])
    pieces = np.zeros((3, degree + 1, degree + 1))
    pieces[0] = np.linalg.solve(np.vander(t, increasing=True), samples.T).T
    for order in (1, 2):
        pieces[order, :, :-1] = pieces[order - 1, :, 1:] * np.arange(1, degree + 1)
    return pieces


def _bspline(degree: int, x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Centred cardinal B-spline, by the recursion over the degree."""
    if degree == 0:
        return np.where((x >= -0.5) & (x < 0.5), 1.0, 0.0)
    half = (degree + 1) / 2
    left = (half + x) * _bspline(degree - 1, x + 0.5)
    right = (half - x) * _bspline(degree - 1, x - 0.5)
    return np.asarray((left + right) / degree)


@lru_cache(maxsize=4)
def _inverse_collocation(size: int, degree: int) -> NDArray[np.float64]:
    """Matrix from values to coefficients on a window, mirrored at its ends."""
    matrix = np.zeros((size, size))
    reach = degree // 2
    nodes: NDArray[np.float64] = np.arange(-reach, reach + 1, dtype=np.float64)
    taps = _bspline(degree, nodes)
    last = size - 1
    for row in range(size):
        for step, weight in zip(range(-reach, reach + 1), taps, strict=True):
            column = row + step
            column = -column if column < 0 else (2 * last - column if column > last else column)
            matrix[row, column] += weight
    return np.asarray(np.linalg.inv(matrix), dtype=np.float64)
