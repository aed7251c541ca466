"""Critical points between grid points: a periodic tensor-product spline and Newton's method.

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

_HALF_WIDTH = {3: 10, 5: 15}
_FARTHEST_VOXELS = 2.0
_LONGEST_STEP = 0.5


@dataclass(frozen=True, eq=False)
class CriticalPoint:
    """A point where the gradient of the interpolant vanishes.

    Attributes:
        position: (3,) in voxel index, not wrapped.
        value: of the interpolant there.
        hessian: (3, 3) second derivatives per voxel squared.
    """

    position: NDArray[np.float64]
    value: float
    hessian: NDArray[np.float64]


def saddle_near(
    values: NDArray[Any], voxel: tuple[int, int, int], sign: int, degree: int = 3
) -> CriticalPoint | None:
    """The saddle of ``sign * f`` with one direction of descent closest to a voxel.

    Newton's method from the voxel, and, where that leads nowhere, from points half a voxel around
    it. Directions in which the field does not change are left alone.

    Args:
        values: (n1, n2, n3) periodic array.
        voxel: index of the voxel to start from.
        sign: +1 for a pass of f, -1 for a pass of -f.
        degree: 3 or 5.

    Returns:
        The saddle, or None if there is none within two voxels.
    """
    spline = _LocalSpline(values, voxel, degree)
    found = _newton(spline, np.zeros(3), sign)
    if found is not None:
        return _shifted(found, voxel)
    starts = 0.5 * np.array([s for s in np.ndindex(3, 3, 3) if s != (1, 1, 1)]) - 0.5
    candidates = [c for c in (_newton(spline, s, sign) for s in starts) if c is not None]
    if not candidates:
        return None
    nearest = min(candidates, key=lambda c: float(np.linalg.norm(c.position)))
    return _shifted(nearest, voxel)


def _shifted(point: CriticalPoint, voxel: tuple[int, int, int]) -> CriticalPoint:
    return CriticalPoint(point.position + np.array(voxel), point.value, point.hessian)


def _newton(spline: _LocalSpline, start: NDArray[np.float64], sign: int) -> CriticalPoint | None:
    x = start.copy()
    for _ in range(40):
        value, gradient, hessian = spline(x)
        if not np.isfinite(value):
            return None
        step = -np.linalg.pinv(hessian, rcond=1e-9, hermitian=True) @ gradient
        length = float(np.linalg.norm(step))
        if length > _LONGEST_STEP:
            step *= _LONGEST_STEP / length
        x = x + step
        if np.abs(x).max() > _FARTHEST_VOXELS:
            return None
        if length < 1e-9:
            break
    else:
        return None
    value, gradient, hessian = spline(x)
    curvature = sign * np.linalg.eigvalsh(hessian)
    scale = float(np.abs(curvature).max())
    if scale == 0.0 or np.linalg.norm(gradient) > 1e-6 * scale:
        return None
    if np.count_nonzero(curvature < -1e-9 * scale) != 1:
        return None
    return CriticalPoint(x, value, hessian)


class _LocalSpline:
    """Spline through the values around a voxel; called with a displacement in voxels."""

    def __init__(self, values: NDArray[Any], voxel: tuple[int, int, int], degree: int) -> None:
        half = _HALF_WIDTH[degree]
        reach = np.arange(-half, half + 1)
        index = [(v + reach) % n for v, n in zip(voxel, values.shape, strict=True)]
        window = values[np.ix_(*index)].astype(np.float64)
        inverse = _inverse_collocation(2 * half + 1, degree)
        for axis in range(3):
            window = np.moveaxis(np.tensordot(inverse, window, axes=(1, axis)), 0, axis)
        self._coefficients = window
        self._degree = degree
        self._half = half

    def __call__(
        self, x: NDArray[np.float64]
    ) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
        """Value, gradient (3,) and Hessian (3, 3) at the displacement ``x`` from the voxel."""
        first = np.floor(x).astype(int) - self._degree // 2
        weights = [_weights(self._degree, x[a] - first[a]) for a in range(3)]
        lo = first + self._half
        hi = lo + self._degree + 1
        block = self._coefficients[lo[0] : hi[0], lo[1] : hi[1], lo[2] : hi[2]]

        def derivative(a: int, b: int, c: int) -> float:
            along = (weights[0][a], weights[1][b], weights[2][c])
            return float(np.einsum("ijk,i,j,k", block, *along))

        gradient = np.array([derivative(1, 0, 0), derivative(0, 1, 0), derivative(0, 0, 1)])
        xy, xz, yz = derivative(1, 1, 0), derivative(1, 0, 1), derivative(0, 1, 1)
        hessian = np.array(
            [
                [derivative(2, 0, 0), xy, xz],
                [xy, derivative(0, 2, 0), yz],
                [xz, yz, derivative(0, 0, 2)],
            ]
        )
        return derivative(0, 0, 0), gradient, hessian


def _weights(degree: int, t: float) -> NDArray[np.float64]:
    """Shape (3, degree+1): weights of the nodes 0..degree at ``t``, and two derivatives."""
    nodes = t - np.arange(degree + 1, dtype=np.float64)
    return np.array([_bspline(degree, nodes, order) for order in range(3)])


def _bspline(degree: int, x: NDArray[np.float64], derivative: int = 0) -> NDArray[np.float64]:
    """Centred cardinal B-spline or its derivative, by the recursion over the degree."""
    if derivative:
        return _bspline(degree - 1, x + 0.5, derivative - 1) - _bspline(
            degree - 1, x - 0.5, derivative - 1
        )
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
