"""Supercells and phonons by finite displacements, with a classical potential for the forces."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from ase import Atoms
from ase.build import bulk
from ase.calculators.emt import EMT

from isotunnel.engines.phonons.lattice import ForceConstants
from isotunnel.engines.phonons.modes import held_points, phonons_of
from isotunnel.engines.phonons.spectrum import PhononSpectrum
from isotunnel.engines.phonons.supercell import choose_supercell

phonopy = pytest.importorskip("phonopy", reason="phonopy is not installed (extra dft)")


def hydride() -> Atoms:
    cell = 1.48 * np.array([[-1, 1, 1], [1, -1, 1], [1, 1, -1]])
    places = [[0, 0, 0], [0.5, 0.5, 0], [0.5, 0, 0.5], [0, 0.5, 0.5]]
    return Atoms("SH3", cell=cell, scaled_positions=places, pbc=True)


def caesium_chloride() -> Atoms:
    return Atoms("CuAu", cell=3.0 * np.eye(3), scaled_positions=[[0, 0, 0], [0.5] * 3], pbc=True)


def emt_forces(atoms: Atoms, _progress: object = None) -> np.ndarray:
    own = atoms.copy()
    # EMT reaches farther than half of a small cell, which only repetition makes right.
    repeat = (3, 3, 3) if len(own) < 10 else (2, 2, 2)
    large = own.repeat(repeat)
    large.calc = EMT()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.asarray(large.get_forces()[: len(own)])


def spectrum(atoms: Atoms, matrix: object, **more: object) -> PhononSpectrum:
    return phonons_of(constants(atoms, matrix, **more))


def constants(atoms: Atoms, matrix: object, **more: object) -> ForceConstants:
    from isotunnel.engines.phonons.finite_displacements import force_constants, one_by_one

    with warnings.catch_warnings():
        # Phonopy's own, about its coming versions.
        warnings.simplefilter("ignore")
        return force_constants(atoms, np.array(matrix), one_by_one(emt_forces), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "atoms",
    [
        bulk("In"),
        bulk("Sn"),
        bulk("Nb", "bcc", 3.3),
        bulk("Mg", "hcp", 3.2, 5.2),
        hydride(),
        Atoms("Cu", cell=[[2, 1.5, 0], [-2, 1.5, 0], [0, 0, 3.1]], pbc=True),
    ],
    ids=["bct", "diamond-bct", "bcc", "hcp", "hydride", "base-centred"],
)
def test_the_mesh_of_wave_vectors_keeps_the_symmetry(atoms: Atoms) -> None:
    """Else phonopy warns and drops it: every rotation takes points of the mesh to such points."""
    from isotunnel.engines.phonons.modes import wave_vector_mesh
    from isotunnel.engines.phonons.supercell import rotations_of

    mesh = np.array(wave_vector_mesh(atoms))
    assert all(mesh % 2 == 1)
    rotations = rotations_of(atoms)
    assert len(rotations) > 7
    for rotation in rotations:
        # A reciprocal vector in the axes of the mesh, turned, is one of the mesh again.
        turned = mesh[:, None] * rotation.T / mesh[None, :]
        assert np.allclose(turned, np.round(turned))


@pytest.mark.parametrize(
    ("atoms", "most", "cells"),
    [
        (bulk("Nb", "bcc", 3.3), 8, 8),
        (bulk("Al", "fcc", 4.05), 8, 8),
        (hydride(), 8, 2),
        (hydride(), 4, 1),
        (caesium_chloride(), 8, 4),
        (bulk("Mg", "hcp", 3.2, 5.2), 8, 4),
    ],
)
def test_supercells_keep_the_symmetry(atoms: Atoms, most: int, cells: int) -> None:
    from isotunnel.crystal import symmetry_of

    matrix = choose_supercell(atoms, most)
    assert abs(round(np.linalg.det(matrix))) == cells
    large = atoms.copy()
    from ase.build import make_supercell

    large = make_supercell(large, matrix)
    assert symmetry_of(large).number == symmetry_of(atoms).number


@pytest.mark.parametrize(
    "supercell",
    [
        np.eye(3),
        2 * np.eye(3),
        np.diag([1, 2, 3]),
        np.array([[-1, 1, 1], [1, -1, 1], [1, 1, -1]]),
        np.array([[2, 1, 0], [0, 3, 1], [1, 0, 2]]),
        4 * np.eye(3),
    ],
)
def test_the_supercells_wave_vectors_are_whole_along_it(supercell: np.ndarray) -> None:
    """Slow and obvious beside it: all fractions of the number of cells that are whole."""
    cells = abs(round(np.linalg.det(supercell)))
    found = held_points(supercell.astype(int))
    assert len(found) == cells
    steps = np.arange(cells) / cells
    grid = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), -1).reshape(-1, 3)
    whole = np.abs(grid @ supercell.T - np.rint(grid @ supercell.T)).max(axis=1) < 1e-9
    assert sorted(map(tuple, np.round(found, 9))) == sorted(map(tuple, np.round(grid[whole], 9)))


def test_modes_are_normalised_and_stable() -> None:
    found = spectrum(bulk("Cu", "fcc", 3.6), 2 * np.eye(3, dtype=int))
    assert found.shares.sum(axis=1) == pytest.approx([1.0])
    assert found.exact_energies_ev.min() > 0
    # Copper's highest phonon is measured at 30 meV (Nicklow et al., Phys. Rev. 164, 922 (1967)).
    assert 0.02 < found.highest_ev < 0.04
    grid = np.linspace(-0.01, 0.06, 600)
    area = np.trapezoid(found.density(grid, 1e-3), grid, axis=1)
    assert area == pytest.approx([1.0], rel=1e-3)


def test_equal_atoms_have_equal_shares() -> None:
    cubic = bulk("Cu", "fcc", 3.6, cubic=True)
    found = spectrum(cubic, np.eye(3, dtype=int))
    assert np.ptp(found.shares @ found.energies_ev**2) < 1e-12
    one = spectrum(bulk("Cu", "fcc", 3.6), choose_supercell(bulk("Cu", "fcc", 3.6), 4))
    moments = [s.shares @ s.energies_ev**2 for s in (found, one)]
    assert moments[0][0] == pytest.approx(moments[1][0], rel=0.02)


def test_heavier_isotopes_move_slower() -> None:
    light, heavy = bulk("Cu", "fcc", 3.6), bulk("Cu", "fcc", 3.6)
    heavy.set_masses([4 * light.get_masses()[0]])
    energies = [spectrum(a, 2 * np.eye(3, dtype=int)).highest_ev for a in (light, heavy)]
    assert energies[0] == pytest.approx(2 * energies[1], rel=1e-6)


def test_other_masses_need_no_other_forces() -> None:
    """Masses in place of the crystal's own give what a crystal of these masses gives."""
    alloy, other = caesium_chloride(), caesium_chloride()
    masses = np.array([20.0, 300.0])
    other.set_masses(masses)
    matrix = np.eye(3, dtype=int)
    changed, whole = phonons_of(constants(alloy, matrix), masses), spectrum(other, matrix)
    assert changed.masses_amu.tolist() == masses.tolist()
    assert changed.energies_ev == pytest.approx(whole.energies_ev, abs=1e-12)
    assert changed.shares == pytest.approx(whole.shares, abs=1e-9)
    assert abs(changed.highest_ev - spectrum(alloy, matrix).highest_ev) > 1e-3


def test_forces_at_rest_are_taken_off() -> None:
    atoms = bulk("Cu", "fcc", 3.6)
    shift = np.array([[0.01, -0.02, 0.03]])

    def shifted(cell: Atoms, _progress: object = None) -> np.ndarray:
        return emt_forces(cell) + shift

    from isotunnel.engines.phonons.finite_displacements import force_constants, one_by_one

    matrix = 2 * np.eye(3, dtype=int)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = phonons_of(force_constants(atoms, matrix, one_by_one(shifted), residual=shift))
    assert found.highest_ev == pytest.approx(spectrum(atoms, matrix).highest_ev, rel=1e-9)
