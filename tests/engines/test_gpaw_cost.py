"""The estimate before a GPAW run: what it is made of, how well it does, what it refuses."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from ase import Atoms
from ase.build import bulk

from isotunnel.engines.gpaw_pw import cost as module
from isotunnel.engines.gpaw_pw.checks import check_memory, check_size
from isotunnel.engines.gpaw_pw.cost import duration, estimate, measured_costs, model, sizes_of
from isotunnel.engines.gpaw_pw.settings import GpawSettings
from isotunnel.errors import EngineError


@pytest.fixture
def _valence(monkeypatch):
    """Electrons of data sets, without GPAW."""
    known = {"Al": 3.0, "Si": 4.0, "Na": 7.0}
    monkeypatch.setattr(module, "valence_electrons", known.__getitem__)


@pytest.mark.parametrize("what", ["processor_s", "peak_mb"])
def test_the_model_does_as_well_as_it_says_on_runs_left_out(what):
    rows = measured_costs()
    assert len(rows) >= 15
    found = model(what)
    assert 1.0 < found.typical_factor < 1.6
    assert found.typical_factor <= found.worst_factor < 2.5
    assert all(c >= 0 for c in found.coefficients)
    # A constant guess, the geometric mean, is far worse.
    logs = np.log([row[what] for row in rows])
    assert found.typical_factor < math.exp(float(np.std(logs)))


@pytest.mark.usefixtures("_valence")
def test_cost_grows_with_atoms_kpoints_cutoff_and_magnetic_starts():
    settings = GpawSettings()
    small = estimate(bulk("Al"), settings)
    for atoms, chosen, starts in (
        (bulk("Al").repeat((2, 2, 2)), settings, 0),
        (bulk("Al"), replace(settings, kpoint_spacing=0.15), 0),
        (bulk("Al"), replace(settings, ecut_ev=900.0), 0),
        (bulk("Al"), settings, 2),
    ):
        assert estimate(atoms, chosen, starts).seconds > small.seconds
    assert estimate(bulk("Al"), settings, 2).seconds == pytest.approx(5 * small.seconds)


@pytest.mark.usefixtures("_valence")
def test_sizes_do_not_depend_on_how_the_crystal_is_written():
    si = bulk("Si")
    turned = si.copy()
    turned.rotate(30, (1, 2, 3), rotate_cell=True)
    turned.translate((0.3, 0.1, 0.2))
    assert sizes_of(si, GpawSettings()).kpoints == sizes_of(turned, GpawSettings()).kpoints
    assert sizes_of(si, GpawSettings()).bands == 4 + 5 + 1


@pytest.mark.usefixtures("_valence")
def test_a_run_beyond_the_memory_is_refused_with_ways_out(monkeypatch):
    cost = estimate(bulk("Na").repeat((4, 4, 4)), GpawSettings())
    check_memory(replace(cost, bytes=1.0))
    monkeypatch.setattr("isotunnel.memory.available_bytes", lambda: cost.bytes / 2)
    with pytest.raises(EngineError, match="GiB are free: use a smaller cell, fewer k-points"):
        check_memory(cost)
    monkeypatch.setattr("isotunnel.memory.available_bytes", lambda: None)
    check_memory(cost)


def test_a_large_box_is_refused_at_once_with_a_grid_that_passes():
    box = Atoms("H", cell=[60.0] * 3, pbc=True)
    with pytest.raises(EngineError, match=r"--grid 0\.13 ") as refused:
        check_size(box, 0.07)
    assert "procrystal" in str(refused.value)
    check_size(box, 0.13)


@pytest.mark.usefixtures("_valence")
def test_words_say_what_they_rest_on():
    small = estimate(bulk("Al"), GpawSettings()).words
    assert "1 atom, 3 electrons" in small
    assert "measured runs)" in small
    assert "more for so many atoms" in estimate(bulk("Al").repeat((6, 6, 8)), GpawSettings()).words
    assert [duration(x) for x in (5.2, 300, 7200)] == ["5 s", "5 min", "2.0 h"]
