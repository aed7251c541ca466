"""The thermodynamic critical field that follows from measured heat capacities.

Part of ``make_field_curves.py``. A figure counts that shows C or C / T of an element's
superconducting and normal states, in millijoule per mole and kelvin (squared):

- normal: gamma + beta T^2 through the points of the state in a field and those above Tc; below a
  third of Tc nuclei in the field add heat of their own, and points are left out;
- superconducting: lines between points of C / T against T, carried on to 0 and to Tc, the list's;
- the third law: the entropies of both states at Tc agree within ``BALANCE`` of gamma Tc, or the
  figure is left out;
- S_n - S_s is the integral of (C_s - C_n) / T from T to Tc, the integral of that once more is the
  difference of the free energies, Bc^2 V / (2 mu_0).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from isotunnel.units import MU_0

AVOGADRO = 6.02214076e23
BALANCE = 0.05
_STEPS = 4000

Array = NDArray[np.float64]
Point = tuple[float, float]


def field_t(
    points: dict[str, list[Point]], squared: bool, divided: bool, tc_k: float, volume_a3: float
) -> list[Point]:
    """Temperature and field, kelvin and tesla, at the superconducting points; [] by the third law.

    Args:
        points: by label: x and C or C / T in mJ; "0" or "S" is superconducting below Tc.
        squared: x is T^2.
        divided: y is C / T.
        tc_k: critical temperature.
        volume_a3: per atom.
    """
    states = {name: _per_kelvin(own, squared, divided) for name, own in points.items()}
    zero = next((n for n in ("0", "S") if n in states), "")
    if not zero or len(states) != 2:
        return []
    t, heat = states.pop(zero)
    (other,) = states.values()
    warm = t > 1.03 * tc_k
    all_t = np.concatenate([other[0], t[warm]])
    all_c = np.concatenate([other[1], heat[warm]])
    fit = all_t > tc_k / 3
    beta, gamma = np.polyfit(all_t[fit] ** 2, all_c[fit], 1)
    cold = t < 0.995 * tc_k
    t, heat = t[cold], heat[cold]
    slope = np.polyfit(t[-4:], heat[-4:], 1)
    grid = np.linspace(0.0, tc_k, _STEPS)
    ends = (
        np.concatenate([[0.0], t, [tc_k]]),
        np.concatenate([[0.0], heat, [np.polyval(slope, tc_k)]]),
    )
    more = np.interp(grid, *ends) - (gamma + beta * grid**2)
    entropy = _integral_to_end(grid, more)
    if abs(entropy[0]) > BALANCE * gamma * tc_k:
        return []
    energy = np.clip(_integral_to_end(grid, entropy), 0.0, None) * 1e-3
    molar = volume_a3 * 1e-30 * AVOGADRO
    fields = np.sqrt(2 * MU_0 * energy / molar)
    return [(float(x), float(np.interp(x, grid, fields))) for x in t] + [(tc_k, 0.0)]


def _per_kelvin(points: list[Point], squared: bool, divided: bool) -> tuple[Array, Array]:
    """T and C / T, rising in T."""
    own = sorted((math.sqrt(x) if squared else x, y) for x, y in points)
    t, y = np.array(own).T
    return t, y if divided else y / t


def _integral_to_end(x: Array, y: Array) -> Array:
    steps = np.concatenate([[0.0], np.cumsum((y[1:] + y[:-1]) / 2 * np.diff(x))])
    return np.asarray(steps[-1] - steps)
