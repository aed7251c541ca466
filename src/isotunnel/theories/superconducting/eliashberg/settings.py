"""What a solution of the Eliashberg equations needs besides the spectrum, and its conventions."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from isotunnel.errors import InputError
from isotunnel.theories.superconducting.alpha2f.spectrum import Alpha2F
from isotunnel.theories.superconducting.eliashberg.kernel import Kernel, Matsubara, rescaled_mu_star

MOST_FREQUENCIES = 1 << 17
"""Matsubara frequencies at most: the memory and time of a solution are bounded."""

SEARCHED_FREQUENCIES = 1 << 15
"""Frequencies at most where Tc is looked for; the rest is for carrying the cut-off farther."""

NEAR_THE_POLE = 0.9
"""The share of the farthest cut-off to which mu* is carried; at the pole it is infinite."""

FIRST_CUTOFF = 10.0
"""Cut-off in units of omega_max from which convergence starts."""


@dataclass(frozen=True)
class Settings:
    """Convention of mu* and size of the frequency sums.

    By default the cut-off of the sums is doubled, from ten times the highest phonon frequency
    omega_max or 8 frequencies on, until Tc stays (``critical_temperature``), and the sum in Z is
    carried to infinity. mu* is a number for one cut-off: it is understood as that of Allen and
    Dynes (and of their formula), with omega_max as cut-off, and rescaled to that of the sums by
    ``rescaled_mu_star``. With ``cutoff`` the sums end there, or at ``fewest`` frequencies where
    these reach farther.

    With ``sharp_cutoff_k`` every sum ends there and mu* stands in them as given, as in EPW
    (``wscut``) and Elk, whose results depend on the cut-off. Use it to compare with them.

    Attributes:
        mu_star: Coulomb pseudopotential, dimensionless.
        mu_star_reference_k: the cut-off that mu_star is for, kelvin; None is omega_max.
        cutoff: cut-off of the sums in units of omega_max; None: converged.
        fewest: frequencies at least.
        sharp_cutoff_k: end of all sums, kelvin; None is the default convention.
        coulomb_cutoff_k: with a sharp cut-off, end of the sum with mu*; None is the same.
    """

    mu_star: float = 0.12
    mu_star_reference_k: float | None = None
    cutoff: float | None = None
    fewest: int = 8
    sharp_cutoff_k: float | None = None
    coulomb_cutoff_k: float | None = None

    def __post_init__(self) -> None:
        if not math.isfinite(self.mu_star) or self.mu_star < 0:
            raise InputError(f"mu* = {self.mu_star:g} must be zero or positive")
        if self.cutoff is not None and not (math.isfinite(self.cutoff) and self.cutoff >= 1):
            raise InputError(f"cutoff = {self.cutoff:g} omega_max must be at least 1")
        if self.fewest < 8:
            raise InputError(f"fewest = {self.fewest} frequencies; at least 8 are needed")
        for name in ("mu_star_reference_k", "sharp_cutoff_k", "coulomb_cutoff_k"):
            value = getattr(self, name)
            if value is not None and not (math.isfinite(value) and value > 0):
                raise InputError(f"{name} = {value:g} must be positive")
        if self.coulomb_cutoff_k is not None and self.sharp_cutoff_k is None:
            raise InputError("coulomb_cutoff_k needs sharp_cutoff_k; else mu* is rescaled")

    def count(self, spectrum: Alpha2F, temperature_k: float) -> int:
        """Number of positive Matsubara frequencies at a temperature."""
        if self.sharp_cutoff_k is not None:
            return _below(self.sharp_cutoff_k, temperature_k)
        cutoff = (self.cutoff or FIRST_CUTOFF) * spectrum.omega_max_k
        # Rounding must not add a frequency where the cut-off is a whole number of them.
        return max(math.ceil(cutoff / (2 * math.pi * temperature_k) - 1e-6), self.fewest)

    def lowest_temperature_k(self, spectrum: Alpha2F) -> float:
        """Down to where Tc is looked for.

        The sums to the first cut-off need ``SEARCHED_FREQUENCIES`` there, and those to a farther
        one at most ``MOST_FREQUENCIES``.
        """
        reach = self._reach_k(spectrum)
        if self.sharp_cutoff_k is not None:
            return reach / (2 * math.pi * SEARCHED_FREQUENCIES)
        first = min(reach, FIRST_CUTOFF * spectrum.omega_max_k) / SEARCHED_FREQUENCIES
        return max(first, reach / MOST_FREQUENCIES) / (2 * math.pi)

    def highest_temperature_k(self, spectrum: Alpha2F, count: int) -> float:
        """Where so many frequencies reach as far as mu* can be carried; infinite without mu*."""
        if self.sharp_cutoff_k is not None or self.mu_star * 700 < 1:
            return math.inf
        reference = self.mu_star_reference_k or spectrum.omega_max_k
        return reference * math.exp(1 / self.mu_star) / (2 * math.pi * count)

    def carries_mu_star(self, spectrum: Alpha2F, temperature_k: float) -> bool:
        """Whether the sums at a temperature are allowed, and mu* can be rescaled to their end."""
        count = self.count(spectrum, temperature_k)
        highest = self.highest_temperature_k(spectrum, count)
        return count <= MOST_FREQUENCIES and temperature_k < NEAR_THE_POLE * highest

    def _reach_k(self, spectrum: Alpha2F) -> float:
        return self.sharp_cutoff_k or (self.cutoff or FIRST_CUTOFF) * spectrum.omega_max_k

    def matsubara(
        self, kernel: Kernel, temperature_k: float, count: int | None = None
    ) -> Matsubara:
        """The sums at a temperature; ``count`` overrules the number of frequencies.

        Raises:
            InputError: a temperature not positive, or too low for the frequencies allowed.
        """
        if not (math.isfinite(temperature_k) and temperature_k > 0):
            raise InputError(f"temperature {temperature_k:g} K must be positive")
        spectrum = kernel.spectrum
        number = self.count(spectrum, temperature_k) if count is None else count
        if number > MOST_FREQUENCIES:
            raise InputError(
                f"temperature {temperature_k:.3g} K needs {number} Matsubara frequencies; "
                f"with at most {MOST_FREQUENCIES} the lowest is "
                f"{self._reach_k(spectrum) / (2 * math.pi * MOST_FREQUENCIES):.3g} K"
            )
        step = 2 * math.pi * temperature_k
        coupling = kernel(step * np.arange(2 * number, dtype=float))
        if self.sharp_cutoff_k is not None:
            coulomb = _below(self.coulomb_cutoff_k or self.sharp_cutoff_k, temperature_k)
            return Matsubara(temperature_k, number, coupling, self.mu_star, coulomb, closed=False)
        reference = self.mu_star_reference_k or spectrum.omega_max_k
        mu_star = rescaled_mu_star(self.mu_star, reference, step * number)
        return Matsubara(temperature_k, number, coupling, mu_star, number)


def _below(cutoff_k: float, temperature_k: float) -> int:
    """How many of (2 n + 1) pi T, n >= 0, lie below a cut-off; the first always counts."""
    return max(math.floor(cutoff_k / (2 * math.pi * temperature_k) + 0.5), 1)
