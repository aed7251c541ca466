"""Isothermal equations of state: Vinet and third-order Birch-Murnaghan, as pressure and energy.

Volumes in angstrom^3 per atom, pressures in GPa, energies in eV per atom.

Vinet, with X = (V/V0)^(1/3) and eta = (3/2)(K0' - 1)::

    P = 3 K0 (1 - X) X^-2 exp[eta (1 - X)]
    E = (9 K0 V0 / eta^2) {1 - [1 - eta (1 - X)] exp[eta (1 - X)]}

Third-order Birch-Murnaghan, with f = [(V0/V)^(2/3) - 1] / 2::

    P = 3 K0 f (1 + 2f)^(5/2) [1 + (3/2)(K0' - 4) f]
    E = (9/2) K0 V0 f^2 [1 + (K0' - 4) f]

E is counted from V0 and P = -dE/dV in both. References: P. Vinet et al., J. Phys. C 19, L467
(1986); F. Birch, Phys. Rev. 71, 809 (1947). Limits: Birch-Murnaghan with K0' < 4 turns over at
strong compression (the pressure has a maximum), so it must not be carried far beyond its data;
Vinet keeps rising but does not reach the Thomas-Fermi limit either.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.errors import InputError
from isotunnel.units import EV_PER_ANGSTROM3_GPA

Array = NDArray[np.float64]
Law = Callable[[Array, float], tuple[Array, Array, Array]]


def _vinet(ratio: Array, k0_prime: float) -> tuple[Array, Array, Array]:
    """P/K0, K/K0 and E/(K0 V0) at V/V0 = ratio."""
    x = np.cbrt(ratio)
    eta = 1.5 * (k0_prime - 1.0)
    y = eta * (1.0 - x)
    growth = np.exp(y)
    pressure = 3.0 * (1.0 - x) / x**2 * growth
    modulus = (2.0 - x + eta * x * (1.0 - x)) / x**2 * growth
    # [1 - (1 - y) e^y] / y^2 loses all digits near y = 0, which V = V0 and K0' = 1 both reach.
    near = np.abs(y) < 1e-3
    safe = np.where(near, 1.0, y)
    shape = np.where(near, 0.5 + y / 3.0 + y**2 / 8.0, (1.0 - (1.0 - safe) * growth) / safe**2)
    return pressure, modulus, 9.0 * (1.0 - x) ** 2 * shape


def _birch_murnaghan(ratio: Array, k0_prime: float) -> tuple[Array, Array, Array]:
    """P/K0, K/K0 and E/(K0 V0) at V/V0 = ratio."""
    stretch = ratio ** (-2.0 / 3.0)
    f = 0.5 * (stretch - 1.0)
    growth = stretch**2.5
    pressure = 3.0 * f * growth * (1.0 + 1.5 * (k0_prime - 4.0) * f)
    modulus = growth * (1.0 + (3.0 * k0_prime - 5.0) * f + 13.5 * (k0_prime - 4.0) * f**2)
    return pressure, modulus, 4.5 * f**2 * (1.0 + (k0_prime - 4.0) * f)


FORMS: dict[str, Law] = {"vinet": _vinet, "birch-murnaghan": _birch_murnaghan}
"""The forms by name."""


@dataclass(frozen=True)
class Isotherm:
    """P(V) at one temperature.

    Attributes:
        form: "vinet" or "birch-murnaghan" (third order).
        v0: volume at zero pressure, angstrom^3 per atom.
        k0_gpa: isothermal bulk modulus at v0.
        k0_prime: its pressure derivative at v0, dimensionless.

    Raises:
        InputError: an unknown form, or v0 or k0 not positive and finite, or k0_prime not finite.
    """

    form: str
    v0: float
    k0_gpa: float
    k0_prime: float

    def __post_init__(self) -> None:
        if self.form not in FORMS:
            raise InputError(
                f"unknown equation of state {self.form!r}: choose one of {', '.join(FORMS)}"
            )
        for name, value in (("v0", self.v0), ("k0_gpa", self.k0_gpa)):
            if not (np.isfinite(value) and value > 0):
                raise InputError(f"{name} = {value:g} of an equation of state must be positive")
        if not np.isfinite(self.k0_prime):
            raise InputError(f"k0_prime = {self.k0_prime} must be a finite number")

    def _laws(self, volume: ArrayLike) -> tuple[Array, Array, Array]:
        ratio = np.asarray(volume, dtype=float) / self.v0
        if not np.all(ratio > 0):
            raise InputError("a volume must be positive: check the values given")
        return FORMS[self.form](ratio, self.k0_prime)

    def pressure(self, volume: ArrayLike) -> Array:
        """P in GPa at ``volume`` in angstrom^3 per atom."""
        result: Array = self.k0_gpa * self._laws(volume)[0]
        return result

    def bulk_modulus(self, volume: ArrayLike) -> Array:
        """K_T = -V dP/dV in GPa."""
        result: Array = self.k0_gpa * self._laws(volume)[1]
        return result

    def energy(self, volume: ArrayLike) -> Array:
        """Work of compression from v0 in eV per atom: the integral of -P dV."""
        result: Array = self.k0_gpa * self.v0 / EV_PER_ANGSTROM3_GPA * self._laws(volume)[2]
        return result
