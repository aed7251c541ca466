"""The slow, obvious twin of :mod:`isotunnel.topology.critical`: numpy, one saddle at a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.topology.neighbours import SHIFTS

_HALF_WIDTH = {3: 10, 5: 15}
_FARTHEST_VOXELS = 2.5
_LONGEST_STEP = 0.25
_PATCH = 2
_FINER = 4
_FARTHEST_VALUE = 40.0


def lower_pieces(
    values: NDArray[Any], voxel: tuple[int, int, int], sign: int, connectivity: int
) -> list[tuple[int, int, int]]:
    """The pieces of the lower link of a voxel, each by the shift of its lowest neighbour.

    The slow twin, for one voxel, of what :mod:`isotunnel.topology.saddles` does for all.
    """
    shape = np.array(values.shape)
    around = (np.array(voxel) + SHIFTS) % shape
    level = sign * values[tuple(around.T)].astype(np.float64)
    index = np.ravel_multi_index(tuple(around.T), values.shape)
    steps = np.abs(SHIFTS[:, None, :] - SHIFTS[None, :, :])
    apart = steps.max(axis=2) if connectivity == 26 else steps.sum(axis=2)
    lower = (level < level[13]) | ((level == level[13]) & (index < index[13]))
    left = set(np.flatnonzero(lower).tolist())
    touching = {c for c in left if apart[c, 13] == 1}
    pieces = []
    while touching:
        piece = {min(touching, key=lambda c: (level[c], index[c]))}
        frontier = set(piece)
        while frontier:
            frontier = {c for c in left - piece if any(apart[c, f] == 1 for f in frontier)}
            piece |= frontier
        pieces.append(min(piece & touching, key=lambda c: (level[c], index[c])))
        touching -= piece
    return [(int(x), int(y), int(z)) for x, y, z in SHIFTS[pieces]]


def minimax(box, start, goal):
    """Where the lowest path from ``start`` to ``goal`` in a box (26 neighbours) is highest."""
    order = np.argsort(box, axis=None, kind="stable")
    ends = [int(np.ravel_multi_index(p, box.shape)) for p in (start, goal)]
    parent = np.full(box.size, -1)

    def root(v):
        while parent[v] != v:
            parent[v] = parent[parent[v]]
            v = parent[v]
        return v

    for v in order.tolist():
        parent[v] = v
        place = np.unravel_index(v, box.shape)
        near = [range(max(x - 1, 0), min(x + 2, n)) for x, n in zip(place, box.shape, strict=True)]
        for other in product(*near):
            w = int(np.ravel_multi_index(other, box.shape))
            if parent[w] >= 0:
                parent[root(w)] = root(v)
        if min(parent[ends]) >= 0 and root(ends[0]) == root(ends[1]):
            return tuple(int(x) for x in np.unravel_index(v, box.shape))
    return tuple(int(x) for x in goal)


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


def find_pass(
    values: NDArray[Any], voxel: tuple[int, int, int], sign: int, connectivity: int
) -> Pass | None:
    """The pass between the first two pieces that a saddle voxel joins.

    Directions in which the field does not change are left alone. What may happen more than two
    voxels away is not seen.

    Args:
        values: (n1, n2, n3) periodic array.
        voxel: index of a saddle voxel.
        sign: +1 for a pass of f (sublevel sets), -1 for one of -f.
        connectivity: of the filtration that the voxel is a saddle of.

    Returns:
        The pass, or None if the voxel joins nothing.
    """
    pieces = lower_pieces(values, voxel, sign, connectivity)
    if len(pieces) < 2:
        return None
    quintic = _LocalSpline(values, voxel, 5)
    fine = sign * quintic.patch(_PATCH, _FINER)
    start, goal = (tuple(_FINER * (_PATCH + step) for step in piece) for piece in pieces[:2])
    at = np.array(minimax(fine, start, goal), dtype=np.int64)
    rough = at / _FINER - _PATCH
    lo, hi = np.maximum(at - 1, 0), np.minimum(at + 2, fine.shape[0])
    around = fine[lo[0] : hi[0], lo[1] : hi[1], lo[2] : hi[2]]
    roughness = float(np.abs(around - fine[tuple(at)]).max())
    cubic = _LocalSpline(values, voxel, 3)
    found = _newton(quintic, rough, sign)
    best = sign * fine[tuple(at)]
    if found is not None and abs(found.value - best) <= roughness:
        other = _newton(cubic, found.position, sign)
        value_cubic = other.value if other is not None else cubic(found.position)[0]
        rounding = float(np.finfo(values.dtype).eps) * abs(found.value)
        around_it = _difference(quintic, cubic, found.position)
        error = max(abs(found.value - value_cubic), around_it) + rounding
        return Pass(found.position + np.array(voxel), found.value, error, found.hessian)
    return Pass(rough + np.array(voxel), float(best), roughness, None)


def _difference(quintic: _LocalSpline, cubic: _LocalSpline, centre: NDArray[np.float64]) -> float:
    """Mean difference of the splines at eight points a quarter voxel around a point.

    The two may cross right at the pass, which says nothing about their errors.
    """
    corners = centre + np.array(list(product((-0.25, 0.25), repeat=3)))
    return float(np.mean([abs(quintic(x)[0] - cubic(x)[0]) for x in corners]))


@dataclass(frozen=True, eq=False)
class _Stationary:
    position: NDArray[np.float64]
    value: float
    hessian: NDArray[np.float64]


def _newton(spline: _LocalSpline, start: NDArray[np.float64], sign: int) -> _Stationary | None:
    """The stationary point with one direction of descent that Newton's method reaches."""
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
    return _Stationary(x, value, hessian)


class _LocalSpline:
    """Spline through the values around a voxel; called with a displacement in voxels."""

    def __init__(self, values: NDArray[Any], voxel: tuple[int, int, int], degree: int) -> None:
        half = _HALF_WIDTH[degree]
        reach = np.arange(-half, half + 1)
        index = [(v + reach) % n for v, n in zip(voxel, values.shape, strict=True)]
        window = _without_cusps(values[np.ix_(*index)].astype(np.float64))
        # No more coefficients are kept than the points within reach ask for.
        keep = int(np.ceil(_FARTHEST_VOXELS)) + degree // 2 + 1
        inverse = _inverse_collocation(2 * half + 1, degree)[half - keep : half + keep + 1]
        for axis in range(3):
            window = np.moveaxis(np.tensordot(inverse, window, axes=(1, axis)), 0, axis)
        self._coefficients = np.ascontiguousarray(window)
        self._degree = degree
        self._middle = keep

    def patch(self, reach: int, finer: int) -> NDArray[np.float64]:
        """Values from -reach to +reach voxels, ``finer`` points per voxel along each axis."""
        points = np.arange(-reach * finer, reach * finer + 1) / finer
        matrix = np.zeros((len(points), self._coefficients.shape[0]))
        for row, x in enumerate(points):
            cell = int(np.floor(x))
            lo = cell - self._degree // 2 + self._middle
            matrix[row, lo : lo + self._degree + 1] = _weights(self._degree, x - cell)[0]
        values = self._coefficients
        for axis in range(3):
            values = np.moveaxis(np.tensordot(matrix, values, axes=(1, axis)), 0, axis)
        return np.ascontiguousarray(values)

    def __call__(
        self, x: NDArray[np.float64]
    ) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
        """Value, gradient (3,) and Hessian (3, 3) at the displacement ``x`` from the voxel."""
        size = self._degree + 1
        cell = np.floor(x)
        lo = cell.astype(int) - self._degree // 2 + self._middle
        block = self._coefficients[lo[0] : lo[0] + size, lo[1] : lo[1] + size, lo[2] : lo[2] + size]
        along = [_weights(self._degree, t) for t in (x - cell).tolist()]
        # mixed[a, b, c]: the derivative of order a, b, c along the three axes.
        mixed = along[1] @ (along[0] @ block.reshape(size, -1)).reshape(3, size, size)
        mixed = mixed @ along[2].T
        gradient = np.array([mixed[1, 0, 0], mixed[0, 1, 0], mixed[0, 0, 1]])
        xy, xz, yz = mixed[1, 1, 0], mixed[1, 0, 1], mixed[0, 1, 1]
        hessian = np.array(
            [[mixed[2, 0, 0], xy, xz], [xy, mixed[0, 2, 0], yz], [xz, yz, mixed[0, 0, 2]]]
        )
        return float(mixed[0, 0, 0]), gradient, hessian


def _without_cusps(window: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cut off values that lie far beyond those around the centre.

    The spline of a nucleus's pole rings over more than ten voxels. What lies 40 times farther from
    the centre's value than anything within two voxels of it cannot matter to a pass there; a
    smooth field does not get that far within the window.
    """
    c = window.shape[0] // 2
    centre = window[c, c, c]
    near = window[
        c - _PATCH : c + _PATCH + 1, c - _PATCH : c + _PATCH + 1, c - _PATCH : c + _PATCH + 1
    ]
    reach = _FARTHEST_VALUE * float(np.abs(near - centre).max())
    return np.clip(window, centre - reach, centre + reach)


def _weights(degree: int, t: float) -> NDArray[np.float64]:
    """Shape (3, degree+1): weights of the nodes around a point, and two derivatives.

    The nodes are -(degree // 2), ..., degree // 2 + 1; ``t`` in [0, 1) counts from node 0.
    """
    return np.asarray(_pieces(degree) @ t ** np.arange(degree + 1))


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
