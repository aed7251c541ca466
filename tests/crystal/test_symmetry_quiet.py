"""A crystal a hair off its symmetry is answered without remarks of C code on the terminal."""

from __future__ import annotations

import subprocess
import sys

import pytest

ASK = """
from ase import Atoms
from isotunnel.crystal import symmetry_of

cell = [[3.2798014793476, 0, -0.00081255140621], [1.64130788110313, 3.8626502474684, 0.54247391445],
        [0, 0, 4.3681426]]
places = [[0.50000029, 0.49999925, 0.49999952], [0.24610785, 0.00775715, 0.82776177],
          [0.75389476, 0.99223977, 0.17223625]]
print(symmetry_of(Atoms("MgP2", cell=cell, scaled_positions=places, pbc=True), 1e-5).number)
"""


def asked(setting: str | None) -> subprocess.CompletedProcess[str]:
    import os

    world = {k: v for k, v in os.environ.items() if k != "SPGLIB_WARNING"}
    if setting is not None:
        world["SPGLIB_WARNING"] = setting
    return subprocess.run(
        [sys.executable, "-c", ASK], capture_output=True, text=True, env=world, check=True
    )


def test_nothing_is_written_beside_the_answer() -> None:
    found = asked(None)
    assert found.stdout.strip().isdigit()
    assert found.stderr == ""


def test_whoever_wants_the_remarks_gets_them() -> None:
    """Else the test above would pass with a spglib that never says anything."""
    if not asked("ON").stderr:
        pytest.skip("this build of spglib is silent")
    assert "spglib" in asked("ON").stderr
