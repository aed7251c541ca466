"""The slider's levels, and the meshes behind them."""

from __future__ import annotations

import base64
import zlib
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_cases import SKEW_CELL, layered

from isotunnel.fields.field import Field
from isotunnel.report.scene.choose_levels import choose_levels
from isotunnel.report.scene.encode import decode_surface
from isotunnel.report.scene.meshes import FieldMeshes, drawn_level, field_meshes
from isotunnel.report.scene.resample import display_shape, on_display_grid
from isotunnel.tunnels import Tunnels, find_tunnels
from isotunnel.tunnels.ties import tied_thresholds


@pytest.fixture(scope="module")
def meshes(layered_tunnels: Tunnels) -> FieldMeshes:
    return field_meshes(layered_tunnels, 400_000)


def inflated(meshes: FieldMeshes) -> bytes:
    return zlib.decompress(base64.b64decode(meshes.blob))


def decoded(meshes: FieldMeshes, level: dict[str, Any]) -> tuple[np.ndarray, ...]:
    data = inflated(meshes)[level["offset"] :]
    return decode_surface(data, level["vertices"], sum(level["triangles"]))


def test_levels_open_the_region_step_by_step(layered_tunnels: Tunnels) -> None:
    levels = choose_levels(layered_tunnels, 24)
    assert 20 <= len(levels) <= 30
    assert (np.diff(levels) > 0).all()
    for threshold in layered_tunnels.thresholds:
        assert threshold in levels.tolist()


def test_levels_fall_for_a_region_above() -> None:
    field = Field.from_array(-layered(), SKEW_CELL, "density")
    levels = choose_levels(find_tunnels(field), 24)
    assert (np.diff(levels) < 0).all()


def test_one_level_for_a_constant_field() -> None:
    field = Field.from_array(np.full((8, 8, 8), 2.5), SKEW_CELL, "potential")
    tunnels = find_tunnels(field)
    assert choose_levels(tunnels, 24) == pytest.approx([2.5])
    assert field_meshes(tunnels, 100_000).levels[0]["rank"] == 3


def test_equal_thresholds_are_one_step(layered_tunnels: Tunnels) -> None:
    assert [ranks for _, ranks in tied_thresholds(layered_tunnels)] == [(1,), (2,), (3,)]
    x = np.cos(2 * np.pi * np.arange(16) / 16)
    cubic = x[:, None, None] + x[None, :, None] + x[None, None, :]
    tunnels = find_tunnels(Field.from_array(cubic, np.eye(3) * 3, "potential"))
    assert [ranks for _, ranks in tied_thresholds(tunnels)] == [(1, 2, 3)]


def test_the_picture_shows_the_rank_that_was_found(meshes: FieldMeshes) -> None:
    seen = set()
    for level in meshes.levels:
        drawn = [rank for rank in range(4) if level["triangles"][rank]]
        assert max(drawn) == level["rank"], level
        seen.update(level["thresholds"])
    assert seen == {1, 2, 3}


def test_every_mesh_decodes_into_the_cell(meshes: FieldMeshes) -> None:
    total = 0
    for level in meshes.levels:
        points, normals, triangles = decoded(meshes, level)
        assert np.isfinite(points).all()
        assert points.min() >= 0
        assert points.max() <= 1
        assert np.isfinite(normals).all()
        assert triangles.min() == 0
        assert triangles.max() == level["vertices"] - 1
        total += len(triangles)
    assert total > 1000
    last = meshes.levels[-1]
    size = 8 * last["vertices"] + 6 * sum(last["triangles"])
    assert last["offset"] + size == len(inflated(meshes))


def test_a_mesh_ends_on_opposite_faces_alike(meshes: FieldMeshes) -> None:
    """What leaves the cell through one face comes in through the other."""
    level = next(level for level in meshes.levels if level["thresholds"] == [3])
    points, _, _ = decoded(meshes, level)
    shared = 0
    for axis in range(3):
        others = [k for k in range(3) if k != axis]
        near = {tuple(p) for p in np.round(points[points[:, axis] == 0][:, others], 6)}
        far = {tuple(p) for p in np.round(points[points[:, axis] == 1][:, others], 6)}
        assert near == far
        shared += len(near)
    assert shared > 20


@pytest.mark.parametrize("budget", [120_000, 300_000, 1_000_000])
def test_the_budget_is_kept(layered_tunnels: Tunnels, budget: int) -> None:
    assert budget / 6 < len(field_meshes(layered_tunnels, budget).blob) <= budget


@given(
    st.lists(st.floats(-5, 5), min_size=3, max_size=3).map(sorted),
    st.floats(-6, 6),
    st.integers(0, 3),
    st.sampled_from([1, -1]),
)
def test_drawn_level_has_the_rank(opened: list[float], level: float, rank: int, sign: int) -> None:
    drawn = sign * drawn_level(sign * level, rank, sign * np.array(opened), sign)
    found = sum(drawn >= x for x in opened)
    # Ranks that the display grid reaches together cannot be shown apart: then the higher one.
    tied = rank > 0 and rank < 3 and opened[rank] == opened[rank - 1]
    assert found >= rank if tied else found == rank


def test_drawn_level_stays_where_it_already_has_the_rank() -> None:
    reached = np.array([1.0, 2.0, 3.0])
    assert drawn_level(2.5, 2, reached, 1) == 2.5
    assert drawn_level(2.5, 1, np.array([1.0, np.nan, np.nan]), 1) == 2.5
    assert drawn_level(2.5, 2, np.array([1.0, np.nan, np.nan]), 1) == 2.5


def test_display_grid_samples_the_field_itself() -> None:
    values = layered(24)
    field = Field.from_array(values, SKEW_CELL, "potential")
    same = on_display_grid(field, (24, 24, 24), -10, 10)
    assert same == pytest.approx(values, abs=1e-6)
    coarse = on_display_grid(field, (12, 8, 6), -10, 10)
    assert coarse == pytest.approx(values[::2, ::3, ::4], abs=1e-6)
    fine = on_display_grid(field, (48, 48, 48), -10, 10)
    assert fine == pytest.approx(layered(48), abs=2e-3)


def test_display_grid_undoes_the_origin() -> None:
    shift = np.array([3, 5, 7])
    moved = np.roll(layered(24), -shift, axis=(0, 1, 2))
    origin = (shift / 24) @ SKEW_CELL
    field = Field.from_array(moved, SKEW_CELL, "potential", origin=origin)
    assert on_display_grid(field, (24, 24, 24), -10, 10) == pytest.approx(layered(24), abs=1e-6)


def test_display_shape_follows_the_cell() -> None:
    assert display_shape(np.diag([4.0, 4.0, 4.0]), 32**3) == (32, 32, 32)
    n1, n2, n3 = display_shape(np.diag([3.0, 3.0, 24.0]), 32**3)
    assert n3 == pytest.approx(8 * n1, rel=0.06)
    assert n1 == n2
