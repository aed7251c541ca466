"""The electron-phonon spectral function alpha^2 F(omega) and its moments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.errors import InputError
from isotunnel.measured.parameter import Parameter
from isotunnel.units import BOLTZMANN_EV_K

NEGATIVE_LIMIT = 0.05
"""Share of lambda that negative values may carry before a spectrum is refused."""


@dataclass(frozen=True, eq=False)
class Alpha2F:
    """alpha^2 F(omega) on a grid, or an Einstein spectrum of one frequency.

    The integrals are sums over ``modes``: trapezoids on the grid, exact for an Einstein mode.

    Attributes:
        frequency_ev: phonon energies hbar omega, shape (n,), eV, positive and ascending.
        values: alpha^2 F, shape (n,), dimensionless. For an Einstein spectrum, one value: the
            weight of the delta function in eV, lambda omega / 2.
        source: where it comes from: file and column, or the paper.
        basis: the tabulated lambda that goes with it, whose kind, source and grade are those of
            the moments too; None where ``source`` names all.

    Limits: isotropic (one band, averaged over the Fermi surface); no electron-phonon
    renormalisation of the phonons beyond what the file holds.
    """

    frequency_ev: NDArray[np.float64]
    values: NDArray[np.float64]
    source: str
    basis: Parameter | None = None

    @classmethod
    def from_arrays(
        cls,
        frequency_ev: ArrayLike,
        values: ArrayLike,
        source: str,
        allow_negative: bool = False,
    ) -> Alpha2F:
        """A checked spectrum.

        A row at zero frequency is dropped: it carries no weight in lambda where alpha^2 F
        vanishes there, as it must. Small negative values, the noise of interpolation, are kept
        (they belong to the printed lambda) unless they carry more than ``NEGATIVE_LIMIT`` of it.

        Raises:
            InputError: fewer than three points, unequal lengths, NaN, negative or unsorted
                frequencies, negative alpha^2 F beyond the limit, or no coupling at all.
        """
        omega = np.array(frequency_ev, dtype=float)
        alpha = np.array(values, dtype=float)
        if omega.ndim != 1 or omega.shape != alpha.shape:
            raise InputError(
                f"alpha2F needs one value per frequency: got shapes {omega.shape} and {alpha.shape}"
            )
        if omega.size < 3:
            raise InputError(f"alpha2F has {omega.size} points; at least 3 are needed")
        _check_rows(omega, alpha)
        if omega[0] == 0:
            omega, alpha = omega[1:], alpha[1:]
        spectrum = cls(_frozen(omega), _frozen(alpha), source)
        spectrum._check_sign(allow_negative)
        return spectrum

    @classmethod
    def einstein(cls, frequency_ev: float, coupling: float, source: str = "Einstein") -> Alpha2F:
        """One mode: alpha^2 F = (lambda omega / 2) delta(omega - frequency_ev).

        Raises:
            InputError: frequency or coupling not positive and finite.
        """
        for name, value in (("frequency_ev", frequency_ev), ("coupling", coupling)):
            if not (np.isfinite(value) and value > 0):
                raise InputError(f"Einstein spectrum: {name} = {value:g} must be positive")
        weight = coupling * frequency_ev / 2
        return cls(_frozen(np.array([frequency_ev])), _frozen(np.array([weight])), source)

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        """Part of lambda carried by each frequency, shape (n,): 2 alpha^2 F d omega / omega."""
        if self.frequency_ev.size == 1:
            return _frozen(2 * self.values / self.frequency_ev)
        gaps = np.diff(self.frequency_ev)
        step = np.concatenate(([gaps[0]], gaps[1:] + gaps[:-1], [gaps[-1]])) / 2
        return _frozen(2 * self.values * step / self.frequency_ev)

    @property
    def frequency_k(self) -> NDArray[np.float64]:
        """Frequencies as temperatures, hbar omega / k_B, kelvin."""
        return self.frequency_ev / BOLTZMANN_EV_K

    @cached_property
    def coupling(self) -> float:
        """lambda = 2 int alpha^2 F / omega d omega."""
        return float(self.weights.sum())

    @cached_property
    def omega_log_k(self) -> float:
        """omega_log = exp[(2 / lambda) int alpha^2 F ln(omega) / omega d omega], kelvin."""
        mean = float(self.weights @ np.log(self.frequency_k)) / self.coupling
        return float(np.exp(mean))

    @cached_property
    def omega_2_k(self) -> float:
        """omega_2 = <omega^2>^(1/2), <omega^2> = (2 / lambda) int alpha^2 F omega d omega, K."""
        return float(np.sqrt(self.weights @ self.frequency_k**2 / self.coupling))

    @cached_property
    def omega_max_k(self) -> float:
        """Highest frequency with weight (0.1 % of the largest alpha^2 F and above), kelvin."""
        present = np.flatnonzero(self.values >= 1e-3 * self.values.max())
        return float(self.frequency_k[present[-1]])

    @property
    def negative_share(self) -> float:
        """Weight of negative values over that of positive ones, in lambda."""
        negative = abs(float(self.weights[self.weights < 0].sum()))
        return negative / float(self.weights[self.weights > 0].sum())

    def scaled(self, frequency_ratio: float, coupling_ratio: float) -> Alpha2F:
        """The spectrum with all frequencies and lambda multiplied, its shape kept.

        alpha^2 F'(omega) = coupling_ratio alpha^2 F(omega / frequency_ratio): what a uniform
        Grueneisen parameter does to a spectrum. Every mode is assumed to shift alike.

        Raises:
            InputError: a ratio not positive and finite.
        """
        for name, value in (
            ("frequency_ratio", frequency_ratio),
            ("coupling_ratio", coupling_ratio),
        ):
            if not (np.isfinite(value) and value > 0):
                raise InputError(f"alpha2F: {name} = {value:g} must be positive")
        # The weight of a delta function carries one power of frequency more.
        power = frequency_ratio if self.frequency_ev.size == 1 else 1.0
        return Alpha2F(
            _frozen(self.frequency_ev * frequency_ratio),
            _frozen(self.values * coupling_ratio * power),
            self.source,
            self.basis,
        )

    def moment(self, value: float, unit: str = "") -> Parameter:
        """A number worked out from the spectrum, with what the spectrum rests on; no error."""
        if self.basis is None:
            return Parameter(value, self.source, unit=unit)
        return replace(self.basis, value=value, error=None, unit=unit, note="")

    def _check_sign(self, allow_negative: bool) -> None:
        if not (self.values > 0).any() or self.coupling <= 0:
            raise InputError(f"{self.source}: alpha2F has no positive weight; lambda would be <= 0")
        if self.negative_share > NEGATIVE_LIMIT and not allow_negative:
            raise InputError(
                f"{self.source}: negative alpha2F values (lowest {self.values.min():.4g}) carry "
                f"{100 * self.negative_share:.1f} % of lambda, more than "
                f"{100 * NEGATIVE_LIMIT:.0f} %; pass allow_negative=True to keep them"
            )


def _check_rows(omega: NDArray[np.float64], alpha: NDArray[np.float64]) -> None:
    bad = np.flatnonzero(~(np.isfinite(omega) & np.isfinite(alpha)))
    if bad.size:
        raise InputError(f"alpha2F row {bad[0] + 1} is not a number")
    if omega.min() < 0:
        raise InputError(
            f"alpha2F has negative frequencies (lowest {omega.min():.4g} eV): imaginary modes, an "
            "unstable structure; there is no Tc to compute from it"
        )
    falls = np.flatnonzero(np.diff(omega) <= 0)
    if falls.size:
        raise InputError(
            f"alpha2F rows are not in ascending order of frequency: row {falls[0] + 2} "
            f"({omega[falls[0] + 1]:.6g} eV) follows {omega[falls[0]]:.6g} eV; sort the file"
        )


def _frozen(values: NDArray[np.float64]) -> NDArray[np.float64]:
    values = np.ascontiguousarray(values, dtype=float)
    values.flags.writeable = False
    return values
