"""The kernels against the slow twin: every level, every component, every winding."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from naive import Thresholds, components, hermite, neighbours, steps, thresholds
from naive import drain as naive_drain
from numpy.typing import NDArray
from sample_arrays import FAMILIES, arrays, connectivities, signs

from isotunnel.topology.graph import Connectivity, components_at, drain, merge_graph, percolation_of
from isotunnel.topology.results import Percolation


def as_hermite(lattice: NDArray[np.int64]) -> tuple[tuple[int, int, int], ...]:
    return hermite([(int(a), int(b), int(c)) for a, b, c in lattice])


def assert_agrees(found: Percolation, slow: Thresholds) -> None:
    np.testing.assert_array_equal(found.value, slow.value)
    np.testing.assert_array_equal(found.value_global, slow.value_global)
    assert tuple(found.networks) == slow.networks
    for d in range(3):
        assert as_hermite(found.lattice[d]) in slow.lattices[d], (d, found.lattice[d])


@given(arrays(), signs, connectivities)
def test_thresholds_networks_and_lattices_equal_the_twin(
    values: NDArray[Any], sign: int, connectivity: Connectivity
) -> None:
    found = percolation_of(merge_graph(values, sign, connectivity))
    assert_agrees(found, thresholds(values, sign, steps(connectivity)))


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("connectivity", [6, 26])
def test_each_family_equals_the_twin(family: str, connectivity: Connectivity) -> None:
    rng = np.random.default_rng(sum(map(ord, family)) + connectivity)
    for shape in [(1, 1, 1), (1, 2, 3), (2, 2, 2), (3, 1, 4), (4, 3, 5), (5, 2, 6), (1, 1, 6)]:
        values = FAMILIES[family](rng, shape)
        for sign in (1, -1):
            found = percolation_of(merge_graph(values, sign, connectivity))
            assert_agrees(found, thresholds(values, sign, steps(connectivity)))


@given(arrays(), signs, connectivities, st.randoms(use_true_random=False))
def test_components_at_a_level_equal_the_twin(
    values: NDArray[Any], sign: int, connectivity: Connectivity, random: Any
) -> None:
    """Same partition of the minima, and the same lattice for each part."""
    level = float(random.choice(values.reshape(-1).tolist()))
    table = neighbours(values.shape, steps(connectivity))
    slow = components(values, sign, level, table)
    graph = merge_graph(values, sign, connectivity)
    fast = components_at(graph, level)
    assert len(fast.lattice) == len(slow)
    seen = set()
    for piece in slow:
        basins = [b for b, v in enumerate(graph.basin_voxel) if int(v) in piece.voxels]
        numbers = {int(fast.of_basin[b]) for b in basins}
        assert len(numbers) == 1
        number = numbers.pop()
        assert as_hermite(fast.lattice[number]) == piece.lattice
        assert fast.rank[number] == piece.rank
        seen.add(number)
    assert seen == set(range(len(slow)))
    outside = sign * graph.basin_value > sign * level
    assert (fast.of_basin[outside] == -1).all()


@given(arrays(), signs, connectivities)
def test_basins_are_the_minima_and_voxels_drain_as_the_twin_says(
    values: NDArray[Any], sign: int, connectivity: Connectivity
) -> None:
    values = np.ascontiguousarray(values)
    graph = merge_graph(values, sign, connectivity)
    table = neighbours(values.shape, steps(connectivity))
    ends = [naive_drain(values, sign, table, v) for v in range(values.size)]
    assert graph.basin_voxel.tolist() == sorted(set(ends))
    for v in range(values.size):
        basin, _ = drain(values, graph, v)
        assert graph.basin_voxel[basin] == ends[v]


def test_the_samples_are_not_trivial() -> None:
    """Guard: the comparisons above meet ties, late ranks, rods that miss, multiple windings."""
    rng = np.random.default_rng(7)
    seen: Counter[str] = Counter()
    for family, make in FAMILIES.items():
        for _ in range(60):
            shape = [(4, 3, 5), (2, 4, 5), (5, 4, 6), (4, 4, 4)][rng.integers(4)]
            values = make(rng, shape)
            found = percolation_of(merge_graph(values, 1, 6))
            seen["cases"] += 1
            seen["ties"] += len(np.unique(values)) < values.size
            seen["three levels"] += len(set(found.value.tolist())) == 3
            seen["one network is later than all"] += bool((found.value != found.value_global).any())
            seen["several networks"] += bool((found.networks > 1).any())
            seen["rank 3"] += not np.isnan(found.value[2])
            rows = [as_hermite(lattice) for lattice in found.lattice]
            seen["denser than it winds"] += any(
                len(r) == 1 and np.gcd.reduce(r[0]) > 1 for r in rows
            )
            seen[family] += 1
    assert seen["rank 3"] == seen["cases"] == 60 * len(FAMILIES)
    assert seen["ties"] > 200
    assert seen["three levels"] > 100
    assert seen["one network is later than all"] > 15
    assert seen["several networks"] > 8
    assert seen["denser than it winds"] > 3
