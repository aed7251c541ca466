"""Ratios that compare with experiment: gap, specific-heat jump, critical field."""

from __future__ import annotations

import math

from isotunnel.errors import CannotSay
from isotunnel.theories.superconducting.alpha2f.spectrum import Alpha2F
from isotunnel.theories.superconducting.bcs_gap import reduced_field
from isotunnel.theories.superconducting.eliashberg.gap import solve_gap
from isotunnel.theories.superconducting.eliashberg.linear import critical_temperature
from isotunnel.theories.superconducting.eliashberg.settings import Settings
from isotunnel.units import BOLTZMANN_EV_K, MU_0

COLD = 0.1
"""T / Tc that stands for zero: the gap differs from that at zero by less than 1e-6."""


def gap_ratio(spectrum: Alpha2F, settings: Settings | None = None) -> float:
    """2 Delta_0 / (k Tc), Delta_0 the gap edge at T = Tc / 10; 3.528 in weak coupling.

    Raises:
        CannotSay: the spectrum does not superconduct.
    """
    tc = _tc(spectrum, settings)
    return 2 * solve_gap(spectrum, COLD * tc, settings, tc).edge_ev / BOLTZMANN_EV_K / tc


def specific_heat_jump(spectrum: Alpha2F, settings: Settings | None = None) -> float:
    """(C_S - C_N) / (gamma Tc) at Tc; 1.426 in weak coupling.

    From -Delta F = (jump / 2 Tc) (Tc - T)^2 near Tc, the root of -Delta F being taken at 1 % and
    2 % below Tc and its slope carried to Tc. gamma = (2 pi^2 / 3) k^2 N(0) (1 + lambda).

    Raises:
        CannotSay: the spectrum does not superconduct.
    """
    tc = _tc(spectrum, settings)
    slopes = [
        math.sqrt(-solve_gap(spectrum, (1 - step) * tc, settings, tc).free_energy_k2) / (step * tc)
        for step in (0.01, 0.02)
    ]
    slope = 2 * slopes[0] - slopes[1]
    return 2 * slope**2 / (2 * math.pi**2 / 3 * (1 + spectrum.coupling))


def critical_field_t(
    spectrum: Alpha2F,
    sommerfeld_j_m3_k2: float,
    tc_k: float,
    temperature_k: float,
    settings: Settings | None = None,
) -> float:
    """Thermodynamic critical field, tesla: Bc^2 / (2 mu_0) = F_N - F_S per volume.

    N(0) is taken from the measured Sommerfeld coefficient over 1 + lambda. Below Tc / 10 the
    temperature dependence is that of BCS, scaled.
    """
    if temperature_k >= tc_k:
        return 0.0
    t = max(temperature_k, COLD * tc_k)
    free = -solve_gap(spectrum, t, settings, tc_k).free_energy_k2
    density = 3 * sommerfeld_j_m3_k2 / (2 * math.pi**2 * (1 + spectrum.coupling))
    field = math.sqrt(2 * MU_0 * density * max(free, 0.0))
    if temperature_k >= COLD * tc_k:
        return field
    return field * reduced_field(temperature_k / tc_k) / reduced_field(COLD)


def _tc(spectrum: Alpha2F, settings: Settings | None) -> float:
    tc = critical_temperature(spectrum, settings).tc_k
    if tc == 0:
        raise CannotSay(f"{spectrum.source}: no superconductivity, and so no ratios of it")
    return tc
