"""What a solution of the Eliashberg equations needs besides the spectrum, and its conventions."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from isotunnel.errors import InputError
from isotunnel.theories.superconducting.alpha2f.spectrum import Alpha2F
from isotunnel.theories.superconducting.eliashberg.kernel import Kernel, Matsubara, rescaled_mu_star

MOST_FREQUENCIES = 1 << 15
"""Matsubara frequencies at most: the memory and time of a solution are bounded."""


@dataclass(frozen=True)
class Settings:
    """Convention of mu* and size of the frequency sums.

    By default the cut-off of the sums is ``cutoff`` times the highest phonon frequency
    omega_max, or ``fewest`` frequencies where these reach farther, and the sum in Z is carried
    to infinity. mu* is a number for one cut-off: it is understood as that of Allen and Dynes
    (and of their formula), with omega_max as cut-off, and rescaled to that of the sums by
    ``rescaled_mu_star``. So results hardly depend on ``cutoff``.

    With ``sharp_cutoff_k`` every sum ends there and mu* stands in them as given, as in EPW
    (``wscut``) and Elk, whose results depend on the cut-off. Use it to compare with them.

    Attributes:
        mu_star: Coulomb pseudopotential, dimensionless.
        mu_star_reference_k: the cut-off that mu_star is for, kelvin; None is omega_max.
        cutoff: cut-off of the sums in units of omega_max.
        fewest: frequencies at least.
        sharp_cutoff_k: end of all sums, kelvin; None is the default convention.
        coulomb_cutoff_k: with a sharp cut-off, end of the sum with mu*; None is the same.
    """

    mu_star: float = 0.12
    mu_star_reference_k: float | None = None
    cutoff: float = 10.0
    fewest: int = 64
    sharp_cutoff_k: float | None = None
    coulomb_cutoff_k: float | None = None

    def __post_init__(self) -> None:
        if not math.isfinite(self.mu_star) or self.mu_star < 0:
            raise InputError(f"mu* = {self.mu_star:g} must be zero or positive")
        if not (math.isfinite(self.cutoff) and self.cutoff >= 1):
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
        reach = self.cutoff * spectrum.omega_max_k / (2 * math.pi * temperature_k)
        return max(math.ceil(reach), self.fewest)

    def lowest_temperature_k(self, spectrum: Alpha2F) -> float:
        """Where the sums need ``MOST_FREQUENCIES``."""
        reach = self.sharp_cutoff_k or self.cutoff * spectrum.omega_max_k
        return reach / (2 * math.pi * MOST_FREQUENCIES)

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
                f"{self.lowest_temperature_k(spectrum):.3g} K"
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
