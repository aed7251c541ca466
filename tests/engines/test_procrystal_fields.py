"""Laws of the superposition, and its slow twin."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from ase import Atoms
from ase.build import bulk, make_supercell
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from procrystal_twin import grid_points, slow_superpose

from isotunnel.crystal.symmetry import call_spglib
from isotunnel.engines.procrystal.radial import NUCLEUS_CAP, QUANTITIES, radial_value
from isotunnel.engines.procrystal.superpose import VACUUM_UNCERTAINTY_EV, superpose
from isotunnel.engines.procrystal.tables import Functional, free_atom
from isotunnel.engines.procrystal.treatment import XcTreatment

SHAPE = (6, 5, 8)
Fields = Mapping[str, NDArray[np.float64]]


@st.composite
def crystals(draw: st.DrawFn, most: int = 3) -> Atoms:
    """Skewed cells of 12 to 300 cubic angstrom with one to ``most`` atoms anywhere."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    edges = rng.uniform(2.5, 6.0, 3)
    cell = np.diag(edges) + np.triu(rng.uniform(-3, 3, (3, 3)), 1)
    rotation, _ = np.linalg.qr(rng.normal(size=(3, 3)))
    count = draw(st.integers(1, most))
    numbers = rng.choice([1, 2, 6, 11, 17, 29, 82], count)
    return Atoms(numbers, scaled_positions=rng.random((count, 3)), cell=cell @ rotation, pbc=True)


def assert_same(first: Fields, second: Fields, rtol: float = 1e-9, atol: float = 1e-7) -> None:
    """All three fields agree and none is trivial."""
    for quantity in QUANTITIES:
        assert np.ptp(first[quantity]) > 0
        np.testing.assert_allclose(first[quantity], second[quantity], rtol=rtol, atol=atol)


@given(
    crystals(most=2),
    st.sampled_from([("LDA", "summed_density"), ("LDA", "superposed"), ("PBE", "superposed")]),
)
@settings(max_examples=12)
def test_equals_the_slow_twin(atoms: Atoms, method: tuple[Functional, XcTreatment]) -> None:
    fast = superpose(atoms, (2, 3, 3), *method)
    for quantity in QUANTITIES:
        slow = slow_superpose(atoms, (2, 3, 3), quantity, *method)
        atol = 1e-7 if quantity == "density" else 1e-3
        np.testing.assert_allclose(fast[quantity], slow, rtol=2e-6, atol=atol)


@pytest.mark.parametrize("distance", [0.49, 0.5025, 0.51])
@pytest.mark.parametrize("symbol", ["Cl", "Pb"])
def test_the_tables_meet_without_a_seam(symbol: str, distance: float) -> None:
    """Both near tables end at 0.5 angstrom, where the density of a heavy atom is steep."""
    atoms = Atoms(symbol, positions=[(distance, 0, 0)], cell=np.diag([8.0, 8, 8]), pbc=True)
    density = superpose(atoms, (1, 1, 1))["density"]
    np.testing.assert_allclose(density, slow_superpose(atoms, (1, 1, 1), "density"), rtol=1e-6)


@pytest.mark.parametrize(
    "cell",
    [
        np.diag([2.0, 2.0, 2.0]),
        np.array([[2.0, 0, 0], [19.0, 2.2, 0], [-31.0, 17.0, 2.1]]),
        np.diag([1.2, 30.0, 3.0]),
    ],
    ids=["tiny", "very skewed", "needle"],
)
def test_equals_the_slow_twin_in_odd_cells(cell: NDArray[np.float64]) -> None:
    atoms = Atoms("Na", positions=[(0.3, 0.2, 0.1)], cell=cell, pbc=True)
    fast = superpose(atoms, (2, 2, 1))
    from ase.geometry import minkowski_reduce

    reduced = Atoms("Na", positions=atoms.positions, cell=minkowski_reduce(cell)[0], pbc=True)
    points = grid_points(cell, (2, 2, 1)).reshape(-1, 3)
    for quantity in QUANTITIES:
        for point, value in zip(points, fast[quantity].ravel(), strict=True):
            moved = reduced.copy()
            moved.positions -= point
            slow = slow_superpose(moved, (1, 1, 1), quantity)[0, 0, 0]
            thin = slow_superpose(moved, (1, 1, 1), "density")[0, 0, 0] < 1e-6
            atol = VACUUM_UNCERTAINTY_EV if thin and quantity == "potential" else 1e-3
            assert value == pytest.approx(slow, rel=2e-6, abs=atol)


@given(crystals(), st.tuples(*(st.integers(-9, 9),) * 3))
@settings(max_examples=15)
def test_moving_the_crystal_by_grid_steps_rolls_the_fields(
    atoms: Atoms, steps: tuple[int, int, int]
) -> None:
    moved = atoms.copy()
    moved.positions += (np.array(steps) / SHAPE) @ atoms.cell.array
    before, after = superpose(atoms, SHAPE), superpose(moved, SHAPE)
    assert_same({q: np.roll(v, steps, (0, 1, 2)) for q, v in before.items()}, after)


@given(crystals(), st.integers(0, 2**32 - 1))
@settings(max_examples=15)
def test_images_order_and_rotation_do_not_matter(atoms: Atoms, seed: int) -> None:
    rng = np.random.default_rng(seed)
    other = atoms[rng.permutation(len(atoms))]
    other.positions += rng.integers(-3, 4, (len(atoms), 3)) @ atoms.cell.array
    rotation, _ = np.linalg.qr(rng.normal(size=(3, 3)))
    other.set_cell(other.cell.array @ rotation, scale_atoms=False)
    other.positions = other.positions @ rotation
    assert_same(superpose(atoms, SHAPE), superpose(other, SHAPE))


@given(crystals())
@settings(max_examples=10)
def test_supercell_repeats_the_fields(atoms: Atoms) -> None:
    small = superpose(atoms, SHAPE)
    large = superpose(atoms.repeat((2, 1, 3)), (12, 5, 24))
    assert_same({q: np.tile(v, (2, 1, 3)) for q, v in small.items()}, large)


@given(crystals())
@settings(max_examples=10)
def test_another_choice_of_lattice_vectors(atoms: Atoms) -> None:
    change = np.array([[1, 1, 0], [0, 1, -2], [0, 0, 1]])
    other = atoms.copy()
    other.set_cell(change @ atoms.cell.array, scale_atoms=False)
    n = 6
    index = np.stack(np.meshgrid(*(np.arange(n),) * 3, indexing="ij"), axis=-1) @ change % n
    before, after = superpose(atoms, (n, n, n)), superpose(other, (n, n, n))
    assert_same({q: v[tuple(np.moveaxis(index, -1, 0))] for q, v in before.items()}, after)


@given(crystals())
@settings(max_examples=10)
def test_atoms_add_up(atoms: Atoms) -> None:
    """All but v_xc of the summed density, which is not linear."""
    whole = superpose(atoms, SHAPE, "LDA", "superposed")
    parts = [superpose(atoms[[i]], SHAPE, "LDA", "superposed") for i in range(len(atoms))]
    assert_same(whole, {q: sum(part[q] for part in parts) for q in QUANTITIES})
    default = superpose(atoms, SHAPE)
    for quantity in ("electrostatic", "density"):
        np.testing.assert_allclose(default[quantity], whole[quantity], rtol=1e-12, atol=1e-12)


@given(crystals())
@settings(max_examples=10)
def test_potential_lies_between_superposed_and_electrostatic(atoms: Atoms) -> None:
    """|v_xc| rises with n but less than in proportion: the sum has less of it than the parts."""
    summed = superpose(atoms, SHAPE)
    superposed = superpose(atoms, SHAPE, "LDA", "superposed")
    assert (summed["potential"] < summed["electrostatic"]).all()
    assert (superposed["potential"] < summed["potential"] + 1e-4).all()
    assert (superposed["potential"] < summed["potential"] - 0.1).any()


@given(crystals(), st.tuples(*(st.integers(1, 3),) * 3), st.tuples(*(st.integers(1, 3),) * 3))
@settings(max_examples=10)
def test_a_point_does_not_depend_on_the_grid_it_is_on(
    atoms: Atoms, coarse: tuple[int, int, int], factor: tuple[int, int, int]
) -> None:
    fine = superpose(atoms, tuple(np.multiply(coarse, factor)))  # type: ignore[arg-type]
    strides = tuple(slice(None, None, f) for f in factor)
    for quantity, values in superpose(atoms, coarse).items():
        np.testing.assert_allclose(values, fine[quantity][strides], rtol=1e-9, atol=1e-7)


@pytest.mark.parametrize(("name", "electrons"), [("H", 1), ("He", 2), ("Li", 3)])
def test_density_integrates_to_the_electrons(name: str, electrons: int) -> None:
    atoms = Atoms(name, positions=[(0.11, 0.23, 0.31)], cell=np.diag([2.8, 3.0, 3.2]), pbc=True)
    errors = []
    for spacing in (0.2, 0.1):
        shape = tuple(np.round(atoms.cell.lengths() / spacing).astype(int))
        mean = superpose(atoms, shape)["density"].mean()  # type: ignore[arg-type]
        errors.append(abs(mean * atoms.get_volume() - electrons))
    assert errors[1] < 5e-3 * electrons
    assert errors[1] < errors[0]


@pytest.mark.parametrize(
    "atoms", [bulk("Si"), bulk("Cu"), bulk("NaCl", "rocksalt", a=5.64)], ids=["Si", "Cu", "NaCl"]
)
def test_fields_have_the_symmetry_of_the_crystal(atoms: Atoms) -> None:
    n = 12
    cell = (atoms.cell.array, atoms.get_scaled_positions(), atoms.numbers)
    symmetry = call_spglib("get_symmetry_dataset", cell, symprec=1e-5)
    assert len(symmetry.rotations) == 48
    fields = superpose(atoms, (n, n, n))
    index = np.stack(np.meshgrid(*(np.arange(n),) * 3, indexing="ij"), axis=-1)
    for rotation, shift in zip(symmetry.rotations, symmetry.translations, strict=True):
        steps = np.rint(shift * n)
        np.testing.assert_allclose(steps, shift * n, atol=1e-6)
        target = (index @ rotation.T + steps.astype(int)) % n
        assert_same(fields, {q: v[tuple(np.moveaxis(target, -1, 0))] for q, v in fields.items()})


@pytest.mark.parametrize("xc", ["summed_density", "superposed"])
@pytest.mark.parametrize("z", [1, 11, 82])
def test_far_from_all_others_an_atom_is_free(z: int, xc: XcTreatment) -> None:
    """Where n is above 1e-6; further out it is lost in rounding (see the next test)."""
    atoms = Atoms([z, z], positions=[(0, 0, 0), (25, 0, 0)], cell=np.diag([50.0, 50, 50]), pbc=True)
    fields = superpose(atoms, (200, 1, 1), "LDA", xc)
    r = 0.25 * np.arange(1, 50)
    other = 25.0 - r
    alone = {q: radial_value(free_atom(z), q, r) for q in QUANTITIES}
    for quantity in QUANTITIES:
        expected = alone[quantity]
        assert np.abs(expected).max() > 0
        if quantity == "density" or xc == "superposed":
            expected = expected + radial_value(free_atom(z), quantity, other)
        found = fields[quantity][1:50, 0, 0]
        near = (r < 8) & (alone["density"] > 1e-6)
        assert near.sum() > 15
        # Where the other atom's density is a part in 10^4 of the own one.
        near &= radial_value(free_atom(z), "density", other) < 1e-5 * alone["density"]
        assert near.sum() > 10
        np.testing.assert_allclose(found[near], expected[near], rtol=1e-5, atol=5e-5)
    assert np.abs(fields["potential"][1:50, 0, 0] - fields["electrostatic"][1:50, 0, 0]).min() < 0.1


def test_vacuum_is_at_zero() -> None:
    """Beyond the reach of the tables the density is rounding, and v_xc that of rounding."""
    for z in (2, 10, 55, 80):
        atoms = Atoms([z], cell=np.diag([60.0, 2.5, 2.5]), pbc=True)
        potential = superpose(atoms, (60, 2, 2))["potential"][26:35]
        assert np.abs(potential).max() < VACUUM_UNCERTAINTY_EV


def test_a_grid_point_on_a_nucleus_has_the_capped_value() -> None:
    atoms = bulk("Pb")
    for shape in ((4, 4, 4), (9, 5, 7)):
        fields = superpose(atoms, shape)
        for quantity in QUANTITIES:
            assert np.isfinite(fields[quantity]).all()
            own = radial_value(free_atom(82), quantity, np.array([0.0, NUCLEUS_CAP]))
            assert own[0] == own[1]
            assert fields[quantity][0, 0, 0] == pytest.approx(own[0], rel=2e-3)


def test_result_does_not_depend_on_threads() -> None:
    import numba

    atoms = make_supercell(bulk("NaCl", "rocksalt", a=5.64), np.diag([2, 1, 1]))
    many = superpose(atoms, (20, 18, 16))
    threads = numba.get_num_threads()
    numba.set_num_threads(1)
    try:
        one = superpose(atoms, (20, 18, 16))
    finally:
        numba.set_num_threads(threads)
    for quantity in QUANTITIES:
        np.testing.assert_array_equal(many[quantity], one[quantity])


def test_density_stays_positive_in_wide_vacuum() -> None:
    density = superpose(Atoms("He", cell=np.diag([30.0] * 3), pbc=True), (60, 30, 30))["density"]
    assert density.min() >= 1e-12
    assert density.min() < 1e-10
