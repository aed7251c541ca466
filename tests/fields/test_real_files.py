"""The shipped grids by GPAW and ASE: the same field must come out of every file format."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from isotunnel.errors import InputError, MissingExtraError
from isotunnel.fields import read_field, read_fields

DATA = Path(__file__).parent.parent / "data"


def test_cube_and_chgcar_hold_the_same_density():
    cube = read_field(DATA / "h3s_density.cube.gz")
    vasp = read_field(DATA / "CHGCAR_h3s.gz")
    assert cube.kind == vasp.kind == "density"
    np.testing.assert_allclose(cube.values, vasp.values, rtol=2e-6, atol=1e-6)
    # Pseudo valence density with compensation charges: 6 + 3 electrons in the cell.
    assert vasp.values.mean() * vasp.volume == pytest.approx(9.0, abs=1e-3)


def test_cube_and_xsf_hold_the_same_elf():
    cube, xsf = read_field(DATA / "h3s_elf.cube.gz"), read_field(DATA / "h3s_elf.xsf.gz")
    assert cube.shape == xsf.shape == (14, 14, 14)
    np.testing.assert_allclose(cube.values, xsf.values, atol=1e-6)
    assert 0 <= cube.values.min() < 0.2 < 0.9 < cube.values.max() <= 1


def test_cube_in_rydberg_and_gpw_hold_the_same_potential():
    cube = read_field(DATA / "h3s_potential.cube.gz", value_unit="rydberg")
    gpw = read_field(DATA / "h3s.gpw")
    assert gpw.kind == cube.kind == "potential"
    np.testing.assert_allclose(cube.values, gpw.values, rtol=3e-6, atol=1e-5)
    assert any("another field" in w for w in gpw.provenance.warnings)
    assert any("pseudo" in n.lower() for n in gpw.provenance.notes)


def test_gpw_spin_parts_of_density_and_potential():
    path = DATA / "h_spin_all.gpw"
    parts = {s: read_field(path, kind="density", spin=s).values for s in ("total", "up", "down")}
    np.testing.assert_allclose(parts["up"] + parts["down"], parts["total"], rtol=1e-6)
    assert (parts["up"] > parts["down"]).mean() > 0.9
    up = read_field(path)
    assert up.spin == "up"
    assert any("'down'" in w for w in up.provenance.warnings)
    assert np.abs(read_field(path, spin="down").values - up.values).max() > 1.0
    with pytest.raises(InputError, match="parts up, down"):
        read_field(path, spin="difference")


def test_gpw_without_gpaw_still_gives_density_and_potential(monkeypatch):
    monkeypatch.setitem(sys.modules, "gpaw", None)
    fields = read_fields(DATA / "h3s.gpw")
    assert [f.kind for f in fields] == ["potential", "density"]
    assert all(any("isotunnel[dft]" in w for w in f.provenance.warnings) for f in fields)
    with pytest.raises(MissingExtraError, match=r"isotunnel\[dft\]"):
        read_field(DATA / "h3s.gpw", kind="electrostatic")


@pytest.mark.dft
def test_gpw_elf_needs_wave_functions():
    pytest.importorskip("gpaw")
    elf = read_field(DATA / "h_spin_all.gpw", kind="elf")
    assert 0 <= elf.values.min() <= elf.values.max() <= 1
    assert any("pseudo density" in n for n in elf.provenance.notes)
    with pytest.raises(InputError, match="mode='all'"):
        read_field(DATA / "h3s.gpw", kind="elf")


@pytest.mark.dft
def test_gpw_gives_all_its_fields():
    pytest.importorskip("gpaw")
    fields = read_fields(DATA / "h_spin_all.gpw")
    assert [(f.kind.value, f.spin) for f in fields] == [
        ("potential", "up"),
        ("potential", "down"),
        ("density", "total"),
        ("density", "difference"),
        ("electrostatic", "total"),
        ("elf", "total"),
    ]
