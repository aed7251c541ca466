"""Kinds of grid files that were misread or refused, a small one of each made here."""

from __future__ import annotations

import json

import numpy as np
import pytest
from ase import Atoms
from grid_texts import (
    SKEW_CELL,
    atoms_in,
    cube_text,
    occupancies_text,
    poscar_text,
    smooth_values,
    vasp_block,
    xsf_text,
)
from typer.testing import CliRunner

from isotunnel.cli.main import app
from isotunnel.errors import FileFormatError, InputError
from isotunnel.fields import read_field
from isotunnel.units import BOHR_ANGSTROM

ATOMS = atoms_in(SKEW_CELL)
HEAD = poscar_text(SKEW_CELL, ATOMS)
VOLUME = abs(np.linalg.det(SKEW_CELL))


def saved(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text)
    return path


def warned(field, *words):
    return any(all(w in warning for w in words) for warning in field.provenance.warnings)


# --- VASP


@pytest.mark.parametrize("shape", [(3, 3, 3), (4, 3, 3), (2, 3, 7)])
def test_zeros_that_fill_the_last_line_of_a_sum_are_left_out(tmp_path, shape):
    values = smooth_values(shape)
    block = vasp_block(values * VOLUME)
    missing = -values.size % 5
    assert missing
    padded = block.rstrip("\n") + " 0.00000000000E+00" * missing + "\n"
    field = read_field(saved(tmp_path, "CHGCAR_sum", HEAD + padded))
    np.testing.assert_allclose(field.values, values, rtol=1e-9)
    assert warned(field, "A zero fills" if missing == 1 else f"{missing} zeros fill")


def test_other_numbers_on_the_last_line_are_refused(tmp_path):
    block = vasp_block(smooth_values((3, 3, 3)))
    path = saved(tmp_path, "CHGCAR", HEAD + block.rstrip("\n") + " 0.0 0.5\n")
    with pytest.raises(FileFormatError, match="more than the header"):
        read_field(path)


def test_blank_lines_among_occupancies_are_harmless(tmp_path):
    text = HEAD + vasp_block(smooth_values() * VOLUME)
    spread = occupancies_text(2).replace("\n", "\n\n")
    one = read_field(saved(tmp_path, "CHGCAR", text + occupancies_text(2)))
    other = read_field(saved(tmp_path, "CHGCAR_b", text + spread))
    np.testing.assert_array_equal(one.values, other.values)


@pytest.mark.parametrize("name", ["CHG", "PARCHG", "AECCAR0"])
def test_asterisks_in_a_density_are_zero_and_counted(tmp_path, name):
    values = smooth_values()
    counts, _, rest = vasp_block(values * VOLUME, "%11.5f").partition("\n")
    words = rest.split()
    words[4] = words[100] = "***********"
    field = read_field(saved(tmp_path, name, f"{HEAD}{counts}\n" + "\n".join(words) + "\n"))
    flat = field.values.ravel(order="F")
    assert flat[4] == flat[100] == 0.0
    assert np.count_nonzero(flat == 0.0) == 2
    assert warned(field, "2 values are asterisks")


@pytest.mark.parametrize("name", ["ELFCAR", "LOCPOT"])
def test_asterisks_elsewhere_are_a_lost_value(tmp_path, name):
    text = HEAD + vasp_block(smooth_values()).replace("E-01", "E-01 ", 1)
    words = text.split(" ")
    words[-3] = "***********"
    with pytest.raises(FileFormatError, match="too wide for its columns"):
        read_field(saved(tmp_path, name, " ".join(words)))


@pytest.mark.parametrize("quantity", ["ELF", "RHO", "VCL"])
def test_elk_is_named(tmp_path, quantity):
    points = "\n".join(f"  0.{i}E+00  0.0E+00  0.0E+00  0.5E+00" for i in range(8))
    path = saved(tmp_path, f"{quantity}3D.OUT", f"     2     2     2 : grid size\n{points}\n")
    with pytest.raises(FileFormatError, match="Elk's 3D output is not read"):
        read_field(path)
    for command in ("tunnels", "analyze"):
        result = CliRunner().invoke(app, [command, str(path), "--json"])
        assert result.exit_code != 0
        assert "Elk" in str(result.exception) + result.output


# --- cube: end planes


def cosines(n, end):
    """A field that is its own mirror image, with the first plane again at the end if asked."""
    axes = [np.cos(2 * np.pi * np.arange(m + end) / m) for m in n]
    return 0.5 + 0.2 * (axes[0][:, None, None] + axes[1][:, None] + 0.8 * axes[2])


def bump(shape, widths=(0.9, 1.1, 1.3), step=0.4):
    """A molecule in the middle of a box: its mirror makes first and last planes equal."""
    along = [
        np.exp(-(((np.arange(n) - (n - 1) / 2) * step / w) ** 2) / 2)
        for n, w in zip(shape, widths, strict=True)
    ]
    return along[0][:, None, None] * along[1][:, None] * along[2]


@pytest.mark.parametrize("shape", [(9, 11, 13), (15, 8, 21), (40, 40, 30)])
@pytest.mark.parametrize("symbols", ["N2", "OC", "H2"])
def test_a_mirror_symmetric_molecule_keeps_its_box(tmp_path, shape, symbols):
    step = 4.4 / np.array(shape)
    values = bump(shape, step=float(step[2]))
    cell = np.diag(step * np.array(shape))
    origin = -step * (np.array(shape) - 1) / 2
    atoms = Atoms(symbols, positions=[[0, 0, -0.55], [0, 0, 0.55]])
    text = cube_text(values, cell, atoms, origin=origin, comments=("a molecule", "density"))
    field = read_field(saved(tmp_path, "m.cube", text))
    assert field.shape == shape
    np.testing.assert_allclose(field.cell, cell, atol=1e-9)
    assert not warned(field, "a/(n-1)")


@pytest.mark.parametrize("n", [(8, 8, 8), (10, 12, 9)])
@pytest.mark.parametrize("images", [False, True])
def test_end_planes_of_a_mirror_symmetric_crystal_are_dropped(tmp_path, n, images):
    cell = np.diag([4.0, 4.4, 3.6])
    places = [[0, 0, 0], [0.5, 0.5, 0.5]]
    if images:
        places = [[i, j, k] for i in (0, 1) for j in (0, 1) for k in (0, 1)] + places[1:]
    atoms = Atoms(["H"] * (len(places) - 1) + ["N"], cell=cell, scaled_positions=places, pbc=False)
    atoms.positions = np.array(places) @ cell
    steps = cell / np.array(n)[:, None]
    text = cube_text(cosines(n, 1), cell, atoms, steps=steps, comments=("c", "elf"))
    field = read_field(saved(tmp_path, "c.cube", text))
    assert field.shape == n
    np.testing.assert_allclose(field.cell, cell, atol=1e-9)
    assert field.atoms.get_chemical_formula() == "HN"
    assert warned(field, "7 atoms are images") == images


def test_image_atoms_without_end_planes_betray_a_step_that_is_too_long(tmp_path):
    cell = np.diag([4.0, 4.0, 4.0])
    places = np.array([[i, j, k] for i in (0, 1) for j in (0, 1) for k in (0, 1)] + [[0.5] * 3])
    atoms = Atoms("H8N", positions=places @ cell)
    text = cube_text(cosines((8, 8, 8), 0), cell, atoms, steps=cell / 7, comments=("c", "elf"))
    field = read_field(saved(tmp_path, "s.cube", text))
    assert warned(field, "a/(n-1)", "4.000", "4.571")


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("coordinates in Angstrom", "length_unit"),
        ("Units: Angstroms, density", "length_unit"),
        ("density (\u00c5)", "length_unit"),
        ("charge density in e/Angstrom^3", "value_unit"),
        ("density 1/angstrom**3", "value_unit"),
        ("density of two atoms in a box", None),
        ("charge density, bohr", None),
    ],
)
def test_angstrom_in_a_comment_is_warned_of(tmp_path, comment, expected):
    text = cube_text(1e-3 * smooth_values(), SKEW_CELL, ATOMS, comments=("made by hand", comment))
    (tmp_path / "a.cube").write_text(text, encoding="latin-1")
    field = read_field(tmp_path / "a.cube", kind="density")
    for unit in ("length_unit", "value_unit"):
        assert warned(field, "comment", unit) == (unit == expected)


def test_no_such_warning_where_the_unit_was_given(tmp_path):
    text = cube_text(smooth_values(), SKEW_CELL, comments=("x", "in Angstrom, 1/angstrom^3"))
    path = saved(tmp_path, "a.cube", text)
    asked = {"length_unit": "angstrom", "value_unit": "1/angstrom^3"}
    assert not warned(read_field(path, kind="density", **asked), "comment")


def test_the_set_line_of_molden_is_passed_over(tmp_path):
    values = smooth_values()
    lines = cube_text(values, SKEW_CELL, ATOMS, comments=("Molden", "density")).splitlines()
    plain = read_field(saved(tmp_path, "p.cube", "\n".join(lines) + "\n"))
    lines.insert(8, "    1    1")
    field = read_field(saved(tmp_path, "s.cube", "\n".join(lines) + "\n"))
    np.testing.assert_array_equal(field.values, plain.values)
    assert any("Molden" in n for n in field.provenance.notes)


def test_values_that_are_whole_numbers_are_no_set_line(tmp_path):
    values = np.ones((2, 2, 2))
    lines = cube_text(values, SKEW_CELL, ATOMS).splitlines()[:8]
    lines += ["1 1"] * 4
    field = read_field(saved(tmp_path, "w.cube", "\n".join(lines) + "\n"), kind="elf")
    np.testing.assert_array_equal(field.values, values)


@pytest.mark.parametrize("comment", ["Property: Psi_a_5_1-B1, 85% of the density", "density 3"])
def test_an_orbital_is_no_density(tmp_path, comment):
    values = np.sin(2 * np.pi * (np.arange(9) + 0.3) / 9)[:, None, None] * np.ones((9, 9, 9))
    text = cube_text(values, np.eye(3) * 4, Atoms("O"), comments=("Cube file.", comment))
    field = read_field(saved(tmp_path, "o.cube", text))
    assert field.shape == (9, 9, 9)
    assert field.kind == "other" or warned(field, "orbital")


# --- plausibility


def test_a_density_is_held_against_its_protons(tmp_path):
    """H and N in 64 cubic angstrom: 8 electrons spread evenly, in either unit."""
    cell = np.eye(3) * 4.0
    atoms = Atoms("HN", positions=[[0, 0, 0], [2, 2, 2]], cell=cell, pbc=True)
    even = np.full((6, 6, 6), 8 / 64) * (1 + 0.1 * cosines((6, 6, 6), 0))
    even *= (8 / 64) / even.mean()
    text = xsf_text(even, cell, atoms, name="DATAGRID_3D_density")
    wrong = read_field(saved(tmp_path, "d.xsf", text))
    assert warned(wrong, "8 protons", "1/angstrom^3")
    right = read_field(tmp_path / "d.xsf", value_unit="1/angstrom^3")
    assert not right.provenance.warnings
    assert any("8 electrons" in n for n in right.provenance.notes)
    bohr = xsf_text(even * BOHR_ANGSTROM**3, cell, atoms, name="DATAGRID_3D_density")
    assert not read_field(saved(tmp_path, "e.xsf", bohr)).provenance.warnings


def test_a_density_of_next_to_no_electrons_is_warned_of(tmp_path):
    text = HEAD + vasp_block(np.full((4, 4, 4), 0.01))
    assert warned(read_field(saved(tmp_path, "CHGCAR", text)), "0.01 electrons only")


def test_a_valence_density_lacks_core_electrons_and_is_not_warned_of(tmp_path):
    values = np.full((4, 4, 4), 9.0)
    text = HEAD + vasp_block(values)
    assert not read_field(saved(tmp_path, "CHGCAR", text)).provenance.warnings
    many = read_field(saved(tmp_path, "CHGCAR_m", HEAD + vasp_block(values * 5)))
    assert warned(many, "28 protons")


def test_the_negative_share_is_reported(tmp_path):
    values = smooth_values() * VOLUME
    values[0, 0, 0] = -0.02 * values.sum()
    field = read_field(saved(tmp_path, "CHGCAR", HEAD + vasp_block(values)))
    assert warned(field, "magnitude is negative")


# --- limits


def test_no_values_per_point_are_refused(tmp_path):
    """Found by fuzzing: with a negative number of atoms it divided by zero."""
    lines = cube_text(smooth_values(), SKEW_CELL, ATOMS).splitlines()
    lines[2] = lines[2].replace("2", "-2", 1) + " 0"
    lines.insert(8, "1 1")
    with pytest.raises(FileFormatError, match="0 values per point"):
        read_field(saved(tmp_path, "z.cube", "\n".join(lines) + "\n"))


def test_an_absurd_spanning_vector_is_refused_at_once(tmp_path):
    span = SKEW_CELL.copy()
    span[0, 1] += 1e8
    text = xsf_text(np.ones((2, 2, 2)), span, ATOMS, primitive=SKEW_CELL)
    with pytest.raises((FileFormatError, InputError)):
        read_field(saved(tmp_path, "elf.xsf", text))


def test_a_long_sheared_cell_costs_no_memory(tmp_path):
    cell = np.eye(3) * 4.0
    span = cell.copy()
    span[0, 1] = 4.0 * 900
    span[1, 2] = 4.0 * 900
    text = xsf_text(smooth_values((2, 2, 2)), span, atoms_in(cell), primitive=cell)
    field = read_field(saved(tmp_path, "elf.xsf", text))
    assert field.atoms is None
    assert warned(field, "atoms were left out")


def test_animated_xsf_gives_the_atoms_of_its_last_step(tmp_path):
    text = xsf_text(smooth_values(), SKEW_CELL, ATOMS)
    head, rest = text.split("PRIMCOORD\n")
    lines = rest.splitlines(keepends=True)
    first = "PRIMCOORD 1\n2 1\nNa 0.0 0.0 0.0\nCl 1.0 1.0 1.0\n"
    path = saved(
        tmp_path, "elf.axsf", " ANIMSTEPS 2\n" + head + first + "PRIMCOORD 2\n" + "".join(lines)
    )
    field = read_field(path)
    np.testing.assert_allclose(field.atoms.positions, ATOMS.positions, atol=1e-9)
    assert warned(field, "last step")


def test_the_command_line_shows_the_warnings(tmp_path):
    cell = np.eye(3) * 4.0
    atoms = Atoms("HN", positions=[[0, 0, 0], [2, 2, 2]], cell=cell, pbc=True)
    text = xsf_text(np.full((4, 4, 4), 0.2), cell, atoms, name="DATAGRID_3D_density")
    path = saved(tmp_path, "d.xsf", text)
    result = CliRunner().invoke(app, ["tunnels", str(path), "--json"])
    assert any("protons" in w for w in json.loads(result.stdout)["warnings"])
