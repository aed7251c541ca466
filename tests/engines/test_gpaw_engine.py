"""The gpaw engine on crystals that take a second or two: laws, labels, failures."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from ase import Atoms
from ase.build import bulk

from isotunnel.crystal import named_crystal, primitive_cell
from isotunnel.crystal.symmetry import call_spglib
from isotunnel.engines.base import ElectronicStructure
from isotunnel.engines.cache import ResultCache
from isotunnel.engines.gpaw_pw import GpawEngine, GpawSettings
from isotunnel.engines.gpaw_pw.augmentation import reconstruct
from isotunnel.engines.gpaw_pw.blas_threads import single_blas_thread
from isotunnel.engines.gpaw_pw.magnetic_starts import identity
from isotunnel.engines.gpaw_pw.potentials import smooth_potentials, true_potentials
from isotunnel.engines.gpaw_pw.relax import relax_gpaw
from isotunnel.engines.gpaw_pw.scf import Converged, run_scf
from isotunnel.engines.gpaw_pw.spheres import points_within
from isotunnel.engines.gpaw_pw.waves import smooth_densities
from isotunnel.errors import EngineError, InputError
from isotunnel.units import BOHR_ANGSTROM

pytest.importorskip("gpaw", reason="GPAW is not installed (extra dft)")
pytestmark = pytest.mark.dft

QUICK = GpawSettings(
    ecut_ev=300.0, kpoint_spacing=1.0, grid_spacing=0.16, edge_kpoints=0, density_tolerance=1e-6
)


def lithium_hydride() -> Atoms:
    return bulk("LiH", "rocksalt", a=4.0)


@pytest.fixture(scope="module")
def converged() -> Converged:
    with single_blas_thread():
        return run_scf(lithium_hydride(), QUICK)


@pytest.fixture(scope="module")
def structure() -> ElectronicStructure:
    return GpawEngine(QUICK, cache=False).compute(lithium_hydride())


def test_an_insulator_is_seen_as_one(structure: ElectronicStructure) -> None:
    assert structure.vbm_ev is not None
    assert structure.cbm_ev is not None
    assert structure.fermi_ev is not None
    assert structure.band_gap_ev is not None
    assert structure.band_gap_ev > 2.5
    assert structure.direct_gap_ev is not None
    assert structure.direct_gap_ev >= structure.band_gap_ev - 1e-9
    assert structure.vbm_ev < structure.fermi_ev < structure.cbm_ev
    assert structure.dos_fermi == 0.0
    assert dict(structure.dos_fermi_by_element or {}) == {"H": 0.0, "Li": 0.0}
    assert structure.pressure_gpa is not None


def test_the_lines_find_band_edges_that_the_mesh_misses(structure: ElectronicStructure) -> None:
    settings = dataclasses.replace(QUICK, edge_kpoints=12)
    refined = GpawEngine(settings, cache=False).compute(lithium_hydride())
    assert refined.band_gap_ev is not None
    assert structure.band_gap_ev is not None
    # Both edges are at X, which a mesh of 3 x 3 x 3 points lacks; PBE's gap is about 3 eV.
    assert refined.band_gap_ev == pytest.approx(3.0, abs=0.4)
    assert structure.band_gap_ev > refined.band_gap_ev + 1.0
    assert refined.direct_gap_ev == pytest.approx(refined.band_gap_ev, abs=1e-6)


def test_fields_are_labelled_and_share_one_grid(structure: ElectronicStructure) -> None:
    assert set(structure.fields) == {"potential", "electrostatic", "density", "elf", "elf_pseudo"}
    assert len({field.shape for field in structure.fields.values()}) == 1
    for kind in ("elf", "density"):
        assert "all-electron" in structure.fields[kind].provenance.notes[0]
    assert structure.fields["elf"].values.min() >= 0.0
    assert structure.fields["elf"].values.max() <= 1.0
    assert structure.fields["elf"].values.max() > 0.9
    assert structure.fields["density"].values.min() > 0.0
    assert len(structure.augmentation_radii) == 2
    assert {"gpaw", "ase", "libxc", "paw_datasets"} <= set(structure.versions)
    assert structure.cannot_say["atomic_level_ev"]


def test_moving_the_atoms_by_a_grid_vector_rolls_the_fields(
    structure: ElectronicStructure,
) -> None:
    shape = structure.fields["elf"].shape
    coarse_step = 3  # fields' points per point of GPAW's own grid, or a multiple
    moved = lithium_hydride()
    moved.positions += coarse_step * 2 / shape[0] * moved.cell[0]
    other = GpawEngine(QUICK, cache=False).compute(moved)
    for kind, field in structure.fields.items():
        rolled = np.roll(field.values, 2 * coarse_step, axis=0)
        values = other.fields[kind].values
        # Within 0.3 angstrom of a nucleus the fields vary too fast for a relative comparison.
        far = structure.fields["density"].values < 0.2
        far = np.roll(far, 2 * coarse_step, axis=0)
        scale = np.ptp(field.values[structure.fields["density"].values < 0.2])
        assert far.mean() > 0.3
        assert np.abs(values - rolled)[far].max() < 2e-3 * scale, kind
        assert np.abs(values - field.values)[far].max() > 0.05 * scale, kind
    assert other.fermi_ev == pytest.approx(structure.fermi_ev, abs=2e-3)
    assert other.energy_ev == pytest.approx(structure.energy_ev, abs=2e-3)


def test_a_doubled_cell_has_the_same_levels_on_the_same_zero(
    structure: ElectronicStructure,
) -> None:
    settings = dataclasses.replace(QUICK, kpoint_spacing=0.85)
    single = GpawEngine(settings, cache=False).compute(lithium_hydride())
    double = GpawEngine(settings, cache=False).compute(lithium_hydride() * (2, 1, 1))
    assert single.settings["kpoints"][0] == 2 * double.settings["kpoints"][0]
    assert single.energy_ev is not None
    assert single.fermi_ev is not None
    assert double.energy_ev == pytest.approx(2.0 * single.energy_ev, abs=5e-3)
    for level in ("vbm_ev", "cbm_ev"):
        assert getattr(double, level) == pytest.approx(getattr(single, level), abs=5e-3)
    means = [
        float(np.median(s.fields["potential"].values)) - float(s.vbm_ev or 0.0)
        for s in (single, double)
    ]
    assert means[0] == pytest.approx(means[1], abs=0.02)
    assert double.pressure_gpa == pytest.approx(single.pressure_gpa, abs=0.1)
    assert structure.energy_ev == pytest.approx(single.energy_ev, abs=0.2)


def test_the_density_holds_the_valence_electrons(converged: Converged) -> None:
    dft = converged.dft
    smooth = smooth_densities(dft, (40, 40, 40))
    volume = abs(np.linalg.det(smooth.cell))
    electrons = float(dft.density.nvalence)
    # In PAW the smooth density lacks what the compensation charges carry.
    carried = sum(
        np.sqrt(4.0 * np.pi)
        * np.einsum("ij,ij->", dft.density.D_asii[a].real[0], setup.Delta_iiL[:, :, 0])
        for a, setup in enumerate(dft.setups)
    )
    assert abs(carried) > 0.01
    assert smooth.density.mean() * volume + carried == pytest.approx(electrons, abs=1e-3)
    valence = reconstruct(dft, smooth, core=False)
    assert valence.density.mean() * volume == pytest.approx(electrons, rel=0.01)


def test_the_kinetic_energy_density_is_that_of_the_wave_functions(converged: Converged) -> None:
    dft = converged.dft
    smooth = smooth_densities(dft, (24, 24, 24))
    volume = abs(np.linalg.det(smooth.cell))
    expected = 0.0
    for waves in dft.ibzwfs:
        occupations = waves.weight * waves.spin_degeneracy * waves.myocc_n
        norms = waves.psit_nX.norm2("kinetic")
        expected += float(occupations @ norms)
    assert expected > 0.1
    assert smooth.kinetic.mean() * volume == pytest.approx(expected, rel=1e-6)


def test_the_all_electron_density_agrees_with_gpaws_own(converged: Converged) -> None:
    theirs = converged.calculator.get_all_electron_density(gridrefinement=4)
    shape = theirs.shape
    smooth = smooth_densities(converged.dft, shape)
    ours = reconstruct(converged.dft, smooth, core=True).density
    # GPAW adds what its grid misses of the core to the point nearest to each nucleus.
    ours, theirs = ours.ravel(), theirs.ravel() * BOHR_ANGSTROM**3
    usual = theirs < 1.0
    assert usual.mean() > 0.95
    difference = np.abs(ours - theirs)[usual] / theirs[usual].max()
    assert difference.max() < 0.04
    assert difference.mean() < 1e-3


def test_reconstruction_changes_nothing_outside_the_spheres(converged: Converged) -> None:
    dft = converged.dft
    shape = (32, 32, 32)
    smooth = smooth_densities(dft, shape)
    true = reconstruct(dft, smooth, core=False)
    outside = np.ones(shape, dtype=bool)
    for atom, setup in enumerate(dft.setups):
        found = points_within(dft.relpos_ac[atom], max(setup.rcut_j) * 1.05, smooth.cell, shape)
        outside[found.index] = False
    assert 0.1 < outside.mean() < 0.9
    np.testing.assert_array_equal(true.density[outside], smooth.density[outside])
    np.testing.assert_array_equal(true.kinetic[outside], smooth.kinetic[outside])
    assert np.abs(true.density - smooth.density).max() > 0.01
    before, after = smooth_potentials(dft, shape), true_potentials(dft, shape)
    # The multipoles of the correction beyond l = 2 and its Gaussian tails are all that may differ.
    assert np.abs(after.electrostatic - before.electrostatic)[outside].max() < 0.05
    assert after.electrostatic.min() < before.electrostatic.min() - 10.0


def test_the_smooth_electrostatic_potential_averages_to_zero(converged: Converged) -> None:
    smooth = smooth_potentials(converged.dft, (32, 32, 32))
    assert np.ptp(smooth.electrostatic) > 10.0
    assert smooth.electrostatic.mean() == pytest.approx(0.0, abs=1e-6)


def test_a_simple_metal_has_no_gap_and_states_at_the_fermi_level() -> None:
    settings = dataclasses.replace(QUICK, ecut_ev=250.0, kpoint_spacing=0.35)
    lithium = GpawEngine(settings, cache=False).compute(bulk("Li", "bcc", a=3.44))
    assert lithium.band_gap_ev == 0.0
    assert lithium.vbm_ev == lithium.cbm_ev == lithium.fermi_ev
    assert lithium.dos_fermi is not None
    # Free electrons of this density, (3/2) / E_F, have 0.32 states/eV; bands of the lithium atom's
    # 2p make it about half as much again.
    assert 0.3 < lithium.dos_fermi < 0.7
    assert set(lithium.dos_fermi_by_element or {}) == {"Li"}


def test_the_second_run_is_read_from_the_cache(
    structure: ElectronicStructure, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    engine = GpawEngine(QUICK, cache=ResultCache(tmp_path))
    heard: list[tuple[str, float | None]] = []
    first = engine.compute(lithium_hydride(), progress=lambda m, f: heard.append((m, f)))
    assert any("step" in message for message, _ in heard)
    fractions = [f for _, f in heard if f is not None]
    assert fractions[-1] == 1.0
    assert all(0.0 <= f <= 1.0 for f in fractions)
    heard.clear()
    second = engine.compute(lithium_hydride(), progress=lambda m, f: heard.append((m, f)))
    assert [message for message, _ in heard] == ["GPAW: taken from the cache"]
    for kind in first.fields:
        np.testing.assert_array_equal(first.fields[kind].values, second.fields[kind].values)
    assert second.fermi_ev == first.fermi_ev == pytest.approx(structure.fermi_ev, abs=1e-6)
    captured = capfd.readouterr()
    assert captured.out == captured.err == ""


def test_a_primitive_cell_gets_a_grid_that_suits_its_symmetry() -> None:
    """GPAW's first grid for Ca2N's primitive cell, 10 x 10 x 18, does not, which it warns of."""
    atoms = primitive_cell(named_crystal("Ca2N"))
    quick = GpawSettings(
        ecut_ev=120.0, kpoint_spacing=3.0, grid_spacing=0.4, edge_kpoints=0, density_tolerance=0.1
    )
    found = GpawEngine(quick, cache=False).compute(atoms)
    grid = np.array(found.settings["wave_grid"])
    assert found.fields["elf"].shape == tuple(2 * grid)
    cell = (atoms.cell.array, atoms.get_scaled_positions(), atoms.numbers)
    for turn in call_spglib("get_symmetry_dataset", cell, symprec=1e-4).rotations:
        # A grid point goes to a grid point: N_i R_ij / N_j is whole.
        moved = turn * grid[:, None] / grid
        assert np.allclose(moved, moved.round())


def test_an_interrupted_run_leaves_nothing(tmp_path: Path) -> None:
    def interrupt(message: str, _: float | None) -> None:
        if "step 2" in message:
            raise KeyboardInterrupt

    engine = GpawEngine(QUICK, cache=ResultCache(tmp_path))
    with pytest.raises(KeyboardInterrupt):
        engine.compute(lithium_hydride(), progress=interrupt)
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_failing_to_converge_says_by_how_much() -> None:
    hopeless = dataclasses.replace(QUICK, max_iterations=3)
    with pytest.raises(EngineError, match=r"in 3 steps.*still changes by .* the limit is 1e-06"):
        GpawEngine(hopeless, cache=False).compute(lithium_hydride())


def test_a_cell_that_would_fill_the_memory_is_refused() -> None:
    box = Atoms("H", cell=(60, 60, 60), pbc=True)
    with pytest.raises(EngineError, match=r"6\.3e\+08 grid points .* the limit is 1e\+08"):
        GpawEngine(cache=False).compute(box)


def test_an_element_without_a_data_set_is_refused() -> None:
    with pytest.raises(EngineError, match="no PBE data set for Og"):
        GpawEngine(QUICK, cache=False).compute(Atoms("Og", cell=[5, 5, 5], pbc=True))


def test_lda_binds_more_than_pbe_and_has_keys_of_its_own() -> None:
    """At one volume LDA, which overbinds, has the lower pressure; PBE's keys name no functional."""
    coarse = GpawSettings(kpoint_spacing=0.6, ecut_ev=300.0, grid_spacing=0.2)
    lda = dataclasses.replace(coarse, xc="LDA")
    atoms = bulk("Al")
    found = {s.xc: GpawEngine(s, cache=False).compute(atoms) for s in (coarse, lda)}
    pressures = {name: s.pressure_gpa for name, s in found.items()}
    assert pressures["LDA"] is not None
    assert pressures["PBE"] is not None
    assert pressures["LDA"] < pressures["PBE"] - 1.0
    assert {name: s.settings["xc"] for name, s in found.items()} == {"LDA": "LDA", "PBE": "PBE"}
    assert "xc" not in identity(coarse, atoms)
    assert GpawEngine(lda).key(atoms) != GpawEngine(coarse).key(atoms)
    with pytest.raises(InputError, match="xc must be one of"):
        GpawSettings(xc="B3LYP")  # type: ignore[arg-type]


def test_a_pressure_beyond_the_frozen_cores_is_refused_at_once() -> None:
    with pytest.raises(InputError, match="10000 GPa at most"):
        relax_gpaw(bulk("Al"), 1e5, QUICK, keep=lambda *kept: kept[-1])


def test_a_cutoff_that_describes_no_element_is_refused() -> None:
    with pytest.raises(InputError, match="100 eV at least"):
        GpawSettings(ecut_ev=5.0)
