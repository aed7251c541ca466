"""How vibrations stiffen under compression: the Grueneisen parameter and the Debye temperature.

::

    gamma(V) = gamma_inf + (gamma0 - gamma_inf) (V/V0)^q,     gamma = -d ln theta / d ln V
    theta(V) = theta0 (V/V0)^-gamma_inf exp{[gamma0 - gamma(V)] / q}

(q -> 0: theta0 (V/V0)^-gamma0.) With gamma_inf = 0 that is the usual power law: O. L. Anderson,
Equations of State of Solids for Geophysics and Ceramic Science (1995); with a limit at infinite
compression the law of L. V. Al'tshuler et al., J. Appl. Mech. Tech. Phys. 28, 129 (1987). One
exponent q for all volumes is an assumption; at several-fold compression gamma should level off
(near 1/2 to 2/3), and the power law does not.

Sources that print theta = theta0 (V/V0)^-gamma(V) (Fei et al. 2007, Campbell et al. 2009) are used
with the law above, which is that of the same gamma: theirs breaks dS/dV = dP/dT. In pressure the
two differ by less than 0.2 GPa within the range of each fit.
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
        gamma_inf: its limit at infinite compression.
        v0: reference volume, angstrom^3 per atom.
        particles_per_atom: vibrating units per atom: 1, or 0.5 where molecules of two atoms
            vibrate as one (solid hydrogen).
    """

    theta0_k: float
    gamma0: float
    q: float
    v0: float
    particles_per_atom: float = 1.0
    gamma_inf: float = 0.0

    def __post_init__(self) -> None:
        for name in ("theta0_k", "gamma0", "v0", "particles_per_atom"):
            value = getattr(self, name)
            if not (np.isfinite(value) and value > 0):
                raise InputError(f"{name} = {value:g} of a Debye solid must be positive")
        if not (np.isfinite(self.q) and self.q >= 0):
            raise InputError(f"q = {self.q:g} of a Debye solid must be zero or positive")
        if not 0 <= self.gamma_inf <= self.gamma0:
            raise InputError(
                f"gamma_inf = {self.gamma_inf:g} of a Debye solid must lie between 0 and gamma0 = "
                f"{self.gamma0:g}"
            )

    def gruneisen(self, volume: ArrayLike) -> Array:
        """gamma(V), dimensionless."""
        ratio = np.asarray(volume, dtype=float) / self.v0
        result: Array = self.gamma_inf + (self.gamma0 - self.gamma_inf) * ratio**self.q
        return result

    def gruneisen_exponent(self, volume: ArrayLike) -> Array:
        """d ln gamma / d ln V at a volume: q where there is no limit."""
        gamma = self.gruneisen(volume)
        result: Array = self.q * (1.0 - self.gamma_inf / gamma)
        return result

    def debye_temperature(self, volume: ArrayLike) -> Array:
        """theta(V) in K."""
        log_ratio = np.log(np.asarray(volume, dtype=float) / self.v0)
        # (1 - r^q)/q = -expm1(q ln r)/q, whose limit at q = 0 is -ln r.
        exponent = -np.expm1(self.q * log_ratio) / self.q if self.q > 0 else -log_ratio
        varying = (self.gamma0 - self.gamma_inf) * exponent
        result: Array = self.theta0_k * np.exp(varying - self.gamma_inf * log_ratio)
        return result
