"""Impossible crystals are refused with the measured value and the limit."""

from __future__ import annotations

import numpy as np
import pytest
from ase import Atoms
from ase.build import bulk
from hypothesis import given
from hypothesis import strategies as st

from isotunnel.crystal import (
    as_atoms,
    check_crystal,
    named_crystal,
    primitive_cell,
    symmetry_of,
    with_volume_ratio,
)
from isotunnel.crystal.symmetry import without_sharp_angles
from isotunnel.errors import CrystalError


def box(symbols="Cu", positions=((0, 0, 0),), cell=(4, 4, 4)):
    return Atoms(symbols, positions=positions, cell=cell, pbc=True)


@pytest.mark.parametrize(
    ("atoms", "message"),
    [
        (Atoms(cell=(3, 3, 3), pbc=True), "no atoms"),
        (Atoms("H", positions=[(0, 0, 0)]), "no complete cell"),
        (box(cell=(4, 4, 0)), "no complete cell"),
        (box(cell=[(4, 0, 0), (0, 4, 0), (4, 4, 0)]), "zero volume"),
        (box(cell=(4, 4, np.nan)), "NaN"),
        (box(cell=(4, 4, 5000)), "2000"),
        (box(positions=((np.inf, 0, 0),)), "not finite"),
        (box("X"), "unknown element 'X'"),
        (box("CuX", ((0, 0, 0), (2, 2, 2))), "atom 2"),
        (box("CuO", ((0, 0, 0), (0.1, 0, 0))), r"0\.100 angstrom apart; the limit is 0\.4"),
        (box("HH", ((0, 0, 0), (3.9, 0, 0))), r"0\.100 angstrom"),
        (box(cell=(0.3, 4, 4)), "its own periodic image"),
        (box(cell=(1e300, 4, 4)), "1e\\+300 angstrom long; the limit is 2000"),
        # Nearly flat: two axes almost opposite, and their sum a lattice vector of 0.00003 angstrom.
        (box(cell=[(4, 0, 0), (-4, 3e-5, 0), (0, 0, 4)]), "its own periodic image are 0.000"),
    ],
)
def test_impossible_crystals_are_refused(atoms, message):
    with pytest.raises(CrystalError, match=message):
        check_crystal(atoms)


def test_too_many_atoms_are_refused_before_any_work():
    count = 60_000
    with pytest.raises(CrystalError, match="60000 atoms; the limit is 50000"):
        check_crystal(Atoms(np.ones(count), positions=np.zeros((count, 3)), cell=(9, 9, 9)))


def test_the_shortest_bonds_of_nature_pass():
    check_crystal(box("HH", ((0, 0, 0), (0, 0, 0.74))))
    check_crystal(with_volume_ratio(named_crystal("H-CsIV"), 0.5))


@given(
    st.tuples(*[st.floats(0, 1, exclude_max=True)] * 3),
    st.tuples(*[st.integers(-2, 2)] * 3),
    st.floats(0.01, 0.39),
)
def test_a_close_pair_is_found_wherever_it_lies(place, image, distance):
    cell = np.array([(4.0, 0, 0), (1.5, 3.5, 0), (-1.0, 0.7, 5.0)])
    first = np.array(place) @ cell
    second = first + np.array(image) @ cell + (0, 0, distance)
    with pytest.raises(CrystalError, match=f"{distance:.3f} angstrom apart"):
        check_crystal(box("CuO", (first, second), cell))


def test_a_skew_cell_is_reduced_in_place():
    skew = bulk("CuAu", "cesiumchloride", 3.0)
    skew.set_cell(np.array([(1, 0, 0), (3, 1, 0), (0, 0, 1)]) @ skew.cell.array)
    skew.positions += (0.1, 0.2, 0.3)
    assert skew.cell.angles().min() < 20.0
    found = without_sharp_angles(skew, 40.0)
    assert found.cell.angles() == pytest.approx([90.0] * 3)
    assert found.get_volume() == pytest.approx(skew.get_volume())
    assert list(found.symbols) == list(skew.symbols)
    moved = (found.positions - skew.positions) @ np.linalg.inv(skew.cell.array)
    assert moved == pytest.approx(np.rint(moved), abs=1e-9)
    upright = without_sharp_angles(found, 40.0)
    assert upright.positions == pytest.approx(found.positions)


@pytest.mark.parametrize("repeat", [(2, 1, 1), (2, 2, 2), (1, 3, 2)])
@pytest.mark.parametrize("name", ["Cu", "H3S", "graphite", "Te", "H-CsIV", "CaYH12"])
def test_primitive_cell_undoes_a_supercell(name, repeat):
    atoms = named_crystal(name)
    big = atoms.repeat(repeat)
    big.positions += (0.3, 0.1, 0.7)
    small = primitive_cell(big)
    assert len(big) == len(atoms) * np.prod(repeat)
    assert len(small) == len(atoms)
    assert small.get_volume() == pytest.approx(atoms.get_volume())
    assert symmetry_of(small).number == symmetry_of(atoms).number
    again = primitive_cell(small)
    assert again.get_volume() == pytest.approx(small.get_volume())
    np.testing.assert_allclose(again.cell.lengths(), small.cell.lengths())


def test_symmetry_tells_equivalent_atoms():
    found = symmetry_of(named_crystal("H3S"))
    assert found.point_group == "m-3m"
    assert found.operations == 48
    assert len(set(found.equivalent_atoms)) == 2


def test_symmetry_of_nonsense_is_one_error():
    with pytest.raises(CrystalError, match="spglib"):
        symmetry_of(box("CuCu", ((0, 0, 0), (0, 0, 1e-5))))


@given(st.floats(0.05, 4.0))
def test_volume_ratio(ratio):
    atoms = as_atoms("H3S")
    squeezed = with_volume_ratio(atoms, ratio)
    assert squeezed.get_volume() == pytest.approx(ratio * atoms.get_volume())
    np.testing.assert_allclose(
        squeezed.cell.scaled_positions(squeezed.positions),
        atoms.cell.scaled_positions(atoms.positions),
        atol=1e-9,
    )
    assert "pressure_gpa" not in squeezed.info
    assert atoms.info["pressure_gpa"] == 200


@pytest.mark.parametrize("ratio", [0, -1, np.nan, np.inf])
def test_impossible_volume_ratios(ratio):
    with pytest.raises(CrystalError, match="positive"):
        with_volume_ratio(bulk("Cu"), ratio)
