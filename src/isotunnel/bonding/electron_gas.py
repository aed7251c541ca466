"""Energy of the uniform electron gas: kinetic, exchange and correlation, and its compressibility.

All per electron in eV against r_s, the radius in bohr of the sphere that holds one electron:

- kinetic 3/5 E_F = 1.10495 hartree / r_s^2,
- exchange -0.458165 hartree / r_s,
- correlation by J. P. Perdew and Y. Wang, Phys. Rev. B 45, 13244 (1992), a fit to the diffusion
  Monte Carlo energies of D. M. Ceperley and B. J. Alder, Phys. Rev. Lett. 45, 566 (1980), good to
  about 0.01 eV between r_s = 0.5 and 100.

Without spin polarisation: real alkali metals are not magnetic.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.errors import InputError
from isotunnel.units import HARTREE_EV

Array = NDArray[np.float64]

KINETIC = 0.3 * (9 * math.pi / 4) ** (2 / 3)
"""Kinetic energy per electron times r_s^2, hartree."""

EXCHANGE = -0.75 * (9 * math.pi / 4) ** (1 / 3) / math.pi
"""Exchange energy per electron times r_s, hartree."""

_PW92 = (0.031091, 0.21370, 7.5957, 3.5876, 1.6382, 0.49294)


@dataclass(frozen=True)
class GasEnergy:
    """Energies per electron, eV; each of the shape of r_s."""

    kinetic_ev: Array
    exchange_ev: Array
    correlation_ev: Array

    @property
    def total_ev(self) -> Array:
        """Their sum."""
        return self.kinetic_ev + self.exchange_ev + self.correlation_ev


def gas_energy(r_s: ArrayLike) -> GasEnergy:
    """Kinetic, exchange and correlation energy per electron.

    Raises:
        InputError: an r_s that is not positive.
    """
    r = np.asarray(r_s, dtype=float)
    if not (np.isfinite(r).all() and (r > 0).all()):
        raise InputError(f"r_s = {r_s!r} bohr: it must be positive")
    return GasEnergy(
        HARTREE_EV * KINETIC / r**2, HARTREE_EV * EXCHANGE / r, HARTREE_EV * correlation(r)
    )


def correlation(r_s: ArrayLike) -> Array:
    """Correlation energy per electron of the unpolarised gas, hartree (Perdew and Wang 1992)."""
    a, alpha, b1, b2, b3, b4 = _PW92
    r = np.asarray(r_s, dtype=float)
    root = np.sqrt(r)
    inner = 2 * a * (b1 * root + b2 * r + b3 * r * root + b4 * r * r)
    result: Array = -2 * a * (1 + alpha * r) * np.log1p(1 / inner)
    return result


def fermi_wave_number(r_s: float) -> float:
    """k_F = (9 pi / 4)^(1/3) / r_s, per bohr."""
    return float((9 * math.pi / 4) ** (1 / 3) / r_s)


def fermi_energy_ev(r_s: float) -> float:
    """E_F = k_F^2 / 2 of free electrons, eV."""
    return HARTREE_EV * fermi_wave_number(r_s) ** 2 / 2
