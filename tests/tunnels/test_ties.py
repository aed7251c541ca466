"""Which thresholds count as one: equal where the pass is, whatever the field does elsewhere."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isotunnel.fields.field import Field
from isotunnel.tunnels import Tunnels, find_tunnels
from isotunnel.tunnels.ties import tied_thresholds

NUCLEUS = 5e5
"""What an all-electron density of tellurium reaches, per cubic angstrom, on a usual grid."""


def waves(strengths: tuple[float, float, float], n: int) -> Any:
    """Minima at the corners; the pass along axis d lies 2 a_d above them."""
    x = -np.cos(2 * np.pi * np.arange(n) / n)
    a, b, c = strengths
    return a * x[:, None, None] + b * x[None, :, None] + c * x[None, None, :]


def search(values: Any, refine: bool) -> Tunnels:
    return find_tunnels(Field.from_array(values, np.eye(3) * 4, "potential"), refine=refine)


@pytest.mark.parametrize("refine", [False, True])
def test_a_nucleus_does_not_make_thresholds_equal(refine: bool) -> None:
    """Tellurium's wires: rank 3 was reported at the threshold of rank 1, 0.27 away from the next.

    A tie was a millionth of the field's range, and the nucleus made that half a unit.
    """
    values = waves((0.1, 0.2, 0.3), 64)
    values[0, 0, 0] -= NUCLEUS
    found = search(values, refine)
    assert 1e-6 * np.ptp(values) > np.ptp(found.thresholds) > 0.3
    assert [d.rank for d in found.directions if d] == [1, 2, 3]
    assert [found.rank_at(float(level)) for level in found.thresholds] == [1, 2, 3]
    assert [ranks for _, ranks in tied_thresholds(found)] == [(1,), (2,), (3,)]


@pytest.mark.parametrize("refine", [False, True])
def test_thresholds_that_symmetry_makes_equal_are_one_beside_a_nucleus(refine: bool) -> None:
    values = waves((0.1, 0.1, 0.1), 64) + 1e-16 * np.random.default_rng(1).random((64, 64, 64))
    values[0, 0, 0] -= NUCLEUS
    found = search(values, refine)
    assert [d.rank for d in found.directions if d] == [3, 3, 3]
    assert [ranks for _, ranks in tied_thresholds(found)] == [(1, 2, 3)]


def test_the_grid_is_exact() -> None:
    """A difference far above rounding tells passes apart on the grid, however small its share."""
    found = search(waves((0.1, 0.1 + 1e-9, 0.3), 16), refine=False)
    assert [d.rank for d in found.directions if d] == [1, 2, 3]


@settings(max_examples=15, deadline=None)
@given(st.floats(1e-6, 1e6), st.sampled_from([np.float32, np.float64]))
def test_ties_do_not_depend_on_the_unit(unit: float, dtype: type) -> None:
    field = (unit * waves((1.0, 1.0, 1.5), 12)).astype(dtype)
    found = search(field, refine=True)
    assert [ranks for _, ranks in tied_thresholds(found)] == [(1, 2), (3,)]
