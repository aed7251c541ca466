"""Networks on the display grid are those of the merge graph, which is tested against oracles."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from networks_twin import networks_of

from isotunnel.topology.graph import components_at, merge_graph


@pytest.mark.parametrize("connectivity", [6, 26])
@given(
    seed=st.integers(0, 2**31),
    shape=st.tuples(*[st.integers(1, 7)] * 3),
    share=st.floats(0.05, 0.95),
)
def test_same_components_and_ranks_as_the_merge_graph(
    connectivity: int, seed: int, shape: tuple[int, int, int], share: float
) -> None:
    values = np.random.default_rng(seed).random(shape)
    level = float(np.quantile(values, share))
    found = networks_of(values <= level, connectivity)
    expected = components_at(merge_graph(values, 1, connectivity), level)
    assert sorted(found.rank) == sorted(expected.rank)
    assert np.array_equal(found.label >= 0, values <= level)
    assert set(np.unique(found.label[found.label >= 0])) == set(range(len(found.rank)))


def test_a_helix_that_closes_after_two_turns_is_a_wire() -> None:
    inside = np.zeros((8, 8, 8), dtype=bool)
    inside[0, 2, :] = True
    inside[0, 6, :] = True
    # Two rods that swap places across the cell's face: one network of winding 2.
    inside[0, 2:7, 0] = False
    swapped = inside.copy()
    swapped[0, 2:5, 0] = True
    swapped[0, 4:7, 7] = True
    ranks = networks_of(swapped, 6).rank
    assert 1 in ranks
    assert ranks.max() == 1


def test_nothing_and_everything() -> None:
    assert len(networks_of(np.zeros((4, 5, 6), dtype=bool), 26).rank) == 0
    assert networks_of(np.ones((4, 5, 6), dtype=bool), 26).rank.tolist() == [3]
