"""The electron localization function from density, gradient and kinetic energy density."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

THOMAS_FERMI = 0.3 * (3.0 * np.pi**2) ** (2.0 / 3.0)
"""Kinetic energy density of the homogeneous gas is this times n^(5/3), hartree atomic units."""

DENSITY_FLOOR = 1e-7
"""Electrons per bohr^3 below which the ELF is set to 0: there it is a ratio of rounding errors."""


def electron_localization(
    density: NDArray[np.float64],
    gradient_squared: NDArray[np.float64],
    kinetic: NDArray[np.float64],
) -> NDArray[np.float64]:
    r"""ELF of a spin-paired system.

    .. math::

        \mathrm{ELF} = \frac{1}{1 + (D/D_0)^2},\qquad
        D = \tau - \frac{|\nabla n|^2}{8 n},\qquad
        D_0 = \tfrac{3}{10} (3\pi^2)^{2/3} n^{5/3}

    with :math:`\tau = \tfrac12 \sum_i f_i |\nabla\psi_i|^2`; the homogeneous gas has 1/2.

    Args:
        density: n of both spins together, 1/bohr^3, any shape.
        gradient_squared: squared length of its gradient, bohr^-8, same shape.
        kinetic: tau, hartree/bohr^3, same shape.

    Returns:
        values in [0, 1]; 0 where the density is below :data:`DENSITY_FLOOR`.

    Reference:
        Becke and Edgecombe, J. Chem. Phys. 92, 5397 (1990), doi 10.1063/1.458517; in the
        kinetic-energy form of Savin et al., Angew. Chem. Int. Ed. 31, 187 (1992),
        doi 10.1002/anie.199201871.
    """
    safe = np.maximum(density, DENSITY_FLOOR)
    pauli = kinetic - gradient_squared / (8.0 * safe)
    ratio = pauli / (THOMAS_FERMI * safe ** (5.0 / 3.0))
    elf = 1.0 / (1.0 + ratio**2)
    return np.where(density < DENSITY_FLOOR, 0.0, elf)


def spin_localization(
    densities: Sequence[NDArray[np.float64]],
    gradients_squared: Sequence[NDArray[np.float64]],
    kinetics: Sequence[NDArray[np.float64]],
) -> NDArray[np.float64]:
    r"""ELF of one spin, or of several together.

    .. math::

        D = \sum_\sigma \Big(\tau_\sigma - \frac{|\nabla n_\sigma|^2}{8 n_\sigma}\Big),\qquad
        D_0 = \tfrac{3}{10} (6\pi^2)^{2/3} \sum_\sigma n_\sigma^{5/3}

    Of two equal spins it is :func:`electron_localization` of both, of one the ELF of Becke and
    Edgecombe.

    Args:
        densities: per spin, 1/bohr^3, any shape.
        gradients_squared: per spin, bohr^-8.
        kinetics: per spin, hartree/bohr^3.

    Returns:
        values in [0, 1]; 0 where all densities together are below :data:`DENSITY_FLOOR` (half of
        it for one spin).

    Reference:
        Kohout and Savin, Int. J. Quantum Chem. 60, 875 (1996).
    """
    floor = DENSITY_FLOOR / 2.0
    pauli, gas = np.zeros_like(densities[0]), np.zeros_like(densities[0])
    for density, gradient_squared, kinetic in zip(
        densities, gradients_squared, kinetics, strict=True
    ):
        safe = np.maximum(density, floor)
        pauli += kinetic - gradient_squared / (8.0 * safe)
        gas += 2.0 ** (2.0 / 3.0) * THOMAS_FERMI * safe ** (5.0 / 3.0)
    elf = 1.0 / (1.0 + (pauli / gas) ** 2)
    return np.where(np.sum(densities, axis=0) < floor * len(densities), 0.0, elf)
