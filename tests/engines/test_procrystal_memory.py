"""A grid that will not fit is refused before anything is allocated."""

from __future__ import annotations

import re

import pytest
from ase import Atoms

from isotunnel.engines.procrystal import ProcrystalEngine
from isotunnel.engines.procrystal.checks import BYTES_PER_POINT
from isotunnel.errors import EngineError


def test_the_message_names_a_grid_that_fits(monkeypatch):
    box = Atoms("He", cell=[60.0] * 3, pbc=True)
    free = 2.0 * 2**30
    for module in ("isotunnel.memory", "isotunnel.engines.procrystal.checks"):
        monkeypatch.setattr(f"{module}.available_bytes", lambda: free)
    with pytest.raises(EngineError, match=r"600 x 600 x 600 points needs about 10 GiB") as refused:
        ProcrystalEngine().compute(box)
    named = re.search(r"--grid ([\d.]+)", str(refused.value))
    assert named is not None
    assert (60.0 / float(named[1])) ** 3 * BYTES_PER_POINT < free
