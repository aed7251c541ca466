"""The gap below Tc: the non-linear Eliashberg equations on the Matsubara axis."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import EngineError
from isotunnel.theories.superconducting.alpha2f.spectrum import Alpha2F
from isotunnel.theories.superconducting.eliashberg.kernel import Matsubara, kernel_of
from isotunnel.theories.superconducting.eliashberg.linear import (
    converged_settings,
    critical_temperature,
)
from isotunnel.theories.superconducting.eliashberg.pade import gap_edge_k
from isotunnel.theories.superconducting.eliashberg.settings import FIRST_CUTOFF, Settings
from isotunnel.units import BOLTZMANN_EV_K

Floats = NDArray[np.float64]

TOLERANCE = 1e-9
"""Largest change of the gap, over its first value, at which the iteration has converged."""

ENOUGH_FREQUENCIES = 1 << 12
"""Far below Tc the sums need not reach as far as for Tc itself: they end at so many frequencies,
or at ten times the highest phonon frequency."""

MOST_STEPS = 3000
MEMORY = 6
"""Steps that the acceleration remembers."""


@dataclass(frozen=True)
class GapSolution:
    """Result of ``solve_gap``; below Tc all arrays have shape (frequencies,).

    Attributes:
        temperature_k: T.
        frequency_k: omega_n = (2 n + 1) pi T, n >= 0, kelvin.
        gap_k: Delta(i omega_n), kelvin; zero above Tc.
        renormalisation: Z(i omega_n).
        normal_renormalisation: Z(i omega_n) of the normal state at the same T.
        mu_star_used: mu* rescaled to the cut-off of the sums.
        steps: iterations done.
    """

    temperature_k: float
    frequency_k: Floats
    gap_k: Floats
    renormalisation: Floats
    normal_renormalisation: Floats
    mu_star_used: float
    steps: int

    @property
    def first_gap_ev(self) -> float:
        """Delta(i omega_0), eV: what programs on the Matsubara axis call the gap."""
        return float(self.gap_k[0]) * BOLTZMANN_EV_K

    @property
    def edge_ev(self) -> float:
        """Delta_0 = Re Delta(omega = Delta_0), eV, continued to real frequencies by Pade."""
        return gap_edge_k(self.frequency_k, self.gap_k) * BOLTZMANN_EV_K

    @property
    def free_energy_k2(self) -> float:
        """(F_S - F_N) / N(0), kelvin squared; N(0) is the band's density per spin.

        -pi T sum_n (R_n - |omega_n|) (Z_n^S - Z_n^N |omega_n| / R_n), over both signs of
        omega_n, R_n = (omega_n^2 + Delta_n^2)^(1/2): Bardeen and Stephen, Phys. Rev. 136, A1485
        (1964), on the Matsubara axis as in Carbotte, Rev. Mod. Phys. 62, 1027 (1990). Negative
        below Tc.
        """
        root = np.hypot(self.frequency_k, self.gap_k)
        # R - omega without the loss of digits where the gap is small.
        excess = self.gap_k**2 / (root + self.frequency_k)
        bracket = self.renormalisation - self.normal_renormalisation * self.frequency_k / root
        return float(-2 * math.pi * self.temperature_k * (excess @ bracket))


def solve_gap(
    spectrum: Alpha2F,
    temperature_k: float,
    settings: Settings | None = None,
    tc_k: float | None = None,
) -> GapSolution:
    """Gap and renormalisation at one temperature.

    With R_m = (omega_m^2 + Delta_m^2)^(1/2), sums over both signs of omega_m,

        Z_n omega_n = omega_n + pi T sum_m lambda(n - m) omega_m / R_m,
        Z_n Delta_n = pi T sum_m [lambda(n - m) - mu*] Delta_m / R_m

    (Eliashberg 1960; Allen and Mitrovic, Solid State Phys. 37, 1 (1982)), iterated with Anderson
    acceleration from a BCS-like start. The sum of the first is carried to infinity, where
    omega_m / R_m is 1.

    Args:
        spectrum: alpha^2 F.
        temperature_k: T, kelvin.
        settings: mu* and cut-off.
        tc_k: Tc of the same spectrum and settings, if known; computed otherwise.

    Raises:
        InputError: a temperature not positive, or too low for the frequencies allowed.
        EngineError: no convergence in 3,000 steps (within a hair of Tc).
    """
    settings = _cutoff_for(spectrum, settings or Settings(), temperature_k)
    kernel = kernel_of(spectrum)
    sums = settings.matsubara(kernel, temperature_k)
    omega = sums.frequency_k
    normal_z = sums.normal * math.pi * temperature_k / omega
    if tc_k is None:
        tc_k = critical_temperature(spectrum, settings).tc_k
    gap, steps = np.zeros(sums.count), 0
    if temperature_k < tc_k:
        gap, steps = _converged(sums, _start(spectrum, omega, temperature_k, tc_k))
    return GapSolution(
        temperature_k,
        _frozen(omega),
        _frozen(gap),
        _frozen(renormalised(sums, gap)),
        _frozen(normal_z),
        sums.mu_star,
        steps,
    )


def _cutoff_for(spectrum: Alpha2F, settings: Settings, temperature_k: float) -> Settings:
    """The cut-off at which Tc has converged; nearer, where that takes too many frequencies."""
    if settings.cutoff is not None or settings.sharp_cutoff_k is not None or temperature_k <= 0:
        return settings
    converged = converged_settings(spectrum, settings)
    most = 2 * math.pi * temperature_k * ENOUGH_FREQUENCIES / spectrum.omega_max_k
    return replace(converged, cutoff=min(converged.cutoff or most, max(most, FIRST_CUTOFF)))


def renormalised(sums: Matsubara, gap: Floats) -> Floats:
    """Z_n of a given gap, shape (count,)."""
    omega = sums.frequency_k
    root = np.hypot(omega, gap)
    missing = -(gap**2) / (root * (root + omega))
    return (sums.normal + sums.odd(missing)) * math.pi * sums.temperature_k / omega


def _step(sums: Matsubara, gap: Floats) -> Floats:
    ratio = gap / np.hypot(sums.frequency_k, gap)
    return math.pi * sums.temperature_k * sums.pairing(ratio) / renormalised(sums, gap)


def _start(spectrum: Alpha2F, omega: Floats, t: float, tc: float) -> Floats:
    # Too large a start finds the solution; too small a one can creep back to zero.
    size = 2.2 * tc * math.sqrt(max(1 - (t / tc) ** 3, 1e-6))
    return size / (1 + (omega / (2 * spectrum.omega_2_k)) ** 2)


def _converged(sums: Matsubara, gap: Floats) -> tuple[Floats, int]:
    """Anderson acceleration (D. G. Anderson, J. ACM 12, 547 (1965)) of gap -> _step(gap)."""
    states: list[Floats] = []
    residuals: list[Floats] = []
    # High frequencies come in hundreds and say little: weigh each by its part in the sum.
    weight = 1 / np.sqrt(1 + np.arange(sums.count))
    for steps in range(1, MOST_STEPS + 1):
        residual = _step(sums, gap) - gap
        if np.abs(residual).max() < TOLERANCE * abs(gap[0]):
            return gap + residual, steps
        states, residuals = [*states, gap][-MEMORY:], [*residuals, residual][-MEMORY:]
        gap = _mixed(states, residuals, weight)
        if gap[0] <= 0:
            states, residuals, gap = [], [], np.abs(gap)
    raise EngineError(
        f"the gap equations did not converge at {sums.temperature_k:.6g} K in {MOST_STEPS} steps: "
        "T is very close to Tc; choose another temperature"
    )


def _mixed(states: list[Floats], residuals: list[Floats], weight: Floats) -> Floats:
    if len(states) == 1:
        return states[0] + residuals[0]
    residual = residuals[-1]
    slopes = np.array([residual - r for r in residuals[:-1]])
    moves = np.array([states[-1] - s for s in states[:-1]])
    factors = np.linalg.lstsq((slopes * weight).T, residual * weight, rcond=1e-12)[0]
    return np.asarray(states[-1] + residual - factors @ (moves + slopes))


def _frozen(values: Floats) -> Floats:
    values.flags.writeable = False
    return values
