"""How vibrations stiffen under compression: the Grueneisen parameter and the Debye temperature.

::

    gamma(V) = gamma0 (V/V0)^q,     gamma = -d ln theta / d ln V
    theta(V) = theta0 exp{[gamma0 - gamma(V)] / q}       (q -> 0: theta0 (V/V0)^-gamma0)

Reference: O. L. Anderson, Equations of State of Solids for Geophysics and Ceramic Science (1995).
One exponent q for all volumes is an assumption; at several-fold compression gamma should level
off (near 1/2 to 2/3) and does not here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.errors import InputError

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Vibrations:
    """A Debye solid whose Debye temperature depends on volume.

    Attributes:
        theta0_k: Debye temperature at ``v0``.
        gamma0: Grueneisen parameter at ``v0``.
        q: exponent of its volume dependence.
        v0: reference volume, angstrom^3 per atom.
        particles_per_atom: vibrating units per atom: 1, or 0.5 where molecules of two atoms
            vibrate as one (solid hydrogen).
    """

    theta0_k: float
    gamma0: float
    q: float
    v0: float
    particles_per_atom: float = 1.0

    def __post_init__(self) -> None:
        for name in ("theta0_k", "gamma0", "v0", "particles_per_atom"):
            value = getattr(self, name)
            if not (np.isfinite(value) and value > 0):
                raise InputError(f"{name} = {value:g} of a Debye solid must be positive")
        if not (np.isfinite(self.q) and self.q >= 0):
            raise InputError(f"q = {self.q:g} of a Debye solid must be zero or positive")

    def gruneisen(self, volume: ArrayLike) -> Array:
        """gamma(V), dimensionless."""
        result: Array = self.gamma0 * (np.asarray(volume, dtype=float) / self.v0) ** self.q
        return result

    def debye_temperature(self, volume: ArrayLike) -> Array:
        """theta(V) in K."""
        log_ratio = np.log(np.asarray(volume, dtype=float) / self.v0)
        # (1 - r^q)/q = -expm1(q ln r)/q, whose limit at q = 0 is -ln r.
        exponent = -np.expm1(self.q * log_ratio) / self.q if self.q > 0 else -log_ratio
        result: Array = self.theta0_k * np.exp(self.gamma0 * exponent)
        return result
