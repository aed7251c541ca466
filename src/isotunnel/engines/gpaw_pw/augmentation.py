r"""Density and kinetic energy density inside the augmentation spheres (PAW reconstruction).

For each atom, with partial waves :math:`\phi_i` (true) and :math:`\tilde\phi_i` (smooth) and the
atom's density matrix :math:`D_{ij} = \sum_n f_n \langle\tilde\psi_n|\tilde p_i\rangle
\langle\tilde p_j|\tilde\psi_n\rangle`,

.. math::

    n = \tilde n + \sum_{ij} D_{ij} (\phi_i\phi_j - \tilde\phi_i\tilde\phi_j)\;[+\,n_c],\qquad
    \tau = \tilde\tau + \tfrac12 \sum_{ij} D_{ij} (\nabla\phi_i\cdot\nabla\phi_j
    - \nabla\tilde\phi_i\cdot\nabla\tilde\phi_j)\;[+\,\tau_c]

with the frozen core in brackets. Exact as far as the partial waves are complete. Reference:
Bloechl, Phys. Rev. B 50, 17953 (1994), doi 10.1103/PhysRevB.50.17953, section II.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline

from isotunnel.engines.gpaw_pw.spheres import (
    SpherePoints,
    angular_functions,
    points_within,
)
from isotunnel.engines.gpaw_pw.waves import SmoothDensities

CORE_NEGLIGIBLE = 1e-8
"""Core density, 1/bohr^3, below which the core ends."""


@dataclass(frozen=True, eq=False)
class _Waves:
    """Radial partial waves of one kind (true or smooth) on points, times their angular parts."""

    values: NDArray[np.float64]  # (i, m)
    gradients: NDArray[np.float64]  # (i, m, 3)


def augmentation_radius(setup: Any) -> float:
    """Radius, bohr, outside which true and smooth functions of an atom agree."""
    return float(max(setup.rcut_j))


def reconstruct(
    dft: Any, smooth: SmoothDensities, *, core: bool, spin: int | None = None
) -> SmoothDensities:
    """Add the one-centre terms of every atom to the smooth densities.

    Args:
        dft: GPAW's calculation.
        smooth: from :func:`~isotunnel.engines.gpaw_pw.waves.smooth_densities`.
        core: add the frozen core as well, half of it to one spin.
        spin: the spin that ``smooth`` is of; None for both together.
    """
    density = smooth.density.copy()
    gradient = smooth.gradient.copy()
    kinetic = smooth.kinetic.copy()
    for atom, setup in enumerate(dft.setups):
        position = dft.relpos_ac[atom]
        shape = (density.shape[0], density.shape[1], density.shape[2])
        points = points_within(position, augmentation_radius(setup), smooth.cell, shape)
        matrix = density_matrix(dft, atom, spin)
        true, soft = _partial_waves(setup, points)
        for waves, sign in ((true, 1.0), (soft, -1.0)):
            _add_products(waves, sign * matrix, points, density, gradient, kinetic)
        if core and setup.Nc > 0:
            reach = _core_radius(setup)
            outer = points_within(position, reach, smooth.cell, shape)
            share = 1.0 if spin is None else 0.5
            _add_core(setup, share, outer, density, gradient, kinetic)
    return SmoothDensities(density, gradient, kinetic, smooth.cell)


def density_matrix(dft: Any, atom: int, spin: int | None = None) -> NDArray[np.float64]:
    """The matrix D of an atom, of one spin or of all together, shape (i, i)."""
    matrices = dft.density.D_asii[atom].real
    chosen: NDArray[np.float64] = matrices.sum(axis=0) if spin is None else matrices[spin]
    return chosen


def _partial_waves(setup: Any, points: SpherePoints) -> tuple[_Waves, _Waves]:
    y, slope = angular_functions(max(setup.l_j), points)
    r = points.distances
    radii = setup.data.rgd.r_g
    kinds = []
    for functions in (setup.data.phi_jg, setup.data.phit_jg):
        values, gradients = [], []
        for l, function in zip(setup.l_j, functions, strict=True):  # noqa: E741
            spline = CubicSpline(radii, function)
            f, df = spline(r), spline(r, 1)
            for index in range(l**2, (l + 1) ** 2):
                values.append(f * y[index])
                gradients.append(
                    (df * y[index])[:, None] * points.directions + (f / r)[:, None] * slope[index]
                )
        kinds.append(_Waves(np.array(values), np.array(gradients)))
    return kinds[0], kinds[1]


def _add_products(
    waves: _Waves,
    matrix: NDArray[np.float64],
    points: SpherePoints,
    density: NDArray[np.float64],
    gradient: NDArray[np.float64],
    kinetic: NDArray[np.float64],
) -> None:
    # Contracting D with one factor first keeps the cost at i^2 m, not i^2 m per product.
    weighted = matrix @ waves.values
    np.add.at(density, points.index, (weighted * waves.values).sum(axis=0))
    for v in range(3):
        slope = waves.gradients[..., v]
        np.add.at(gradient[v], points.index, 2.0 * (weighted * slope).sum(axis=0))
        np.add.at(kinetic, points.index, 0.5 * ((matrix @ slope) * slope).sum(axis=0))


def _add_core(
    setup: Any,
    share: float,
    points: SpherePoints,
    density: NDArray[np.float64],
    gradient: NDArray[np.float64],
    kinetic: NDArray[np.float64],
) -> None:
    # GPAW stores a spherical function as the factor in front of Y_00 = 1 / sqrt(4 pi).
    radii = setup.data.rgd.r_g
    spline = CubicSpline(radii, setup.data.nc_g / np.sqrt(4.0 * np.pi))
    r = points.distances
    np.add.at(density, points.index, share * spline(r))
    slope = share * spline(r, 1)
    for v in range(3):
        np.add.at(gradient[v], points.index, slope * points.directions[:, v])
    core_kinetic = CubicSpline(radii, setup.data.tauc_g / np.sqrt(4.0 * np.pi))
    np.add.at(kinetic, points.index, share * core_kinetic(r))


def _core_radius(setup: Any) -> float:
    """Radius at which the core density has become negligible, bohr."""
    radii = setup.data.rgd.r_g
    present = np.nonzero(setup.data.nc_g / np.sqrt(4.0 * np.pi) > CORE_NEGLIGIBLE)[0]
    return float(radii[min(present[-1] + 1, len(radii) - 1)])
