"""Compute the hydrogen molecule of claim B2 again with another program, to check ours.

    pip install pyscf
    OMP_NUM_THREADS=1 python scripts/check_h2_molecule.py

PySCF, PBE, all electrons, Gaussian orbitals (aug-cc-pVQZ), no box. Prints level and potential in
the middle of the molecule beside the packed ones. The potential of PBE in the middle is

    v = v_nuclei + v_Hartree + d(n e)/dn - div (2 d(n e)/d(sigma) grad n),

its divergence by central differences. Not run by the tests: PySCF is no dependency of ours. The
results at the bond length are rows of ``src/isotunnel/bonding/data/h2_references.toml``.
"""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from isotunnel.bonding.h2 import molecule_points
from isotunnel.units import BOHR_ANGSTROM, HARTREE_EV

BASIS = "aug-cc-pvqz"
STEP_BOHR = 0.01
STENCIL = ((1, 8 / 12), (-1, -8 / 12), (2, -1 / 12), (-2, 1 / 12))


def molecule(distance: float) -> tuple[float, float, bool]:
    """Level, potential in the middle (eV) and whether it converged, at a distance in angstrom."""
    from pyscf import dft, gto

    mol = gto.M(
        atom=f"H 0 0 {-distance / 2}; H 0 0 {distance / 2}", basis=BASIS, unit="angstrom", verbose=0
    )
    field = dft.RKS(mol, xc="pbe")
    field.grids.level = 5
    field.kernel()
    density = field.make_rdm1()
    with mol.with_rinv_origin((0.0, 0.0, 0.0)):
        hartree = float(np.einsum("ij,ji", mol.intor("int1e_rinv"), density))
    nuclei = -4.0 / (distance / BOHR_ANGSTROM)
    exchange = _exchange_in_the_middle(field, mol, density)
    potential = (nuclei + hartree + exchange) * HARTREE_EV
    return float(field.mo_energy[0]) * HARTREE_EV, potential, bool(field.converged)


def _exchange_in_the_middle(field: Any, mol: Any, density: Any) -> float:
    numbers = field._numint

    def parts(points: Any) -> tuple[Any, Any]:
        orbitals = numbers.eval_ao(mol, points, deriv=1)
        rho = numbers.eval_rho(mol, orbitals, density, xctype="GGA")
        by_density, by_sigma = numbers.eval_xc("pbe", rho, 0)[1][:2]
        return by_density, 2.0 * by_sigma * rho[1:4]

    divergence = 0.0
    for axis in range(3):
        points = np.zeros((len(STENCIL), 3))
        points[:, axis] = [k * STEP_BOHR for k, _ in STENCIL]
        flux = parts(points)[1][axis]
        divergence += float(np.dot(flux, [w for _, w in STENCIL])) / STEP_BOHR
    return float(parts(np.zeros((1, 3)))[0][0]) - divergence


def main() -> int:
    """Print the comparison."""
    print("distance  level (eV)        potential in the middle, or pass (eV)")
    for point in molecule_points():
        level, potential, converged = molecule(point.distance_angstrom)
        remark = "" if converged else "  (PySCF did not converge)"
        print(
            f"{point.distance_angstrom:8.5f}  {level:8.3f} {point.level_ev:8.3f}  "
            f"{potential:8.3f} {point.saddle_ev:8.3f}{remark}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
