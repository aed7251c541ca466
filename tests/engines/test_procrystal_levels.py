"""Atomic levels in the neighbours' potential."""

from __future__ import annotations

import numpy as np
import pytest
from ase import Atoms
from ase.build import bulk
from scipy.interpolate import CubicSpline
from scipy.spatial.transform import Rotation

from isotunnel.crystal import named_crystal
from isotunnel.engines.procrystal.level_xc import Rule, core_potential
from isotunnel.engines.procrystal.levels import atomic_levels, pair_shift, shift_integral
from isotunnel.engines.procrystal.radial import radial_value
from isotunnel.engines.procrystal.tables import Functional, free_atom
from isotunnel.engines.procrystal.xc import lda_potential
from isotunnel.errors import CrystalError


@pytest.mark.parametrize(("a", "b", "d"), [(1, 2, 1.5), (11, 17, 2.82), (2, 10, 0.8), (6, 6, 4.0)])
def test_shift_equals_an_integral_in_space(a: int, b: int, d: float) -> None:
    """Midpoint rule on spherical shells about the neighbour, where its potential is simple."""
    orbital, other = free_atom(a), free_atom(b)
    s = (np.arange(3000) + 0.5) * (15.0 / 3000)
    cosine, weight = np.polynomial.legendre.leggauss(120)
    distance = np.sqrt(s[:, None] ** 2 + d**2 - 2 * s[:, None] * d * cosine)
    u = np.interp(distance, orbital.radii, orbital.homo_u)
    density = u**2 / (4 * np.pi * distance**2)
    potentials = {
        "potential": radial_value(other, "potential", s),
        "electrostatic": radial_value(other, "electrostatic", s),
        "core_xc": core_potential(other, s),
    }
    found = {}
    for part, potential in potentials.items():
        expected = (2 * np.pi * s**2 * potential * (density @ weight)).sum() * 15.0 / 3000
        found[part] = shift_integral(orbital, other, np.array([d]), part)[0]  # type: ignore[arg-type]
        assert found[part] < -1e-4
        assert found[part] == pytest.approx(expected, rel=3e-3, abs=1e-5)
    pair = pair_shift(a, b, "LDA", np.array([d]), "superposed")[0]
    assert pair == pytest.approx(found["potential"], abs=1e-6)
    pair = pair_shift(a, b, "LDA", np.array([d]))[0]
    assert pair == pytest.approx(found["electrostatic"] + found["core_xc"], abs=1e-6)


def dimer_level(a: int, b: int, d: float) -> float:
    """First-order level of atom a of a dimer, in prolate spheroidal coordinates about both."""
    nodes, weights = np.polynomial.legendre.leggauss(160)
    t = 0.5 * (nodes + 1)
    xi = 1 + 40.0 / d * t[:, None] ** 3
    eta = nodes[None, :]
    near, far = d / 2 * (xi + eta), d / 2 * (xi - eta)
    volume = (
        2 * np.pi * (d / 2) ** 3 * (xi**2 - eta**2)
        * (0.5 * weights * 120.0 / d * t**2)[:, None] * weights
    )  # fmt: skip
    atom, other = free_atom(a), free_atom(b)
    x = np.log(np.clip(near, atom.radii[0], atom.radii[-1]))
    orbital = CubicSpline(np.log(atom.radii), atom.homo_u)(x) ** 2 / (4 * np.pi * near**2)
    own, neighbour = (
        np.exp(CubicSpline(np.log(c.radii), c.ln_density)(np.log(np.clip(r, 1e-4, 25.0))))
        for c, r in ((atom, near), (other, far))
    )
    added = lda_potential(own + neighbour) - lda_potential(own)
    added += radial_value(other, "electrostatic", far)
    assert (volume * orbital).sum() == pytest.approx(1, abs=1e-4)
    return atom.homo_ev + float((volume * orbital * added).sum())


@pytest.mark.parametrize(
    ("a", "b", "d"), [(1, 11, 2.0), (11, 1, 2.0), (16, 1, 1.5), (1, 1, 0.8), (82, 11, 3.0)]
)
def test_levels_of_a_dimer_equal_an_integral_in_space(a: int, b: int, d: float) -> None:
    atoms = Atoms([a, b], positions=[(0, 0, 0), (0, d / 3**0.5, d * (2 / 3) ** 0.5)], pbc=True)
    atoms.set_cell(np.diag([60.0] * 3))
    expected = dimer_level(a, b, d)
    assert abs(expected - free_atom(a).homo_ev) > 0.3
    assert atomic_levels(atoms)[0] == pytest.approx(expected, abs=5e-3)


@pytest.mark.parametrize("name", ["NaCl", "MgO", "Cs", "Si", "Pb", "H3S@200GPa"])
def test_quadrature_is_converged(name: str) -> None:
    atoms = named_crystal(name)
    fine = atomic_levels(atoms, rule=Rule(radii=64, degree=24))
    assert np.abs(atomic_levels(atoms) - fine).max() < 5e-3
    assert np.abs(atomic_levels(atoms, rule=Rule(radii=12, degree=4)) - fine).max() > 5e-3


def test_rotation_changes_levels_by_no_more_than_the_quadrature() -> None:
    atoms = bulk("NaCl", "rocksalt", a=5.64)
    levels = atomic_levels(atoms)
    turned = atoms.copy()
    rotation = Rotation.from_euler("zyz", [0.3, 1.1, 2.0]).as_matrix()
    turned.set_cell(atoms.cell.array @ rotation, scale_atoms=True)
    found = atomic_levels(turned)
    assert np.abs(found - levels).max() < 5e-3
    np.testing.assert_allclose(
        atomic_levels(turned, xc="superposed"), atomic_levels(atoms, xc="superposed"), rtol=1e-9
    )


def test_atoms_exchanged_by_a_symmetry_have_one_level() -> None:
    levels = atomic_levels(named_crystal("H3S@200GPa"))
    assert len(set(levels)) == 2
    assert levels[1] == levels[2] == levels[3]


def test_shift_vanishes_far_apart() -> None:
    """v_xc of the neighbour's tail where the orbital is, and nothing else."""
    shifts = []
    for d in (4.0, 8.0, 12.0, 16.0):
        atoms = Atoms("Ar2", positions=[(0, 0, 0), (0, 0, d)], cell=np.diag([70.0] * 3), pbc=True)
        shifts.append(atomic_levels(atoms)[0] - free_atom(18).homo_ev)
    assert shifts[0] < -1e-3
    assert np.abs(np.diff(np.abs(shifts))).min() >= 0
    assert (np.diff(np.abs(shifts)) <= 0).all()
    assert abs(shifts[-1]) < 1e-6


def test_levels_lie_above_those_of_superposed_exchange() -> None:
    for atoms in (bulk("Na"), bulk("Si"), bulk("Ne", "fcc", a=4.46)):
        levels = atomic_levels(atoms)
        assert (levels > atomic_levels(atoms, xc="superposed") + 1).all()
        assert (levels < [free_atom(int(z)).homo_ev for z in atoms.numbers]).all()


def test_a_lone_atom_keeps_its_level() -> None:
    atoms = Atoms("Na", cell=np.diag([60.0] * 3), pbc=True)
    assert atomic_levels(atoms)[0] == free_atom(11).homo_ev


@pytest.mark.parametrize("functional", ["LDA", "PBE"])
def test_two_atoms_see_each_other_only(functional: Functional) -> None:
    atoms = Atoms("HNa", positions=[(0, 0, 0), (0, 0, 2)], cell=np.diag([60.0] * 3), pbc=True)
    levels = atomic_levels(atoms, functional, "superposed")
    for i, (own, other) in enumerate(((1, 11), (11, 1))):
        atom = free_atom(own, functional)
        shift = pair_shift(own, other, functional, np.array([2.0]), "superposed")[0]
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


def test_the_nodes_of_quadrature_are_made_once_and_not_changed():
    from isotunnel.engines.procrystal.radial import gauss_legendre

    nodes, weights = gauss_legendre(40)
    assert gauss_legendre(40)[0] is nodes
    assert not nodes.flags.writeable
    assert weights.sum() == pytest.approx(2.0)
    assert (weights * nodes**78).sum() == pytest.approx(2 / 79)
