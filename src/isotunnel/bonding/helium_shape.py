"""How two helium atoms deform each other: moments of each atom, and the difference of densities.

An atom in a molecule is a matter of definition. Two are taken: all that lies on its side of the
plane in the middle (by symmetry also the atom of R. F. W. Bader), and the share of every point that
the free atoms' densities give it (F. L. Hirshfeld, Theor. Chim. Acta 44, 129 (1977)). From both the
same moment of undeformed atoms at the same places is taken away, which is not zero for the first.
Moments are about the nucleus, with z towards the other atom, of the electrons' charge:

    mu = -int w (n - n0) z d3r,   Q = -int w (n - n0) (3 z^2 - r^2) / 2 d3r.

A positive Q is a cloud contracted along the axis. The density is that of CCSD. Integrals in
cylinder coordinates, exact to some 1e-6 e.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.bonding.coupled_cluster import converged
from isotunnel.bonding.helium_pair import pair_atoms
from isotunnel.bonding.quantum_chemistry import Atom, checked_distance
from isotunnel.units import BOHR_ANGSTROM

Array = NDArray[np.float64]
Point = dict[str, Any]

BASIS = "aug-cc-pvtz"
DISTANCES = (1.0, 1.3, 1.6, 2.0, 2.5, 2.968)
PICTURE_ANGSTROM = 1.6
PICTURE_STEP = 0.08
PICTURE_SIZE = (36, 30)
"""Points along the axis and across it, from the middle of the bond."""
NODES = 40
"""Gauss-Legendre nodes per segment."""


@dataclass(frozen=True)
class _Density:
    """Electron density of a molecule along z.

    ``at`` takes points of shape (n, 3) in bohr and gives electrons per cubic bohr.
    """

    mol: Any
    matrix: Array

    def at(self, points: Array) -> Array:
        numint = import_module("pyscf.dft.numint")
        orbitals = numint.eval_ao(self.mol, points)
        return np.asarray(np.einsum("pi,ij,pj->p", orbitals, self.matrix, orbitals))


def plan() -> Iterator[Point]:
    """What is shipped."""
    for distance in DISTANCES:
        yield {"kind": "shape", "basis": BASIS, "distance_angstrom": distance}
    yield {"kind": "picture", "basis": BASIS, "distance_angstrom": PICTURE_ANGSTROM}


def helium_shape(point: Point) -> Point:
    """The point with dipole (e angstrom) and quadrupole (e angstrom^2) of one atom.

    Raises:
        InputError: atoms nearer than 0.3 angstrom.
        MissingExtraError: PySCF is not installed.
        EngineError: no convergence.
    """
    half = checked_distance(point["distance_angstrom"]) / BOHR_ANGSTROM / 2
    pair, free = _densities(point)
    s, z, weight = _cylinder(half)
    points = np.stack((s, np.zeros_like(s), z), axis=-1)
    n, (own, other) = pair.at(points), (f.at(points) for f in free)
    shares = {"plane": (z < 0).astype(float), "hirshfeld": own / (own + other)}
    found: Point = {"electrons": round(float(np.sum(weight * n)), 6)}
    for name, share in shares.items():
        for kind, density in (("", n - own - other), ("_undeformed", own + other)):
            dipole, quadrupole = _moments(weight * share * density, s, z + half)
            found[f"dipole_{name}{kind}_ea"] = round(dipole * BOHR_ANGSTROM, 7)
            found[f"quadrupole_{name}{kind}_ea2"] = round(quadrupole * BOHR_ANGSTROM**2, 7)
    return {**point, **found}


def helium_picture(point: Point) -> Point:
    """The point with the density less that of undeformed atoms in a quarter of a plane.

    Electrons per cubic angstrom; rows go along the axis from the middle of the bond, columns away
    from the axis.
    """
    pair, free = _densities(point)
    along, across = (np.arange(n) * PICTURE_STEP / BOHR_ANGSTROM for n in PICTURE_SIZE)
    z, s = np.meshgrid(along, across, indexing="ij")
    points = np.stack((s.ravel(), np.zeros(s.size), z.ravel()), axis=-1)
    change = (pair.at(points) - free[0].at(points) - free[1].at(points)) / BOHR_ANGSTROM**3
    rows = [[round(float(v), 5) for v in row] for row in change.reshape(z.shape)]
    return {**point, "step_angstrom": PICTURE_STEP, "change_per_a3": rows}


def _densities(point: Point) -> tuple[_Density, tuple[_Density, _Density]]:
    """Of the pair, and of each atom by itself at its place."""
    distance, basis = point["distance_angstrom"], point["basis"]
    pair = _density(pair_atoms(distance, (True, True), middle=False), basis)
    first, second = (
        _density((Atom("He", (0.0, 0.0, z)),), basis) for z in (-distance / 2, distance / 2)
    )
    return pair, (first, second)


def _density(atoms: tuple[Atom, ...], basis: str) -> _Density:
    field, cluster = converged(atoms, basis)
    orbitals = field.mo_coeff
    matrix = orbitals @ cluster.make_rdm1() @ orbitals.T
    return _Density(field.mol, np.asarray(matrix))


def _cylinder(half: float) -> tuple[Array, Array, Array]:
    """Distance from the axis, place along it and weight of the nodes; the plane is a seam."""
    ends = [0.0, half / 2, half, half + 0.5, half + 2, half + 5, half + 12]
    along = sorted({*ends, *(-e for e in ends)})
    z, wz = _segments(along)
    s, ws = _segments([0.0, 0.3, 1.0, 2.5, 5.0, 12.0])
    across, up = np.meshgrid(s, z, indexing="ij")
    weight = 2 * np.pi * np.outer(ws * s, wz)
    return across.ravel(), up.ravel(), weight.ravel()


def _segments(ends: list[float]) -> tuple[Array, Array]:
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    lengths = np.diff(ends)
    x = np.concatenate([a + (nodes + 1) / 2 * d for a, d in zip(ends, lengths, strict=False)])
    return x, np.concatenate([weights / 2 * d for d in lengths])


def _moments(amount: Array, s: Array, z: Array) -> tuple[float, float]:
    """Dipole and quadrupole of electrons about a nucleus, atomic units."""
    return -float(np.sum(amount * z)), -float(np.sum(amount * (z * z - s * s / 2)))
