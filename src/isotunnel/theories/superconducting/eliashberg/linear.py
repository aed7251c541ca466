"""Critical temperature from the linearised Eliashberg equations on the Matsubara axis."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import EngineError
from isotunnel.theories.superconducting.alpha2f.spectrum import Alpha2F
from isotunnel.theories.superconducting.eliashberg.eigenpair import largest_eigenpair
from isotunnel.theories.superconducting.eliashberg.kernel import Kernel, Matsubara, kernel_of
from isotunnel.theories.superconducting.eliashberg.settings import (
    FIRST_CUTOFF,
    NEAR_THE_POLE,
    Settings,
)
from isotunnel.theories.superconducting.tc_formulas import allen_dynes_tc

PRECISION = 1e-8
"""Relative error of Tc at which the search ends."""

LAST_STEP, MOST_BEFORE = 1e-5, 1e-3
"""A secant step in ln T of the first size after one of at most the second leaves less than
``PRECISION``: the error is of the order of their product."""

FIRST_SLOPE = -0.3
"""Of the eigenvalue against ln T, before two are known."""

CONVERGED = 1e-3
"""Relative change of Tc by the last doubling of the cut-off; about a third of it is left, for the
error falls as the square of the cut-off."""

MOST_EVALUATIONS = 80
"""Eigenvalues computed at most at one number of frequencies."""

WIDEST_STEP = 1.0
"""Largest change of ln T in one step of the search."""


@dataclass(frozen=True, eq=False)
class Search:
    """Where a search for Tc starts.

    Attributes:
        t_k: temperature, kelvin.
        vector: eigenvector near it, None where none is known.
        slope: of the eigenvalue against ln T.
    """

    t_k: float
    vector: NDArray[np.float64] | None = None
    slope: float = FIRST_SLOPE


@dataclass(frozen=True)
class CriticalTemperature:
    """Result of ``critical_temperature``.

    Attributes:
        tc_k: Tc, kelvin; 0 where the equations have no solution above ``searched_to_k``.
        searched_to_k: lowest temperature examined, kelvin.
        frequencies: positive Matsubara frequencies used.
        mu_star_used: mu* rescaled to the cut-off of the sums.
        gap_shape: the eigenvector as Delta(i omega_n) / Delta(i omega_0), shape (frequencies,).
        cutoff: end of the sums in units of the highest phonon frequency.
        change: relative change of Tc by the last doubling of the cut-off; None where it was given,
            or where mu* or the number of frequencies allowed no doubling.
    """

    tc_k: float
    searched_to_k: float
    frequencies: int
    mu_star_used: float
    gap_shape: NDArray[np.float64]
    cutoff: float
    change: float | None = None

    @property
    def converged(self) -> bool:
        """Whether Tc is known to stay as the cut-off is carried farther."""
        return self.change is not None and self.change < CONVERGED


def critical_temperature(
    spectrum: Alpha2F, settings: Settings | None = None
) -> CriticalTemperature:
    """Tc: the temperature at which the pairing eigenvalue is 1.

    The linearised gap equation, with x_n = Delta_n / omega_n and n, m >= 0,

        d_n x_n = sum_m [lambda(n - m) + lambda(n + m + 1) - 2 mu*] x_m,
        d_n = 2 n + 1 + lambda(0) + 2 sum_{l=1}^{n} lambda(l),

    (Bergmann and Rainer, Z. Phys. 263, 59 (1973); Allen and Dynes, Phys. Rev. B 12, 905 (1975))
    is made symmetric with d^(-1/2) on both sides. Its largest eigenvalue falls with temperature
    and crosses 1 at Tc. Unless the settings give a cut-off it is doubled until Tc changes by less
    than :data:`CONVERGED`.

    Raises:
        EngineError: the search does not settle.

    Assumes: one isotropic band, Migdal's theorem, a density of states constant over the phonon
    energies, mu* in place of the Coulomb interaction. Breaks with strong anisotropy (two-gap
    MgB2 comes out too low), narrow bands, and phonons as fast as electrons.
    """
    return _solved(spectrum, settings or Settings())


def converged_settings(spectrum: Alpha2F, settings: Settings) -> Settings:
    """The settings with the cut-off at which Tc has converged; as they are if they give one.

    Raises:
        EngineError: the search for Tc does not settle.
    """
    if settings.cutoff is not None or settings.sharp_cutoff_k is not None:
        return settings
    return replace(settings, cutoff=max(_solved(spectrum, settings).cutoff, 1.0))


# Gap, field and errors of one spectrum all ask for its Tc.
@lru_cache(maxsize=1024)
def _solved(spectrum: Alpha2F, settings: Settings) -> CriticalTemperature:
    guess = Search(_guess(spectrum, settings.mu_star))
    if settings.cutoff is not None or settings.sharp_cutoff_k is not None:
        return _at_cutoff(spectrum, settings, guess)[0]
    here = replace(settings, cutoff=FIRST_CUTOFF)
    found, end = _at_cutoff(spectrum, here, guess)
    while found.tc_k > 0 and not found.converged:
        here = replace(here, cutoff=2 * found.cutoff, fewest=2 * found.frequencies)
        if not here.carries_mu_star(spectrum, found.tc_k):
            break
        farther, end = _at_cutoff(spectrum, here, end)
        found = replace(farther, change=abs(farther.tc_k / found.tc_k - 1))
    return found


def _at_cutoff(
    spectrum: Alpha2F, settings: Settings, begin: Search
) -> tuple[CriticalTemperature, Search]:
    """Tc with the cut-off or number of frequencies of the settings, and where it was found."""
    kernel = kernel_of(spectrum)
    lowest = settings.lowest_temperature_k(spectrum) * 1.01
    highest = settings.highest_temperature_k(spectrum, settings.fewest)
    here = replace(begin, t_k=max(min(begin.t_k, NEAR_THE_POLE * highest), lowest))
    if settings.sharp_cutoff_k is not None:
        return _bisected(kernel, settings, here.t_k, lowest), here
    for _ in range(40):
        count = settings.count(spectrum, here.t_k)
        found = _crossing(kernel, settings, here, count, lowest)
        if found.t_k <= lowest:
            # A long step may have jumped over a low Tc; only the eigenvalue there decides.
            return _bisected(kernel, settings, lowest, lowest), found
        # The number of frequencies belongs to t: once t stays, so does the number.
        settled = abs(math.log(found.t_k / here.t_k)) < 0.005
        here = found
        if settled:
            break
    return _result(kernel, settings.matsubara(kernel, here.t_k, count), here.vector), here


def _result(
    kernel: Kernel, sums: Matsubara, start: NDArray[np.float64] | None
) -> CriticalTemperature:
    vector = largest_eigenpair(sums, start)[1] if start is None else start
    t = sums.temperature_k
    shape = vector / np.sqrt(sums.normal) * sums.frequency_k
    reach = 2 * math.pi * t * sums.count / kernel.spectrum.omega_max_k
    return CriticalTemperature(t, t, sums.count, sums.mu_star, shape / shape[0], reach)


def pairing_eigenvalue(sums: Matsubara, start: NDArray[np.float64] | None = None) -> float:
    """Largest eigenvalue of the linearised gap equation: above 1 the metal superconducts."""
    return largest_eigenpair(sums, start)[0]


def _guess(spectrum: Alpha2F, mu_star: float) -> float:
    tc = allen_dynes_tc(spectrum.coupling, spectrum.omega_log_k, mu_star, spectrum.omega_2_k)
    return tc if tc > 0 else 1e-4 * spectrum.omega_log_k


def _bisected(
    kernel: Kernel, settings: Settings, guess: float, lowest: float
) -> CriticalTemperature:
    """Tc with a sharp cut-off, where the eigenvalue jumps with the number of frequencies."""

    def superconducts(t: float) -> bool:
        return pairing_eigenvalue(settings.matsubara(kernel, t)) > 1

    low = high = guess
    while superconducts(high):
        low, high = high, 1.5 * high
    while low > lowest and not superconducts(low):
        low, high = max(low / 1.5, lowest), low
    if not superconducts(low):
        return CriticalTemperature(
            0.0, lowest, settings.count(kernel.spectrum, lowest), 0.0, np.zeros(0), FIRST_CUTOFF
        )
    while high - low > PRECISION * high:
        middle = (low + high) / 2
        low, high = (middle, high) if superconducts(middle) else (low, middle)
    return _result(kernel, settings.matsubara(kernel, low), None)


def _crossing(
    kernel: Kernel, settings: Settings, begin: Search, count: int, lowest: float
) -> Search:
    """Secant search in ln T at a fixed number of frequencies, until it leaves their range."""
    x = math.log(begin.t_k)
    start, slope = begin.vector, begin.slope
    previous: tuple[float, float] | None = None
    previous_step: float | None = None
    origin = x
    top = math.log(settings.highest_temperature_k(kernel.spectrum, count))
    for _ in range(MOST_EVALUATIONS):
        value, start = largest_eigenpair(settings.matsubara(kernel, math.exp(x), count), start)
        excess = value - 1
        if previous is not None and x != previous[0]:
            slope = min((excess - previous[1]) / (x - previous[0]), -1e-12)
        step = min(max(-excess / slope, -WIDEST_STEP), WIDEST_STEP)
        previous = (x, excess)
        # mu* cannot be carried to the top; it is approached, and refused there.
        x = x + step if x + step < top else (x + top) / 2 if top - x > 1e-6 else top + 1e-6
        if math.exp(x) <= lowest:
            return Search(lowest, start, slope)
        secant = previous_step is not None and previous_step < MOST_BEFORE
        if abs(step) < (LAST_STEP if secant else PRECISION) or abs(x - origin) > WIDEST_STEP:
            return Search(math.exp(x), start, slope)
        previous_step = abs(step)
    raise EngineError(
        f"the search for Tc did not settle in {MOST_EVALUATIONS} steps near {math.exp(x):.4g} K"
    )
