"""Relaxation and scans with GPAW (marked slow: a minute or two)."""

from __future__ import annotations

import dataclasses
import pickle

import numpy as np
import pytest
from ase import Atoms
from ase.build import bulk

from isotunnel.crystal import named_crystal, symmetry_of
from isotunnel.engines.cache import ResultCache
from isotunnel.engines.gpaw_pw import GpawEngine, GpawSettings
from isotunnel.engines.relaxing import RelaxTolerance
from isotunnel.scan import scan
from isotunnel.scan.store import ScanStore
from isotunnel.units import EV_PER_ANGSTROM3_GPA

pytest.importorskip("gpaw", reason="GPAW is not installed (extra dft)")
pytestmark = [pytest.mark.dft, pytest.mark.slow]

LOW = GpawSettings(ecut_ev=400, kpoint_spacing=0.6, grid_spacing=0.12, edge_kpoints=0)
TOLERANCE = RelaxTolerance()


def hydrogen() -> Atoms:
    return bulk("H", "bcc", a=1.6)


def test_hcp_helium_is_where_it_was_asked_for(tmp_path):
    engine = GpawEngine(LOW, cache=ResultCache(tmp_path))
    found = engine.relax(named_crystal("He"), 50.0)
    assert found.deviation_gpa <= TOLERANCE.pressure_limit(50.0)
    assert found.space_group_number == symmetry_of(found.structure.atoms).number == 194
    # Another run, from scratch, of the relaxed cell.
    again = GpawEngine(LOW, cache=False).compute(found.structure.atoms)
    assert again.pressure_gpa == pytest.approx(50.0, abs=0.05)
    assert again.energy_ev == pytest.approx(found.structure.energy_ev, abs=1e-4)
    kept = engine.compute(found.structure.atoms)
    assert kept.settings == found.structure.settings


def test_pressure_is_minus_de_dv(tmp_path):
    fine = GpawSettings(ecut_ev=1000, kpoint_spacing=0.6, grid_spacing=0.12, smearing_ev=0.2)
    engine = GpawEngine(fine, cache=ResultCache(tmp_path))
    tight = RelaxTolerance(pressure_gpa=0.02, pressure_share=1e-5)
    low, high = (engine.relax(hydrogen(), p, tolerance=tight).structure for p in (490.0, 510.0))
    assert low.settings["kpoints"] == high.settings["kpoints"]
    slope = -(high.energy_ev - low.energy_ev) / (high.atoms.get_volume() - low.atoms.get_volume())
    assert slope * EV_PER_ANGSTROM3_GPA == pytest.approx(500.0, rel=0.01)


def test_free_coordinates_relax_too(tmp_path):
    """Molecules in an orthorhombic box: the bond and three edges."""
    places = [(0.15, 0, 0), (-0.15, 0, 0), (0.65, 0.5, 0.5), (0.35, 0.5, 0.5)]
    atoms = Atoms("H4", scaled_positions=places, cell=(2.9, 2.2, 2.2), pbc=True)
    found = GpawEngine(LOW, cache=ResultCache(tmp_path)).relax(atoms, 60.0)
    assert found.largest_force <= TOLERANCE.force_ev_angstrom
    assert found.deviation_gpa <= TOLERANCE.pressure_limit(60.0)
    distances = found.structure.atoms.get_all_distances(mic=True)
    assert 0.65 < distances[0, 1] < 0.85
    assert symmetry_of(found.structure.atoms).number == found.space_group_number


def test_scan_is_smooth_and_starts_from_its_neighbours(tmp_path):
    result = scan(
        hydrogen(),
        pressures=[400, 500, 600],
        engine=GpawEngine(LOW, cache=ResultCache(tmp_path)),
        store=ScanStore(tmp_path / "scans"),
        workers=2,
    )
    assert len(result.done) == 3
    # Another mesh would be another energy surface, with a step between the two.
    assert len(set(result.cells("kpoints"))) == 1
    volumes = np.array(result.cells("volume_angstrom3"), dtype=float)
    assert (np.diff(volumes) < 0).all()
    assert (np.diff(volumes, 2) > 0).all()
    enthalpy = np.array(result.cells("enthalpy_ev"), dtype=float)
    # dH/dP = V, by Simpson's rule.
    way = (volumes[0] + 4 * volumes[1] + volumes[2]) * 200 / 6 / EV_PER_ANGSTROM3_GPA
    assert enthalpy[2] - enthalpy[0] == pytest.approx(way, rel=0.01)
    assert result.cells("relax_steps")[1] <= 4


def test_a_neighbours_waves_change_nothing_beyond_the_convergence_limit() -> None:
    crystal = bulk("LiH", "rocksalt", a=3.9)
    settings = dataclasses.replace(LOW, ecut_ev=300)
    alone = GpawEngine(settings, cache=False).relax(crystal, 12.0).structure
    engine = GpawEngine(settings, cache=False)
    engine.relax(crystal, 10.0)
    assert pickle.loads(pickle.dumps(engine))._neighbour is None
    carried = engine.relax(crystal, 12.0).structure
    assert engine._neighbour is not None
    assert carried.energy_ev == pytest.approx(alone.energy_ev, abs=2e-3)
    assert carried.fermi_ev == pytest.approx(alone.fermi_ev, abs=2e-3)
    assert carried.pressure_gpa == pytest.approx(alone.pressure_gpa, abs=0.1)
    volume = alone.atoms.get_volume()
    assert carried.atoms.get_volume() == pytest.approx(volume, rel=2e-4)
    for kind, field in alone.fields.items():
        scale = np.percentile(np.abs(field.values), 90)
        assert np.abs(carried.fields[kind].values - field.values).mean() < 1e-3 * scale, kind
    # Other atoms begin afresh.
    other = engine.relax(bulk("Na", "bcc", a=4.2), 1.0)
    assert other.structure.atoms.get_chemical_formula() == "Na"
