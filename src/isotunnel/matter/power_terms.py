"""What heats beside the harmonic lattice: electrons and anharmonic vibrations, quadratic in T.

Per atom, with x = V/V0::

    F = -(3/2) k c x^m T^2,    S = C_V = 3 k c x^m T,    P = (3/2) k c m x^m T^2 / V

Reference: P. I. Dorogokupets and A. R. Oganov, Phys. Rev. B 75, 024115 (2007). The electronic term
is the degenerate Fermi gas's, good below some 10^4 K; the anharmonic one is the first of a series
in T and belongs to high temperature only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.errors import InputError
from isotunnel.units import BOLTZMANN_EV_K, EV_PER_ANGSTROM3_GPA

Array = NDArray[np.float64]


@dataclass(frozen=True)
class PowerTerm:
    """One such term.

    Attributes:
        kind: "electronic" or "anharmonic".
        coefficient_per_k: c, 1/K.
        exponent: m.
        v0: volume at which x = 1, angstrom^3 per atom.
    """

    kind: str
    coefficient_per_k: float
    exponent: float
    v0: float

    def __post_init__(self) -> None:
        for name in ("coefficient_per_k", "exponent", "v0"):
            value = getattr(self, name)
            if not (np.isfinite(value) and value > 0):
                raise InputError(f"{name} = {value:g} of the {self.kind} term must be positive")

    def heat_capacity(self, volume: ArrayLike, temperature_k: ArrayLike) -> Array:
        """C_V = S in eV/K per atom."""
        growth = (np.asarray(volume, dtype=float) / self.v0) ** self.exponent
        scale = 3.0 * BOLTZMANN_EV_K * self.coefficient_per_k
        result: Array = scale * growth * np.asarray(temperature_k, dtype=float)
        return result

    def free_energy(self, volume: ArrayLike, temperature_k: ArrayLike) -> Array:
        """F in eV per atom."""
        capacity = self.heat_capacity(volume, temperature_k)
        result: Array = -0.5 * capacity * np.asarray(temperature_k, dtype=float)
        return result

    def pressure(self, volume: ArrayLike, temperature_k: ArrayLike) -> Array:
        """P = -m F / V in GPa."""
        energy = self.exponent * self.free_energy(volume, temperature_k)
        result: Array = -energy / np.asarray(volume, dtype=float) * EV_PER_ANGSTROM3_GPA
        return result

    def bulk_modulus(self, volume: ArrayLike, temperature_k: ArrayLike) -> Array:
        """-V dP/dV = (1 - m) P in GPa."""
        result: Array = (1.0 - self.exponent) * self.pressure(volume, temperature_k)
        return result
