"""Atomic levels in the neighbours' potential."""

from __future__ import annotations

import numpy as np
import pytest
from ase import Atoms
from ase.build import bulk

from isotunnel.errors import CrystalError
from isotunnel.fields.engines.procrystal.levels import atomic_levels, pair_shift, shift_integral
from isotunnel.fields.engines.procrystal.radial import radial_value
from isotunnel.fields.engines.procrystal.tables import free_atom


@pytest.mark.parametrize(("a", "b", "d"), [(1, 2, 1.5), (11, 17, 2.82), (2, 10, 0.8), (6, 6, 4.0)])
def test_shift_equals_an_integral_in_space(a: int, b: int, d: float) -> None:
    """Midpoint rule on spherical shells about the neighbour, where its potential is simple."""
    orbital = free_atom(a)
    s = (np.arange(3000) + 0.5) * (15.0 / 3000)
    cosine, weight = np.polynomial.legendre.leggauss(120)
    distance = np.sqrt(s[:, None] ** 2 + d**2 - 2 * s[:, None] * d * cosine)
    u = np.interp(distance, orbital.radii, orbital.homo_u)
    density = u**2 / (4 * np.pi * distance**2)
    potential = radial_value(free_atom(b), "potential", s)
    shells = 2 * np.pi * s**2 * potential * (density @ weight)
    expected = shells.sum() * 15.0 / 3000
    found = shift_integral(orbital, free_atom(b), np.array([d]))[0]
    assert found < -1e-3
    assert found == pytest.approx(expected, rel=3e-3)
    assert pair_shift(a, b, "PBE", np.array([d]))[0] == pytest.approx(found, abs=1e-6)


def test_a_lone_atom_keeps_its_level() -> None:
    atoms = Atoms("Na", cell=np.diag([60.0] * 3), pbc=True)
    assert atomic_levels(atoms)[0] == free_atom(11).homo_ev


@pytest.mark.parametrize("functional", ["LDA", "PBE"])
def test_two_atoms_see_each_other_only(functional: str) -> None:
    atoms = Atoms("HNa", positions=[(0, 0, 0), (0, 0, 2)], cell=np.diag([60.0] * 3), pbc=True)
    levels = atomic_levels(atoms, functional)  # type: ignore[arg-type]
    for i, (own, other) in enumerate(((1, 11), (11, 1))):
        atom = free_atom(own, functional)  # type: ignore[arg-type]
        shift = pair_shift(own, other, functional, np.array([2.0]))[0]  # type: ignore[arg-type]
        assert levels[i] == pytest.approx(atom.homo_ev + shift)


def test_levels_do_not_depend_on_the_description() -> None:
    atoms = bulk("NaCl", "rocksalt", a=5.64)
    levels = atomic_levels(atoms)
    assert levels[0] != pytest.approx(levels[1], abs=0.1)
    np.testing.assert_allclose(atomic_levels(atoms[[1, 0]]), levels[::-1], rtol=1e-12)
    np.testing.assert_allclose(atomic_levels(atoms.repeat((2, 1, 1))), np.tile(levels, 2))
    skewed = atoms.copy()
    skewed.set_cell([[1, 3, 0], [0, 1, 5], [0, 0, 1]] @ atoms.cell.array, scale_atoms=False)
    skewed.positions += [7.0, 8.0, 9.0]
    np.testing.assert_allclose(atomic_levels(skewed), levels)


def test_compression_lowers_the_level() -> None:
    found = [atomic_levels(bulk("He", "fcc", a=a))[0] for a in (8.0, 5.0, 4.0, 3.0)]
    assert (np.diff(found) < 0).all()
    assert found[0] < free_atom(2).homo_ev


def test_overlapping_atoms_are_refused() -> None:
    atoms = Atoms("H2", positions=[(0, 0, 0), (0, 0, 0.01)], cell=np.diag([4.0] * 3), pbc=True)
    with pytest.raises(CrystalError, match=r"0\.01"):
        atomic_levels(atoms)
