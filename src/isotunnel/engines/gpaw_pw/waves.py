"""Smooth valence density and kinetic energy density, straight from the plane-wave coefficients.

GPAW keeps its density on the grid of the SCF, where products of two wave functions alias, and takes
the gradient for its own ELF by finite differences on it. Here both densities are summed on a grid
of twice as many points per axis, which holds every component of |psi|^2, so that they are exact for
the given wave functions and may be interpolated and differentiated by Fourier transform.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.engines.gpaw_pw.fourier import gradient, resample

EMPTY = 1e-10
"""Occupations below this are left out."""


@dataclass(frozen=True, eq=False)
class SmoothDensities:
    """Smooth valence densities in hartree atomic units on one grid.

    Attributes:
        density: sum_i f_i |psi_i|^2, 1/bohr^3, shape (n1, n2, n3).
        gradient: its Cartesian gradient, 1/bohr^4, shape (3, n1, n2, n3).
        kinetic: tau = 1/2 sum_i f_i |grad psi_i|^2, hartree/bohr^3, shape (n1, n2, n3).
        cell: rows are the lattice vectors, bohr.
    """

    density: NDArray[np.float64]
    gradient: NDArray[np.float64]
    kinetic: NDArray[np.float64]
    cell: NDArray[np.float64]


def smooth_densities(
    dft: Any, shape: tuple[int, int, int], spin: int | None = None
) -> SmoothDensities:
    """Density, gradient and kinetic energy density of the smooth wave functions on a grid.

    Sums over the irreducible k-points and then symmetrises. ``shape`` is the grid wanted; ``spin``
    takes the wave functions of one spin of a spin-polarised calculation, 0 or 1.
    """
    # GPAW's grid spans at least the wave functions' own frequencies -m..m; twice its points hold
    # the product's -2m..2m, and keep the grid compatible with the crystal's symmetry.
    coarse = dft.density.nt_sR.desc
    grid = coarse.new(size=2 * np.asarray(coarse.size_c))
    density, kinetic = grid.zeros(), grid.zeros()
    for waves in dft.ibzwfs:
        if spin is not None and waves.spin != spin:
            continue
        occupations = waves.weight * waves.spin_degeneracy * waves.myocc_n
        _add_waves(waves.psit_nX, occupations, grid, density.data, kinetic.data)
    symmetries = dft.ibzwfs.ibz.symmetries
    for array in (density, kinetic):
        array.symmetrize(symmetries.rotation_scc, symmetries.translation_sc)
    cell = np.array(coarse.cell_cv)
    fine = resample(density.data, shape)
    return SmoothDensities(fine, gradient(fine, cell), resample(kinetic.data, shape), cell)


def _add_waves(
    waves: Any,
    occupations: NDArray[np.float64],
    grid: Any,
    density: NDArray[np.float64],
    kinetic: NDArray[np.float64],
) -> None:
    basis = waves.desc
    values = grid.new(kpt=basis.kpt_c, dtype=basis.dtype).empty()
    # Held for all bands: GPAW forgets a plan that nobody holds, and plans anew for every wave.
    plan = values.desc.fft_plans()
    derivative = basis.empty()
    wave_vectors = basis.reciprocal_vectors()
    for occupation, wave in zip(occupations, waves, strict=True):
        if occupation < EMPTY:
            continue
        # Without the phase exp(ik.r), which no square knows.
        wave.ifft(out=values, plan=plan, periodic=True)
        density += occupation * _squared(values.data)
        for v in range(3):
            derivative.data[:] = 1j * wave_vectors[:, v] * wave.data
            derivative.ifft(out=values, plan=plan, periodic=True)
            kinetic += 0.5 * occupation * _squared(values.data)


def _squared(values: NDArray[Any]) -> NDArray[np.float64]:
    """Square of the modulus, without the root that numpy's modulus takes."""
    squared: NDArray[np.float64] = values.real**2 + values.imag**2
    return squared
