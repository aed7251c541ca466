"""What may not change when the same crystal is described differently."""

from __future__ import annotations

from typing import Any

import naive
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from naive import hermite
from numpy.typing import NDArray
from sample_arrays import FAMILIES, arrays, connectivities, signs, smooth

from isotunnel.topology import graph
from isotunnel.topology.graph import Connectivity, merge_graph
from isotunnel.topology.graph import percolation_of as sweep
from isotunnel.topology.results import MergeGraph, Percolation

Lattice = tuple[tuple[int, int, int], ...]


def search(values: NDArray[Any], sign: int, connectivity: Connectivity) -> Percolation:
    return sweep(merge_graph(np.ascontiguousarray(values), sign, connectivity))


def thresholds(found: Percolation) -> list[float]:
    return [*found.value.tolist(), *found.value_global.tolist()]


def unique_lattice(found: Percolation, d: int, matrix: Any = None) -> Lattice | None:
    """Lattice at rank d in Hermite form, each row times ``matrix``; None where several tie."""
    if found.networks[d] != 1:
        return None
    rows = found.lattice[d] if matrix is None else found.lattice[d] @ np.asarray(matrix)
    return hermite([(int(a), int(b), int(c)) for a, b, c in rows])


def assert_same_up_to(before: Percolation, after: Percolation, matrix: Any = None) -> None:
    """Same thresholds and networks; lattices carried over by ``matrix`` (rows times matrix)."""
    assert thresholds(before) == thresholds(after)
    assert before.networks.tolist() == after.networks.tolist()
    for d in range(3):
        assert unique_lattice(before, d, matrix) == unique_lattice(after, d)


@given(arrays(600, 12), signs, connectivities, st.tuples(*(st.integers(0, 11),) * 3))
def test_origin_shift(
    values: NDArray[Any], sign: int, connectivity: Connectivity, shift: tuple[int, int, int]
) -> None:
    rolled = np.roll(values, shift, axis=(0, 1, 2))
    before, after = search(values, sign, connectivity), search(rolled, sign, connectivity)
    assert_same_up_to(before, after)


@given(arrays(600, 12), signs, connectivities, st.permutations([0, 1, 2]))
def test_axis_permutation(
    values: NDArray[Any], sign: int, connectivity: Connectivity, order: list[int]
) -> None:
    before = search(values, sign, connectivity)
    after = search(values.transpose(order), sign, connectivity)
    assert_same_up_to(before, after, np.eye(3, dtype=int)[order].T)


@given(arrays(600, 12), signs, connectivities, st.tuples(*(st.sampled_from([1, -1]),) * 3))
def test_axis_reversal(
    values: NDArray[Any], sign: int, connectivity: Connectivity, directions: tuple[int, int, int]
) -> None:
    flipped = values[tuple(slice(None, None, d) for d in directions)]
    before, after = search(values, sign, connectivity), search(flipped, sign, connectivity)
    assert_same_up_to(before, after, np.diag(directions))


@given(arrays(600, 12), connectivities)
def test_superlevel_sets_are_sublevel_sets_of_the_negative(
    values: NDArray[Any], connectivity: Connectivity
) -> None:
    above, below = merge_graph(values, -1, connectivity), merge_graph(-values, 1, connectivity)
    assert_same_graph(above, below, sign=-1)


@given(arrays(600, 12), signs, connectivities)
def test_shift_and_scale_of_the_values(
    values: NDArray[Any], sign: int, connectivity: Connectivity
) -> None:
    """Powers of two and small integers, so that rounding cannot make or break ties."""
    values = np.round(values.astype(np.float64) * 64)
    before = search(values, sign, connectivity)
    after = search(4.0 * values + 8.0, sign, connectivity)
    assert [4.0 * x + 8.0 for x in thresholds(before)] == thresholds(after)
    np.testing.assert_array_equal(before.lattice, after.lattice)


@given(arrays(200, 8), signs, connectivities, st.tuples(*(st.integers(1, 2),) * 3))
def test_diagonal_supercell(
    values: NDArray[Any], sign: int, connectivity: Connectivity, repeats: tuple[int, int, int]
) -> None:
    """Same levels for one network; a closed walk now counts cells of the larger lattice."""
    before = search(values, sign, connectivity)
    after = search(np.tile(values, repeats), sign, connectivity)
    assert before.value.tolist() == after.value.tolist()
    for d in range(3):
        rows = unique_lattice(before, d)
        if rows is not None:
            expected = _within_supercell(np.array(rows), np.array(repeats))
            assert hermite([(int(a), int(b), int(c)) for a, b, c in after.lattice[d]]) == expected


def _within_supercell(rows: NDArray[np.int64], repeats: NDArray[np.int64]) -> Lattice:
    """The windings that are also windings of the supercell, in its own cells.

    With at most two repeats along an axis, twice any winding belongs to them, so combinations
    with factors 0, 1 and 2 generate them all.
    """
    found = []
    for factors in np.ndindex(*(3,) * len(rows)):
        vector = np.array(factors) @ rows
        if (vector % repeats == 0).all():
            a, b, c = (int(x) for x in vector // repeats)
            found.append((a, b, c))
    return hermite(found)


@given(
    st.sampled_from(["noise", "smooth", "plateau", "walks", "few_values"]),
    st.integers(2, 4),
    st.integers(0, 2**32 - 1),
    st.permutations([0, 1, 2]),
    signs,
    connectivities,
)
def test_unimodular_change_of_cell(
    family: str, n: int, seed: int, order: list[int], sign: int, connectivity: Connectivity
) -> None:
    """On an n x n x n grid the cell with a_q + a_p in place of a_q has the same points.

    Voxels that touch in the sheared cell do not all touch in the first, so the slow twin walks the
    first with the sheared steps. Thresholds must be equal, lattices carried over by the matrix.
    (For one field and two cells only the thresholds between grid points agree: that law is with
    the tunnels.)
    """
    p, q, _ = order
    values = FAMILIES[family](np.random.default_rng(seed), (n, n, n))
    matrix = np.eye(3, dtype=int)
    matrix[q, p] = 1
    sheared_steps = [
        (int(a), int(b), int(c)) for a, b, c in np.array(naive.steps(connectivity)) @ matrix
    ]
    slow = naive.thresholds(values, sign, sheared_steps)
    fast = search(shear(values, p, q), sign, connectivity)
    assert tuple(fast.value) == slow.value
    assert tuple(fast.value_global) == slow.value_global
    assert tuple(fast.networks) == slow.networks
    for d in range(3):
        rows = fast.lattice[d] @ matrix
        assert hermite([(int(a), int(b), int(c)) for a, b, c in rows]) in slow.lattices[d]


def shear(values: NDArray[Any], p: int, q: int) -> NDArray[Any]:
    """The same field in the cell with a_q + a_p in place of a_q."""
    index = list(np.indices(values.shape))
    index[p] = (index[p] + index[q]) % values.shape[p]
    return np.ascontiguousarray(values[tuple(index)])


@pytest.mark.parametrize("connectivity", [6, 26])
@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("shape", [(7, 3, 5), (11, 6, 9), (5, 1, 4), (2, 2, 2)])
def test_the_number_of_threads_changes_nothing(
    family: str,
    shape: tuple[int, int, int],
    connectivity: Connectivity,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Slabs of every thickness down to one plane."""
    monkeypatch.setattr(graph, "_MIN_VOXELS_PER_THREAD", 1)
    values = FAMILIES[family](np.random.default_rng(3), shape)
    for sign in (1, -1):
        alone = merge_graph(values, sign, connectivity, threads=1)
        for threads in (2, 3, 5, 64):
            assert len(graph._slabs(shape, threads)) == min(threads, shape[0])
            assert_same_graph(merge_graph(values, sign, connectivity, threads=threads), alone)


def test_large_array_is_cut_into_slabs_by_itself() -> None:
    values = smooth(np.random.default_rng(9), (64, 40, 60)).astype(np.float32)
    assert len(graph._slabs((64, 40, 60), 2)) == 2
    for connectivity in (6, 26):
        alone = merge_graph(values, 1, connectivity, threads=1)
        assert_same_graph(merge_graph(values, 1, connectivity, threads=2), alone)
        assert len(alone.basin_voxel) > 1


def assert_same_graph(one: MergeGraph, other: MergeGraph, sign: int = 1) -> None:
    np.testing.assert_array_equal(one.basin_voxel, other.basin_voxel)
    np.testing.assert_array_equal(one.basin_value, sign * other.basin_value)
    np.testing.assert_array_equal(one.saddle_voxel, other.saddle_voxel)
    np.testing.assert_array_equal(one.saddle_value, sign * other.saddle_value)
    np.testing.assert_array_equal(one.saddle_ends, other.saddle_ends)
