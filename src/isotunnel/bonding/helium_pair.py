"""Two helium atoms: what attracts and what repels them.

The interaction energy is that of the pair less both atoms', each in the functions of the pair
(counterpoise; S. F. Boys and F. Bernardi, Mol. Phys. 19, 553 (1970)), by CCSD(T) with functions at
the middle of the bond as well. It is split, in kelvin, into

- electrostatic: of the undeformed atoms' charges,
- exchange: the rest of Hartree-Fock, repulsion by Pauli's principle with a little induction,
- dispersion: second order, uncoupled, of the undeformed atoms:
  -4 sum_rs (ar|bs)^2 / (e_r + e_s - e_a - e_b),
- rest: what correlation adds to that (correlation within the atoms, exchange with dispersion).

The second-order sum knows no damping and no exchange, so that the rest is positive where atoms
overlap; and, uncoupled, it has some three quarters of the true dispersion far away, so that the
rest is negative there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.bonding.coupled_cluster import coupled_cluster, hartree_fock
from isotunnel.bonding.quantum_chemistry import Atom, checked_distance, molecule
from isotunnel.units import BOLTZMANN_EV_K, HARTREE_EV

KELVIN = HARTREE_EV / BOLTZMANN_EV_K
"""One hartree in kelvin."""
BASIS = "aug-cc-pvtz"
MINIMUM_ANGSTROM = 2.968
LARGE_BASIS = "aug-cc-pvqz"
"""It says what the first basis costs."""
LARGE_DISTANCES = (2.0, MINIMUM_ANGSTROM, 4.0)
DISTANCES = (1.0, 1.3, 1.6, 2.0, 2.3, 2.6, 2.8, MINIMUM_ANGSTROM, 3.3, 4.0, 5.0)
MIDDLE = {0: (0.9, 0.3, 0.1), 1: (0.9, 0.3, 0.1), 2: (0.6, 0.2), 3: (0.6, 0.2)}
"""Exponents of the functions at the middle, 1/bohr^2, by angular momentum."""
MIDDLE_SYMBOL = "H"
"""Any element without a nucleus: its name carries the functions at the middle."""

Point = dict[str, Any]


def plan() -> Iterator[Point]:
    """What is shipped."""
    for basis, distances in ((BASIS, DISTANCES), (LARGE_BASIS, LARGE_DISTANCES)):
        for distance in distances:
            yield {"kind": "energy", "basis": basis, "distance_angstrom": distance}


def helium_pair(point: Point) -> Point:
    """The point with interaction energies in kelvin.

    Raises:
        InputError: atoms nearer than 0.3 angstrom.
        MissingExtraError: PySCF is not installed.
        EngineError: no convergence.
    """
    distance, basis = checked_distance(point["distance_angstrom"]), point["basis"]
    functions = pair_basis(basis)
    pair = coupled_cluster(pair_atoms(distance, (True, True)), functions)
    one = coupled_cluster(pair_atoms(distance, (True, False)), functions)
    bound = pair.less(one, 2.0)
    electrostatic, dispersion = _first_and_second_order(distance, functions)
    parts = {
        "hartree_fock_k": bound.hf,
        "ccsd_k": bound.ccsd,
        "total_k": bound.ccsd_t,
        "electrostatic_k": electrostatic,
        "exchange_k": bound.hf - electrostatic,
        "dispersion_k": dispersion,
        "rest_k": bound.ccsd_t - bound.hf - dispersion,
    }
    return {**point, **{name: round(KELVIN * value, 5) for name, value in parts.items()}}


def pair_basis(basis: str, middle: bool = True) -> dict[str, Any]:
    """A basis for atoms and ghosts, with functions at the middle."""
    ghosts: dict[str, Any] = {"He": basis, "GHOST-He": basis}
    if middle:
        ghosts[f"GHOST-{MIDDLE_SYMBOL}"] = [
            [angular, [e, 1.0]] for angular, es in MIDDLE.items() for e in es
        ]
    return ghosts


def pair_atoms(
    distance: float, present: tuple[bool, bool], middle: bool = True
) -> tuple[Atom, ...]:
    """Both places along z, each with its atom or with functions only."""
    both = tuple(
        Atom("He", (0.0, 0.0, z), ghost=not there)
        for z, there in zip((-distance / 2, distance / 2), present, strict=True)
    )
    return (*both, Atom(MIDDLE_SYMBOL, (0.0, 0.0, 0.0), ghost=True)) if middle else both


def _first_and_second_order(distance: float, functions: dict[str, Any]) -> tuple[float, float]:
    """Electrostatic and dispersion energy of the undeformed atoms, hartree."""
    mol = molecule(pair_atoms(distance, (True, True)), functions)
    atoms = [
        hartree_fock(molecule(pair_atoms(distance, present), functions))
        for present in ((True, False), (False, True))
    ]
    return _electrostatic(mol, atoms), _dispersion(mol, atoms)


def _electrostatic(mol: Any, atoms: Sequence[Any]) -> float:
    (d_a, d_b), coordinates = (a.make_rdm1() for a in atoms), mol.atom_coords()
    energy = 4.0 / float(np.linalg.norm(coordinates[0] - coordinates[1]))
    for density, place in ((d_a, coordinates[1]), (d_b, coordinates[0])):
        with mol.with_rinv_origin(place):
            energy -= 2.0 * float(np.einsum("ij,ji", mol.intor("int1e_rinv"), density))
    coulomb: NDArray[np.float64] = import_module("pyscf.scf").hf.get_jk(mol, d_b)[0]
    return energy + float(np.einsum("ij,ji", coulomb, d_a))


def _dispersion(mol: Any, atoms: Sequence[Any]) -> float:
    (c_a, e_a), (c_b, e_b) = ((a.mo_coeff, a.mo_energy) for a in atoms)
    ao2mo = import_module("pyscf.ao2mo")
    pairs = (c_a[:, :1], c_a[:, 1:], c_b[:, :1], c_b[:, 1:])
    coupling = ao2mo.general(mol, pairs, compact=False).reshape(len(e_a) - 1, len(e_b) - 1)
    lifted = (e_a[1:] - e_a[0])[:, None] + (e_b[1:] - e_b[0])[None]
    return float(-4.0 * np.sum(coupling**2 / lifted))
