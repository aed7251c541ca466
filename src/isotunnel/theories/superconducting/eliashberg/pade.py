"""Continuation from Matsubara frequencies to the real axis by a Pade fraction."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST_POINTS = 40
"""Points used; double precision bears no long fractions."""


def pade(points: NDArray[np.complex128], values: NDArray[np.complex128], z: complex) -> complex:
    """Thiele's continued fraction through (points, values), evaluated at z.

    Vidberg and Serene, J. Low Temp. Phys. 29, 179 (1977). Exact at the points; away from them
    an extrapolation, reliable near the origin and for smooth functions only.
    """
    count = len(points)
    table = values.astype(complex)
    factors = np.empty(count, dtype=complex)
    factors[0] = table[0]
    for i in range(1, count):
        difference = table[i:]
        # A value met again ends the fraction: it is already exact there.
        if np.any(difference == 0) or factors[i - 1] == 0:
            factors = factors[:i]
            break
        table[i:] = (factors[i - 1] / difference - 1) / (points[i:] - points[i - 1])
        factors[i] = table[i]
    result = 0j
    for i in range(len(factors) - 1, 0, -1):
        result = factors[i] * (z - points[i - 1]) / (1 + result)
    return complex(factors[0] / (1 + result))


def gap_edge_k(frequency_k: Floats, gap_k: Floats) -> float:
    """The root of Delta_0 = Re Delta(omega = Delta_0), kelvin; 0 where there is no gap.

    Found by iteration from Delta(i omega_0). Meaningful well below Tc, where the gap's imaginary
    part at its edge is small; close to Tc a strong-coupling spectrum has no sharp edge.
    """
    if gap_k[0] <= 0:
        return 0.0
    # Every point at high temperature; at low, where they lie dense, a thinning upward selection.
    last = min(len(gap_k), max(MOST_POINTS, int(len(gap_k) * 0.5)))
    chosen = np.unique(np.geomspace(1, last, MOST_POINTS).astype(int)) - 1
    points, values = 1j * frequency_k[chosen], gap_k[chosen].astype(complex)
    edge = float(gap_k[0])
    for _ in range(60):
        found = abs(pade(points, values, complex(edge)).real)
        if abs(found - edge) < 1e-9 * found:
            break
        edge = (edge + found) / 2
    return edge
