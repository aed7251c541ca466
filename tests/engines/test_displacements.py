"""Displacements chosen: enough for every force constant, and as symmetric as they can be."""

from __future__ import annotations

import itertools
import warnings

import numpy as np
import pytest
from ase import Atoms
from ase.build import bulk
from ase.calculators.emt import EMT
from ase.spacegroup import crystal

phonopy = pytest.importorskip("phonopy", reason="phonopy is not installed (extra dft)")


def triclinic() -> Atoms:
    cell = [[3.9, 0.1, 0.0], [0.4, 4.1, 0.2], [-0.3, 0.5, 4.4]]
    return Atoms("CuAu", cell=cell, scaled_positions=[[0.1, 0, 0], [0.47, 0.55, 0.6]], pbc=True)


def heusler() -> Atoms:
    cell = 6.1 * np.array([[0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]])
    places = [[0, 0, 0], [0.5] * 3, [0.25] * 3, [0.75] * 3]
    return Atoms("AuAgCu2", cell=cell, scaled_positions=places, pbc=True)


def polar() -> Atoms:
    places = [[0, 0, 0.02], [0.5, 0.5, 0.48]]
    return Atoms("CuAu", cell=np.diag([3.0, 3.0, 3.3]), scaled_positions=places, pbc=True)


CRYSTALS = {
    "fcc": (bulk("Al", "fcc", 4.05), np.diag([2, 2, 2])),
    "bcc": (bulk("Au", "bcc", 3.2), np.diag([2, 2, 2])),
    "hcp": (bulk("Cu", "hcp", 2.6, 4.2), np.diag([2, 2, 1])),
    "heusler": (heusler(), np.eye(3, dtype=int)),
    "polar": (polar(), np.diag([2, 2, 1])),
    "triclinic": (triclinic(), np.eye(3, dtype=int)),
    "rutile": (
        crystal(
            ["Au", "Cu"], [(0, 0, 0), (0.31, 0.31, 0)], spacegroup=136,
            cellpar=[4.9, 4.9, 3.4, 90, 90, 90],
        ),
        np.eye(3, dtype=int),
    ),
}  # fmt: skip


def forces(atoms: Atoms) -> np.ndarray:
    large = atoms.repeat((3, 3, 3))
    large.calc = EMT()
    return np.asarray(large.get_forces()[: len(atoms)])


def constants(phonon: object, cells: list[Atoms], rest: np.ndarray) -> np.ndarray:
    phonon.forces = np.array([forces(c) - rest for c in cells])  # type: ignore[attr-defined]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        phonon.produce_force_constants()  # type: ignore[attr-defined]
        phonon.symmetrize_force_constants(show_drift=False)  # type: ignore[attr-defined]
    return np.asarray(phonon.force_constants)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", CRYSTALS)
def test_force_constants_are_those_of_phonopys_own_displacements(name: str) -> None:
    from isotunnel.engines.phonons import finite_displacements as fd
    from isotunnel.engines.phonons.lattice import phonopy_of

    atoms, supercell = CRYSTALS[name]
    step = 0.01
    own, other = phonopy_of(atoms, supercell), phonopy_of(atoms, supercell)
    moved = fd._displace(own, step)
    other.generate_displacements(distance=step)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rest = forces(fd._ase(own.supercell, 0))
    ours = constants(
        own,
        [fd._ase(c, k) for c, k in zip(own.supercells_with_displacements, moved, strict=True)],
        rest,
    )
    theirs = constants(other, [fd._ase(c, 0) for c in other.supercells_with_displacements], rest)
    assert np.abs(theirs).max() > 1.0
    assert np.abs(ours - theirs).max() < 0.01 * np.abs(theirs).max()


@pytest.mark.parametrize("name", CRYSTALS)
def test_they_cost_no_more_than_phonopys(name: str) -> None:
    """Runs, each by the rotations that GPAW can use: those that need no translation."""
    from isotunnel.crystal.symmetry import call_spglib
    from isotunnel.engines.phonons import finite_displacements as fd
    from isotunnel.engines.phonons.lattice import phonopy_of

    def cost(cells: list[Atoms]) -> float:
        total = 0.0
        for cell in cells:
            key = (cell.cell.array, cell.get_scaled_positions(), cell.numbers)
            found = call_spglib("get_symmetry_dataset", key, symprec=1e-5)
            free = np.abs(found.translations - np.round(found.translations)).max(axis=1) < 1e-5
            total += 0.05 + 1.0 / free.sum()
        return total

    atoms, supercell = CRYSTALS[name]
    own, other = phonopy_of(atoms, supercell), phonopy_of(atoms, supercell)
    moved = fd._displace(own, 0.03)
    other.generate_displacements(distance=0.03)
    ours = [fd._ase(c, k) for c, k in zip(own.supercells_with_displacements, moved, strict=True)]
    theirs = [fd._ase(c, 0) for c in other.supercells_with_displacements]
    assert cost(ours) <= cost(theirs) + 1e-9


def test_a_site_without_rotations_is_moved_six_times() -> None:
    from isotunnel.engines.phonons.displacements import displacements_of

    found = displacements_of(0, [np.eye(3)])
    assert len(found) == 3
    assert all(d.both_ways for d in found)
    assert abs(np.linalg.det([d.direction for d in found])) > 0.3


def test_a_cubic_site_is_moved_once_along_an_axis() -> None:
    from isotunnel.engines.phonons.displacements import displacements_of

    cube = [
        np.diag(signs) @ np.eye(3)[list(order)]
        for signs in itertools.product((1.0, -1.0), repeat=3)
        for order in itertools.permutations(range(3))
    ]
    (found,) = displacements_of(3, cube)
    assert found.atom == 3
    assert not found.both_ways
    assert sorted(np.abs(found.direction)) == pytest.approx([0.0, 0.0, 1.0])
