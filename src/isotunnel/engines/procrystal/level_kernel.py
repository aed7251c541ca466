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
    cubics (intervals, 4) of u_a; x_b, moment: ln s and the quartics (intervals, 5) of the
    antiderivative of v s^2 in ln s, whose value at the first s is ``at_first``. Both x are evenly
    spaced.
    """
    out = np.zeros(distances.shape[0])
    last = _reach_of(x_a, orbital)
    first = math.exp(x_b[0])
    per_a = (x_a.shape[0] - 1) / (x_a[-1] - x_a[0])
    per_b = (x_b.shape[0] - 1) / (x_b[-1] - x_b[0])
    # Up to the neighbour r = d t, d - r = d (1 - t): their logarithms are sums.
    t = 0.5 * (1.0 + nodes)
    ln_t, ln_rest, ln_both = np.log(t), np.log(1.0 - t), np.log(1.0 + t)
    # Beyond it r - d does not depend on d.
    beyond = REACH_ANGSTROM * t
    lower_beyond = np.empty(nodes.shape[0])
    for k in range(nodes.shape[0]):
        s = beyond[k]
        lower_beyond[k] = _moment(moment, x_b, per_b, at_first, first, s, math.log(s))
    for i in range(distances.shape[0]):
        d = distances[i]
        ln_d = math.log(d)
        total = 0.0
        for k in range(nodes.shape[0]):
            r = d * t[k]
            if r >= last:
                break
            u = _polynomial(orbital, x_a, per_a, max(ln_d + ln_t[k], x_a[0]))
            upper = _moment(moment, x_b, per_b, at_first, first, d + r, ln_d + ln_both[k])
            lower = _moment(moment, x_b, per_b, at_first, first, d - r, ln_d + ln_rest[k])
            total += weights[k] * u * u * (upper - lower) / (4.0 * r)
        for k in range(nodes.shape[0]):
            r = d + beyond[k]
            if r >= last:
                break
            u = _polynomial(orbital, x_a, per_a, max(math.log(r), x_a[0]))
            upper = _moment(moment, x_b, per_b, at_first, first, d + r, math.log(d + r))
            change = (upper - lower_beyond[k]) * REACH_ANGSTROM / d
            total += weights[k] * u * u * change / (4.0 * r)
        out[i] = total
    return out


@njit(cache=True)
def _reach_of(x, orbital):  # type: ignore[no-untyped-def]
    """Radius beyond which nothing of the orbital counts: less than 1e-11 eV in any potential."""
    for i in range(x.shape[0] - 2, -1, -1):
        if orbital[i, -1] ** 2 > NEGLIGIBLE:
            return math.exp(x[i + 1])
    return math.exp(x[0])


@njit(cache=True)
def _moment(moment, x, per_x, at_first, first, s, ln_s):  # type: ignore[no-untyped-def]
    """Integral of v(t) t dt from 0 to s, eV angstrom^2; v is that of the first point below it."""
    if s <= first:
        return at_first * s / first
    # The antiderivative is 0 at its first knot.
    return at_first + _polynomial(moment, x, per_x, min(max(ln_s, x[0]), x[-1]))


@njit(cache=True)
def _polynomial(coefficients, knots, per_x, x):  # type: ignore[no-untyped-def]
    """Value at x, between the first and the last knot, of which there are ``per_x`` to a unit."""
    i = min(int((x - knots[0]) * per_x), knots.shape[0] - 2)
    t = x - knots[i]
    value = coefficients[i, 0]
    for power in range(1, coefficients.shape[1]):
        value = value * t + coefficients[i, power]
    return value
