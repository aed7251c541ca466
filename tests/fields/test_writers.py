"""What is written is read back, and appears whole or not at all."""

from __future__ import annotations

import os

import numpy as np
import pytest
from grid_texts import SKEW_CELL, atoms_in, smooth_values

from isotunnel.errors import InputError
from isotunnel.fields import (
    Field,
    Provenance,
    read_field,
    write_cube,
    write_field,
    write_hdf5,
)
from isotunnel.fields.writers import cube as cube_writer

ATOMS = atoms_in(SKEW_CELL)


def made(kind="elf", dtype=float, shape=(5, 6, 7), **attributes):
    values = smooth_values(shape)
    if kind == "density":
        # As many electrons as protons, lest the reader doubt it.
        values *= ATOMS.numbers.sum() / (values.mean() * np.linalg.det(SKEW_CELL))
    values = values.astype(dtype)
    return Field.from_array(values, SKEW_CELL, kind, atoms=ATOMS, origin=(0.3, -1, 2), **attributes)


@pytest.mark.parametrize("kind", ["potential", "electrostatic", "density", "elf", "other"])
@pytest.mark.parametrize("name", ["a.cube", "a.cube.gz", "a.h5"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_round_trip(tmp_path, kind, name, dtype):
    spin = "up" if kind in ("potential", "elf") else "total"
    field = made(kind, dtype, spin=spin, unit="V/m" if kind == "other" else "")
    write_field(field, tmp_path / name)
    again = read_field(tmp_path / name, dtype=dtype)
    # Digits are exact; a change of unit costs a rounding each way.
    np.testing.assert_allclose(again.values, field.values, rtol=4 * np.finfo(dtype).eps)
    if kind in ("elf", "other") or name == "a.h5":
        np.testing.assert_array_equal(again.values, field.values)
    np.testing.assert_allclose(again.cell, field.cell, atol=1e-12)
    np.testing.assert_allclose(again.origin, field.origin, atol=1e-12)
    np.testing.assert_allclose(again.atoms.positions, ATOMS.positions, atol=1e-12)
    assert (again.kind, again.unit, again.spin) == (field.kind, field.unit, field.spin)
    assert (again.atoms.numbers == ATOMS.numbers).all()
    assert not again.provenance.warnings


@pytest.mark.parametrize("shape", [(1, 1, 1), (1, 2, 3), (4, 1, 6), (2, 3, 13)])
def test_thin_grids_round_trip(tmp_path, shape):
    field = made("other", shape=shape)
    for name in ("a.cube", "a.h5"):
        write_field(field, tmp_path / name)
        np.testing.assert_array_equal(
            read_field(tmp_path / name, end_planes="keep").values, field.values
        )


def test_hdf5_keeps_provenance_and_precision(tmp_path):
    provenance = Provenance("a", "b", "c", ("note é", "n2"), ("warning",))
    field = made(dtype=np.float32, provenance=provenance)
    write_hdf5(field, tmp_path / "a.h5")
    again = read_field(tmp_path / "a.h5")
    assert again.provenance == provenance
    assert again.values.dtype == np.float32
    assert again.atoms == ATOMS


def test_a_field_without_atoms(tmp_path):
    field = Field.from_array(smooth_values(), SKEW_CELL, "elf")
    for name in ("a.cube", "a.h5"):
        write_field(field, tmp_path / name)
        assert read_field(tmp_path / name).atoms is None


def test_unknown_suffix(tmp_path):
    with pytest.raises(InputError, match=r"written as \.cube"):
        write_field(made(), tmp_path / "a.vasp")


@pytest.mark.parametrize("write", [write_cube, write_hdf5])
def test_places_that_cannot_be_written(tmp_path, write):
    with pytest.raises(InputError, match="cannot be written"):
        write(made(), tmp_path / "no" / "such" / "folder.cube")
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot be written"):
        write(made(), tmp_path / "file" / "below_a_file.cube")
    (tmp_path / "folder.cube").mkdir()
    with pytest.raises(InputError, match="is a directory"):
        write(made(), tmp_path / "folder.cube")


def test_an_interruption_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "a.cube"
    write_cube(made(), path)
    before = path.read_bytes()

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(cube_writer, "_plane_layout", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_cube(made("other"), path)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["a.cube"]


def test_our_cube_keeps_a_last_plane_that_equals_the_first(tmp_path):
    """Such a field is no accident (a mirror between two planes): its planes are all its own."""
    values = smooth_values()
    values[-1] = values[0]
    field = Field.from_array(values, SKEW_CELL, "elf", atoms=ATOMS)
    path = tmp_path / "a.cube"
    write_field(field, path)
    again = read_field(path)
    np.testing.assert_array_equal(again.values, values)
    np.testing.assert_allclose(again.cell, field.cell, atol=1e-12)
    assert not again.provenance.warnings
    assert read_field(path, end_planes="drop").shape == (4, 5, 6)
    # The same file without our comment shows that the guess would have dropped the plane.
    foreign = tmp_path / "elf.cube"
    foreign.write_text(path.read_text().replace("isotunnel kind=", "kind="))
    assert read_field(foreign).shape == (4, 6, 7)
