"""Level of the electrons of H4 and the passes of the potential between its atoms.

Kohn-Sham in the local-density approximation, spin-restricted, all electrons, no box. Where the
highest level is degenerate and not full, as in the tetrahedron, its electrons are spread evenly
over it, so that the potential has the molecule's symmetry. The zero of energy is far away. A pass
is the lowest level at which the region below it joins two wells: within a molecule, or all four
atoms. The level lies several electronvolt above minus the ionisation energy, as it does in H2.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.bonding.h4_shapes import crossed
from isotunnel.bonding.quantum_chemistry import checked_distance, molecule
from isotunnel.errors import EngineError
from isotunnel.units import BOHR_ANGSTROM, HARTREE_EV

Array = NDArray[np.float64]
Point = dict[str, Any]

BASIS = "6-311g**"
BETWEEN = (0.65, 0.75, 0.85, 0.95, 1.1, 1.3, 1.6, 2.0, 3.0)
BOND_ANGSTROM = 0.75
STEP_ANGSTROM = 0.06
MARGIN_ANGSTROM = 0.6
TOLERANCE_EV = 1e-3
CHUNK = 4000


def plan() -> Iterator[Point]:
    """What is shipped: crossed molecules coming nearer, and tetrahedra as wide."""
    for between in BETWEEN:
        for bond in (BOND_ANGSTROM, round(math.sqrt(2) * between, 5)):
            lengths = {"bond_angstrom": bond, "between_angstrom": between}
            yield {"kind": "potential", "basis": BASIS, **lengths}


def h4_potential(point: Point) -> Point:
    """The point with level and passes in eV.

    Raises:
        InputError: nuclei nearer than 0.3 angstrom.
        MissingExtraError: PySCF is not installed.
        EngineError: no convergence.
    """
    bond, between = checked_distance(point["bond_angstrom"]), point["between_angstrom"]
    mol = molecule(crossed(bond, between), point["basis"])
    field = import_module("pyscf.dft").RKS(mol)
    field.xc = "lda,vwn"
    field = import_module("pyscf.scf").addons.frac_occ(field)
    field.conv_tol, field.max_cycle = 1e-9, 200
    field.kernel()
    if not field.converged:
        raise EngineError("the local-density calculation did not converge")
    level = float(field.mo_energy[field.mo_occ > 1e-6].max()) * HARTREE_EV
    axes = [_axis(bond / 2), _axis(bond / 2), _axis(between / 2, whole=True)]
    quarter = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 3)
    values = _potential(mol, field, quarter / BOHR_ANGSTROM).reshape([len(a) for a in axes])
    whole = _mirrored(_mirrored(values, 0), 1) * HARTREE_EV
    nx, ny = len(axes[0]) - 1, len(axes[1]) - 1
    x, y = _index(axes[0], bond / 2), _index(axes[1], bond / 2)
    low, high = (_index(axes[2], z) for z in (-between / 2, between / 2))
    atoms = [(nx + x, ny, high), (nx - x, ny, high), (nx, ny + y, low), (nx, ny - y, low)]
    return {
        **point,
        "level_ev": round(level, 3),
        "pass_within_ev": round(_joined(whole, atoms[:2]), 3),
        "pass_all_ev": round(_joined(whole, atoms), 3),
    }


def _axis(place: float, whole: bool = False) -> Array:
    """Nodes that hold the middle and the atom, about as far apart as asked."""
    steps = max(1, round(place / STEP_ANGSTROM))
    step = place / steps
    count = steps + math.ceil(MARGIN_ANGSTROM / step)
    nodes = step * np.arange(count + 1)
    return np.asarray(np.concatenate((-nodes[:0:-1], nodes)) if whole else nodes, dtype=float)


def _index(axis: Array, place: float) -> int:
    return int(np.argmin(np.abs(axis - place)))


def _mirrored(values: Array, axis: int) -> Array:
    """A half from zero on, and its mirror image."""
    back = np.flip(np.delete(values, 0, axis=axis), axis=axis)
    return np.concatenate((back, values), axis=axis)


def _potential(mol: Any, field: Any, points: Array) -> Array:
    """Nuclei, Hartree and exchange-correlation, hartree; points in bohr."""
    numint, density = import_module("pyscf.dft.numint"), field.make_rdm1()
    found = []
    for start in range(0, len(points), CHUNK):
        some = points[start : start + CHUNK]
        orbitals = numint.eval_ao(mol, some)
        n = np.einsum("pi,ij,pj->p", orbitals, density, orbitals)
        hartree = np.einsum("pij,ji->p", mol.intor("int1e_grids", grids=some), density)
        exchange = field._numint.eval_xc("lda,vwn", n, 0)[1][0]
        apart = np.linalg.norm(some[:, None] - mol.atom_coords()[None], axis=-1)
        nuclei = -np.sum(1.0 / np.maximum(apart, 1e-3), axis=1)
        found.append(nuclei + hartree + exchange)
    return np.concatenate(found)


def _joined(values: Array, atoms: list[tuple[int, int, int]]) -> float:
    """The lowest level at which the region below it holds all the atoms in one piece."""
    from scipy.ndimage import label

    low, high = max(float(values[a]) for a in atoms), float(values.max())
    while high - low > TOLERANCE_EV:
        middle = (low + high) / 2
        pieces = label(values <= middle)[0]
        if len({int(pieces[a]) for a in atoms}) == 1:
            high = middle
        else:
            low = middle
    return high
