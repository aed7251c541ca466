"""What the browser decodes is the mesh that was made."""

from __future__ import annotations

import base64
import zlib

import numpy as np
import pytest
from report_cases import SKEW_CELL, layered

from isotunnel.report.scene.encode import STEPS, decode_surface, encode_surface, to_base64
from isotunnel.report.scene.surface import Surface, surface_at


def corners(vertices: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    return vertices[triangles]


def check_round_trip(surface: Surface) -> None:
    packed = encode_surface(surface)
    count = len(surface.triangles)
    points, normals, triangles = decode_surface(packed.data, packed.vertices, count)
    wanted = corners(surface.vertices, surface.triangles)
    assert np.abs(corners(points, triangles) - wanted).max() <= 0.5 / STEPS + 1e-12
    turned = corners(normals, triangles) - corners(surface.normals, surface.triangles)
    # Two bytes per direction: about one degree.
    assert np.linalg.norm(turned, axis=-1).max() < 0.025


def test_round_trip() -> None:
    check_round_trip(surface_at(layered(), SKEW_CELL, -0.5, 1))


def test_round_trip_with_many_vertices() -> None:
    random = np.random.default_rng(7)
    count = 70_000
    normals = random.normal(size=(count, 3))
    surface = Surface(
        level=0.0,
        vertices=random.random((count, 3)),
        normals=normals / np.linalg.norm(normals, axis=1, keepdims=True),
        triangles=random.integers(0, count, (90_000, 3)),
        rank_counts=(90_000, 0, 0, 0),
    )
    assert len(np.unique(surface.triangles)) > 65_536
    check_round_trip(surface)


@pytest.mark.parametrize("axis", [0, 1, 2])
@pytest.mark.parametrize("way", [1.0, -1.0])
def test_normals_along_axes_survive(axis: int, way: float) -> None:
    normals = np.zeros((3, 3))
    normals[:, axis] = way
    surface = Surface(0.0, np.eye(3), normals, np.array([[0, 1, 2]]), (1, 0, 0, 0))
    packed = encode_surface(surface)
    _, back, _ = decode_surface(packed.data, 3, 1)
    assert back == pytest.approx(normals, abs=0.01)


def test_an_empty_surface() -> None:
    nothing = np.zeros((0, 3))
    packed = encode_surface(Surface(0.0, nothing, nothing, nothing.astype(int), (0, 0, 0, 0)))
    assert packed.data == b""
    assert packed.vertices == 0


def test_base64_is_a_zlib_stream() -> None:
    assert zlib.decompress(base64.b64decode(to_base64(b"tunnel" * 9))) == b"tunnel" * 9
