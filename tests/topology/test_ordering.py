"""Sorting levels: the fast way for single precision equals the stable sort."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from isotunnel.topology.ordering import ascending

finite = st.floats(allow_nan=False, allow_infinity=False, width=32)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_every_scale_and_both_zeros(dtype: Any) -> None:
    tiny = np.finfo(dtype).smallest_subnormal
    some = np.array([0.0, -0.0, 1.0, -1.0, tiny, -tiny, 3e38, -3e38, 1.0, -0.0, 0.0], dtype=dtype)
    np.testing.assert_array_equal(ascending(some), np.argsort(some, kind="stable"))
    assert ascending(np.zeros(0, dtype=dtype)).tolist() == []


@given(hnp.arrays(np.float32, st.integers(0, 60), elements=finite | st.sampled_from([0.0, 1.0])))
def test_single_precision_equals_the_stable_sort(level: NDArray[np.float32]) -> None:
    np.testing.assert_array_equal(ascending(level), np.argsort(level, kind="stable"))
