"""A .gpw file answers what a calculation knows, whichever GPAW wrote it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from ase.build import bulk
from ase.io import ulm
from ase.io.trajectory import write_atoms

from isotunnel.analysis import analyze
from isotunnel.engines.finished.bands import BandMesh, band_edges, fermi_dos, mesh_order
from isotunnel.errors import FileFormatError
from isotunnel.fields import read_fields

DATA = Path(__file__).parent.parent / "data"


def monkhorst(n):
    """A mesh without symmetry, in the order of its axes."""
    axes = np.meshgrid(*((np.arange(m) - m // 2) / m for m in n), indexing="ij")
    return np.stack(axes, axis=-1).reshape(-1, 3)


def written(path, *, tag="GPAW", levels="old", stress=True, electrons=2, fermi=-1.0):
    """A file with the tree of classic GPAW, made without it: cosine bands of a simple crystal."""
    atoms = bulk("Si")
    kpts = monkhorst((3, 3, 3))
    wave = np.cos(2 * np.pi * kpts).sum(axis=1)
    bands = np.stack([wave - 5, wave + 4], axis=1)[None]
    filled = np.zeros_like(bands)
    filled[..., : electrons // 2] = 1.0
    if electrons % 2:
        filled[..., electrons // 2] = 0.5
    values = 1 + 0.1 * np.random.default_rng(1).random((1, 6, 6, 6))
    with ulm.Writer(path, tag=tag) as writer:
        writer.write(version=3, gpaw_version="1.1.0", ha=27.211386, bohr=0.52917721)
        write_atoms(writer.child("atoms"), atoms)
        given = {"energy": -7.5}
        if stress:
            given["stress"] = np.array([-0.1, -0.2, -0.3, 0.0, 0.0, 0.0])
        writer.child("results").write(**given)
        writer.child("parameters").write(mode={"name": "pw", "ecut": 50.0}, xc="LDA")
        writer.child("density").write(density=values)
        writer.child("hamiltonian").write(potential=-values)
        states = writer.child("wave_functions")
        if levels == "old":
            writer.child("occupations").write(fermilevel=fermi, split=0.0, width=0.1)
        else:
            states.write(fermi_levels=np.array([fermi]))
        states.write(eigenvalues=bands, occupations=filled)
        states.child("kpts").write(
            bzkpts=kpts, ibzkpts=kpts, bz2ibz=np.arange(27), weights=np.full(27, 1 / 27)
        )
    return path


@pytest.mark.parametrize("tag", ["GPAW", "gpaw"])
@pytest.mark.parametrize("levels", ["old", "new"])
def test_levels_energy_and_pressure_come_from_the_file(tmp_path, tag, levels):
    path = written(tmp_path / "si.gpw", tag=tag, levels=levels)
    found = analyze(path, refine=False)
    structure = found.structure
    # On the mesh the cosines lie between -1/2 and 1, so the sum of three between -3/2 and 3.
    assert structure.vbm_ev == pytest.approx(3.0 - 5)
    assert structure.cbm_ev == pytest.approx(-1.5 + 1 + 3.0)
    assert structure.fermi_ev == pytest.approx((structure.vbm_ev + structure.cbm_ev) / 2)
    assert structure.dos_fermi == 0.0
    assert structure.energy_ev == -7.5
    assert structure.pressure_gpa == pytest.approx(0.2 * 160.2176634)
    answered = {g.reading for g in found.gaps if g.answered}
    assert {"ks", "band", "atomic", "density"} <= answered
    (band,) = (g for g in found.gaps if g.reading == "band")
    np.testing.assert_allclose(band.gaps, structure.band_gap_ev)


def test_what_the_file_lacks_is_reported(tmp_path):
    structure = analyze(written(tmp_path / "si.gpw", stress=False), refine=False).structure
    assert structure.pressure_gpa is None
    assert "get_stress" in structure.cannot_say["pressure_gpa"]
    assert "mode='all'" in structure.cannot_say["elf"]


def test_an_odd_number_of_electrons_is_a_metal_with_states(tmp_path):
    structure = analyze(
        written(tmp_path / "si.gpw", electrons=1, fermi=-4.5), refine=False
    ).structure
    assert structure.band_gap_ev == 0.0
    assert structure.vbm_ev == structure.cbm_ev == structure.fermi_ev == -4.5
    assert structure.dos_fermi > 0


def test_a_file_of_a_later_or_foreign_program_falls_back_and_says_so(tmp_path):
    pytest.importorskip("gpaw")
    path = written(tmp_path / "si.gpw")
    fields = read_fields(path)
    assert [f.kind for f in fields] == ["potential", "density"]
    assert all(any("left out" in w for w in f.provenance.warnings) for f in fields)
    structure = analyze(path, refine=False).structure
    assert "cannot restore" in structure.cannot_say["dos_fermi_by_element"]


def test_another_ulm_file_and_a_tar_are_named(tmp_path):
    with pytest.raises(FileFormatError, match="not of GPAW"):
        read_fields(written(tmp_path / "a.gpw", tag="other"))
    import tarfile

    with tarfile.open(tmp_path / "b.gpw", "w") as archive:
        archive.add(DATA / "h3s.gpw", "info.xml")
    with pytest.raises(FileFormatError, match=r"before 1\.0"):
        read_fields(tmp_path / "b.gpw")


def test_the_classic_tag_changes_nothing(tmp_path):
    data = (DATA / "h3s.gpw").read_bytes()
    (tmp_path / "c.gpw").write_bytes(data.replace(b"gpaw" + b" " * 12, b"GPAW" + b" " * 12, 1))
    one, other = analyze(DATA / "h3s.gpw", refine=False), analyze(tmp_path / "c.gpw", refine=False)
    assert one.structure.fermi_ev == other.structure.fermi_ev
    for kind, field in one.structure.fields.items():
        np.testing.assert_array_equal(field.values, other.structure.fields[kind].values)


@pytest.mark.dft
def test_the_levels_are_those_that_the_engine_finds_in_the_same_calculation():
    gpaw = pytest.importorskip("gpaw")
    from isotunnel.engines.gpaw_pw.levels import band_levels, fermi_density
    from isotunnel.engines.gpaw_pw.runtime import third_party_warnings_silenced

    with third_party_warnings_silenced():
        dft = gpaw.GPAW(str(DATA / "h3s.gpw"), txt=None).dft
        levels = band_levels(dft)
        states = fermi_density(dft, (3, 3, 3), levels)
    found = analyze(DATA / "h3s.gpw", refine=False).structure
    assert found.fermi_ev == pytest.approx(levels.fermi_ev)
    assert found.band_gap_ev == levels.gap_ev == 0.0
    # The tetrahedra may be cut along another diagonal of the mesh.
    assert found.dos_fermi == pytest.approx(states.total, rel=0.2)
    assert set(found.dos_fermi_by_element) == {"H", "S"}
    assert found.augmentation_radii


def cosine_mesh(n, electrons=(1.0,), fermi=0.0):
    kpts = monkhorst((n, n, n))
    energies = 2 * np.cos(2 * np.pi * kpts).sum(axis=1)[None, :, None]
    order = mesh_order(kpts, np.arange(len(kpts)))
    return BandMesh(energies, fermi, electrons, 2, order)


def test_the_density_of_states_of_the_cubic_tight_binding_band():
    """At the centre of the band of the simple cubic lattice, 2 t = 2: 0.1427 / t per spin."""
    mesh = cosine_mesh(24)
    edges = band_edges(mesh)
    assert edges.gap_ev == 0.0
    (total,) = fermi_dos(mesh, edges)
    assert total == pytest.approx(2 * 0.1427, rel=0.02)
    (one, half) = fermi_dos(mesh, edges, np.full((1, *mesh.energies_ev.shape), 0.5))
    assert half == pytest.approx(one / 2)


def test_a_list_of_kpoints_is_no_mesh():
    rng = np.random.default_rng(0)
    assert mesh_order(rng.random((8, 3)), np.arange(8)) is None
    kpts = monkhorst((2, 3, 4))
    order = mesh_order(kpts, np.arange(24))
    whole = kpts[order] % 1.0
    for axis, n in enumerate((2, 3, 4)):
        steps = np.diff(whole, axis=axis)[..., axis]
        np.testing.assert_allclose(steps, 1 / n)


def test_one_empty_spin_channel_leaves_the_other_one_alone():
    energies = np.array([[[0.0, 2.0]], [[1.0, 3.0]]])
    edges = band_edges(BandMesh(energies, 0.5, (1.0, 0.0), 1, None))
    assert (edges.vbm_ev, edges.cbm_ev, edges.gap_ev) == (0.0, 1.0, 1.0)
    full = band_edges(BandMesh(energies, 5.0, (2.0, 2.0), 1, None))
    assert full.vbm_ev == 3.0
    assert full.gap_ev is None
    assert "nbands" in full.reason
