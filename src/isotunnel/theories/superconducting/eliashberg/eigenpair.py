"""The largest eigenvalue of the linearised gap equation, and its vector.

Up to :data:`LARGEST_DENSE` frequencies the matrix is written out: LAPACK finds the first pair, and
at the next temperature one or two steps of inverse iteration from it find the next (its error falls
as the cube). Beyond, Lanczos with sums by fast Fourier transform.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.theories.superconducting.eliashberg.kernel import Matsubara

RESIDUAL = 1e-6
"""Relative residual of the eigenvector; the eigenvalue's error is about its square."""

LARGEST_DENSE = 320
"""Frequencies up to which a matrix is faster than transforms."""

SMALLEST_ITERATED = 24
"""Fewer frequencies than this are left to a dense solver where the matrix is not symmetric."""

MOST_INVERSE_STEPS = 6

Floats = NDArray[np.float64]


def largest_eigenpair(sums: Matsubara, start: Floats | None) -> tuple[float, Floats]:
    """Eigenvalue and vector (its first element positive); ``start`` is that of a near temperature.

    Where inverse iteration from ``start`` leaves the pair it came from, or there is no start, the
    whole spectrum decides.
    """
    if start is not None and start.size != sums.count:
        start = _carried(start, sums.count)
    if sums.symmetric and sums.count <= LARGEST_DENSE:
        return _dense(sums, start)
    return _iterated(sums, start)


def _carried(start: Floats, size: int) -> Floats:
    """The vector of another number of frequencies: it falls off as a power at its end."""
    more = start[-1] * (start.size / np.arange(start.size + 1, size + 1)) ** 2
    return np.concatenate((start, more))[:size]


def _dense(sums: Matsubara, start: Floats | None) -> tuple[float, Floats]:
    from scipy.linalg import eigh

    matrix = _matrix(sums)
    if start is not None:
        followed = _followed(matrix, start)
        if followed is not None:
            return followed
    top = sums.count - 1
    values, vectors = eigh(matrix, subset_by_index=[top, top], check_finite=False)
    return _oriented(values[0], vectors[:, 0])


def _matrix(sums: Matsubara) -> Floats:
    """[lambda(n - m) + lambda(n + m + 1) - 2 mu*] / (d_n d_m)^(1/2), shape (count, count)."""
    c, n = sums.coupling, sums.count
    both = np.concatenate((c[n - 1 : 0 : -1], c[:n]))
    toeplitz = np.lib.stride_tricks.sliding_window_view(both, n)[::-1]
    hankel = np.lib.stride_tricks.sliding_window_view(c[1 : 2 * n], n)
    scale = 1 / np.sqrt(sums.normal)
    return np.asarray((toeplitz + hankel - 2 * sums.mu_star) * (scale[:, None] * scale))


def _followed(matrix: Floats, start: Floats) -> tuple[float, Floats] | None:
    """Rayleigh quotient iteration; None where it does not settle near its start."""
    from scipy.linalg.lapack import dgesv

    vector = start / np.linalg.norm(start)
    first = vector
    image = matrix @ vector
    value = float(vector @ image)
    for _ in range(MOST_INVERSE_STEPS):
        if np.linalg.norm(image - value * vector) < RESIDUAL * abs(value):
            # Another eigenvector would be orthogonal to the start; this one hardly has turned.
            return _oriented(value, vector) if abs(vector @ first) > 0.9 else None
        shifted = matrix.copy()
        shifted[np.diag_indices_from(shifted)] -= value
        _, _, solved, failed = dgesv(shifted, vector, overwrite_a=True)
        if failed:
            # The shift is an eigenvalue to the last digit, and the vector as good.
            return _oriented(value, vector) if abs(vector @ first) > 0.9 else None
        vector = solved / np.linalg.norm(solved)
        image = matrix @ vector
        value = float(vector @ image)
    return None


def _iterated(sums: Matsubara, start: Floats | None) -> tuple[float, Floats]:
    from scipy.sparse.linalg import LinearOperator, eigs, eigsh

    scale = 1 / np.sqrt(sums.normal)

    def apply(x: Any) -> Any:
        return scale * sums.pairing(scale * np.asarray(x).ravel())

    size = sums.count
    if start is None:
        # The gap falls off beyond the first frequencies; a fixed start makes runs repeatable.
        start = scale / (1 + np.arange(size))
    if size < SMALLEST_ITERATED:
        values, vectors = np.linalg.eig(np.column_stack([apply(row) for row in np.eye(size)]))
        best = int(np.argmax(values.real))
        return _oriented(values[best], vectors[:, best])
    operator = LinearOperator((size, size), matvec=apply, dtype=float)
    if sums.symmetric:
        values, vectors = eigsh(operator, k=1, which="LA", v0=start, ncv=10, tol=RESIDUAL)
    else:
        values, vectors = eigs(operator, k=1, which="LR", v0=start, tol=RESIDUAL)
    return _oriented(values[0], vectors[:, 0])


def _oriented(value: complex, vector: Any) -> tuple[float, Floats]:
    vector = np.real(vector / vector[0] * abs(vector[0]))
    return float(np.real(value)), np.asarray(vector)
