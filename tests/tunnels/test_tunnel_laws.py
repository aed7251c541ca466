"""One crystal, several descriptions: thresholds stay, directions turn with the cell."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from ase import Atoms
from fourier_fields import random_field
from numpy.typing import NDArray

from isotunnel.fields.field import Field
from isotunnel.tunnels import Tunnels, find_tunnels

CELL = np.array([[4.0, 0.2, 0.0], [0.7, 5.0, 0.0], [-0.5, 0.9, 6.0]])
SEEDS = pytest.mark.parametrize("seed", [0, 1, 4])
N = 16


def field_of(seed: int, n: int = N) -> Field:
    """A smooth potential with two atoms, on n^3 points of a skew cell."""
    values = random_field(np.random.default_rng(seed)).on_grid((n, n, n))
    atoms = Atoms("HeNe", scaled_positions=[[0.1, 0.2, 0.3], [0.6, 0.55, 0.9]], cell=CELL, pbc=True)
    return Field.from_array(values, CELL, "potential", atoms=atoms)


def described(field: Field, matrix: Any, values: NDArray[Any], origin: Any = (0, 0, 0)) -> Field:
    """The field in the cell with the rows ``matrix @ cell``."""
    return Field.from_array(
        values, np.asarray(matrix) @ field.cell, "potential", origin=origin, atoms=field.atoms
    )


def span(found: Tunnels, d: int) -> NDArray[np.float64]:
    """Projector on the Cartesian directions of rank d: the same whatever basis they are given in.

    (3, 3); the lengths of the vectors are compared apart from it.
    """
    direction = found.directions[d]
    assert direction is not None
    q, _ = np.linalg.qr(direction.cartesian.T)
    return np.asarray(q @ q.T)


def measure(found: Tunnels, d: int) -> float:
    """Length, area or volume that the primitive directions span."""
    direction = found.directions[d]
    assert direction is not None
    gram = direction.cartesian @ direction.cartesian.T
    return float(np.sqrt(np.linalg.det(gram)))


def assert_same_tunnels(one: Tunnels, other: Tunnels, exact: bool) -> None:
    if exact:
        np.testing.assert_array_equal(one.thresholds_grid, other.thresholds_grid)
        np.testing.assert_allclose(one.thresholds, other.thresholds, atol=1e-9)
    together = one.thresholds_error + other.thresholds_error
    assert (np.abs(one.thresholds - other.thresholds) <= together).all()
    for d in range(3):
        np.testing.assert_allclose(span(one, d), span(other, d), atol=1e-9)


def assert_same_bottlenecks(one: Tunnels, other: Tunnels) -> None:
    for a, b in zip(one.bottlenecks, other.bottlenecks, strict=True):
        assert a is not None
        assert b is not None
        # In the other cell the same point may be given one lattice vector away.
        apart = np.linalg.solve(one.field.cell.T, a.position_cartesian - b.position_cartesian)
        np.testing.assert_allclose(apart - np.rint(apart), 0, atol=2e-3)
        assert a.path_direction is not None
        assert b.path_direction is not None
        assert abs(a.path_direction @ b.path_direction) == pytest.approx(1, abs=1e-2)
        assert a.cross_section_slope == pytest.approx(b.cross_section_slope, rel=2e-2)
        near = {(n.index, round(n.distance_angstrom, 1)) for n in a.between}
        assert near == {(n.index, round(n.distance_angstrom, 1)) for n in b.between}


@SEEDS
def test_unimodular_change_of_cell(seed: int) -> None:
    """a2 + a1 in place of a2: other voxels touch, so only what lies between them must agree."""
    field = field_of(seed)
    i, j, k = np.indices(field.shape)
    sheared = described(field, [[1, 0, 0], [1, 1, 0], [0, 0, 1]], field.values[(i + j) % N, j, k])
    one, other = find_tunnels(field), find_tunnels(sheared)
    assert_same_tunnels(one, other, exact=False)
    assert_same_bottlenecks(one, other)
    for d in range(3):
        assert measure(one, d) == pytest.approx(measure(other, d))


@SEEDS
@pytest.mark.parametrize("order", [(1, 2, 0), (1, 0, 2), (2, 1, 0)])
def test_axis_permutation(seed: int, order: tuple[int, int, int]) -> None:
    field = field_of(seed)
    turned = described(field, np.eye(3)[list(order)], field.values.transpose(order))
    one, other = find_tunnels(field), find_tunnels(turned)
    assert_same_tunnels(one, other, exact=True)
    assert_same_bottlenecks(one, other)
    for d in range(3):
        before, after = one.directions[d], other.directions[d]
        assert before is not None
        assert after is not None
        assert len(after.vectors) == len(before.vectors)
        if d == 0:
            vector = before.vectors[0][list(order)]
            assert after.vectors[0].tolist() in (vector.tolist(), (-vector).tolist())


@SEEDS
def test_axis_reversal(seed: int) -> None:
    """-a3 in place of a3; grid point k becomes -k."""
    field = field_of(seed)
    flipped = np.roll(field.values[:, :, ::-1], 1, axis=2)
    one = find_tunnels(field)
    other = find_tunnels(described(field, np.diag([1, 1, -1]), flipped))
    assert_same_tunnels(one, other, exact=True)
    assert_same_bottlenecks(one, other)


@SEEDS
def test_origin_shift(seed: int) -> None:
    """Rolled values and an origin that makes up for it: the same points of space."""
    field = field_of(seed)
    shift = np.array([3, 7, 11])
    rolled = np.roll(field.values, -shift, axis=(0, 1, 2))
    other = find_tunnels(described(field, np.eye(3), rolled, shift / N @ field.cell))
    one = find_tunnels(field)
    assert_same_tunnels(one, other, exact=True)
    assert_same_bottlenecks(one, other)


@SEEDS
@pytest.mark.parametrize("repeats", [(2, 1, 1), (2, 2, 2)])
def test_supercell(seed: int, repeats: tuple[int, int, int]) -> None:
    field = field_of(seed, 10)
    big = Field.from_array(
        np.tile(field.values, repeats), np.diag(repeats) @ field.cell, "potential"
    )
    one, other = find_tunnels(field), find_tunnels(big)
    assert_same_tunnels(one, other, exact=True)
    for d in range(3):
        assert measure(other, d) >= measure(one, d) * (1 - 1e-9)
    assert measure(other, 2) == pytest.approx(np.prod(repeats) * measure(one, 2))


@SEEDS
def test_non_diagonal_supercell(seed: int) -> None:
    """(a1, 2 (a1 + a2), a3): a shear, then two of it."""
    field = field_of(seed)
    i, j, k = np.indices(field.shape)
    matrix = np.array([[1, 0, 0], [2, 2, 0], [0, 0, 1]])
    doubled = np.tile(field.values[(i + j) % N, j, k], (1, 2, 1))
    assert_same_tunnels(
        find_tunnels(field), find_tunnels(described(field, matrix, doubled)), exact=False
    )


@SEEDS
def test_superlevel_sets_of_the_negative(seed: int) -> None:
    field = field_of(seed)
    above = Field.from_array(-field.values, field.cell, "other")
    one, other = find_tunnels(field), find_tunnels(above, side="above")
    np.testing.assert_array_equal(one.thresholds_grid, -other.thresholds_grid)
    np.testing.assert_allclose(one.thresholds, -other.thresholds, atol=1e-12)
    for a, b in zip(one.bottlenecks, other.bottlenecks, strict=True):
        assert a is not None
        assert b is not None
        np.testing.assert_allclose(a.position_fractional, b.position_fractional, atol=1e-9)
        assert a.cross_section_slope == pytest.approx(b.cross_section_slope)


@SEEDS
def test_shift_and_scale_of_the_values(seed: int) -> None:
    """Levels scale, places stay, and the opening grows more slowly in a steeper field."""
    field = field_of(seed)
    scaled = Field.from_array(3.0 * field.values + 7.0, field.cell, "potential")
    one, other = find_tunnels(field), find_tunnels(scaled)
    np.testing.assert_allclose(3.0 * one.thresholds + 7.0, other.thresholds, rtol=1e-9)
    np.testing.assert_allclose(3.0 * one.thresholds_error, other.thresholds_error, atol=1e-12)
    for a, b in zip(one.bottlenecks, other.bottlenecks, strict=True):
        assert a is not None
        assert b is not None
        np.testing.assert_allclose(a.position_fractional, b.position_fractional, atol=1e-7)
        assert b.cross_section_slope is not None
        assert a.cross_section_slope == pytest.approx(3.0 * b.cross_section_slope)


def test_the_seeds_are_not_trivial() -> None:
    """Guard: three different thresholds, and a rank-1 direction that is not always the same."""
    found = [find_tunnels(field_of(seed)) for seed in (0, 1, 4)]
    assert all(len(set(t.thresholds.tolist())) == 3 for t in found)
    assert len({tuple(t.directions[0].vectors[0]) for t in found if t.directions[0]}) > 1
    assert all(b is not None and b.refined for t in found for b in t.bottlenecks)
