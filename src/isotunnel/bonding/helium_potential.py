"""Pair potential of helium atoms, which knows no temperature.

The form of R. A. Aziz and co-workers, x = r / r_m:

    V(r) = eps { A exp(-alpha x + beta x^2) - F(x) [C6 / x^6 + C8 / x^8 + C10 / x^10] },
    F(x) = exp[-(D / x - 1)^2] for x < D, else 1.

The default parameters are those of 1979 (J. Chem. Phys. 70, 4330), which most published simulations
of liquid helium used; later sets are some 0.15 K deeper. Trustworthy from about 1.8 angstrom on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isotunnel.errors import InputError

Array = NDArray[np.float64]


@dataclass(frozen=True)
class PairPotential:
    """Parameters of the form above; lengths in angstrom, eps in kelvin, the rest pure numbers."""

    name: str
    eps_k: float
    r_m_angstrom: float
    a: float
    alpha: float
    beta: float
    c6: float
    c8: float
    c10: float
    d: float


@dataclass(frozen=True)
class LennardJones:
    """V(r) = eps [(r_m / r)^12 - 2 (r_m / r)^6]."""

    name: str
    eps_k: float
    r_m_angstrom: float


HeliumPair = PairPotential | LennardJones

DE_BOER_MICHIELS = LennardJones(
    "de Boer and Michiels, Physica 5, 945 (1938)", 10.22, 2.556 * 2 ** (1 / 6)
)
"""What the first computations of the liquid used; some 5 percent shallower than Aziz' form."""

AZIZ_1979 = PairPotential(
    "Aziz et al., J. Chem. Phys. 70, 4330 (1979)",
    *(10.8, 2.9673, 544850.4, 13.353384, 0.0),
    *(1.3732412, 0.4253785, 0.1781, 1.241314),
)
AZIZ_1995 = PairPotential(
    "Aziz, Janzen and Moldover, Phys. Rev. Lett. 74, 1586 (1995)",
    *(10.956, 2.9683, 186924.404, 10.5717543, -2.07758779),
    *(1.35186623, 0.4149514, 0.17151143, 1.438),
)


def pair_energy_k(potential: HeliumPair, distance_angstrom: ArrayLike) -> Array:
    """V(r) in kelvin.

    Raises:
        InputError: a distance below 0.3 angstrom, where the form means nothing.
    """
    r = np.asarray(distance_angstrom, dtype=float)
    if not (r >= 0.3).all():
        raise InputError(f"a distance of {np.min(r):g} angstrom: the potential is known from 0.3")
    x = r / potential.r_m_angstrom
    if isinstance(potential, LennardJones):
        return np.asarray(potential.eps_k * (x**-12 - 2 * x**-6))
    damping = np.where(x < potential.d, np.exp(-((potential.d / x - 1) ** 2)), 1.0)
    repulsion = potential.a * np.exp(-potential.alpha * x + potential.beta * x * x)
    attraction = potential.c6 / x**6 + potential.c8 / x**8 + potential.c10 / x**10
    return np.asarray(potential.eps_k * (repulsion - damping * attraction))


def without_attraction_k(potential: HeliumPair, distance_angstrom: ArrayLike) -> Array:
    """The same atoms with all attraction taken away: V + eps up to r_m, nothing beyond.

    J. D. Weeks, D. Chandler and H. C. Andersen, J. Chem. Phys. 54, 5237 (1971).
    """
    r = np.asarray(distance_angstrom, dtype=float)
    lifted = pair_energy_k(potential, r) + potential.eps_k
    return np.asarray(np.where(r < potential.r_m_angstrom, lifted, 0.0))
