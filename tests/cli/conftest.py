"""Kernels are compiled before the tests: only a first run tells of it on stderr."""

from __future__ import annotations

import numpy as np
import pytest

from isotunnel import Field, find_tunnels
from isotunnel.cli.first_run import build_apart, kernels_cached
from isotunnel.kernels import library


@pytest.fixture(scope="session", autouse=True)
def compiled_kernels():
    if library.is_built() or build_apart() or kernels_cached():
        return
    values = np.random.default_rng(0).random((4, 4, 4))
    find_tunnels(Field.from_array(values, (3, 3, 3), "elf"))
