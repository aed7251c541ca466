r"""The spherical average of the all-electron Kohn-Sham potential around an atom.

.. math::

    v(r) = \sum_G (\tilde v_{es} + \tilde v_{xc})_G\, j_0(G r)\, e^{i G \tau}
    + \Delta v_{00}(r) Y_{00} + \Delta v_{xc}(r) - Z/r

with the corrections of :mod:`isotunnel.engines.gpaw_pw.potentials` for l = 0 and a point nucleus.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline

from isotunnel.engines.gpaw_pw.potentials import (
    exchange_correction,
    multipole_densities,
    smooth_exchange,
    smooth_hartree,
)

Floats = NDArray[np.float64]

RADIAL_POINTS = 240
SMALLEST_RADIUS = 1e-5
"""Bohr; closer in the potential is that of the bare nucleus to one part in 1e4."""

SMOOTH_POINTS = 60
"""Radii at which the smooth potential, which has no structure finer than its grid, is summed."""

CHUNK = 20_000


def radial_grid(outermost: float) -> Floats:
    """Radii from the nucleus out, evenly spaced in the logarithm, shape (RADIAL_POINTS,), bohr."""
    return np.geomspace(SMALLEST_RADIUS, outermost, RADIAL_POINTS)


class SmoothPotential:
    """Fourier components of GPAW's smooth potential, the zero potential left out."""

    def __init__(self, dft: Any) -> None:
        values = smooth_hartree(dft) + smooth_exchange(dft)[0]
        cell = np.array(dft.density.nt_sR.desc.cell_cv)
        components = np.fft.fftn(values) / values.size
        indices = np.stack(
            np.meshgrid(*(np.fft.fftfreq(n, 1.0 / n) for n in values.shape), indexing="ij"), -1
        ).reshape(-1, 3)
        self.fractional = indices
        self.vectors = indices @ (2.0 * np.pi * np.linalg.inv(cell).T)
        self.components = components.ravel()
        self.lengths = np.linalg.norm(self.vectors, axis=1)

    def spherical(self, position: Floats, radii: Floats) -> Floats:
        """Average over spheres around a fractional position, hartree, shape of ``radii``."""
        phase = np.exp(2j * np.pi * (self.fractional @ np.asarray(position)))
        weights = (self.components * phase).real
        # Components of one length have one Bessel function.
        lengths, which = np.unique(np.round(self.lengths, 8), return_inverse=True)
        summed = np.bincount(which.ravel(), weights=weights)
        total = np.zeros(len(radii))
        for first in range(0, len(lengths), CHUNK):
            part = slice(first, first + CHUNK)
            total += np.sinc(np.outer(radii, lengths[part]) / np.pi) @ summed[part]
        return total


def screening(smooth: SmoothPotential, dft: Any, atom: int, radii: Floats) -> Floats:
    """v(r) r + Z of one atom, hartree bohr, at ``radii``."""
    setup = dft.setups[atom]
    coarse = np.linspace(0.0, float(radii[-1]), SMOOTH_POINTS)
    average = CubicSpline(coarse, smooth.spherical(dft.relpos_ac[atom], coarse))(radii)
    correction = _one_centre(dft, atom)
    grid = np.array(setup.xc_correction.rgd.r_g)
    inner = radii < grid[-1]
    added = np.zeros(len(radii))
    added[inner] = CubicSpline(grid, correction)(radii[inner])
    # Beyond the grid of the one-centre terms they have long vanished: what is left is the nucleus
    # and the charge that screens it.
    added[~inner] = float(setup.Z)
    result: Floats = average * radii + added
    return result


def _one_centre(dft: Any, atom: int) -> Floats:
    """r times the l = 0 correction, plus Z, on the radial grid of the setup."""
    from gpaw.atom.shapefunc import shape_functions

    setup = dft.setups[atom]
    c = setup.xc_correction
    grid = c.rgd
    matrix = dft.density.D_asii[atom].real.sum(axis=0)
    charges = np.asarray(dft.density.calculate_compensation_charge_coefficients()[atom])
    true, soft = multipole_densities(setup, matrix)
    parameters = dict(setup.data.shape_function)
    parameters["lmax"] = 0
    compensation = shape_functions(grid, **parameters)[0]
    density = true[0] - soft[0] - charges[0] * compensation
    density = density + np.sqrt(4.0 * np.pi) * (c.nc_g - c.nct_g)
    times_r = grid.poisson(density, 0) / np.sqrt(4.0 * np.pi)
    return np.asarray(times_r + exchange_correction(setup, [matrix])[0] * grid.r_g)
