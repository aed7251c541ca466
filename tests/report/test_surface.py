"""Laws of a periodic isosurface: closed on the torus, oriented outwards, of the right topology."""

from __future__ import annotations

import numpy as np
import pytest
from report_cases import SKEW_CELL, layered, phases

from isotunnel.report.scene.surface import Surface, surface_at

LEFT_HANDED = SKEW_CELL[[1, 0, 2]]


def schwarz(n: int = 20) -> np.ndarray:
    return sum(np.cos(x) for x in phases(n))


def torus_mesh(surface: Surface) -> tuple[np.ndarray, int]:
    """Triangles with vertices of opposite faces made one, and the number of vertices left."""
    wrapped = np.round(surface.vertices % 1.0, 9) % 1.0
    _, number = np.unique(wrapped, axis=0, return_inverse=True)
    triangles = number.reshape(-1)[surface.triangles]
    different = (triangles != np.roll(triangles, 1, axis=1)).all(axis=1)
    return triangles[different], len(np.unique(triangles[different]))


def directed_edges(triangles: np.ndarray) -> np.ndarray:
    return np.concatenate([triangles[:, [i, (i + 1) % 3]] for i in range(3)])


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("level", [-1.4, -0.3, 0.0, 0.7, 1.6])
def test_closed_and_oriented_on_the_torus(level: float, sign: int) -> None:
    surface = surface_at(schwarz(), SKEW_CELL, level, sign)
    triangles, _ = torus_mesh(surface)
    assert len(triangles) > 100
    edges = directed_edges(triangles)
    forward = np.unique(edges, axis=0, return_counts=True)
    backward = np.unique(edges[:, ::-1], axis=0, return_counts=True)
    # Every edge is walked as often one way as the other: no hole, no flipped triangle.
    assert np.array_equal(forward[0], backward[0])
    assert np.array_equal(forward[1], backward[1])
    assert forward[1].max() == 1


@pytest.mark.parametrize(("level", "euler"), [(0.1, -4), (-2.0, 2), (2.0, 2)])
def test_euler_characteristic(level: float, euler: int) -> None:
    # Schwarz' P surface has genus 3 per cell; near the extrema it is a sphere.
    triangles, vertices = torus_mesh(surface_at(schwarz(), SKEW_CELL, level, 1))
    edges = len(directed_edges(triangles)) // 2
    assert vertices - edges + len(triangles) == euler


@pytest.mark.parametrize("cell", [SKEW_CELL, LEFT_HANDED])
@pytest.mark.parametrize("sign", [1, -1])
def test_normals_and_winding_point_out_of_the_region(cell: np.ndarray, sign: int) -> None:
    surface = surface_at(sign * schwarz(), cell, sign * -2.0, sign)
    points = surface.vertices @ cell
    a, b, c = (points[surface.triangles[:, i]] for i in range(3))
    # A single pocket in the cell's middle: the divergence theorem gives its volume, positive.
    volume = float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6)
    share = volume / abs(np.linalg.det(cell))
    assert share == pytest.approx(np.count_nonzero(schwarz() <= -2.0) / 20**3, rel=0.08)
    outward = np.einsum("ij,ij->i", surface.normals, points - cell.sum(axis=0) / 2)
    assert (outward > 0).all()
    assert np.linalg.norm(surface.normals, axis=1) == pytest.approx(1.0)


def test_level_on_voxel_values_leaves_no_hole() -> None:
    values = np.round(schwarz(12), 1)
    triangles, _ = torus_mesh(surface_at(values, SKEW_CELL, 0.5, 1))
    assert np.any(values == 0.5)
    edges = directed_edges(triangles)
    assert sorted(map(tuple, edges)) == sorted(map(tuple, edges[:, ::-1]))


@pytest.mark.parametrize(("level", "rank"), [(-2.9, 0), (-2.4, 1), (-0.5, 2), (2.0, 3)])
def test_triangles_carry_the_rank_of_their_network(level: float, rank: int) -> None:
    # The layered field -(0.3 cos x + 0.9 cos y + 2 cos z) has its saddles at -2.6, -1.4 and 0.8.
    counts = surface_at(layered(), SKEW_CELL, level, 1).rank_counts
    assert counts[rank] == sum(counts) > 0


def test_pockets_and_networks_side_by_side() -> None:
    x, y, z = phases(24)
    values = np.minimum(-np.cos(y) - np.cos(z), 0.6 - np.cos(y + np.pi) - np.cos(z) - np.cos(x))
    surface = surface_at(values, SKEW_CELL, -1.5, 1)
    assert surface.rank_counts[0] > 0
    assert surface.rank_counts[1] > 0
    middles = surface.vertices[surface.triangles].mean(axis=1)
    wire = middles[surface.rank_counts[0] :]
    assert (np.minimum(wire[:, 1], 1 - wire[:, 1]) < 0.25).all()


def test_empty_where_the_level_is_out_of_range() -> None:
    for level in (-9.0, 9.0):
        surface = surface_at(schwarz(), SKEW_CELL, level, 1)
        assert surface.rank_counts == (0, 0, 0, 0)
        assert surface.vertices.shape == (0, 3)
