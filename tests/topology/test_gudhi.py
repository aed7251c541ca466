"""Thresholds of the whole region are the essential H1 births of persistent homology on the torus.

Oracle: GUDHI's periodic cubical complex. Values on the vertices of the complex give
6-connectivity, values on its top-dimensional cells 26-connectivity. GUDHI needs at least three
voxels along a periodic axis.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from sample_arrays import FAMILIES

from isotunnel.topology.graph import Connectivity, merge_graph, percolation_of

gudhi = pytest.importorskip("gudhi")

SHAPES = [(3, 3, 3), (4, 3, 6), (7, 5, 3), (8, 8, 8), (3, 12, 4), (6, 9, 14)]


def essential_births(values: NDArray[Any], connectivity: int) -> list[float]:
    """The levels at which the torus's three loops are born, ascending."""
    where = "vertices" if connectivity == 6 else "top_dimensional_cells"
    complex_ = gudhi.PeriodicCubicalComplex(
        **{where: np.asarray(values, dtype=np.float64)}, periodic_dimensions=[True, True, True]
    )
    complex_.compute_persistence(homology_coeff_field=11, min_persistence=-1)
    loops = complex_.persistence_intervals_in_dimension(1)
    births = sorted(float(birth) for birth, death in loops if np.isinf(death))
    assert len(births) == 3
    return births


@pytest.mark.parametrize("connectivity", [6, 26])
@pytest.mark.parametrize("family", FAMILIES)
def test_global_thresholds_equal_gudhi(family: str, connectivity: Connectivity) -> None:
    rng = np.random.default_rng(1000 + sum(map(ord, family)))
    distinct = 0
    for shape in SHAPES:
        values = FAMILIES[family](rng, shape)
        for sign in (1, -1):
            found = percolation_of(merge_graph(values, sign, connectivity))
            expected = essential_births(sign * values, connectivity)
            assert (sign * found.value_global).tolist() == expected, (shape, sign)
            distinct += len(set(expected)) > 1
    if family in ("noise", "smooth"):
        assert distinct > 6


def test_float32_field_of_many_voxels_equals_gudhi() -> None:
    rng = np.random.default_rng(5)
    values = FAMILIES["smooth"](rng, (24, 30, 20)).astype(np.float32)
    for connectivity in (6, 26):
        found = percolation_of(merge_graph(values, 1, connectivity, threads=1))
        assert found.value_global.tolist() == essential_births(values, connectivity)
        assert len(set(found.value_global.tolist())) == 3


def test_where_gudhi_and_a_single_network_differ() -> None:
    """Rods along x and y that never touch: homology adds them up, one electron cannot."""
    values = np.ones((6, 6, 6))
    values[:, 0, 0] = 0.0
    values[0, :, 3] = 0.0
    found = percolation_of(merge_graph(values, 1, 6))
    assert essential_births(values, 6) == [0.0, 0.0, 1.0]
    assert found.value_global.tolist() == [0.0, 0.0, 1.0]
    assert found.value.tolist() == [0.0, 1.0, 1.0]
