r"""Electrostatic and Kohn-Sham potential energy of an electron.

GPAW's own potentials are smooth: true outside the augmentation spheres, and something that scatters
alike inside. The reconstruction puts the true ones back:

.. math::

    v_{es} = \tilde v_{es} + \sum_a \sum_{L} \Delta v^a_L(r) Y_L,\qquad
    v_{KS} = v_{es} + \tilde v_{xc} + \sum_a \Delta v^a_{xc}(r)

:math:`\Delta v^a_L` solves Poisson's equation for the atom's true minus smooth charge (valence,
core, nucleus, less the compensation charge), up to l = 2, and vanishes outside the sphere.
:math:`\Delta v^a_{xc}` is the difference of the PBE potentials of the spherically averaged true and
smooth densities: exact where the density is spherical, as it nearly is where it is large. The local
part of the PAW "zero potential" is left out, being an artefact of the smooth representation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline

from isotunnel.engines.gpaw_pw.augmentation import augmentation_radius, density_matrix
from isotunnel.engines.gpaw_pw.fourier import resample
from isotunnel.engines.gpaw_pw.spheres import angular_functions, points_within
from isotunnel.units import BOHR_ANGSTROM, HARTREE_EV

NUCLEUS_WIDTH = 0.02 / BOHR_ANGSTROM
"""Bohr. Gaussian width of the nuclear charge, so that a grid point on a nucleus is finite."""

REACH = 1.6
"""Corrections are added up to this many augmentation radii, where they have long vanished."""


@dataclass(frozen=True, eq=False)
class Potentials:
    """Potential energy of an electron, eV, both on the energy zero of the Kohn-Sham levels.

    Attributes:
        electrostatic: of the electrons' and nuclei's charge.
        by_spin: that plus exchange and correlation, one per spin (one for both if spin-paired).
    """

    electrostatic: NDArray[np.float64]
    by_spin: tuple[NDArray[np.float64], ...]

    @property
    def effective(self) -> NDArray[np.float64]:
        """The Kohn-Sham potential, of spin up where the spins differ."""
        return self.by_spin[0]


def smooth_potentials(dft: Any, shape: tuple[int, int, int]) -> Potentials:
    """GPAW's own potentials on a grid (zero potential included in the effective one)."""
    effective = tuple(resample(v, shape) * HARTREE_EV for v in dft.potential.vt_sR.data)
    return Potentials(resample(smooth_hartree(dft), shape) * HARTREE_EV, effective)


def true_potentials(dft: Any, shape: tuple[int, int, int]) -> Potentials:
    """The potentials with the true ones put back inside the augmentation spheres."""
    electrostatic = resample(smooth_hartree(dft), shape)
    exchange = [resample(v, shape) for v in smooth_exchange(dft)]
    cell = np.array(dft.density.nt_sR.desc.cell_cv)
    charges = dft.density.calculate_compensation_charge_coefficients()
    for atom, setup in enumerate(dft.setups):
        matrix = density_matrix(dft, atom)
        radii = np.array(setup.xc_correction.rgd.r_g)
        reach = min(REACH * augmentation_radius(setup), float(radii[-1]))
        points = points_within(dft.relpos_ac[atom], reach, cell, shape)
        by_l = _electrostatic_correction(setup, matrix, np.asarray(charges[atom]))
        highest_l = round(np.sqrt(len(by_l))) - 1
        y, _ = angular_functions(highest_l, points)
        for radial, angular in zip(by_l, y, strict=True):
            added = CubicSpline(radii, radial)(points.distances) * angular
            np.add.at(electrostatic, points.index, added)
        matrices = [density_matrix(dft, atom, spin) for spin in range(len(exchange))]
        differences = exchange_correction(setup, matrices, dft.pot_calc.xc.name)
        for values, difference in zip(exchange, differences, strict=True):
            np.add.at(values, points.index, CubicSpline(radii, difference)(points.distances))
    effective = tuple((electrostatic + values) * HARTREE_EV for values in exchange)
    return Potentials(electrostatic * HARTREE_EV, effective)


def smooth_hartree(dft: Any) -> NDArray[np.float64]:
    """Smooth electrostatic potential of an electron on GPAW's fine grid, hartree."""
    potential = dft.potential.vHt_x
    grid = dft.pot_calc.fine_grid
    values: NDArray[np.float64] = potential.ifft(grid=grid).data
    return values


def smooth_exchange(dft: Any) -> NDArray[np.float64]:
    """v_xc of the smooth density on GPAW's fine grid, hartree, shape (spins, ...).

    The Hamiltonian holds it restricted to the coarse grid only, which smears it by tenths of eV.
    """
    calculator = dft.pot_calc
    spins = dft.density.nt_sR.dims[0]
    density = calculator.fine_grid.empty(spins)
    for spin in range(spins):
        calculator.interpolate(dft.density.nt_sR[spin], density[spin])
    _, potential, _ = calculator.xc.calculate(density, None)
    values: NDArray[np.float64] = potential.data
    return values


def multipole_densities(
    setup: Any, matrix: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Radial factors of Y_L, shape (L, g), of the true and smooth one-centre valence density."""
    from gpaw.utilities import pack_density

    c = setup.xc_correction
    by_l = np.einsum("p,pqL->Lq", pack_density(matrix), c.B_pqL)
    return by_l @ c.n_qg, by_l @ c.nt_qg


def _electrostatic_correction(
    setup: Any, matrix: NDArray[np.float64], charges: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Radial factors of Y_L of the true minus smooth potential, hartree, shape (L, g)."""
    from gpaw.atom.shapefunc import shape_functions

    c = setup.xc_correction
    grid = c.rgd
    true, soft = multipole_densities(setup, matrix)
    parameters = dict(setup.data.shape_function)
    parameters["lmax"] = round(np.sqrt(len(charges))) - 1
    compensation = shape_functions(grid, **parameters)
    nucleus = shape_functions(grid, "gauss", NUCLEUS_WIDTH, lmax=0)[0] * setup.Z
    potentials = []
    for index in range(min(len(charges), len(true))):
        l = int(np.sqrt(index))  # noqa: E741
        density = true[index] - soft[index] - charges[index] * compensation[l]
        if index == 0:
            density = density + np.sqrt(4.0 * np.pi) * (c.nc_g - c.nct_g)
            density = density - nucleus / np.sqrt(4.0 * np.pi)
        potential = grid.poisson(density, l)
        potential[1:] /= grid.r_g[1:]
        potential[0] = potential[1]
        potentials.append(potential)
    return np.array(potentials)


def exchange_correction(
    setup: Any, matrices: Sequence[NDArray[np.float64]], xc: str = "PBE"
) -> NDArray[np.float64]:
    """Potential of the spherical true density minus that of the smooth one, hartree.

    Args:
        setup: of the atom.
        matrices: its density matrix of each spin, or of both together.
        xc: name of the functional.

    Returns:
        shape (matrices, g).
    """
    from gpaw.xc import XC

    c = setup.xc_correction
    functional = XC(xc)
    by_spin = [multipole_densities(setup, matrix) for matrix in matrices]
    results = []
    for kind, core in enumerate((c.nc_g, c.nct_g)):
        density = np.array([m[kind][0] for m in by_spin]) / np.sqrt(4.0 * np.pi)
        density = np.maximum(density + core / len(matrices), 1e-10)
        potential = np.zeros_like(density)
        functional.calculate_spherical(c.rgd, density, potential)
        results.append(potential)
    difference: NDArray[np.float64] = results[0] - results[1]
    # Beyond the sphere both densities are the same tail; what is left is rounding.
    difference[:, c.rgd.r_g > augmentation_radius(setup)] = 0.0
    return difference
