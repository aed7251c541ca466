"""Debye's model of lattice vibrations: energy, heat capacity, entropy and free energy per mode set.

All functions are per vibrating particle (three modes), in eV and eV/K, zero-point energy included.
With x = theta/T and D3(x) = (3/x^3) int_0^x t^3/(e^t - 1) dt::

    U   = (9/8) k theta + 3 k T D3(x)
    C_V = 3 k [4 D3(x) - 3 x / (e^x - 1)]
    S   = 3 k [(4/3) D3(x) - ln(1 - e^-x)]
    F   = U - T S

Reference: P. Debye, Ann. Phys. 344, 789 (1912). Limits: C_V = (12 pi^4/5) k (T/theta)^3 for
T << theta, C_V = 3 k for T >> theta. Harmonic modes only: no anharmonic term, no electrons.
"""

from __future__ import annotations

from math import exp, factorial, pi

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.units import BOLTZMANN_EV_K

Array = NDArray[np.float64]

# B_2k of the Taylor series of t/(e^t - 1): enough for 1e-15 at x = 1.
_BERNOULLI = (1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6)
_SERIES_BELOW = 1.0
_SUM_TERMS = 40
_NEGLIGIBLE = 1e-18


def debye_function(x: ArrayLike) -> Array:
    """D3(x) = (3/x^3) int_0^x t^3/(e^t - 1) dt for x >= 0; D3(0) = 1, D3(inf) = 0.

    Relative error below 1e-13: Taylor series below 1, exponential series above.
    """
    values = np.asarray(x, dtype=float)
    if values.size == 1:
        # Most calls ask for one number, where plain arithmetic is a hundred times faster.
        return np.full(values.shape, _debye_of_one(float(values.item())))
    small = np.minimum(values, _SERIES_BELOW)
    taylor = 1.0 - 0.375 * small
    for k, number in enumerate(_BERNOULLI, start=1):
        taylor = taylor + 3.0 * number / ((2 * k + 3) * factorial(2 * k)) * small ** (2 * k)
    large = np.maximum(values, _SERIES_BELOW)
    inverse = 1.0 / large
    total = np.zeros_like(large)
    decay = np.exp(-large)
    power = np.ones_like(large)
    for k in range(1, _SUM_TERMS + 1):
        power = power * decay
        if not power.max(initial=0.0) > _NEGLIGIBLE:
            break
        y = inverse / k
        total = total + power / k * (1.0 + y * (3.0 + y * (6.0 + 6.0 * y)))
    exponential = (pi**4 / 5.0) * inverse**3 - 3.0 * total
    result: Array = np.where(values < _SERIES_BELOW, taylor, exponential)
    return result


def _debye_of_one(x: float) -> float:
    """The same series for one number."""
    if x < _SERIES_BELOW:
        terms = (
            3.0 * number / ((2 * k + 3) * factorial(2 * k)) * x ** (2 * k)
            for k, number in enumerate(_BERNOULLI, start=1)
        )
        return 1.0 - 0.375 * x + sum(terms)
    inverse, decay = 1.0 / x, exp(-x)
    power, total = 1.0, 0.0
    for k in range(1, _SUM_TERMS + 1):
        power *= decay
        if not power > _NEGLIGIBLE:
            break
        y = inverse / k
        total += power / k * (1.0 + y * (3.0 + y * (6.0 + 6.0 * y)))
    return (pi**4 / 5.0) * inverse**3 - 3.0 * total


def _reduced(theta_k: ArrayLike, temperature_k: ArrayLike) -> tuple[Array, Array, Array]:
    """theta, T and x = theta/T with x = inf at T = 0."""
    theta, temperature = np.broadcast_arrays(
        np.asarray(theta_k, dtype=float), np.asarray(temperature_k, dtype=float)
    )
    x = np.full(theta.shape, np.inf)
    np.divide(theta, temperature, out=x, where=temperature > 0)
    return theta, temperature, x


def vibrational_energy(theta_k: ArrayLike, temperature_k: ArrayLike) -> Array:
    """U per particle in eV, zero-point energy (9/8) k theta included."""
    theta, temperature, x = _reduced(theta_k, temperature_k)
    result: Array = BOLTZMANN_EV_K * (1.125 * theta + 3.0 * temperature * debye_function(x))
    return result


def heat_capacity(theta_k: ArrayLike, temperature_k: ArrayLike) -> Array:
    """C_V per particle in eV/K."""
    _, _, x = _reduced(theta_k, temperature_k)
    result: Array = 3.0 * BOLTZMANN_EV_K * (4.0 * debye_function(x) - 3.0 * _bose(x))
    return result


def energy_and_heat(theta_k: ArrayLike, temperature_k: ArrayLike) -> tuple[Array, Array]:
    """U and T C_V per particle in eV, for the price of one Debye function."""
    theta, temperature, x = _reduced(theta_k, temperature_k)
    d3 = debye_function(x)
    thermal = 3.0 * BOLTZMANN_EV_K * temperature
    energy: Array = 1.125 * BOLTZMANN_EV_K * theta + thermal * d3
    return energy, thermal * (4.0 * d3 - 3.0 * _bose(x))


def _bose(x: Array) -> Array:
    """x/(e^x - 1) = x e^-x/(1 - e^-x), without overflow; 0 where e^-x has vanished."""
    decay = np.exp(-x)
    tail = np.zeros_like(decay)
    np.divide(np.where(decay > 0, x, 0.0) * decay, -np.expm1(-x), out=tail, where=decay > 0)
    return tail


def vibrational_entropy(theta_k: ArrayLike, temperature_k: ArrayLike) -> Array:
    """S per particle in eV/K; zero at T = 0."""
    _, _, x = _reduced(theta_k, temperature_k)
    result: Array = 3.0 * BOLTZMANN_EV_K * (4.0 / 3.0 * debye_function(x) - np.log1p(-np.exp(-x)))
    return result


def vibrational_free_energy(theta_k: ArrayLike, temperature_k: ArrayLike) -> Array:
    """F = U - T S per particle in eV."""
    entropy = vibrational_entropy(theta_k, temperature_k)
    result: Array = vibrational_energy(theta_k, temperature_k) - np.asarray(temperature_k) * entropy
    return result
