"""Sum the free atoms of a crystal on its grid."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from ase import Atoms
from numba import get_num_threads
from numpy.typing import NDArray
from scipy.fft import irfftn

from isotunnel.engines.procrystal import radial
from isotunnel.engines.procrystal.radial import Quantity, split_atom
from isotunnel.engines.procrystal.tables import DEFAULT_FUNCTIONAL, Functional
from isotunnel.engines.procrystal.treatment import DEFAULT_XC, XcTreatment, check_xc

VACUUM_UNCERTAINTY_EV = 0.05
"""Largest error of v_xc[n] where the density, below 1e-6/angstrom^3, is lost in that of the sum:
beside a dense slab of mercury 0.03 eV remain in the empty vacuum, of neon 0.01 eV."""
DENSITY_FLOOR = 1e-12
"""1/angstrom^3: in wide vacuum the sum loses the density in rounding; it is not let below this."""


def superpose(
    atoms: Atoms,
    shape: tuple[int, int, int],
    functional: Functional = DEFAULT_FUNCTIONAL,
    xc: XcTreatment = DEFAULT_XC,
) -> Mapping[Quantity, NDArray[np.float64]]:
    """Superposed Kohn-Sham and electrostatic potential (eV) and density (1/angstrom^3).

    For v_es and n, and with xc = "superposed" for the Kohn-Sham potential too, ``result[q][i, j,
    k]`` = sum over all atoms of the infinite crystal of f_q(|r - R|) at r = (i/n1) a1 + (j/n2) a2 +
    (k/n3) a3, with the radial functions of ``radial.radial_value`` and the energy zero of the free
    atom (vacuum = 0). With xc = "summed_density" the Kohn-Sham potential is v_es + v_xc[n] of these
    sums. Periodic along all three vectors, whatever ``atoms.pbc`` says. The values at a grid point
    do not depend on the other points; the accuracy of the sums is given in ``radial``, better than
    1 meV at worst. In wide vacuum, where n is lost in rounding, v_xc[n] is off
    by up to ``VACUUM_UNCERTAINTY_EV``.

    Raises:
        CrystalError: an element that is not in the table.
        EngineError: see ``treatment.check_xc``.
    """
    from isotunnel.engines.procrystal import kernels

    check_xc(functional, xc)
    count = 3 if xc == "superposed" else 2
    cell = np.array(atoms.cell, dtype=float)
    numbers = np.asarray(atoms.numbers)
    order = np.argsort(numbers, kind="stable")
    unique, species = np.unique(numbers[order], return_inverse=True)
    split = [split_atom(int(z), functional) for z in unique]
    fractional = np.linalg.solve(cell.T, np.asarray(atoms.positions, dtype=float)[order].T).T % 1.0

    volume = abs(float(np.linalg.det(cell)))
    reciprocal = 2 * np.pi * np.linalg.inv(cell).T
    coefficients = kernels.far_coefficients(
        shape,
        reciprocal @ reciprocal.T,
        np.ascontiguousarray(fractional),
        np.searchsorted(species, np.arange(len(unique) + 1)),
        np.array([s.far[:count] for s in split]) / volume,
        radial.G_MAX,
        radial.FAR_G_STEP,
    )
    fields = irfftn(
        coefficients,
        s=shape,
        axes=(1, 2, 3),
        norm="forward",
        overwrite_x=True,
        workers=min(2, get_num_threads()),
    )
    edges = cell / np.array(shape)[:, None]
    kernels.add_near(
        fields,
        edges @ edges.T,
        np.ascontiguousarray(fractional * np.array(shape)),
        species,
        np.array([s.core[:, : 4 * count] for s in split]),
        np.array([s.outer[:, : 4 * count] for s in split]),
        radial.NEAR_RADIUS,
        (
            radial.NUCLEUS_CAP,
            radial.CORE_RADIUS,
            radial.CORE_SCALE,
            radial.CORE_STEP,
            1.0 / radial.OUTER_STEP,
        ),
    )
    es, density = fields[0], fields[1]
    np.maximum(density, DENSITY_FLOOR, out=density)
    if xc == "superposed":
        potential = fields[2]
    else:
        from isotunnel.engines.procrystal.xc import add_vxc

        potential = np.empty_like(es)
        add_vxc(es, density, potential)
    return {"electrostatic": es, "density": density, "potential": potential}
