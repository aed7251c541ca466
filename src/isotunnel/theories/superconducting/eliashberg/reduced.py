"""Tc / omega_log as a function of lambda and mu*, interpolated between solutions.

The linearised equations know no frequency of their own: with mu* referred to the highest phonon
frequency, Tc is proportional to the frequencies of a spectrum whose shape is kept. So one table
of a shape serves every pressure.
"""

from __future__ import annotations

import math
from functools import lru_cache

from isotunnel.theories.superconducting.alpha2f.spectrum import Alpha2F
from isotunnel.theories.superconducting.eliashberg.linear import critical_temperature
from isotunnel.theories.superconducting.eliashberg.settings import Settings
from isotunnel.theories.superconducting.tc_formulas import allen_dynes_tc

STEP = 0.12
"""Distance of the table's points in ln lambda."""

SMALLEST = 1e-4
"""Tc / omega_log below this counts as no superconductivity."""


def reduced_tc(shape: Alpha2F, coupling: float, mu_star: float) -> float:
    """Tc / omega_log of a spectrum of this shape with another lambda.

    ln of Tc over Allen and Dynes' formula varies slowly with ln lambda; a cubic through four
    exact solutions gives it, to 0.1 % of Tc, or to 1 % just above the coupling where Tc vanishes.
    Tc below 1e-4 omega_log is returned as 0: the equations take long there.
    """
    formula = _formula(_key(shape), coupling, mu_star)
    if formula < SMALLEST:
        return 0.0
    x = math.log(coupling) / STEP
    middle = math.floor(x) - 1
    # Towards the coupling where Tc vanishes only points above it have one.
    for first in (middle, middle + 1, middle + 2, middle + 3):
        ratios = [_ratio(shape, first + i, mu_star) for i in range(4)]
        if None not in ratios:
            break
    known = [r for r in ratios if r is not None]
    found = formula * math.exp(_cubic(x - first, known)) if len(known) == 4 else 0.0
    return found if found >= SMALLEST else 0.0


def _cubic(x: float, y: list[float]) -> float:
    """Lagrange's polynomial through (0, y0) to (3, y3)."""
    total = 0.0
    for i, value in enumerate(y):
        weight = 1.0
        for j in range(len(y)):
            if j != i:
                weight *= (x - j) / (i - j)
        total += weight * value
    return total


def _key(shape: Alpha2F) -> float:
    return shape.omega_2_k / shape.omega_log_k


def _formula(omega_ratio: float, coupling: float, mu_star: float) -> float:
    return allen_dynes_tc(coupling, 1.0, mu_star, max(omega_ratio, 1.0))


# Every Einstein spectrum has the same shape, whatever its frequency.
def _ratio(shape: Alpha2F, index: int, mu_star: float) -> float | None:
    """ln(Tc / formula) at a point of the table; None without a Tc."""
    if shape.frequency_ev.size == 1:
        return _einstein_ratio(index, mu_star)
    return _shape_ratio(shape, index, mu_star)


@lru_cache(maxsize=4096)
def _einstein_ratio(index: int, mu_star: float) -> float | None:
    return _compare(Alpha2F.einstein(0.02, 1.0), index, mu_star)


@lru_cache(maxsize=4096)
def _shape_ratio(shape: Alpha2F, index: int, mu_star: float) -> float | None:
    return _compare(shape, index, mu_star)


def _compare(shape: Alpha2F, index: int, mu_star: float) -> float | None:
    coupling = math.exp(index * STEP)
    formula = _formula(_key(shape), coupling, mu_star)
    if formula < SMALLEST:
        return None
    spectrum = shape.scaled(1.0, coupling / shape.coupling)
    solved = critical_temperature(spectrum, Settings(mu_star)).tc_k / shape.omega_log_k
    return math.log(solved / formula) if solved > 0 else None
