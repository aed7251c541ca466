"""lambda(nu), the phonon-mediated coupling on the Matsubara axis, and its sums."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import InputError
from isotunnel.theories.superconducting.alpha2f.spectrum import Alpha2F

FEW_MODES = 40
"""Spectra of at most so many frequencies are summed directly, others tabulated once."""

TABLE_POINTS = 600

ROWS_AT_A_TIME = 32
"""Of a sum over a long spectrum: so many fit into the processor's cache."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Kernel:
    """lambda(nu) = int 2 omega alpha^2 F(omega) / (omega^2 + nu^2) d omega, nu in kelvin.

    A long spectrum is tabulated once on 600 points, uniform in asinh(4 nu / omega_log), and
    interpolated by a cubic spline: relative error below 2e-7, as a test checks.
    """

    spectrum: Alpha2F

    def __call__(self, nu_k: Floats) -> Floats:
        """The coupling at boson frequencies nu_k >= 0, kelvin, same shape, dimensionless."""
        nu_k = np.asarray(nu_k, dtype=float)
        if self.spectrum.frequency_ev.size <= FEW_MODES:
            return self.summed(nu_k)
        # Where the tail is its last power, 1 / nu^2, there is no need for a table.
        far = nu_k > self._reach
        near = np.asarray(self._table(np.arcsinh(np.where(far, 0, nu_k) / self._scale)))
        if not far.any():
            return near
        moment = self.spectrum.coupling * self.spectrum.omega_2_k**2
        return np.where(far, moment / np.maximum(nu_k, self._reach) ** 2, near)

    def summed(self, nu_k: Floats) -> Floats:
        """The same by direct summation over the spectrum."""
        squared = self.spectrum.frequency_k**2
        weights = self.spectrum.weights * squared
        nu_squared = np.square(np.asarray(nu_k, dtype=float))
        flat, found = nu_squared.ravel(), np.empty(nu_squared.size)
        for first in range(0, flat.size, ROWS_AT_A_TIME):
            part = slice(first, first + ROWS_AT_A_TIME)
            terms = flat[part, None] + squared
            found[part] = np.reciprocal(terms, out=terms) @ weights
        return found.reshape(nu_squared.shape)

    @property
    def _scale(self) -> float:
        return self.spectrum.omega_log_k / 4

    @property
    def _reach(self) -> float:
        return 3e4 * float(self.spectrum.frequency_k[-1])

    @cached_property
    def _table(self) -> Any:
        from scipy.interpolate import CubicSpline

        x = np.linspace(0, math.asinh(self._reach / self._scale), TABLE_POINTS)
        return CubicSpline(x, self.summed(np.sinh(x) * self._scale))


@lru_cache(maxsize=16)
def kernel_of(spectrum: Alpha2F) -> Kernel:
    """The kernel of a spectrum, its table kept for the next temperature."""
    return Kernel(spectrum)


@dataclass(frozen=True)
class Matsubara:
    """Sums over the Matsubara frequencies omega_n = (2 n + 1) pi T, n = 0 .. count - 1.

    Sums over both signs of omega_m become convolutions with lambda(2 pi T l), done by fast
    Fourier transform: n log n steps, and no matrix.

    Attributes:
        temperature_k: T.
        count: number of positive frequencies.
        coupling: lambda(2 pi T l), l = 0 .. 2 count - 1.
        mu_star: the pseudopotential as it stands in the sum.
        coulomb_count: number of positive frequencies in the sum with mu*.
        closed: whether the sum for Z goes to infinity (in closed form) or ends with the rest.
    """

    temperature_k: float
    count: int
    coupling: Floats
    mu_star: float
    coulomb_count: int
    closed: bool = True

    @property
    def frequency_k(self) -> Floats:
        """omega_n, kelvin."""
        return np.asarray((2 * np.arange(self.count) + 1.0) * (math.pi * self.temperature_k))

    @cached_property
    def normal(self) -> Floats:
        """omega_n Z_n / (pi T) of the normal state: 2 n + 1 + lambda(0) + 2 sum_{l<=n} lambda(l).

        That is the sum over all frequencies. Where the sum ends at the cut-off, it is done.
        """
        odd = 2 * np.arange(self.count) + 1
        if not self.closed:
            return np.asarray(odd + self.odd(np.ones(self.count)), dtype=float)
        sums = np.concatenate(([0.0], np.cumsum(self.coupling[1 : self.count])))
        return np.asarray(odd + self.coupling[0] + 2 * sums)

    @cached_property
    def _transform(self) -> Floats:
        wrapped = np.zeros(self._length)
        wrapped[: 2 * self.count] = self.coupling
        wrapped[-(2 * self.count - 1) :] = self.coupling[:0:-1]
        return np.fft.rfft(wrapped).real

    @property
    def _length(self) -> int:
        from scipy.fft import next_fast_len

        return int(next_fast_len(4 * self.count, real=True))

    def even(self, x: Floats) -> Floats:
        """sum_{m>=0} [lambda(n - m) + lambda(n + m + 1)] x_m: of a function even in omega."""
        return self._convolved(np.concatenate((x[::-1], x)))

    def odd(self, x: Floats) -> Floats:
        """sum_{m>=0} [lambda(n - m) - lambda(n + m + 1)] x_m: of a function odd in omega."""
        return self._convolved(np.concatenate((-x[::-1], x)))

    def pairing(self, x: Floats) -> Floats:
        """sum over both signs of omega_m of [lambda(n - m) - mu*] x_m, x even in omega."""
        return self.even(x) - 2 * self.mu_star * float(x[: self.coulomb_count].sum())

    @property
    def symmetric(self) -> bool:
        """Whether mu* stands in all of the sum, so that the linear problem is symmetric."""
        return self.coulomb_count >= self.count or self.mu_star == 0

    def _convolved(self, both: Floats) -> Floats:
        full = np.fft.irfft(np.fft.rfft(both, self._length) * self._transform, self._length)
        return full[self.count : 2 * self.count]


def rescaled_mu_star(mu_star: float, reference_k: float, cutoff_k: float) -> float:
    """mu* of another cut-off: 1 / mu*(omega_c) = 1 / mu*(omega_ref) + ln(omega_ref / omega_c).

    Morel and Anderson, Phys. Rev. 125, 1263 (1962), in the form of Allen and Dynes, Phys. Rev. B
    12, 905 (1975). A negative mu* is rescaled alike.

    Raises:
        InputError: the rescaled value diverges: mu* is too large for this cut-off.
    """
    shrink = 1 + mu_star * math.log(reference_k / cutoff_k)
    if shrink <= 0:
        raise InputError(
            f"mu* = {mu_star:g} at {reference_k:.0f} K cannot be carried to a cut-off of "
            f"{cutoff_k:.0f} K: it must be below {1 / math.log(cutoff_k / reference_k):.3f}"
        )
    return mu_star / shrink
