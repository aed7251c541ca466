"""What a search gives back: bottlenecks in physical terms, plain dictionaries, clear errors."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, replace
from typing import Any

import numpy as np
import pytest
from ase import Atoms
from fourier_fields import FourierField, random_field

from isotunnel.errors import FieldError, InputError
from isotunnel.fields.field import Field
from isotunnel.tunnels import Tunnels, find_tunnels

SKEW = np.array([[4.0, 0.0, 0.0], [1.5, 5.0, 0.0], [-0.5, 0.9, 6.0]])


def cosines(*strengths: float) -> FourierField:
    """-sum a_i cos 2 pi u_i: minima at the corners, passes half way along the edges."""
    return FourierField(np.eye(3, dtype=np.int64), np.array(strengths), np.full(3, np.pi))


def search(field: FourierField, cell: Any = SKEW, n: int = 20, **attributes: Any) -> Tunnels:
    values = field.on_grid((n, n + 2, n + 1))
    return find_tunnels(Field.from_array(values, cell, "potential", **attributes))


def test_bottleneck_lies_between_the_two_atoms_that_it_joins() -> None:
    """Atoms in the wells: each pass is half way between an atom and its image along an axis."""
    atoms = Atoms("Na", positions=[[0, 0, 0]], cell=SKEW, pbc=True)
    found = search(cosines(1.0, 2.0, 4.0), atoms=atoms)
    for d, bottleneck in enumerate(found.bottlenecks):
        assert bottleneck is not None
        assert bottleneck.refined
        expected = np.zeros(3)
        expected[d] = 0.5
        apart = bottleneck.position_fractional - expected
        np.testing.assert_allclose(apart - np.rint(apart), 0, atol=1e-3)
        np.testing.assert_allclose(
            bottleneck.position_cartesian, bottleneck.position_fractional @ SKEW
        )
        one, two = bottleneck.between
        length = np.linalg.norm(SKEW[d])
        assert one.symbol == two.symbol == "Na"
        assert one.distance_angstrom == pytest.approx(length / 2, abs=0.01)
        assert two.distance_angstrom == pytest.approx(length / 2, abs=0.01)
        step = np.abs(np.array(one.cell) - np.array(two.cell))
        assert step.tolist() == [int(a == d) for a in range(3)]


def test_the_cells_of_the_neighbours_are_where_they_are_stated_to_be() -> None:
    atoms = Atoms("HeNe", scaled_positions=[[0.1, 0.9, 0.2], [0.6, 0.4, 0.8]], cell=SKEW, pbc=True)
    atoms.positions += np.array([1, -2, 1]) @ SKEW
    found = search(random_field(np.random.default_rng(2)), atoms=atoms, origin=(0.3, 0.2, 0.1))
    seen = 0
    for bottleneck in found.bottlenecks:
        assert bottleneck is not None
        for near in bottleneck.between:
            position = atoms.positions[near.index] + np.array(near.cell) @ SKEW
            distance = np.linalg.norm(position - bottleneck.position_cartesian)
            assert near.distance_angstrom == pytest.approx(float(distance))
            assert near.symbol == atoms.symbols[near.index]
            seen += 1
    assert seen == 6


def test_path_and_opening_follow_the_field_s_own_curvature() -> None:
    """Against the analytic Hessian of a Fourier sum in a skew cell."""
    inverse = np.linalg.inv(SKEW)
    for seed in range(4):
        field = random_field(np.random.default_rng(seed))
        for bottleneck in search(field, n=28).bottlenecks:
            assert bottleneck is not None
            point = field.critical_point(bottleneck.position_fractional)
            np.testing.assert_allclose(point, bottleneck.position_fractional, atol=1e-3)
            curvature, axes = np.linalg.eigh(inverse @ field.hessian(point) @ inverse.T)
            assert curvature[0] < 0 < curvature[1]
            slope = 2 * np.pi / np.sqrt(curvature[1] * curvature[2])
            assert bottleneck.cross_section_slope == pytest.approx(slope, rel=0.02)
            assert bottleneck.path_direction is not None
            assert abs(bottleneck.path_direction @ axes[:, 0]) == pytest.approx(1, abs=1e-3)
            assert bottleneck.cross_section(0.1) == pytest.approx(0.1 * slope, rel=0.02)


def test_cross_section_is_the_area_of_the_opening() -> None:
    """Counted on a fine cut through the pass, orthogonal cell."""
    cell = np.diag([4.0, 5.0, 6.0])
    found = search(cosines(1.0, 2.0, 4.0), cell)
    bottleneck = found.bottlenecks[0]
    assert bottleneck is not None
    beyond = 0.02
    y, z = np.meshgrid(np.linspace(-0.5, 0.5, 2001), np.linspace(-0.5, 0.5, 2001), indexing="ij")
    cut = 1.0 - 2.0 * np.cos(2 * np.pi * y) - 4.0 * np.cos(2 * np.pi * z)
    area = np.mean(cut <= -5.0 + beyond) * 5.0 * 6.0
    assert bottleneck.cross_section(beyond) == pytest.approx(area, rel=0.01)


def test_unrefined_bottlenecks_say_so() -> None:
    values = cosines(1.0, 2.0, 4.0).on_grid((8, 8, 8))
    found = find_tunnels(Field.from_array(values, SKEW, "potential"), refine=False)
    for bottleneck in found.bottlenecks:
        assert bottleneck is not None
        assert not bottleneck.refined
        assert bottleneck.path_direction is None
        assert bottleneck.cross_section_slope is None
        assert np.isnan(bottleneck.cross_section(0.1))
        assert bottleneck.value == bottleneck.value_grid
        assert values[bottleneck.voxel] == bottleneck.value_grid
    json.dumps(found.as_dict(), allow_nan=False)


def test_dictionary_is_strict_json_and_repeats_the_attributes() -> None:
    atoms = Atoms("H2", positions=[[0, 0, 0], [2, 2.5, 3]], cell=SKEW, pbc=True)
    found = search(cosines(1.0, 2.0, 4.0), atoms=atoms)
    again = json.loads(json.dumps(found.as_dict(), allow_nan=False))
    for name in ("thresholds", "thresholds_error", "thresholds_grid", "thresholds_global_grid"):
        assert list(again[name]) == ["1", "2", "3"]
        assert list(again[name].values()) == getattr(found, name).tolist()
    for rank in (1, 2, 3):
        assert again["directions"][str(rank)]["rank"] == rank
        assert again["bottlenecks"][str(rank)]["refined"] is True
        assert len(again["bottlenecks"][str(rank)]["between"]) == 2
    assert again["schema"].startswith("isotunnel.tunnels/")
    assert again["side"] == "below"
    assert again["unit"] == "eV"
    assert again["connectivity"] == 26


def test_a_rank_that_is_never_reached_is_null() -> None:
    """On a whole torus every rank is reached in the end; a caller may cut the levels off."""
    found = search(cosines(1.0, 2.0, 4.0))
    nothing = np.array([found.thresholds[0], np.nan, np.nan])
    short = replace(
        found,
        thresholds=nothing,
        thresholds_error=nothing,
        thresholds_grid=nothing,
        thresholds_global_grid=nothing,
        directions=(found.directions[0], None, None),
        bottlenecks=(found.bottlenecks[0], None, None),
    )
    again = json.loads(json.dumps(short.as_dict(), allow_nan=False))
    for name in ("thresholds", "thresholds_grid", "directions", "bottlenecks"):
        assert again[name]["1"] is not None
        assert again[name]["2"] is None
        assert again[name]["3"] is None
    assert short.rank_at(1e9) == 1


def test_rank_at_a_level_counts_the_thresholds() -> None:
    found = search(cosines(1.0, 2.0, 4.0))
    levels = [-8.0, *(found.thresholds + 1e-9)]
    assert [found.rank_at(float(level)) for level in levels] == [0, 1, 2, 3]
    above = find_tunnels(
        Field.from_array(-found.field.values, SKEW, "density"), side=None, connectivity=6
    )
    assert [above.rank_at(float(-level)) for level in levels] == [0, 1, 2, 3]


def test_default_side_follows_the_kind() -> None:
    values = cosines(1.0, 2.0, 4.0).on_grid((8, 8, 8))
    for kind, side in (
        *(("potential", "below"), ("electrostatic", "below")),
        *(("density", "above"), ("elf", "above")),
    ):
        assert find_tunnels(Field.from_array(values, SKEW, kind), refine=False).side == side


def test_results_cannot_be_changed() -> None:
    found = search(cosines(1.0, 2.0, 4.0))
    for array in (
        *(found.thresholds, found.thresholds_error, found.thresholds_grid),
        found.thresholds_global_grid,
    ):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0.0
    with pytest.raises(FrozenInstanceError):
        found.side = "above"  # type: ignore[misc, assignment]
    direction, bottleneck = found.directions[0], found.bottlenecks[0]
    assert direction is not None
    assert bottleneck is not None
    for array in (direction.vectors, direction.windings, direction.cartesian):
        assert not array.flags.writeable
    assert not bottleneck.position_fractional.flags.writeable


@pytest.mark.parametrize("shape", [(1, 1, 1), (2, 2, 2), (1, 6, 7), (9, 1, 1), (3, 3, 3)])
@pytest.mark.parametrize("side", ["below", "above"])
def test_small_grids_give_an_answer(shape: tuple[int, int, int], side: Any) -> None:
    rng = np.random.default_rng(4)
    for values in (rng.random(shape), np.full(shape, 2.5)):
        field = Field.from_array(values, SKEW, "other", atoms=Atoms("H", cell=SKEW, pbc=True))
        found = find_tunnels(field, side=side)
        assert np.isfinite(found.thresholds).all()
        assert (found.thresholds_error >= 0).all()
        assert all(d is not None and d.rank > 0 for d in found.directions)
        json.dumps(found.as_dict(), allow_nan=False)


def test_constant_field_is_a_network_with_no_error() -> None:
    found = find_tunnels(Field.from_array(np.full((4, 5, 6), -1.25), SKEW, "potential"))
    assert found.thresholds_grid.tolist() == [-1.25] * 3
    assert found.thresholds == pytest.approx([-1.25] * 3, abs=1e-13)
    assert found.thresholds_error.max() < 1e-12
    assert [d.rank for d in found.directions if d] == [3, 3, 3]


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_not_a_number_is_a_clear_error(bad: float) -> None:
    values = np.zeros((4, 4, 4))
    values[1, 2, 3] = bad
    with pytest.raises(FieldError, match="1 of 64 field values are NaN or infinite"):
        Field.from_array(values, SKEW, "potential")


def test_wrong_sides_and_kinds_are_clear_errors() -> None:
    values = np.zeros((4, 4, 4))
    with pytest.raises(FieldError, match="no default side"):
        find_tunnels(Field.from_array(values, SKEW, "other"))
    field = Field.from_array(values, SKEW, "potential")
    with pytest.raises(FieldError, match="side must be 'above' or 'below', got 'up'"):
        find_tunnels(field, side="up")  # type: ignore[arg-type]
    with pytest.raises(FieldError, match="connectivity must be 6 or 26, got 18"):
        find_tunnels(field, connectivity=18)  # type: ignore[arg-type]
    with pytest.raises(FieldError, match="unknown field kind 'spam'"):
        Field.from_array(values, SKEW, "spam")
    assert issubclass(FieldError, InputError)
