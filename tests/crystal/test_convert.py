"""Crystals come in many forms and leave as checked Atoms, or with one clear line."""

from __future__ import annotations

import gzip
import re
import sys
from pathlib import Path

import numpy as np
import pytest
from ase import Atoms
from ase.build import bulk
from ase.io import write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isotunnel.crystal import as_atoms, named_crystal, named_crystals, symmetry_of
from isotunnel.errors import CrystalError, FileFormatError, InputError

QUARTZ_LIKE_CIF = """data_test
_cell_length_a 4.0
_cell_length_b 4.0
_cell_length_c 4.0
_cell_angle_alpha 90
_cell_angle_beta 90
_cell_angle_gamma 90
_space_group_name_H-M_alt 'P 1'
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
_atom_site_occupancy
{sites}
"""


def same_crystal(one, other):
    assert one.get_chemical_formula() == other.get_chemical_formula()
    assert one.get_volume() == pytest.approx(other.get_volume(), rel=1e-4)
    assert symmetry_of(one, 1e-2).number == symmetry_of(other, 1e-2).number


def refusal(thing):
    """The one line with which ``thing`` is refused, None where it is a crystal."""
    try:
        assert len(as_atoms(thing)) >= 1
    except InputError as error:
        return str(error)
    return None


@pytest.mark.parametrize(
    ("filename", "form"),
    [
        ("h3s.cif", "cif"),
        ("POSCAR", "vasp"),
        ("CONTCAR", "vasp"),
        ("h3s.vasp", "vasp"),
        ("h3s.xsf", "xsf"),
        ("h3s.xyz", "extxyz"),
        ("H3S@200GPa.cif", "cif"),
    ],
)
def test_files_round_trip(tmp_path, filename, form):
    atoms = named_crystal("H3S")
    path = tmp_path / filename
    clean = Atoms(atoms.symbols, cell=atoms.cell, positions=atoms.positions, pbc=True)
    write(path, clean, format=form)
    for given_path in (path, str(path)):
        read = as_atoms(given_path)
        same_crystal(read, atoms)
        assert read.pbc.all()


def test_input_is_not_changed():
    atoms = bulk("Cu")
    atoms.pbc = (True, True, False)
    before = atoms.copy()
    result = as_atoms(atoms)
    result.positions += 1.0
    assert atoms == before
    assert not atoms.pbc[2]
    assert result.pbc.all()


@pytest.mark.parametrize("name", [entry.name for entry in named_crystals()])
def test_pymatgen_structures_agree_with_ase(name):
    core = pytest.importorskip("pymatgen.core")
    atoms = named_crystal(name)
    structure = core.Structure(
        core.Lattice(atoms.cell.array), atoms.get_chemical_symbols(), atoms.get_scaled_positions()
    )
    converted = as_atoms(structure)
    np.testing.assert_allclose(converted.cell.array, atoms.cell.array)
    # The same places, in whichever cell: one on a face may lie on either side of it.
    apart = converted.get_scaled_positions() - atoms.get_scaled_positions()
    np.testing.assert_allclose(apart - np.round(apart), 0.0, atol=1e-8)
    assert (converted.numbers == atoms.numbers).all()


def test_pymatgen_isotopes_charges_and_disorder():
    core = pytest.importorskip("pymatgen.core")
    lattice = core.Lattice.cubic(4.0)
    charged = core.Structure(lattice, ["D+", "Cl-"], [[0, 0, 0], [0.5] * 3])
    assert as_atoms(charged).get_chemical_formula() == "HCl"
    mixed = core.Structure(lattice, [{"Cu": 0.5, "Au": 0.5}], [[0, 0, 0]])
    with pytest.raises(CrystalError, match="partially occupied"):
        as_atoms(mixed)
    with pytest.raises(CrystalError, match="no lattice"):
        as_atoms(core.Molecule(["H", "H"], [[0, 0, 0], [0, 0, 0.74]]))
    dummy = core.Structure(lattice, [core.DummySpecies("Xa")], [[0, 0, 0]])
    with pytest.raises(CrystalError, match="unknown element"):
        as_atoms(dummy)


def test_pymatgen_is_not_imported_for_others():
    import subprocess

    code = (
        "import sys; from isotunnel.crystal import as_atoms; as_atoms('Cu');"
        "sys.exit(any(m.split('.')[0] in ('pymatgen', 'numba', 'matplotlib') for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_known_name_wins_over_a_file_of_that_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("Na").mkdir()
    assert as_atoms("Na").get_chemical_formula() == "Na"
    write("Cu", bulk("Ag"), format="vasp")
    assert as_atoms("Cu").get_chemical_formula() == "Cu"
    with pytest.raises(InputError):
        as_atoms("./Na")


@pytest.mark.parametrize(
    "sites",
    ["Cu1 Cu 0 0 0 0.5", "Cu1 Cu 0 0 0 0.5\nAu1 Au 0 0 0 0.5", "Cu1 Cu 0 0 0 0.9\nO1 O .5 .5 .5 1"],
)
def test_partial_occupancy_in_a_cif_is_refused(tmp_path, sites):
    path = tmp_path / "mixed.cif"
    path.write_text(QUARTZ_LIKE_CIF.format(sites=sites))
    with pytest.raises(CrystalError, match="partially occupied"):
        as_atoms(path)


@pytest.mark.parametrize("stated", ["1", "?", ".", "1.00(2)"])
def test_full_occupancy_in_a_cif_is_accepted(tmp_path, stated):
    path = tmp_path / "full.cif"
    path.write_text(QUARTZ_LIKE_CIF.format(sites=f"Cu1 Cu 0 0 0 1.0\nO1 O .5 .5 .5 {stated}"))
    assert as_atoms(path).get_chemical_formula() == "CuO"


@pytest.mark.parametrize(
    ("filename", "text"),
    [
        ("empty.cif", ""),
        ("POSCAR", ""),
        ("words.cif", "this is not a crystal\n" * 20),
        ("POSCAR", "comment\n1.0\n4 0 0\n0 4 0\n"),
        ("POSCAR", "comment\n1.0\n4 0 0\n0 4 0\n0 0 4\nXx\n1\nDirect\n0 0 0\n"),
        ("POSCAR", "comment\n1.0\n4 0 0\n0 4 0\n0 0 four\nCu\n1\nDirect\n0 0 0\n"),
        ("a.xsf", "CRYSTAL\nPRIMVEC\n1 0 0\n"),
        ("a.xyz", "3\nno cell\nCu 0 0 0\n"),
        ("strange.qqq", "\x00\x01\x02"),
        ("bytes.cif", "data_\nloop_\n_atom_site_label\n'unclosed\n"),
    ],
)
def test_bad_files_give_one_line(tmp_path, filename, text):
    path = tmp_path / filename
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        as_atoms(path)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize("filename", ["empty.cif", "POSCAR", "a.xyz", "empty.dat"])
def test_an_empty_file_is_called_empty(tmp_path, filename):
    path = tmp_path / filename
    path.touch()
    with pytest.raises(FileFormatError, match="the file is empty"):
        as_atoms(path)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (("length_c", "0"), "no cell has c = 0"),
        (("length_a", "-4"), "no cell has a = -4"),
        (("angle_beta", "180"), "no cell has beta = 180"),
        (("angle_gamma", "0"), "no cell has gamma = 0"),
        (("length_b", "four"), "the cell's b is no number: 'four'"),
    ],
)
def test_a_cif_with_an_impossible_cell_says_which_number(tmp_path, wrong, message):
    path = tmp_path / "cell.cif"
    text = QUARTZ_LIKE_CIF.format(sites="Cu1 Cu 0 0 0 1")
    name, value = wrong
    path.write_text(re.sub(rf"(_cell_{name}\s+)\S+", rf"\g<1>{value}", text))
    assert path.read_text() != text
    with pytest.raises(CrystalError, match=message):
        as_atoms(path)


def test_a_cif_without_atom_sites_says_so(tmp_path):
    path = tmp_path / "cell.cif"
    path.write_text(QUARTZ_LIKE_CIF.split("loop_")[0])
    with pytest.raises(FileFormatError, match="no data block holds atom sites"):
        as_atoms(path)


def test_deuterium_in_a_poscar_is_hydrogen_and_reported(tmp_path):
    path = tmp_path / "POSCAR"
    path.write_text("heavy\n1.0\n4 0 0\n0 4 0\n0 0 4\nD\n1\nDirect\n0 0 0\n")
    atoms = as_atoms(path)
    assert atoms.get_chemical_formula() == "H"
    assert atoms.info["read_warnings"] == ("The isotope D was read as hydrogen (H).",)


@pytest.mark.parametrize("name", ["ELFCAR", "POSCAR_relaxed", "CONTCAR.old", "CHG", "AECCAR0"])
def test_a_missing_file_of_vasp_is_no_unknown_crystal(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileFormatError, match=f"no such file: {name}"):
        as_atoms(name)


def test_missing_files_folders_and_other_things(tmp_path):
    with pytest.raises(FileFormatError, match="no such file"):
        as_atoms("nowhere.cif")
    with pytest.raises(FileFormatError, match="no such file"):
        as_atoms(tmp_path / "POSCAR")
    with pytest.raises(FileFormatError, match="folder"):
        as_atoms(tmp_path)
    with pytest.raises(CrystalError, match="not <class 'int'>"):
        as_atoms(7)


def test_molecules_and_boxes_without_cell(tmp_path):
    path = tmp_path / "h2.xyz"
    path.write_text("2\n\nH 0 0 0\nH 0 0 0.74\n")
    with pytest.raises(CrystalError, match="no complete cell"):
        as_atoms(path)


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(cut=st.integers(0, 400), junk=st.binary(max_size=12), suffix=st.sampled_from([0, 1, 2]))
def test_truncated_and_garbled_files_never_crash(tmp_path, cut, junk, suffix):
    form, name = (("cif", "a.cif"), ("vasp", "POSCAR"), ("extxyz", "a.xyz"))[suffix]
    path = tmp_path / name
    write(path, bulk("NaCl", "rocksalt", a=5.64), format=form)
    data = path.read_bytes()
    place = cut % max(len(data), 1)
    path.write_bytes(data[:place] + junk)
    message = refusal(path)
    assert message is None or ("\n" not in message and message)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_a_crystal_or_one_line(text):
    message = refusal(text)
    assert message is None or message


def test_a_cif_of_two_crystals_is_refused_and_its_blocks_are_named(tmp_path):
    path = tmp_path / "two.cif"
    one = QUARTZ_LIKE_CIF.format(sites="Cu1 Cu 0 0 0 1.0\nO1 O .5 .5 .5 1")
    path.write_text("data_journal\n_journal_year 1999\n" + one)
    assert len(as_atoms(path)) > 0
    path.write_text(one + one.replace("data_test", "data_other"))
    with pytest.raises(CrystalError, match="holds 2 crystals, in the blocks data_test, data_other"):
        as_atoms(path)
    packed = tmp_path / "two.cif.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    with pytest.raises(CrystalError, match="data_test, data_other"):
        as_atoms(str(packed))


@pytest.mark.parametrize(
    ("pbc", "axes"), [((True, True, False), "c"), (False, "a, b, c"), (True, None)]
)
def test_a_file_that_says_it_does_not_repeat_is_remarked(tmp_path, pbc, axes):
    path = tmp_path / "a.xyz"
    write(path, Atoms("He", cell=[3, 3, 3], pbc=pbc), format="extxyz")
    atoms = as_atoms(path)
    assert atoms.pbc.all()
    remarks = atoms.info.get("read_warnings", ())
    assert len(remarks) == (axes is not None)
    assert all(f"not periodic along {axes} (pbc)" in r for r in remarks)
    assert as_atoms(atoms).info.get("read_warnings", ()) == remarks


@pytest.mark.parametrize("name", ["a.xyz", "a.traj", "XDATCAR"])
def test_the_last_frame_of_a_trajectory_is_taken_and_reported(tmp_path, name):
    path = tmp_path / name
    frames = [bulk("Al", a=a) for a in (4.2, 4.1, 4.05)]
    write(path, frames)
    atoms = as_atoms(path)
    assert atoms.get_volume() == pytest.approx(frames[-1].get_volume(), rel=1e-6)
    (told,) = atoms.info["read_warnings"]
    assert told == f"{name} holds 3 structures, as a trajectory does; only the last one is taken"
    assert as_atoms(atoms).info["read_warnings"] == (told,)
    write(path, frames[:1])
    assert "read_warnings" not in as_atoms(path).info


def test_a_broken_early_frame_does_not_hide_a_good_last_one(tmp_path):
    path = tmp_path / "a.xyz"
    write(path, bulk("Al"), format="extxyz")
    good = path.read_text()
    path.write_text(good.replace("Al ", "Qq ", 1) + good)
    assert as_atoms(path).get_chemical_formula() == "Al"
