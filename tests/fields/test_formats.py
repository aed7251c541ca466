"""Forms of the formats: headers, spin blocks, data sets, compression, the numbers themselves."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tracemalloc

import numpy as np
import pytest
from grid_texts import (
    SKEW_CELL,
    atoms_in,
    cube_text,
    grid_text,
    occupancies_text,
    per_atom_text,
    poscar_text,
    smooth_values,
    vasp_block,
    xsf_text,
)
from hypothesis import given
from hypothesis import strategies as st
from valid_files import FILES, TEXTS

from isotunnel.errors import FileFormatError, InputError
from isotunnel.fields import read_field, read_fields
from isotunnel.fields.readers import numbers
from isotunnel.fields.readers.decimal_kernel import parse_decimals
from isotunnel.fields.readers.guess import guess_kind

VALUES = smooth_values()
ATOMS = atoms_in(SKEW_CELL)


def saved(tmp_path, name, text):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    ("head", "expected_cell"),
    [
        (poscar_text(SKEW_CELL, ATOMS), SKEW_CELL),
        (poscar_text(SKEW_CELL, ATOMS, mode="Cartesian"), SKEW_CELL),
        (poscar_text(SKEW_CELL, ATOMS, selective=True), SKEW_CELL),
        (poscar_text(SKEW_CELL / 2, ATOMS, scale="2.0"), SKEW_CELL),
        (poscar_text(SKEW_CELL / 3, ATOMS, scale=f"{-np.linalg.det(SKEW_CELL)}"), SKEW_CELL),
        (poscar_text(SKEW_CELL / [2, 4, 5], ATOMS, scale="2.0 4.0 5.0"), SKEW_CELL),
        (poscar_text(SKEW_CELL, ATOMS, symbols="Na_pv Cl/1a2b3c"), SKEW_CELL),
        (poscar_text(SKEW_CELL, ATOMS, symbols=None, comment="Na Cl"), SKEW_CELL),
    ],
    ids=["direct", "cartesian", "selective", "scale", "volume", "three", "potcar", "vasp4"],
)
def test_poscar_heads(tmp_path, head, expected_cell):
    field = read_field(saved(tmp_path, "ELFCAR", head + vasp_block(VALUES)))
    np.testing.assert_allclose(field.cell, expected_cell, atol=1e-9)
    np.testing.assert_allclose(field.atoms.positions, ATOMS.positions, atol=1e-9)
    assert field.atoms.get_chemical_formula() == "ClNa"
    np.testing.assert_allclose(field.values, VALUES, rtol=1e-10)


def test_vasp_4_without_any_symbols(tmp_path):
    head = poscar_text(SKEW_CELL, ATOMS, symbols=None, comment="sodium chloride")
    field = read_field(saved(tmp_path, "ELFCAR", head + vasp_block(VALUES)))
    assert field.atoms.get_chemical_symbols() == ["X", "X"]
    assert any("unknown" in w for w in field.provenance.warnings)


def test_noncollinear_chgcar(tmp_path):
    blocks = [smooth_values(seed=s) for s in range(4)]
    text = poscar_text(SKEW_CELL, ATOMS) + vasp_block(blocks[0])
    for block in blocks[1:]:
        text += occupancies_text(2) + per_atom_text(2) + vasp_block(block)
    path = saved(tmp_path, "CHGCAR", text)
    volume = abs(np.linalg.det(SKEW_CELL))
    for field in (read_field(path), *read_fields(path)):
        np.testing.assert_allclose(field.values, blocks[0] / volume, rtol=1e-9)
        assert any("Noncollinear" in w for w in field.provenance.warnings)
    with pytest.raises(InputError, match="noncollinear"):
        read_field(path, spin="up")


def test_vasp_kinds_by_name(tmp_path):
    text = poscar_text(SKEW_CELL, ATOMS) + vasp_block(VALUES)
    volume = abs(np.linalg.det(SKEW_CELL))
    for name, kind, scale in (
        ("CHGCAR", "density", volume),
        ("AECCAR0", "density", volume),
        ("CHG", "density", volume),
        ("LOCPOT", "potential", 1),
        ("ELFCAR", "elf", 1),
        ("mystery.vasp", "other", 1),
    ):
        field = read_field(saved(tmp_path, name, text))
        assert field.kind == kind
        np.testing.assert_allclose(field.values, VALUES / scale, rtol=1e-9)
    assert any("kind='density'" in w for w in field.provenance.warnings)
    assert read_field(tmp_path / "LOCPOT", kind="electrostatic").kind == "electrostatic"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("h3s_ELF.cube", "elf"),
        ("ELFCAR.gz", "elf"),
        ("shelf.cube", None),
        ("selfconsistent.cube", None),
        ("H2O-v_hartree-1_0.cube", "electrostatic"),
        ("HARTREE POTENTIAL", "electrostatic"),
        ("all values in Hartree", None),
        ("total_potential.xsf", "potential"),
        ("pot.cube", "potential"),
        ("POTCAR", None),
        ("rho.cube", "density"),
        ("charge-density", "density"),
        ("Rhodium.cube", None),
        ("run-v2.cube", None),
    ],
)
def test_kind_guessed_from_words(text, kind):
    assert guess_kind(text) == kind


def test_orbital_cube_with_its_line_of_numbers(tmp_path):
    path = saved(tmp_path, "orbitals.cube", TEXTS["orbitals.cube"])
    fields = read_fields(path)
    values = smooth_values((3, 4, 5))
    assert len(fields) == 2
    np.testing.assert_allclose(fields[0].values, values, rtol=1e-9)
    np.testing.assert_allclose(fields[1].values, values**2, rtol=1e-9)
    np.testing.assert_array_equal(read_field(path, dataset=1).values, fields[1].values)
    assert any("2 values per point" in w for w in read_field(path).provenance.warnings)


def test_cube_with_many_values_per_point(tmp_path):
    """More data sets than fit into one chunk of the reader, so that chunks start anywhere."""
    values = np.random.default_rng(0).random((12, 11, 10, 23))
    path = saved(tmp_path, "many.cube", cube_text(values, SKEW_CELL, layout="%.16e"))
    assert path.stat().st_size > 2 << 18
    fields = read_fields(path, end_planes="keep")
    assert len(fields) == 23
    for index, field in enumerate(fields):
        np.testing.assert_array_equal(field.values, values[..., index])


def test_xsf_with_two_grids_and_a_supercell(tmp_path):
    big = SKEW_CELL * np.array([[2.0], [1.0], [3.0]])
    second = smooth_values((4, 3, 3), seed=8)
    text = xsf_text(VALUES, SKEW_CELL, ATOMS) + grid_text(second, big, name="DATAGRID_3D_elf")
    path = saved(tmp_path, "two.xsf", text)
    first, other = read_fields(path)
    np.testing.assert_allclose(first.values, VALUES, rtol=1e-7)
    np.testing.assert_allclose(other.values, second, rtol=1e-7)
    assert other.kind == "elf"
    assert len(other.atoms) == 6 * len(first.atoms)
    np.testing.assert_array_equal(read_field(path, dataset=1).values, other.values)
    assert any("2 data grids" in w for w in read_field(path).provenance.warnings)


def test_xsf_of_a_molecule(tmp_path):
    text = "MOLECULE\nATOMS\nH 0.0 0.0 0.0\n1 0.74 0.0 0.0\n" + grid_text(VALUES, SKEW_CELL)
    field = read_field(saved(tmp_path, "h2.xsf", text))
    assert field.atoms.get_chemical_symbols() == ["H", "H"]


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip), (".bz2", bz2), (".xz", lzma)])
def test_compressed_files_give_the_same(tmp_path, name, suffix, pack):
    plain = read_field(saved(tmp_path, name, FILES[name]))
    packed = read_field(saved(tmp_path, name + suffix, pack.compress(FILES[name])))
    np.testing.assert_array_equal(plain.values, packed.values)
    assert plain.kind == packed.kind


@pytest.mark.parametrize("name", TEXTS)
def test_windows_line_ends(tmp_path, name):
    plain = read_field(saved(tmp_path, name, FILES[name]))
    windows = read_field(saved(tmp_path, "w_" + name, FILES[name].replace(b"\n", b"\r\n")))
    np.testing.assert_array_equal(plain.values, windows.values)
    assert plain.atoms == windows.atoms


def test_float32_on_demand(tmp_path):
    path = saved(tmp_path, "CHGCAR_spin", FILES["CHGCAR_spin"])
    for spin in ("total", "up", "down"):
        half = read_field(path, spin=spin, dtype=np.float32)
        assert half.values.dtype == np.float32
        np.testing.assert_allclose(half.values, read_field(path, spin=spin).values, rtol=1e-5)


def test_path_may_be_a_string(tmp_path):
    path = saved(tmp_path, "elf.cube", FILES["elf.cube"])
    assert read_field(str(path)).provenance.source == str(path)


reals = st.floats(-1e300, 1e300)


@given(st.lists(reals, min_size=1), st.sampled_from(["%r", "%.16e", "%.11E", "%.5e", "%f", "%.3g"]))
def test_the_kernel_and_numpy_read_what_python_reads(values, layout):
    text = " ".join(layout % x for x in values).encode() + b"\n"
    expected = np.array([float(word) for word in text.split()])
    careful, end = numbers.parse_carefully(text, len(values))
    np.testing.assert_array_equal(careful, expected)
    assert end <= len(text)
    for parsed in (parse_decimals(text), numbers._parse_with_numpy(text)):
        assert parsed is None or np.array_equal(parsed, expected)
    if all(x == 0 or 1e-200 < abs(x) < 1e200 for x in expected):
        assert parse_decimals(text) is not None


@given(st.text("0123456789.+-eEdD \n*nainf_", max_size=30))
def test_the_fast_ways_never_read_what_the_careful_way_refuses(text):
    block = text.encode()
    try:
        expected, _ = numbers.parse_carefully(block, 100)
    except numbers.BadNumber:
        expected = None
    for parsed in (parse_decimals(block), numbers._parse_with_numpy(block)):
        if parsed is not None and expected is not None:
            np.testing.assert_array_equal(parsed, expected)
    if expected is None:
        assert parse_decimals(block) is None


@pytest.mark.parametrize("form", ["cube", "vasp", "xsf"])
@pytest.mark.parametrize("kernel", [False, True])
def test_peak_memory_is_below_three_times_the_values(tmp_path, monkeypatch, form, kernel):
    n = 96
    monkeypatch.setattr(numbers, "KERNEL_WORTH_IMPORTING", 0 if kernel else 1 << 60)
    monkeypatch.setattr(numbers, "KERNEL_WORTH_LOADING", 0 if kernel else 1 << 60)
    parse_decimals(b"1.0 ")  # compile outside the measurement
    values = np.tile(smooth_values((n, 8, 8)), (1, n // 8, n // 8))
    if form == "cube":
        path = saved(tmp_path, "elf.cube", cube_text(values, SKEW_CELL, layout="%.5e"))
    elif form == "vasp":
        text = poscar_text(SKEW_CELL, ATOMS) + vasp_block(values, "%.5E")
        path = saved(tmp_path, "CHGCAR", text)
    else:
        path = saved(tmp_path, "elf.xsf", xsf_text(values, SKEW_CELL))
    read_field(saved(tmp_path, "elf_first.cube", FILES["elf.cube"]))  # imports
    tracemalloc.start()
    field = read_field(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert field.shape == (n, n, n)
    assert peak < 3 * field.values.nbytes


def test_occupancies_of_asterisks_do_no_harm(tmp_path):
    text = poscar_text(SKEW_CELL, ATOMS) + vasp_block(VALUES)
    text += "augmentation occupancies   1   3\n 0.1 ******** NaN\n"
    text += "augmentation occupancies   2   2\n 0.1 0.2\n"
    field = read_field(saved(tmp_path, "CHGCAR", text))
    assert not field.provenance.warnings


def test_xsf_with_comments_an_info_block_and_a_plane(tmp_path):
    plane = "BEGIN_BLOCK_DATAGRID_2D\nx\nBEGIN_DATAGRID_2D_x\n1 1\n0 0 0\n1 0 0\n0 1 0\n7\n"
    plane += "END_DATAGRID_2D\nEND_BLOCK_DATAGRID_2D\n"
    text = "# by hand\nBEGIN_INFO\n Fermi Energy: 1.0\nEND_INFO\n" + plane
    field = read_field(saved(tmp_path, "elf.xsf", text + xsf_text(VALUES, SKEW_CELL, ATOMS)))
    np.testing.assert_allclose(field.values, VALUES, rtol=1e-7)


def test_an_elf_outside_0_and_1_is_doubted(tmp_path):
    text = poscar_text(SKEW_CELL, ATOMS) + vasp_block(3 * VALUES)
    field = read_field(saved(tmp_path, "ELFCAR", text))
    assert any("lies in [0, 1]" in w for w in field.provenance.warnings)


@pytest.mark.parametrize("index", ["   2", "****"])
def test_occupancies_glued_by_asterisks_are_counted_by_columns(tmp_path, index):
    """A number that overflows fills all its 15 columns and leaves no blank before it."""
    stars = "*" * 15
    few = "  0.1000000E+00"
    occupancies = "".join(
        f"augmentation occupancies{i}   8\n{few}{stars}{few}{stars}{stars}\n{few}{few}{stars}\n"
        for i in ("   1", index)
    )
    total, difference = smooth_values(seed=1), smooth_values(seed=2)
    text = poscar_text(SKEW_CELL, ATOMS) + vasp_block(total) + occupancies + per_atom_text(2)
    path = saved(tmp_path, "CHGCAR", text + vasp_block(difference) + occupancies)
    fields = read_fields(path)
    volume = abs(np.linalg.det(SKEW_CELL))
    assert [f.spin for f in fields] == ["total", "difference"]
    np.testing.assert_allclose(fields[0].values * volume, total, rtol=1e-10)
    np.testing.assert_allclose(fields[1].values * volume, difference, rtol=1e-10)
    assert not any("cut short" in w for w in fields[0].provenance.warnings)


@pytest.mark.parametrize("damaged", ["   1****", "   1"])
def test_an_unknown_number_of_occupancies_is_refused(tmp_path, damaged):
    text = poscar_text(SKEW_CELL, ATOMS) + vasp_block(smooth_values())
    path = saved(tmp_path, "CHGCAR", text + f"augmentation occupancies{damaged}\n 0.1\n")
    with pytest.raises(FileFormatError, match="number of occupancies"):
        read_field(path)


@pytest.mark.parametrize("symbols", ["Na D", "Na T", "Na D_h", "Na D/0a1b2c"])
def test_deuterium_and_tritium_are_hydrogen(tmp_path, symbols):
    text = poscar_text(SKEW_CELL, ATOMS, symbols=symbols) + vasp_block(VALUES)
    field = read_field(saved(tmp_path, "CHGCAR", text))
    assert field.atoms.get_chemical_formula() == "HNa"
    assert any(f"isotope {symbols[3]} was read" in n for n in field.provenance.notes)
    assert not field.provenance.warnings


@pytest.mark.parametrize("symbols", ["Dy Ti", "Tb H"])
def test_elements_that_begin_with_d_or_t_stay(tmp_path, symbols):
    text = poscar_text(SKEW_CELL, ATOMS, symbols=symbols) + vasp_block(VALUES)
    field = read_field(saved(tmp_path, "CHGCAR", text))
    assert list(field.atoms.symbols) == symbols.split()
    assert not any("isotope" in n for n in field.provenance.notes)


@pytest.mark.parametrize("head", [True, False])
def test_xsf_with_the_block_names_of_abinit_and_octopus(tmp_path, head):
    """They leave the underscore before 3D out of the block's name, and only there."""
    values = smooth_values()
    text = xsf_text(values, SKEW_CELL, ATOMS if head else None)
    text = text.replace("BLOCK_DATAGRID_3D", "BLOCK_DATAGRID3D").lstrip("\n")
    assert text.count("DATAGRID3D") == 2
    path = saved(tmp_path, "grid_without_a_suffix", text)
    np.testing.assert_allclose(read_field(path, kind="elf").values, values, atol=1e-8)


@pytest.mark.parametrize("name", ["elf.cube", "elf.xsf", "ELFCAR"])
def test_a_byte_order_mark_does_no_harm(tmp_path, name):
    values = smooth_values()
    text = {
        "elf.cube": cube_text(values, SKEW_CELL, ATOMS),
        "elf.xsf": xsf_text(values, SKEW_CELL, ATOMS),
        "ELFCAR": poscar_text(SKEW_CELL, ATOMS, symbols="", comment="Na Cl") + vasp_block(values),
    }[name]
    path = tmp_path / name
    path.write_bytes(b"\xef\xbb\xbf" + text.lstrip("\n").encode())
    field = read_field(path)
    np.testing.assert_allclose(field.values, values, atol=1e-8)
    assert field.atoms.get_chemical_formula() == "ClNa"
