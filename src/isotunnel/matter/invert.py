"""From pressure to volume: V(P,T) of a solid, safely bracketed.

P(V) falls from infinity to the spinodal, where K_T = 0 and the model solid can no longer hold
together; on that branch there is one volume for each pressure. Bisection in ln V, sharpened by
Newton's method, finds it for whole arrays at once.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.errors import InputError
from isotunnel.matter.solid import HIGHEST_PRESSURE_GPA, SolidEos

Array = NDArray[np.float64]
_STEP = 0.02
_SMALLEST_LN = np.log(0.02)
_LARGEST_LN = np.log(2.5)
_GRID = np.arange(_SMALLEST_LN, _LARGEST_LN, _STEP)
_TOLERANCE = 1e-12
_MAX_ITERATIONS = 80
_RANGE_SLACK_GPA = 1e-6


def solid_volume(
    eos: SolidEos,
    pressure_gpa: ArrayLike,
    temperature_k: ArrayLike,
    *,
    extrapolate: bool = False,
) -> Array:
    """Volume in angstrom^3 per atom at pressure and temperature (broadcast together).

    Args:
        eos: the solid.
        pressure_gpa: 0 or more; within the fitted range unless ``extrapolate``.
        temperature_k: 0 or more; at most ``eos.t_max_k`` unless ``extrapolate``.
        extrapolate: answer outside the fitted range, up to 1000 GPa.

    Raises:
        InputError: pressure or temperature outside the range, negative or not finite; or no
            stable volume (the isotherm turns over, or heat drives the solid apart).
    """
    pressure, temperature = np.broadcast_arrays(
        np.asarray(pressure_gpa, dtype=float), np.asarray(temperature_k, dtype=float)
    )
    check_pressure(pressure)
    _check_range(eos, pressure, temperature, extrapolate)
    flat_p, flat_t = pressure.ravel(), temperature.ravel()
    low, high = _brackets(eos, flat_p, flat_t)
    ln_v = _solve(eos, flat_p, flat_t, low, high)
    result: Array = (eos.isotherm.v0 * np.exp(ln_v)).reshape(pressure.shape)
    return result


def check_pressure(pressure_gpa: ArrayLike) -> None:
    """Refuse pressures that no solid here is asked about.

    Raises:
        InputError: not finite, negative, or above 1000 GPa.
    """
    pressure = np.asarray(pressure_gpa, dtype=float)
    if not np.all(np.isfinite(pressure)):
        raise InputError("the pressure must be a finite number of GPa")
    if np.any(pressure < 0):
        raise InputError(
            f"pressure {float(pressure.min()):g} GPa is negative: give 0 or more (no tension)"
        )
    if np.any(pressure > HIGHEST_PRESSURE_GPA):
        raise InputError(
            f"pressure {float(pressure.max()):g} GPa is above {HIGHEST_PRESSURE_GPA:g} GPa, "
            "the highest that these equations of state are solved for"
        )


def _check_range(eos: SolidEos, pressure: Array, temperature: Array, extrapolate: bool) -> None:
    if extrapolate:
        return
    low, high = eos.p_min_gpa - _RANGE_SLACK_GPA, eos.p_max_gpa + _RANGE_SLACK_GPA
    wrong = pressure[(pressure < low) | (pressure > high)]
    if wrong.size:
        raise InputError(
            f"pressure {float(wrong.flat[0]):g} GPa is outside the fitted range of "
            f"{eos.p_min_gpa:g} to {eos.p_max_gpa:g} GPa; extrapolate=True answers anyway"
        )
    if np.any(temperature > eos.t_max_k):
        raise InputError(
            f"temperature {float(temperature.max()):g} K is above {eos.t_max_k:g} K, the limit "
            "of this equation of state; extrapolate=True answers anyway"
        )


def _brackets(eos: SolidEos, pressure: Array, temperature: Array) -> tuple[Array, Array]:
    """ln(V/V0) at the dense and the dilute end of one monotonic step, for each point.

    A coarse walk over volumes; the branch ends where K_T turns negative on either side.
    """
    low, high = np.empty(pressure.shape), np.empty(pressure.shape)
    for t in np.unique(temperature):
        mine = np.flatnonzero(temperature == t)
        last, branch = _stable_branch(eos, float(t))
        _check_branch(branch, pressure[mine], float(t))
        place = np.clip(np.searchsorted(branch, pressure[mine], side="left"), 1, branch.size - 1)
        upper = last - (place - 1)
        high[mine], low[mine] = _GRID[upper], _GRID[upper - 1]
    return low, high


# Diagrams and scans ask for many pressures at the same few temperatures.
@lru_cache(maxsize=1024)
def _stable_branch(eos: SolidEos, temperature_k: float) -> tuple[int, Array]:
    """Place on the grid of the branch's dilute end, and its pressures, rising."""
    volumes = eos.isotherm.v0 * np.exp(_GRID)
    with np.errstate(over="ignore", invalid="ignore"):
        curve = np.broadcast_to(eos.pressure(volumes, temperature_k), _GRID.shape)
    # Heat moves the stable branch only towards larger volumes than V0 by little, so a
    # descending stretch through the densest stable point near V0 is the physical one.
    falling = np.isfinite(curve[:-1]) & np.isfinite(curve[1:]) & (np.diff(curve) < 0)
    anchor = int(np.argmin(np.abs(_GRID)))
    while anchor > 0 and not falling[anchor]:
        anchor -= 1
    first = anchor
    while first > 0 and falling[first - 1]:
        first -= 1
    last = anchor
    while last < falling.size and falling[last]:
        last += 1
    branch = curve[first : last + 1][::-1].copy()
    branch.setflags(write=False)
    return last, branch


def _check_branch(branch: Array, pressure: Array, temperature_k: float) -> None:
    """``branch`` holds the pressures of the stable branch, rising."""
    if branch.size < 2 or np.any(pressure < branch[0]):
        raise InputError(
            f"no stable solid volume at {float(pressure.min()):g} GPa and {temperature_k:g} K: "
            "the thermal pressure exceeds what holds the model solid together; lower the "
            "temperature or raise the pressure"
        )
    if np.any(pressure > branch[-1]):
        raise InputError(
            f"no volume reaches {float(pressure.max()):g} GPa: this isotherm turns over at "
            f"{float(branch[-1]):.4g} GPa, far outside its data"
        )


def _solve(eos: SolidEos, pressure: Array, temperature: Array, low: Array, high: Array) -> Array:
    ln_v = 0.5 * (low + high)
    for _ in range(_MAX_ITERATIONS):
        volume = eos.isotherm.v0 * np.exp(ln_v)
        found, modulus = eos.pressure_and_modulus(volume, temperature)
        excess = found - pressure
        low = np.where(excess > 0, ln_v, low)
        high = np.where(excess > 0, high, ln_v)
        # d P / d ln V = -K_T.
        newton = ln_v + excess / np.where(modulus > 0, modulus, np.inf)
        inside = (newton >= low) & (newton <= high)
        step = np.where(inside, newton, 0.5 * (low + high))
        moved = np.abs(step - ln_v)
        ln_v = step
        if np.all((moved < _TOLERANCE) | (high - low < _TOLERANCE)):
            break
    return ln_v
