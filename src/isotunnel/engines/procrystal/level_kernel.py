"""The mean of a neighbour's potential over an orbital, at many distances: the loops."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

REACH_ANGSTROM = 12.0
"""How far beyond the neighbour's nucleus the orbital is followed."""
NEGLIGIBLE = 1e-14
"""Of u^2, 1/angstrom."""


@njit(cache=True)
def integrate_pair(  # type: ignore[no-untyped-def]
    distances, nodes, weights, x_a, orbital, x_b, moment, at_first
):
    """<v>_a(d) as ``levels.shift_integral`` has it, eV.

    distances: angstrom. nodes, weights: Gauss-Legendre on [-1, 1]. x_a, orbital: ln r and the
    cubics (4, intervals) of u_a; x_b, moment: ln s and the quartics (5, intervals) of the
    antiderivative of v s^2 in ln s, whose value at the first s is ``at_first``. Both x are evenly
    spaced.
    """
    out = np.zeros(distances.shape[0])
    step_a = (x_a[-1] - x_a[0]) / (x_a.shape[0] - 1)
    last = _reach_of(x_a, orbital)
    for i in range(distances.shape[0]):
        d = distances[i]
        total = 0.0
        for side in range(2):
            start, half = (0.0, 0.5 * d) if side == 0 else (d, 0.5 * REACH_ANGSTROM)
            for k in range(nodes.shape[0]):
                r = start + half * (1.0 + nodes[k])
                if r >= last:
                    continue
                u = _polynomial(orbital, x_a, step_a, max(math.log(r), x_a[0]))
                upper = _moment(moment, x_b, at_first, d + r)
                lower = _moment(moment, x_b, at_first, abs(d - r))
                total += half * weights[k] * u * u * (upper - lower) / (2.0 * r * d)
        out[i] = total
    return out


@njit(cache=True)
def _reach_of(x, orbital):  # type: ignore[no-untyped-def]
    """Radius beyond which nothing of the orbital counts: less than 1e-11 eV in any potential."""
    for i in range(x.shape[0] - 2, -1, -1):
        if orbital[-1, i] ** 2 > NEGLIGIBLE:
            return math.exp(x[i + 1])
    return math.exp(x[0])


@njit(cache=True)
def _moment(moment, x, at_first, s):  # type: ignore[no-untyped-def]
    """Integral of v(t) t dt from 0 to s, eV angstrom^2; v is that of the first point below it."""
    first = math.exp(x[0])
    if s <= first:
        return at_first * s / first
    step = (x[-1] - x[0]) / (x.shape[0] - 1)
    # The antiderivative is 0 at its first knot.
    return at_first + _polynomial(moment, x, step, min(math.log(s), x[-1]))


@njit(cache=True)
def _polynomial(coefficients, knots, step, x):  # type: ignore[no-untyped-def]
    """Value at x, between the first and the last knot."""
    i = min(int((x - knots[0]) / step), knots.shape[0] - 2)
    t = x - knots[i]
    value = coefficients[0, i]
    for power in range(1, coefficients.shape[0]):
        value = value * t + coefficients[power, i]
    return value
