"""Segments: which atoms hang together short of percolation; the molecularity index."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from ase import Atoms
from numpy.typing import NDArray

from isotunnel.fields.field import Field
from isotunnel.tunnels import find_tunnels, molecularity_index, segments_at

CUBE = np.diag([8.0, 8.0, 8.0])
SKEW = np.array([[8.0, 0.0, 0.0], [2.0, 7.5, 0.0], [-1.0, 1.5, 7.0]])
WIDTH = 0.5


def gaussians(atoms: Atoms, shape: tuple[int, int, int], width: float = WIDTH) -> NDArray[Any]:
    """Sum of exp(-r^2 / 2 width^2) over the atoms and their nearest images."""
    cell = atoms.cell.array
    grid = np.stack(np.meshgrid(*(np.arange(n) / n for n in shape), indexing="ij"), axis=-1)
    total = np.zeros(shape)
    for position in atoms.get_scaled_positions(wrap=False):
        for image in np.ndindex(3, 3, 3):
            nearest = position - np.floor(position) + np.array(image) - 1
            squared = (((grid - nearest) @ cell) ** 2).sum(axis=-1)
            total += np.exp(-squared / (2 * width**2))
    return total


def density(atoms: Atoms, n: int = 32, **options: Any) -> Field:
    shape = (n, n, n)
    values = gaussians(atoms, shape)
    return Field.from_array(values, atoms.cell.array, "density", atoms=atoms, **options)


def molecule(symbols: str, positions: Any, cell: Any = CUBE) -> Atoms:
    return Atoms(symbols, positions=positions, cell=cell, pbc=True)


def atoms_of(segment: Any) -> dict[int, tuple[int, int, int]]:
    return {index: cell for index, _, cell in segment.atoms}


def assert_bonded(segment: Any, atoms: Atoms, longest: float) -> None:
    """The copies that the cells name lie within a bond's length of each other."""
    at = [atoms.positions[i] + np.array(c) @ atoms.cell.array for i, c in atoms_of(segment).items()]
    assert np.linalg.norm(at[0] - at[1]) < longest


@pytest.mark.parametrize("cell", [CUBE, SKEW], ids=["cube", "skew"])
@pytest.mark.parametrize("centre", [(0.5, 0.5, 0.5), (0.0, 0.0, 0.0), (0.98, 0.03, 0.5)])
def test_two_atoms_of_a_molecule_are_one_segment(cell: Any, centre: Any) -> None:
    """Also across the boundary: the cells then say which copies belong together."""
    middle = np.array(centre) @ cell
    bond = np.array([0.6, 0.7, 0.4])
    positions = np.array([middle - bond, middle + bond])
    atoms = molecule("H2", positions, cell)
    atoms.wrap()
    found = find_tunnels(density(atoms))
    assert len(found.segments) == 1
    segment = found.segments[0]
    assert set(atoms_of(segment)) == {0, 1}
    assert atoms_of(segment)[0] == (0, 0, 0)
    assert_bonded(segment, atoms, 1.01 * 2 * np.linalg.norm(bond))
    assert segment.level > found.thresholds_grid[0]


def test_positions_outside_the_cell_are_taken_as_given() -> None:
    """An atom listed one lattice vector away is the copy of cell (0, 0, 0) all the same."""
    positions = np.array([[1.0, 4.0, 4.0], [-0.5, 4.0, 4.0]])
    away = positions + np.array([[0, 0, 0], [8.0, 0, -16.0]])
    for given, cell in ((positions, (0, 0, 0)), (away, (-1, 0, 2))):
        found = find_tunnels(density(molecule("H2", given)))
        assert atoms_of(found.segments[0]) == {0: (0, 0, 0), 1: cell}


def test_origin_of_the_grid_moves_nothing() -> None:
    atoms = molecule("H2", [[3.2, 4.0, 4.0], [4.8, 4.0, 4.0]])
    shifted = atoms.copy()
    shift = np.array([5.0, 3.0, 6.0])
    shifted.translate(shift)
    plain = density(atoms)
    moved = Field.from_array(plain.values, plain.cell, "density", atoms=shifted, origin=shift)
    one, other = find_tunnels(plain), find_tunnels(moved)
    assert one.segments[0] == other.segments[0]
    assert molecularity_index(one) == molecularity_index(other)


def test_two_molecules_are_two_segments_and_the_level_is_the_pass() -> None:
    positions = [[1, 1, 1], [2.6, 1, 1], [5, 5, 5], [5, 6.8, 5]]
    field = density(molecule("H2O2", positions))
    found = find_tunnels(field)
    segments = segments_at(found, 0.3)
    assert [set(atoms_of(s)) for s in segments] == [{0, 1}, {2, 3}]
    for segment, length in zip(segments, (1.6, 1.8), strict=True):
        # Half way between two gaussians; the other molecule and the images add little.
        assert segment.level == pytest.approx(2 * np.exp(-(length**2) / (8 * WIDTH**2)), rel=0.06)
        assert segment.level in field.values


def test_isolated_atoms_make_no_segment() -> None:
    """A cubic lattice of single atoms: each joins its own images only, and that is a tunnel."""
    found = find_tunnels(density(molecule("He", [[1, 2, 3]])))
    assert found.segments == ()
    found = find_tunnels(density(molecule("HeNe", [[1, 1, 1], [5, 5, 5]])))
    assert segments_at(found, 0.5) == ()
    assert found.thresholds[0] < 0.5


def test_a_chain_of_atoms_that_percolates_is_no_segment() -> None:
    """Four atoms equally far apart along x: all passes open at once, and the chain is a tunnel."""
    found = find_tunnels(density(molecule("H4", [[i, 4, 4] for i in (0, 2, 4, 6)])))
    assert found.segments == ()
    direction = found.directions[0]
    assert direction is not None
    assert direction.vectors.tolist() == [[1, 0, 0]]
    assert segments_at(found, float(found.thresholds_grid[0])) == ()


def test_segments_at_a_level() -> None:
    field = density(molecule("H2", [[3.2, 4.0, 4.0], [4.8, 4.0, 4.0]]))
    found = find_tunnels(field)
    joined = found.segments[0].level
    assert len(segments_at(found, joined)) == 1
    assert segments_at(found, float(np.nextafter(joined, np.inf))) == ()
    assert segments_at(found, float(field.values.min())) == ()


def test_without_atoms_there_are_no_segments() -> None:
    field = density(molecule("H2", [[3.2, 4.0, 4.0], [4.8, 4.0, 4.0]]))
    bare = Field.from_array(field.values, field.cell, "density")
    found = find_tunnels(bare)
    assert found.segments == ()
    assert np.isnan(molecularity_index(found))
    assert all(b.between == () for b in found.bottlenecks if b)


def test_molecularity_index_of_two_gaussians() -> None:
    """phi* is the field at the pass between the two, the closer pair of three."""
    positions = [[2.0, 4.0, 4.0], [3.6, 4.0, 4.0], [6.5, 4.0, 4.0]]
    found = find_tunnels(density(molecule("H3", positions)))
    pass_value = 2 * np.exp(-(1.6**2) / (8 * WIDTH**2))
    assert molecularity_index(found) == pytest.approx(pass_value, rel=0.02)
    assert molecularity_index(found) > found.thresholds[0]


def test_molecularity_index_of_one_atom_and_its_own_image() -> None:
    """A single H per cell meets itself: then phi* is the rank-1 threshold."""
    atoms = molecule("H", [[0.3, 0.1, 0.2]], np.diag([2.0, 6.0, 6.0]))
    found = find_tunnels(density(atoms))
    assert molecularity_index(found) == pytest.approx(found.thresholds[0], abs=1e-9)
    assert molecularity_index(found) == pytest.approx(2 * np.exp(-1 / (2 * WIDTH**2)), rel=0.05)


def test_molecularity_index_looks_at_one_element_only() -> None:
    """Two H joined by way of an O: they meet at the weaker of the two passes."""
    atoms = molecule("HOH", [[2.2, 4, 4], [4.0, 4, 4], [6.0, 4, 4]])
    found = find_tunnels(density(atoms))
    o_h = molecularity_index(found)
    far = 2 * np.exp(-(2.0**2) / (8 * WIDTH**2))
    assert o_h == pytest.approx(far, rel=0.05)
    assert np.isnan(molecularity_index(found, "N"))
    assert molecularity_index(found, "O") == pytest.approx(found.thresholds[0], rel=1e-3)


def test_potential_wells_join_as_densities_do() -> None:
    """From below: the segments of -density are those of the density."""
    atoms = molecule("H2", [[7.4, 4.0, 4.0], [1.0, 4.0, 4.0]])
    above = density(atoms)
    below = Field.from_array(-above.values, above.cell, "potential", atoms=atoms)
    one, other = find_tunnels(above), find_tunnels(below)
    assert [s.atoms for s in one.segments] == [s.atoms for s in other.segments]
    assert one.segments[0].level == -other.segments[0].level
    assert molecularity_index(one) == pytest.approx(-molecularity_index(other), abs=1e-12)
    assert_bonded(one.segments[0], atoms, 1.7)
