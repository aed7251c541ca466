"""What every merge graph of a torus must satisfy."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from numpy.typing import NDArray
from sample_arrays import FAMILIES, arrays, connectivities, signs

from isotunnel.topology.graph import Connectivity, components_at, drain, merge_graph, percolation_of
from isotunnel.topology.lattice import index
from isotunnel.topology.percolation import MERGE, WIND
from isotunnel.topology.results import MergeGraph


def top(graph: MergeGraph) -> float:
    """The level at which the whole torus is open."""
    values = np.concatenate([graph.basin_value, graph.saddle_value])
    return float(graph.sign * (graph.sign * values).max())


@given(arrays(800, 14), signs, connectivities)
def test_in_the_end_there_is_one_torus(
    values: NDArray[Any], sign: int, connectivity: Connectivity
) -> None:
    graph = merge_graph(values, sign, connectivity)
    found = percolation_of(graph)
    whole = components_at(graph, top(graph))
    assert (whole.of_basin == 0).all()
    assert whole.rank.tolist() == [3]
    assert index(whole.lattice[0]) == 1
    assert np.count_nonzero(found.kind == MERGE) == len(graph.basin_voxel) - 1
    assert np.count_nonzero(found.kind == WIND) >= 3 - np.count_nonzero(found.kind == MERGE)
    assert np.isfinite(found.value).all()


@given(arrays(800, 14), signs, connectivities)
def test_levels_are_in_order(values: NDArray[Any], sign: int, connectivity: Connectivity) -> None:
    graph = merge_graph(values, sign, connectivity)
    found = percolation_of(graph)
    assert (np.diff(sign * graph.saddle_value) >= 0).all()
    assert (np.diff(graph.basin_voxel) > 0).all()
    assert (np.diff(sign * found.value) >= 0).all()
    assert (np.diff(sign * found.value_global) >= 0).all()
    assert (sign * found.value_global <= sign * found.value).all()
    assert (sign * graph.basin_value).min() <= sign * found.value[0]
    a, b = graph.saddle_ends[:, 0], graph.saddle_ends[:, 1]
    assert (sign * graph.saddle_value >= sign * graph.basin_value[a]).all()
    assert (sign * graph.saddle_value >= sign * graph.basin_value[b]).all()
    flat = values.reshape(-1)
    np.testing.assert_array_equal(graph.saddle_value, flat[graph.saddle_voxel])
    np.testing.assert_array_equal(graph.basin_value, flat[graph.basin_voxel])


@given(arrays(800, 14), signs, connectivities)
def test_saddles_join_what_their_voxel_touches(
    values: NDArray[Any], sign: int, connectivity: Connectivity
) -> None:
    """From a saddle voxel one gets down to both of its basins by stepping to lower neighbours."""
    graph = merge_graph(values, sign, connectivity)
    shape = values.shape
    for voxel, ends in list(zip(graph.saddle_voxel, graph.saddle_ends, strict=True))[:40]:
        here = np.unravel_index(int(voxel), shape)
        reached = {drain(values, graph, int(voxel))[0]}
        for shift in np.ndindex(3, 3, 3):
            step = np.array(shift) - 1
            if connectivity == 6 and np.abs(step).sum() > 1:
                continue
            there = tuple(int(x) for x in (np.array(here) + step) % shape)
            reached.add(drain(values, graph, int(np.ravel_multi_index(there, shape)))[0])
        assert {int(ends[0]), int(ends[1])} <= reached


@pytest.mark.parametrize("connectivity", [6, 26])
@pytest.mark.parametrize("family", FAMILIES)
def test_twenty_six_neighbours_percolate_no_later_than_six(
    family: str, connectivity: Connectivity
) -> None:
    """More contacts never raise a threshold; and repeating a search repeats its answer."""
    values = FAMILIES[family](np.random.default_rng(23), (9, 8, 10))
    loose, tight = (percolation_of(merge_graph(values, 1, c)) for c in (26, 6))
    assert (loose.value <= tight.value).all()
    assert (loose.value_global <= tight.value_global).all()
    once, again = (percolation_of(merge_graph(values, 1, connectivity)) for _ in range(2))
    np.testing.assert_array_equal(once.edge, again.edge)
    np.testing.assert_array_equal(once.lattice, again.lattice)
