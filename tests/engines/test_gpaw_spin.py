"""Spin-polarised runs of the gpaw engine: laws on hydrogen, moments of iron, nickel and cobalt.

Measured moments, Bohr magnetons per atom: Fe 2.217 and Ni 0.605 (11 and 3 times 1125.6 erg/G/mol,
Weiss and Forrer, Ann. Physik 12, 279 (1929)); Co 1.72, of which about 0.1 is orbital and not in
these runs (published calculations of its spin part: 1.64 to 1.72).
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from ase import Atoms
from ase.build import bulk

from isotunnel.engines.base import ElectronicStructure
from isotunnel.engines.cache import ResultCache
from isotunnel.engines.gpaw_pw import GpawEngine, GpawSettings
from isotunnel.engines.gpaw_pw.blas_threads import single_blas_thread
from isotunnel.engines.gpaw_pw.fields import compute_fields
from isotunnel.engines.gpaw_pw.levels import band_levels, channel_levels, fermi_density
from isotunnel.engines.gpaw_pw.scf import run_scf

pytest.importorskip("gpaw", reason="GPAW is not installed (extra dft)")
pytestmark = pytest.mark.dft

QUICK = GpawSettings(
    ecut_ev=300.0, kpoint_spacing=1.0, grid_spacing=0.16, edge_kpoints=0, density_tolerance=1e-6
)


@pytest.fixture(scope="module")
def hydrogen() -> ElectronicStructure:
    """Atoms so far apart that each keeps its electron's spin."""
    atoms = Atoms("H", cell=[4.0, 4.0, 4.0], pbc=True)
    return GpawEngine(dataclasses.replace(QUICK, spin="on"), cache=False).compute(atoms)


def test_lonely_hydrogen_keeps_its_moment(hydrogen: ElectronicStructure) -> None:
    state = hydrogen.magnetism
    assert state is not None
    assert state.order == "ferromagnetic"
    assert state.moment_mu_b == pytest.approx(1.0, abs=1e-3)
    assert state.gain_ev is not None
    assert state.gain_ev > 0.3
    assert [t.name for t in state.tried] == ["ferromagnetic", "non-magnetic"]
    # Spin-paired, one electron per cell makes a metal; of its own spin it fills a band.
    assert hydrogen.band_gap_ev is not None
    assert hydrogen.band_gap_ev > 1.0
    assert [c.spin for c in state.channels] == ["up", "down"]


def test_the_fields_of_the_spins_add_up(hydrogen: ElectronicStructure) -> None:
    up, down = (hydrogen.fields[f"density-{s}"].values for s in ("up", "down"))
    np.testing.assert_allclose(up + down, hydrogen.fields["density"].values, rtol=1e-12)
    assert (up - down).mean() * hydrogen.atoms.get_volume() == pytest.approx(1.0, abs=0.02)
    assert hydrogen.fields["potential"].spin == "up"
    # Where both electrons would be, exchange holds the majority lower.
    difference = hydrogen.fields["potential-down"].values - hydrogen.fields["potential"].values
    assert difference[up > 0.05].min() > 1.0


def test_one_electron_is_fully_localized(hydrogen: ElectronicStructure) -> None:
    dense = hydrogen.fields["density"].values > 0.02
    assert dense.mean() > 0.05
    assert hydrogen.fields["elf-up"].values[dense].min() > 0.97
    assert hydrogen.fields["elf"].values[dense].min() > 0.97


@pytest.mark.parametrize("spin", ["auto", "on"])
def test_a_crystal_without_moments_is_the_same_either_way(spin: str) -> None:
    atoms = bulk("LiH", "rocksalt", a=4.0)
    off, asked = (
        GpawEngine(dataclasses.replace(QUICK, spin=s), cache=False).compute(atoms)
        for s in ("off", spin)
    )
    assert set(off.fields) == set(asked.fields)
    for kind, field in off.fields.items():
        np.testing.assert_array_equal(field.values, asked.fields[kind].values)
    for name in ("energy_ev", "fermi_ev", "band_gap_ev", "dos_fermi", "pressure_gpa"):
        assert getattr(off, name) == getattr(asked, name)
    if spin == "on":
        assert asked.magnetism is not None
        assert asked.magnetism.order == "non-magnetic"
        assert len(asked.magnetism.tried) > 1
    else:
        assert asked.magnetism is None
        assert "spin-paired" in asked.cannot_say["magnetism"]


def test_the_spin_polarised_way_agrees_with_the_paired_one() -> None:
    """Two calculations, two ways through every formula."""
    atoms = bulk("Na", "bcc", a=4.23)
    settings = dataclasses.replace(QUICK, kpoint_spacing=0.6)
    with single_blas_thread():
        paired = run_scf(atoms, settings)
        polarised = run_scf(atoms, settings, moments=[0.0])
        one = compute_fields(paired.dft, atoms, settings, "")
        two = compute_fields(polarised.dft, atoms, settings, "")
    for kind, field in one.items():
        scale = np.percentile(np.abs(field.values), 90)
        assert np.abs(two[kind].values - field.values).max() < 2e-3 * max(scale, 1.0), kind
    for kind in ("elf", "potential"):
        other = two[f"{kind}-down"].values
        np.testing.assert_allclose(other, two[kind].values, atol=1e-6)
    levels = band_levels(paired.dft)
    assert band_levels(polarised.dft).fermi_ev == pytest.approx(levels.fermi_ev, abs=1e-3)
    assert len(channel_levels(polarised.dft)) == 2
    whole, split = (fermi_density(c.dft, c.kpoints, levels) for c in (paired, polarised))
    assert split.total == pytest.approx(whole.total, rel=1e-3)
    assert split.by_element["Na"] == pytest.approx(whole.by_element["Na"], rel=1e-3)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> ResultCache:
    return ResultCache(Path(tmp_path_factory.mktemp("spin")))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "measured", "within"), [("Fe", 2.217, 0.1), ("Ni", 0.605, 0.05), ("Co", 1.72, 0.15)]
)
def test_the_moments_of_the_ferromagnets(
    name: str, measured: float, within: float, cache: ResultCache
) -> None:
    atoms = {
        "Fe": lambda: bulk("Fe", "bcc", a=2.8665),
        "Ni": lambda: bulk("Ni", "fcc", a=3.524),
        "Co": lambda: bulk("Co", "hcp", a=2.507, c=4.069),
    }[name]()
    atoms.set_initial_magnetic_moments(None)
    found = GpawEngine(cache=cache).compute(atoms)
    assert found.magnetism is not None
    assert found.magnetism.order == "ferromagnetic"
    assert found.magnetism.moment_mu_b / len(atoms) == pytest.approx(measured, abs=within)
    assert found.magnetism.gain_ev is not None
    assert found.magnetism.gain_ev > 0.03
    # Metals of both spins, with states of either at the Fermi level.
    assert found.band_gap_ev == 0.0
    assert found.dos_fermi == pytest.approx(sum(c.dos_fermi for c in found.magnetism.channels))
    up, down = found.magnetism.channels
    assert up.dos_fermi > 0
    assert down.dos_fermi > 0
    if name != "Fe":
        # Nickel and cobalt are strong ferromagnets: the majority's d band is full.
        assert down.dos_fermi > 2 * up.dos_fermi
