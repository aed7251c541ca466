"""Energy of the hydrogen molecule against distance, exact in three bases and extrapolated.

For two electrons CCSD is exact in its basis. What the bases lack falls with the cardinal number X
of the family cc-pVXZ: the correlation energy as X^-3 (A. Halkier et al., Chem. Phys. Lett. 286, 243
(1998)). The atoms are taken in the same basis.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from isotunnel.bonding.coupled_cluster import coupled_cluster
from isotunnel.bonding.h4_shapes import two_far
from isotunnel.bonding.quantum_chemistry import Atom, checked_distance, molecule

BASES = {"cc-pvtz": 3, "cc-pvqz": 4, "cc-pv5z": 5}
"""Cardinal number by basis."""
NEXT, LARGEST = "cc-pvqz", "cc-pv5z"
NEAR = (0.68, 0.72, 0.74144, 0.76, 0.8)
"""Around the minimum, where the largest basis is taken as well."""
DISTANCES = (0.4, 0.5, 0.6, *NEAR, 0.9, 1.1, 1.4, 1.8, 2.3, 3.0)

Point = dict[str, Any]


def plan() -> Iterator[Point]:
    """What is shipped."""
    for basis in BASES:
        for distance in NEAR if basis == LARGEST else DISTANCES:
            yield {"basis": basis, "distance_angstrom": distance}


def h2_energy(point: Point) -> Point:
    """The point with Hartree-Fock and CCSD energies and that of two atoms, hartree.

    Raises:
        InputError: nuclei nearer than 0.3 angstrom.
        MissingExtraError: PySCF is not installed.
        EngineError: no convergence.
    """
    basis = point["basis"]
    found = coupled_cluster(
        two_far(checked_distance(point["distance_angstrom"])), basis, triples=False
    )
    return {
        **point,
        "hf_hartree": round(found.hf, 8),
        "ccsd_hartree": round(found.ccsd, 8),
        "atoms_hartree": round(2 * hydrogen_atom(basis), 8),
    }


def hydrogen_atom(basis: str) -> float:
    """One electron in a basis, hartree; exactly -1/2 in a complete one."""
    atom = molecule([Atom("H", (0.0, 0.0, 0.0))], basis, unpaired=1)
    field = import_module("pyscf.scf").UHF(atom)
    return float(field.kernel())
