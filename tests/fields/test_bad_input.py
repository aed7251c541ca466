"""Bad input: one clear line, with what was found and what was expected."""

from __future__ import annotations

import gzip
import os
import tracemalloc
from pathlib import Path

import pytest
from grid_texts import (
    SKEW_CELL,
    atoms_in,
    cube_text,
    poscar_text,
    smooth_values,
    vasp_block,
    xsf_text,
)
from valid_files import FILES, TEXTS

from isotunnel.errors import FieldError, FileFormatError, InputError, IsotunnelError
from isotunnel.fields import Field, read_field, read_fields, write_cube
from isotunnel.fields.seal import write_seal

VALUES = smooth_values((3, 4, 5))
ATOMS = atoms_in(SKEW_CELL)


def saved(tmp_path, name, text):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_missing_file(tmp_path):
    with pytest.raises(InputError, match=r"nowhere\.cube: no such file"):
        read_field(tmp_path / "nowhere.cube")


def test_directory(tmp_path):
    with pytest.raises(InputError, match="is a directory"):
        read_field(tmp_path)


def test_empty_file(tmp_path):
    with pytest.raises(FileFormatError, match="empty"):
        read_field(saved(tmp_path, "a.cube", ""))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "pipe.cube")
    with pytest.raises(InputError, match="not a regular file"):
        read_field(tmp_path / "pipe.cube")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file(tmp_path):
    path = saved(tmp_path, "a.cube", TEXTS["elf.cube"])
    path.chmod(0)
    with pytest.raises(InputError, match="cannot be read"):
        read_field(path)


@pytest.mark.parametrize("name", ["a.cube", "nameless"])
def test_a_file_that_may_not_be_read(tmp_path, monkeypatch, name):
    path = saved(tmp_path, name, TEXTS["elf.cube"])

    def denied(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(InputError, match=r"cannot be read \(Permission denied\)"):
        read_field(path)


@pytest.mark.parametrize("path", ["a\0b.cube", "x" * 5000 + ".cube"])
def test_impossible_paths(path):
    with pytest.raises(InputError):
        read_field(path)


def test_unknown_format(tmp_path):
    with pytest.raises(FileFormatError, match="neither the content nor the name"):
        read_field(saved(tmp_path, "notes.txt", "Dear diary,\nno grid today.\n"))


def test_unknown_words_are_refused_with_the_known_ones(tmp_path):
    path = saved(tmp_path, "elf.cube", TEXTS["elf.cube"])
    for wish in (
        {"format": "cif"},
        {"kind": "magic"},
        {"spin": "sideways"},
        {"length_unit": "furlong"},
        {"value_unit": "furlong"},
        {"end_planes": "maybe"},
        {"dataset": -1},
        {"dataset": 5},
        {"dataset": "1"},
        {"dataset": 0.5},
        {"dtype": "complex"},
        {"dtype": "quadruple"},
        {"value_unit": 3, "kind": "density"},
    ):
        with pytest.raises(InputError):
            read_field(path, **wish)


def test_truncated_cube_names_line_and_counts(tmp_path):
    text = TEXTS["elf.cube"].splitlines()
    path = saved(tmp_path, "a.cube", "\n".join(text[:-2]) + "\n")
    with pytest.raises(FileFormatError, match=r"a\.cube, line 16: .*after 48 of 60 values"):
        read_field(path)


def test_too_many_values(tmp_path):
    path = saved(tmp_path, "a.cube", TEXTS["elf.cube"] + " 0.5 0.5\n")
    with pytest.raises(FileFormatError, match="more than the 60 values"):
        read_field(path)


def test_too_many_values_of_vasp(tmp_path):
    path = saved(tmp_path, "ELFCAR", TEXTS["ELFCAR"] + " 0.5 0.5 0.5\n")
    with pytest.raises(FileFormatError, match="3 numbers more"):
        read_field(path)


@pytest.mark.parametrize(
    "token", ["************", "NaN", "Infinity", "1e999", "0.1.2", "0x10", "abc"]
)
@pytest.mark.parametrize("name", ["elf.cube", "ELFCAR", "elf.xsf"])
def test_numbers_that_are_none_are_named_with_their_line(tmp_path, token, name):
    lines = TEXTS[name].splitlines()
    row = len(lines) - 4
    words = lines[row].split()
    words[1] = token
    lines[row] = " ".join(words)
    path = saved(tmp_path, name, "\n".join(lines) + "\n")
    with pytest.raises(FileFormatError) as raised:
        read_field(path)
    assert f"line {row + 1}:" in str(raised.value)
    assert token in str(raised.value)


@pytest.mark.parametrize("name", ["a.cube", "a.cube.gz"])
def test_a_header_of_10_to_the_12_voxels_is_refused_before_allocating(tmp_path, name):
    text = TEXTS["elf.cube"].splitlines()
    for row in (3, 4, 5):
        text[row] = "10000 " + text[row].split(maxsplit=1)[1]
    data = ("\n".join(text) + "\n").encode()
    path = saved(tmp_path, name, gzip.compress(data) if name.endswith("gz") else data)
    tracemalloc.start()
    with pytest.raises(FileFormatError, match=r"10000 x 10000 x 10000 points \(1000000000000"):
        read_field(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5e6


def test_a_huge_vasp_and_xsf_header_is_refused(tmp_path):
    huge = TEXTS["ELFCAR"].replace("   3    4    5", " 10000 10000 10000")
    with pytest.raises(FileFormatError, match="do not fit into a file"):
        read_field(saved(tmp_path, "ELFCAR", huge))
    huge = TEXTS["elf.xsf"].replace("4 5 6", "10000 10000 10000")
    with pytest.raises(FileFormatError, match="do not fit into a file"):
        read_field(saved(tmp_path, "elf.xsf", huge))


def test_more_values_than_memory_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "sysconf", lambda _: 10)
    with pytest.raises(InputError, match="GiB of memory"):
        read_field(saved(tmp_path, "a.cube", TEXTS["elf.cube"]))


@pytest.mark.parametrize("name", ["a.cube", "ELFCAR", "elf.xsf"])
def test_zero_volume(tmp_path, name):
    flat = SKEW_CELL.copy()
    flat[2] = flat[0] + flat[1]
    if name == "a.cube":
        text = cube_text(VALUES, flat)
    elif name == "ELFCAR":
        text = poscar_text(flat, ATOMS) + vasp_block(VALUES)
    else:
        from grid_texts import xsf_text

        text = xsf_text(VALUES, flat)
    with pytest.raises(FieldError, match="zero volume"):
        read_field(saved(tmp_path, name, text))


def test_zero_points_along_an_axis(tmp_path):
    text = TEXTS["elf.cube"].splitlines()
    text[3] = "0 " + text[3].split(maxsplit=1)[1]
    with pytest.raises(FileFormatError, match="0 x 4 x 5"):
        read_field(saved(tmp_path, "a.cube", "\n".join(text)))


def test_a_file_under_a_false_name_is_reported_by_its_content(tmp_path):
    path = saved(tmp_path, "elf.cube", TEXTS["elf.xsf"])
    assert read_field(path).provenance.format == "xsf"
    with pytest.raises(FileFormatError):
        read_field(path, format="cube")


def test_other_loop_order_is_refused(tmp_path):
    comments = ("x", "OUTER LOOP: Z, MIDDLE LOOP: Y, INNER LOOP: X")
    path = saved(tmp_path, "a.cube", cube_text(VALUES, SKEW_CELL, comments=comments))
    with pytest.raises(FileFormatError, match="Z-Y-X"):
        read_field(path)


def test_spin_parts_that_are_not_there(tmp_path):
    path = saved(tmp_path, "CHGCAR", FILES["CHGCAR"])
    with pytest.raises(InputError, match="no spin parts"):
        read_field(path, spin="up")
    path = saved(tmp_path, "ELFCAR", FILES["ELFCAR"])
    with pytest.raises(InputError, match="up, down"):
        read_field(path, spin="difference")


def test_close_atoms_hint_at_the_wrong_unit(tmp_path):
    atoms = ATOMS.copy()
    atoms.positions[1] = atoms.positions[0] + [0.74, 0, 0]
    text = cube_text(VALUES, SKEW_CELL, atoms, unit="angstrom").replace("  -", "   ")
    text = text.replace("\n   -", "\n    ")
    field = read_field(saved(tmp_path, "elf.cube", text))
    assert any("0.392 angstrom apart" in w for w in field.provenance.warnings)


def test_foreign_hdf5_and_later_versions(tmp_path):
    import h5py

    from isotunnel.fields import Field, write_hdf5

    path = tmp_path / "a.h5"
    with h5py.File(path, "w") as file:
        file["x"] = 1
    with pytest.raises(FileFormatError, match="not an HDF5 file that Isotunnel wrote"):
        read_field(path)
    write_seal(path)
    with pytest.raises(FileFormatError, match="not of the format"):
        read_field(path)
    write_hdf5(Field.from_array(VALUES, SKEW_CELL, "elf"), path)
    with pytest.raises(InputError, match="holds a field of kind elf"):
        read_field(path, kind="density")
    with h5py.File(path, "r+") as file:
        file.attrs["format_version"] = 99
    with pytest.raises(FileFormatError, match="seal"):
        read_field(path)
    write_seal(path)
    with pytest.raises(FileFormatError, match="update Isotunnel"):
        read_field(path)


def test_hdf5_claiming_10_to_the_12_voxels(tmp_path):
    import h5py

    path = tmp_path / "a.h5"
    with h5py.File(path, "w") as file:
        file.attrs.update(
            {"format": "isotunnel field", "format_version": 1, "kind": "elf", "spin": "total"}
        )
        file.create_dataset("values", (10_000,) * 3, "f8", chunks=(10,) * 3, compression="gzip")
    write_seal(path)
    with pytest.raises(FileFormatError, match="claims 10000 x 10000 x 10000 points"):
        read_field(path)


def test_one_changed_byte_of_an_hdf5_file_is_noticed(tmp_path):
    """The HDF5 library looped for ever on such a file, in C, where nothing can stop it."""
    from isotunnel.fields import Field, write_hdf5

    path = tmp_path / "a.h5"
    write_hdf5(Field.from_array(VALUES, SKEW_CELL, "elf"), path)
    whole = path.read_bytes()
    for place in range(0, len(whole), max(1, len(whole) // 200)):
        changed = bytearray(whole)
        changed[place] ^= 0x5A
        path.write_bytes(changed)
        with pytest.raises(FileFormatError):
            read_field(path)


def test_every_refusal_is_one_of_ours_and_one_line(tmp_path):
    for name, data in FILES.items():
        path = saved(tmp_path, name, data[: len(data) // 2])
        with pytest.raises(IsotunnelError) as raised:
            read_fields(path)
        assert "\n" not in str(raised.value)
        assert str(path) in str(raised.value)


@pytest.mark.parametrize("name", ["density.cube", "density.xsf"])
@pytest.mark.parametrize("spin", ["up", "down", "difference"])
def test_a_grid_without_spin_parts_is_not_relabelled(tmp_path, name, spin):
    text = {"density.cube": cube_text, "density.xsf": xsf_text}[name]
    path = saved(tmp_path, name, text(smooth_values(), SKEW_CELL, atoms_in(SKEW_CELL)))
    with pytest.raises(InputError, match=f"no '{spin}' one"):
        read_field(path, spin=spin)
    assert read_field(path).spin == read_field(path, spin="total").spin == "total"


def test_the_one_spin_part_that_a_cube_names_may_be_asked_for(tmp_path):
    path = tmp_path / "a.cube"
    write_cube(Field.from_array(smooth_values(), SKEW_CELL, "density", spin="down"), path)
    assert read_field(path, spin="down").spin == read_field(path).spin == "down"
    with pytest.raises(InputError, match="spin part 'down'"):
        read_field(path, spin="total")
    text = cube_text(smooth_values(), SKEW_CELL)
    path = saved(tmp_path, "spin_density.cube", text)
    assert read_field(path, spin="difference").spin == read_field(path).spin == "difference"
    assert read_field(path, spin="total").spin == "total"  # a guess by name may be overruled
