"""Traps that other programs' users have fallen into, one test and one story each."""

from __future__ import annotations

import numpy as np
import pytest
from grid_texts import (
    SKEW_CELL,
    atoms_in,
    cube_text,
    occupancies_text,
    per_atom_text,
    poscar_text,
    smooth_values,
    vasp_block,
    xsf_text,
)

from isotunnel.errors import FieldError, FileFormatError
from isotunnel.fields import (
    Field,
    FieldKind,
    correct_qe_elf,
    mask_low_density,
    read_field,
    read_fields,
    write_cube,
)
from isotunnel.fields.readers import numbers
from isotunnel.units import BOHR_ANGSTROM, HARTREE_EV, RYDBERG_EV

ATOMS = atoms_in(SKEW_CELL)


def saved(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text)
    return path


def test_qe_elf_of_6_8_to_7_5_is_warned_of_and_mended_only_on_demand(tmp_path):
    """QE 6.8 to 7.5 writes ELF too high for nspin = 1: H3S came out with phi 0.79, not 0.60."""
    right = smooth_values()
    # The defect is a (D/D_h)^2 that is too small by 2^(4/3); make it from the right one.
    wrong = 1 / (1 + (1 / right - 1) / 2 ** (4 / 3))
    comments = (" Cubefile created from PWScf calculation", "ELF")
    path = saved(tmp_path, "h.cube", cube_text(wrong, SKEW_CELL, ATOMS, comments=comments))
    field = read_field(path)
    assert field.kind == "elf"
    assert field.provenance.program == "Quantum ESPRESSO"
    assert any("6.8 to 7.5" in w for w in field.provenance.warnings)
    np.testing.assert_allclose(field.values, wrong, atol=1e-9)
    mended = correct_qe_elf(field)
    np.testing.assert_allclose(mended.values, right, atol=1e-9)
    assert np.abs(mended.values - field.values).max() > 0.1
    assert any("corrected" in n for n in mended.provenance.notes)
    assert not any("6.8 to 7.5" in w for w in mended.provenance.warnings)


def test_qe_elf_correction_meets_the_published_pair_of_phi():
    """One crystal's cubes of QE 7.2 and 6.3 (TcESTIME examples) give phi 0.7930 and 0.6033."""
    field = Field.from_array(np.full((1, 1, 1), 0.7930), np.eye(3), "elf")
    assert correct_qe_elf(field).values[0, 0, 0] == pytest.approx(0.6033, abs=2e-4)


@pytest.mark.parametrize("name", ["ELFCAR", "LOCPOT"])
def test_elfcar_and_locpot_blocks_are_up_and_down(tmp_path, name):
    """They were read as total and difference for years: half of the ELF looked like noise."""
    up, down = smooth_values(seed=1), smooth_values(seed=2)
    text = poscar_text(SKEW_CELL, ATOMS) + vasp_block(up) + vasp_block(down)
    path = saved(tmp_path, name, text)
    fields = read_fields(path)
    assert [f.spin for f in fields] == ["up", "down"]
    np.testing.assert_allclose(fields[0].values, up, rtol=1e-10)
    np.testing.assert_allclose(fields[1].values, down, rtol=1e-10)
    np.testing.assert_allclose(read_field(path, spin="down").values, down, rtol=1e-10)


def test_chgcar_second_block_is_the_difference(tmp_path):
    """In CHGCAR alone the blocks are total and up minus down, times the volume."""
    total, difference = smooth_values(seed=3), 0.1 * smooth_values(seed=4)
    volume = abs(np.linalg.det(SKEW_CELL))
    text = poscar_text(SKEW_CELL, ATOMS)
    text += vasp_block(total * volume) + occupancies_text(2) + per_atom_text(2)
    text += vasp_block(difference * volume) + occupancies_text(2)
    path = saved(tmp_path, "CHGCAR", text)
    fields = read_fields(path)
    assert [f.spin for f in fields] == ["total", "difference"]
    np.testing.assert_allclose(fields[0].values, total, rtol=1e-9)
    np.testing.assert_allclose(fields[1].values, difference, rtol=1e-9)
    up, down = read_field(path, spin="up").values, read_field(path, spin="down").values
    np.testing.assert_allclose(up + down, total, rtol=1e-9)
    np.testing.assert_allclose(up - down, difference, rtol=1e-7, atol=1e-9)


def test_spin_down_of_an_elfcar_is_not_forgotten(tmp_path):
    """Viewers and Bader codes silently show spin up only; we say so and hand out both."""
    text = poscar_text(SKEW_CELL, ATOMS)
    text += vasp_block(smooth_values(seed=5)) + vasp_block(smooth_values(seed=6))
    path = saved(tmp_path, "ELFCAR", text)
    field = read_field(path)
    assert field.spin == "up"
    assert any("'down'" in w for w in field.provenance.warnings)
    assert len(read_fields(path)) == 2


def test_cube_origin_is_kept(tmp_path):
    """pymatgen drops the origin, which moves the atoms against the field."""
    values, origin = smooth_values(), (0.3, -0.2, 1.1)
    path = saved(tmp_path, "a.cube", cube_text(values, SKEW_CELL, ATOMS, origin=origin))
    field = read_field(path, kind="elf")
    np.testing.assert_allclose(field.origin, origin, atol=1e-10)
    np.testing.assert_allclose(field.atoms.positions, ATOMS.positions, atol=1e-10)


def test_cube_is_written_with_steps_not_lattice_vectors(tmp_path):
    """pymatgen once wrote the lattice vectors: the cell came back n times too large."""
    field = Field.from_array(smooth_values(), SKEW_CELL, "elf", atoms=ATOMS)
    write_cube(field, tmp_path / "b.cube")
    lines = (tmp_path / "b.cube").read_text().splitlines()
    for line, n, vector in zip(lines[3:6], field.shape, SKEW_CELL, strict=True):
        words = line.split()
        assert int(words[0]) == n
        np.testing.assert_allclose(np.array(words[1:], float) * n * BOHR_ANGSTROM, vector)
    np.testing.assert_allclose(read_field(tmp_path / "b.cube").cell, SKEW_CELL, atol=1e-10)


def test_cube_with_negative_counts_is_in_angstrom(tmp_path):
    """Documentation says the sign both ways; the programs that write it mean angstrom."""
    values = smooth_values()
    bohr = read_field(saved(tmp_path, "p.cube", cube_text(values, SKEW_CELL, ATOMS)), kind="elf")
    text = cube_text(values, SKEW_CELL, ATOMS, unit="angstrom")
    negative = read_field(saved(tmp_path, "n.cube", text), kind="elf")
    np.testing.assert_allclose(bohr.cell, SKEW_CELL, atol=1e-9)
    np.testing.assert_allclose(negative.cell, SKEW_CELL, atol=1e-9)
    np.testing.assert_allclose(negative.atoms.positions, ATOMS.positions, atol=1e-9)
    assert any("negative" in n for n in negative.provenance.notes)
    forced = read_field(tmp_path / "n.cube", kind="elf", length_unit="bohr")
    np.testing.assert_allclose(forced.cell, SKEW_CELL * BOHR_ANGSTROM, atol=1e-9)


def test_cube_with_counts_of_mixed_sign_is_refused(tmp_path):
    """Half angstrom, half bohr is nobody's convention."""
    lines = cube_text(smooth_values(), SKEW_CELL).splitlines()
    lines[4] = lines[4].replace(" 6 ", " -6 ")
    path = saved(tmp_path, "m.cube", "\n".join(lines) + "\n")
    with pytest.raises(FileFormatError, match="mixed signs"):
        read_field(path)
    assert read_field(path, length_unit="bohr").shape == (5, 6, 7)


@pytest.mark.parametrize(
    ("kind", "unit", "factor"),
    [
        ("density", "1/bohr^3", BOHR_ANGSTROM**-3),
        ("density", "1/angstrom^3", 1.0),
        ("potential", "hartree", HARTREE_EV),
        ("potential", "Ry", RYDBERG_EV),
        ("electrostatic", "eV", 1.0),
    ],
)
def test_value_units_scale_by_kind(tmp_path, kind, unit, factor):
    """A cube does not name its unit: potentials were taken for MJ/mol, densities for 1/A^3."""
    values = smooth_values()
    path = saved(tmp_path, "u.cube", cube_text(values, SKEW_CELL))
    field = read_field(path, kind=kind, value_unit=unit)
    np.testing.assert_allclose(field.values, values * factor, rtol=1e-9)
    assert any("as asked" in n for n in field.provenance.notes)


def test_an_assumed_value_unit_is_reported(tmp_path):
    """Without a unit we assume the custom and say so: loudly for a potential."""
    path = saved(tmp_path, "w.cube", cube_text(smooth_values(), SKEW_CELL))
    density = read_field(path, kind="density")
    assert any("assumed" in n for n in density.provenance.notes)
    potential = read_field(path, kind="potential")
    assert any("hartree was assumed" in w for w in potential.provenance.warnings)
    comments = (" Cubefile created from PWScf calculation", "total potential")
    path = saved(tmp_path, "q.cube", cube_text(smooth_values(), SKEW_CELL, comments=comments))
    assert any("rydberg was assumed" in w for w in read_field(path).provenance.warnings)


def test_cube_step_of_a_over_n_minus_1_with_repeated_planes(tmp_path):
    """CASTEP-like cubes: n + 1 points, the last plane again the first."""
    values = smooth_values()
    padded = np.pad(values, ((0, 1),) * 3, mode="wrap")
    steps = SKEW_CELL / np.array(values.shape)[:, None]
    path = saved(tmp_path, "r.cube", cube_text(padded, SKEW_CELL, ATOMS, steps=steps))
    field = read_field(path, kind="elf")
    assert field.shape == values.shape
    np.testing.assert_allclose(field.values, values, rtol=1e-9)
    np.testing.assert_allclose(field.cell, SKEW_CELL, atol=1e-9)
    assert any("repeats the first" in w for w in field.provenance.warnings)
    assert read_field(path, kind="elf", end_planes="keep").shape == padded.shape


def rock_salt(a=5.6):
    from ase import Atoms

    cell = np.eye(3) * a
    return cell, Atoms("Na4Cl4", cell=cell, pbc=True, scaled_positions=[
        [0, 0, 0], [0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0],
        [0.5, 0.5, 0.5], [0.5, 0, 0], [0, 0.5, 0], [0, 0, 0.5],
    ])  # fmt: skip


def test_cube_step_of_a_over_n_minus_1_without_repeated_planes_is_warned_of(tmp_path):
    """A step that is too long stretches the cell; only the atoms' lost symmetry shows it."""
    cell, atoms = rock_salt()
    values = smooth_values((10, 10, 10))
    text = cube_text(values, cell, atoms, steps=cell / 9)
    field = read_field(saved(tmp_path, "s.cube", text), kind="elf")
    assert any("a/(n-1)" in w for w in field.provenance.warnings)
    good = read_field(saved(tmp_path, "t.cube", cube_text(values, cell, atoms)), kind="elf")
    assert not good.provenance.warnings


def test_cube_with_repeated_planes_but_step_a_over_n(tmp_path):
    """Both mistakes at once: the plane is repeated and the step divides by all points."""
    cell, atoms = rock_salt()
    padded = np.pad(smooth_values((8, 8, 8)), ((0, 1),) * 3, mode="wrap")
    field = read_field(
        saved(tmp_path, "b.cube", cube_text(padded, cell, atoms, steps=cell / 9)), kind="elf"
    )
    assert field.shape == (8, 8, 8)
    np.testing.assert_allclose(field.cell, cell, atol=1e-9)


def test_cell_centred_cube_with_a_mirror_is_not_mistaken_for_repeated(tmp_path):
    """On points half a step inside, a mirror makes the end planes equal without repeating."""
    n, cell = 8, np.eye(3) * 4.0
    x = (np.arange(n) + 0.5) / n
    wave = np.cos(2 * np.pi * x)
    values = 0.5 + 0.1 * (wave[:, None, None] + wave[:, None] + 0.5 * wave)
    origin = np.full(3, 4.0 / n / 2)
    path = saved(tmp_path, "c.cube", cube_text(values, cell, origin=origin))
    assert read_field(path, kind="elf").shape == (n, n, n)


@pytest.mark.parametrize("field", ["constant", "vacuum"])
def test_planes_that_agree_because_nothing_varies_stay(tmp_path, field):
    """Constant fields and empty vacuum repeat every plane; that is no end plane."""
    values = np.full((4, 5, 6), 0.3)
    if field == "vacuum":
        values[:] = 0.0
        values[1:3, 2:4, 2:5] = 1.0
    path = saved(tmp_path, "d.cube", cube_text(values, SKEW_CELL))
    assert read_field(path, kind="elf").shape == (4, 5, 6)


def test_xsf_end_planes_are_found_by_value(tmp_path):
    """XSF repeats the first plane at the end; keeping it moves every threshold."""
    values = smooth_values()
    field = read_field(saved(tmp_path, "elf.xsf", xsf_text(values, SKEW_CELL, ATOMS)))
    assert field.shape == values.shape
    np.testing.assert_allclose(field.values, values, rtol=1e-7)
    np.testing.assert_allclose(field.cell, SKEW_CELL, atol=1e-9)
    assert any("end planes were dropped" in n for n in field.provenance.notes)


@pytest.mark.parametrize("stretch", ["cell", "short", "long"])
def test_xsf_without_repeated_planes_is_read_and_reported(tmp_path, stretch):
    """FHI-aims leaves the plane out and shortens the vectors; ASE lengthens them."""
    values = smooth_values()
    n = np.array(values.shape)[:, None]
    span = {"cell": SKEW_CELL, "short": SKEW_CELL * (n - 1) / n, "long": SKEW_CELL * (n + 1) / n}
    text = xsf_text(values, span[stretch], ATOMS, repeat=False)
    field = read_field(saved(tmp_path, "elf.xsf", text))
    assert field.shape == values.shape
    np.testing.assert_allclose(field.cell, SKEW_CELL, atol=1e-6)
    assert any("plane" in w for w in field.provenance.warnings)


def test_elf_in_empty_space_can_be_masked():
    """Where there is no density the ELF is a quotient of noise: it made tunnels in vacuum."""
    elf = Field.from_array(smooth_values(), SKEW_CELL, "elf")
    density = Field.from_array(smooth_values(seed=9, low=0.0, high=1.0), SKEW_CELL, "density")
    masked = mask_low_density(elf, density, 0.3)
    low = density.values < 0.3
    assert 0 < low.sum() < low.size
    assert (masked.values[low] == 0).all()
    np.testing.assert_array_equal(masked.values[~low], elf.values[~low])
    assert any(f"{100 * low.mean():.3g} %" in n for n in masked.provenance.notes)
    with pytest.raises(FieldError, match="same shape"):
        mask_low_density(elf, Field.from_array(np.ones((2, 2, 2)), SKEW_CELL, FieldKind.DENSITY))


@pytest.mark.parametrize("fast", [True, False])
def test_fortran_exponents_without_a_letter(tmp_path, monkeypatch, fast):
    """Fortran prints 1E-102 as 0.100-101: some readers see two numbers, or stop."""
    if fast:
        monkeypatch.setattr(numbers, "KERNEL_WORTH_IMPORTING", 0)
    values = smooth_values()
    text = cube_text(values, SKEW_CELL, layout="%.10E")
    head, first, rest = text.partition(f"{values[0, 0, 0]:.10E}")
    text = head + "0.1000000000-101" + rest.replace("E-01", "D-01")
    field = read_field(saved(tmp_path, "f.cube", text), kind="elf")
    assert first
    assert field.values[0, 0, 0] == 1e-102
    np.testing.assert_allclose(field.values.ravel()[1:], values.ravel()[1:], rtol=1e-9)


@pytest.mark.parametrize(("unit", "scale"), [("b", BOHR_ANGSTROM), ("A", 1.0)])
def test_xsf_of_octopus_tells_its_unit_of_length(tmp_path, unit, scale):
    """XSF is in angstrom, but Octopus writes its own unit and says so in the block's name."""
    values = smooth_values()
    block = f"units: coords = {unit}, function = eV"
    text = xsf_text(values, SKEW_CELL, ATOMS, block=block, origin=(0.1, 0.2, 0.3))
    text = text.replace("DATAGRID_3D\n", "DATAGRID3D\n")
    field = read_field(saved(tmp_path, "elf.xsf", text))
    np.testing.assert_allclose(field.cell, SKEW_CELL * scale, atol=1e-8)
    np.testing.assert_allclose(field.origin, np.array([0.1, 0.2, 0.3]) * scale, atol=1e-8)
    np.testing.assert_allclose(field.atoms.positions, ATOMS.positions * scale, atol=1e-8)
    np.testing.assert_allclose(field.values, values, atol=1e-8)
    assert any("in bohr" in w for w in field.provenance.warnings) == (unit == "b")
