"""The compiled pass against its slow twin: the same pieces, path, stationary point and error."""

from __future__ import annotations

import critical_twin as twin
import numpy as np
import pytest

from isotunnel.topology.critical import find_passes
from isotunnel.topology.graph import merge_graph
from isotunnel.topology.pass_kernel import minimax
from isotunnel.topology.spline_kernel import eigen_symmetric


def smooth(shape, seed, width):
    """A field without symmetry and without ties; the smaller ``width`` the rougher."""
    rng = np.random.default_rng(seed)
    spectrum = np.fft.fftn(rng.random(shape))
    waves = [np.fft.fftfreq(n) * n for n in shape]
    square = waves[0][:, None, None] ** 2 + waves[1][:, None] ** 2 + waves[2] ** 2
    return np.ascontiguousarray(np.fft.ifftn(spectrum * np.exp(-square / width)).real)


@pytest.mark.parametrize("connectivity", [6, 26])
@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(
    ("shape", "width", "dtype"),
    [((9, 8, 7), 3.0, float), ((12, 5, 6), 6.0, np.float32), ((3, 4, 17), 1e9, float)],
)
def test_the_kernel_finds_what_the_twin_finds(shape, width, dtype, sign, connectivity):
    values = smooth(shape, len(shape) + sign, width).astype(dtype)
    graph = merge_graph(values, sign, connectivity)
    kinds = set()
    voxels = np.array(np.unravel_index(np.unique(graph.saddle_voxel)[:12], shape)).T
    passes = find_passes(values, voxels, sign, connectivity)
    assert len(passes) == len(voxels) > 3
    for voxel, one in zip(voxels.tolist(), passes, strict=True):
        other = twin.find_pass(values, tuple(voxel), sign, connectivity)
        assert (one is None) == (other is None)
        if one is None:
            continue
        kinds.add(one.hessian is None)
        assert one.value == pytest.approx(other.value, rel=1e-9, abs=1e-12)
        assert one.error == pytest.approx(other.error, rel=1e-5, abs=1e-9)
        np.testing.assert_allclose(one.position, other.position, atol=1e-6)
        assert (one.hessian is None) == (other.hessian is None)
        if one.hessian is not None:
            np.testing.assert_allclose(one.hessian, other.hessian, atol=1e-6)
    assert kinds


@pytest.mark.parametrize("few", [False, True])
def test_the_path_that_is_lowest_at_its_highest(few):
    rng = np.random.default_rng(8)
    for _ in range(8):
        box = rng.random((6, 6, 6))
        if few:
            box = np.rint(3 * box)
        start, goal = rng.integers(0, box.size, 2)
        ends = [tuple(int(x) for x in np.unravel_index(p, box.shape)) for p in (start, goal)]
        found = np.unravel_index(minimax(box, int(start), int(goal)), box.shape)
        assert tuple(int(x) for x in found) == twin.minimax(box, *ends)


def test_eigenvalues_and_vectors_of_symmetric_matrices():
    rng = np.random.default_rng(5)
    for trial in range(60):
        matrix = rng.normal(size=(3, 3)) * 10.0 ** rng.integers(-8, 9)
        matrix += matrix.T
        if trial % 3 == 0:
            vector = rng.normal(size=3)
            matrix = np.outer(vector, vector)
        if trial % 7 == 0:
            matrix = np.diag(np.diag(matrix))
        values, vectors = np.empty(3), np.empty((3, 3))
        eigen_symmetric(matrix.copy(), values, vectors)
        scale = np.abs(matrix).max()
        np.testing.assert_allclose(np.sort(values), np.linalg.eigvalsh(matrix), atol=1e-14 * scale)
        np.testing.assert_allclose(vectors.T @ vectors, np.eye(3), atol=1e-14)
        rebuilt = (vectors * values) @ vectors.T
        np.testing.assert_allclose(rebuilt, matrix, atol=1e-14 * scale)
