r"""The energy of a crystal whose atoms keep their free clouds: repulsion without deformation.

The occupied orbitals of the free atom are put on every site and made orthogonal, which the Pauli
principle demands, and nothing else is allowed to change:

.. math::

    P_k = 2\, C\,(C^T S_k C)^{-1} C^T

with the atom's orbital coefficients C and the overlap S_k of their Bloch sums. The PBE energy of
that density matrix, less the atom's, holds what undeformed clouds do to each other: Coulomb
attraction of overlapping clouds and the stronger exchange repulsion. All-electron, with Gaussian
functions by PySCF (extra ``bonding``). As no function of a neighbour is used to improve an atom,
there is no basis-set superposition error. What the self-consistent energy lies below it is all that
deformation can do. Reference of the division: K. Kitaura and K. Morokuma, Int. J. Quantum Chem. 10,
325 (1976), doi 10.1002/qua.560100211 (electrostatic and exchange against polarisation).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import InputError, MissingExtraError
from isotunnel.units import HARTREE_EV

BASIS = "aug-cc-pvqz"
"""Diffuse functions are needed: undeformed clouds meet by their tails."""
MESH = 4
"""k-points along each vector. Helium at 5.488 cubic angstrom costs 0.790, 0.336, 0.351 and 0.350
eV with 2 to 5."""
PRECISION = 1e-11
"""Of the integrals; at PySCF's default of 1e-8 far tails are cut and energies off by 0.01 eV."""
AUXILIARY = 1.8
"""Ratio of neighbouring exponents of the even-tempered set in which the density is fitted."""
CLOSED_SHELLS = ("He", "Ne", "Ar", "Kr")


@dataclass(frozen=True)
class Frozen:
    """Energy of undeformed clouds.

    Attributes:
        energy_ev: per atom, against the free atom.
        basis: the Gaussian functions.
        mesh: k-points along each reciprocal vector.
        version: of PySCF.
    """

    energy_ev: float
    basis: str
    mesh: int
    version: str


def frozen_energy(symbol: str, volume_a3: float, basis: str = BASIS, mesh: int = MESH) -> Frozen:
    """Undeformed atoms on an fcc lattice at a volume per atom.

    Raises:
        InputError: not a rare gas up to krypton, or a volume that is not positive.
        MissingExtraError: PySCF is not installed.
    """
    if symbol not in CLOSED_SHELLS:
        raise InputError(f"undeformed clouds of {symbol!r}: only {', '.join(CLOSED_SHELLS)}")
    if not volume_a3 > 0:
        raise InputError(f"a volume of {volume_a3:g} cubic angstrom per atom")
    try:
        import pyscf
        from pyscf.df import aug_etb
        from pyscf.pbc import dft, gto
    except ImportError as error:
        raise MissingExtraError("PySCF", "bonding", "the energy of undeformed clouds") from error
    orbitals, alone = _free_orbitals(symbol, basis)
    a = (4 * volume_a3) ** (1 / 3)
    vectors = np.array([[0, 1, 1], [1, 0, 1], [1, 1, 0]]) * a / 2
    cell = gto.M(
        atom=f"{symbol} 0 0 0",
        a=vectors,
        basis={symbol: orbitals},
        precision=PRECISION,
        verbose=0,
    )
    fitted = aug_etb(cell, beta=AUXILIARY)
    field = dft.KRKS(cell, cell.make_kpts([mesh] * 3)).density_fit(auxbasis=fitted)
    field.xc = "pbe"
    field.grids = dft.gen_grid.BeckeGrids(cell)
    field.grids.level = 5
    # In this basis the occupied orbitals are all there is: C is the unit matrix.
    matrices = np.array([2 * np.linalg.inv(overlap) for overlap in field.get_ovlp()])
    total = float(np.real(field.energy_tot(dm=matrices)))
    return Frozen((total - alone) * HARTREE_EV, basis, mesh, pyscf.__version__)


def _free_orbitals(symbol: str, basis: str) -> tuple[list[Any], float]:
    """The free atom's occupied orbitals as contracted Gaussians, and its energy in hartree."""
    from pyscf import dft, gto

    atom = gto.M(atom=f"{symbol} 0 0 0", basis=basis, verbose=0)
    field = dft.RKS(atom)
    field.xc = "pbe"
    field.grids.level = 7
    energy = float(field.kernel())
    occupied = field.mo_coeff[:, field.mo_occ > 0]
    made: list[Any] = []
    for l in range(3):  # noqa: E741
        exponents, columns = _radial(atom, occupied, l)
        if columns:
            made.append([l, *(list(row) for row in np.column_stack([exponents, *columns]))])
    return made, energy


def _radial(
    atom: Any,
    occupied: NDArray[np.float64],
    l: int,  # noqa: E741
) -> tuple[NDArray[np.float64], list[NDArray[np.float64]]]:
    """Exponents of angular momentum l, and coefficients of each occupied shell of it."""
    shells, start = [], 0
    for shell in range(atom.nbas):
        here = atom.bas_angular(shell)
        for column in range(atom.bas_nctr(shell)):
            if here == l:
                coefficients = atom.bas_ctr_coeff(shell)[:, column]
                shells.append((start, atom.bas_exp(shell), coefficients))
            start += 2 * here + 1
    exponents = np.array(sorted({float(e) for _, es, _ in shells for e in es}, reverse=True))
    found: list[NDArray[np.float64]] = []
    for orbital in occupied.T:
        by_m = np.zeros((2 * l + 1, len(exponents)))
        for place, es, coefficients in shells:
            where = np.searchsorted(-exponents, -es)
            for m in range(2 * l + 1):
                by_m[m, where] += orbital[place + m] * coefficients
        strongest = by_m[np.argmax((by_m**2).sum(axis=1))]
        size = np.linalg.norm(by_m)
        if size < 1e-6:
            continue
        # The radial part is the same along every m; its length is that of all of them together.
        radial = strongest * size / np.linalg.norm(strongest)
        known = [abs(abs(radial @ f) / (np.linalg.norm(f) * size) - 1) for f in found]
        if not known or min(known) > 1e-4:
            found.append(radial)
    return exponents, found
