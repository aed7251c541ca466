"""What counts as a grid file and what as a crystal, and what is refused."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
from ase import Atoms
from ase.build import bulk
from ase.io import write

from isotunnel import Field, InputError, analyze, read_field, write_cube, write_hdf5
from isotunnel.analysis.inputs import is_grid_file, understand

DATA = Path(__file__).parent.parent / "data"
POSCAR = "by hand\n1.0\n3 0 0\n0 3 0\n0 0 3\nNa Cl\n1 1\nDirect\n0 0 0\n0.5 0.5 0.5\n"
THREE = "by hand\n1.0\n4 0 0\n0 4 0\n0 0 4\nNa Cl H\n1 1 1\nDirect\n0 0 0\n.5 .5 .5\n0 0 .5\n"
SELECTIVE = POSCAR.replace("Direct", "Selective dynamics\nDirect").replace(
    "0 0 0\n0.5", "0 0 0 T T T\n0.5"
)
VELOCITIES = POSCAR + "\n0 0 0\n0.1 0 0\n"
GRID = "\n2 2 2\n" + " 0.5" * 8 + "\n"
XSF = "CRYSTAL\nPRIMVEC\n3 0 0\n0 3 0\n0 0 3\nPRIMCOORD\n1 1\nH 0 0 0\n"
XSF_GRID = (
    "BEGIN_BLOCK_DATAGRID_3D\nx\nBEGIN_DATAGRID_3D_x\n2 2 2\n0 0 0\n3 0 0\n0 3 0\n0 0 3\n"
    + " 0.5" * 8
    + "\nEND_DATAGRID_3D\nEND_BLOCK_DATAGRID_3D\n"
)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("POSCAR", POSCAR, False),
        ("POSCAR", THREE, False),
        ("POSCAR", SELECTIVE, False),
        ("POSCAR", VELOCITIES, False),
        ("POSCAR", POSCAR.replace("0.5 0.5 0.5", "1 1 1"), False),
        ("CONTCAR", POSCAR.replace("\n", "\r\n"), False),
        ("relaxed.vasp", POSCAR, False),
        ("CHGCAR", POSCAR + GRID, True),
        ("relaxed.vasp", POSCAR + GRID, True),
        ("nameless", THREE + GRID, True),
        ("nameless", (POSCAR + GRID).replace("\n", "\r\n"), True),
        ("nameless", VELOCITIES + GRID, True),
        # Cut off before its grid: still meant as one, so that the reader can tell.
        ("ELFCAR", POSCAR, True),
        ("my_LOCPOT_2", POSCAR, True),
        ("h.xsf", XSF, False),
        ("h.xsf", XSF + XSF_GRID, True),
        ("nameless", XSF + XSF_GRID.lower().replace("begin", "BEGIN"), True),
        ("a.cube", "anything", True),
        ("a.cif", "data_x\n_cell_length_a 3\n", False),
        ("a.xyz", "1\n\nH 0 0 0\n", False),
        ("a.json", "{}", False),
        ("a.txt", "", False),
    ],
)
def test_grid_or_crystal(tmp_path, name, text, expected):
    path = tmp_path / name
    path.write_bytes(text.encode())
    assert is_grid_file(path) is expected
    assert is_grid_file(str(path)) is expected
    packed = tmp_path / f"{name}.gz"
    packed.write_bytes(gzip.compress(text.encode()))
    if text and not name.endswith((".cif", ".xyz", ".json")):
        assert is_grid_file(packed) is expected


@pytest.mark.parametrize(
    "name", sorted(p.name for p in DATA.iterdir() if p.is_file() and p.suffix != ".py")
)
def test_the_data_files_are_grids(name):
    assert is_grid_file(DATA / name)


def test_what_is_no_file_is_no_grid(tmp_path):
    for path in (tmp_path, tmp_path / "missing.cube", "x" * 5000, "a\0b", "Na", ""):
        assert is_grid_file(path) is False


def test_crystals_written_by_ase_are_crystals(tmp_path):
    atoms = bulk("NaCl", "rocksalt", a=5.6)
    for name in ("POSCAR", "a.cif", "a.xsf", "a.xyz", "a.json", "CONTCAR"):
        path = tmp_path / name
        write(path, atoms)
        assert is_grid_file(path) is False, name
        assert sorted(understand(path).atoms.symbols) == ["Cl", "Na"], name


def test_a_name_comes_before_a_file_unless_it_is_a_path(tmp_path, monkeypatch):
    """As with as_atoms: "Na" is the crystal, "./Na" and Path("Na") are the file."""
    monkeypatch.chdir(tmp_path)
    write_hdf5(Field.from_array(np.ones((2, 2, 2)), np.eye(3), "elf"), "Na.h5")
    Path("Na.h5").rename("Na")
    assert is_grid_file("Na") is False
    assert understand("Na").atoms is not None
    assert is_grid_file("./Na") is True
    assert is_grid_file(Path("Na")) is True


def test_one_crystal_in_every_form(tmp_path):
    structure = pytest.importorskip("pymatgen.core").Structure
    atoms = bulk("NaCl", "rocksalt", a=5.6)
    write(tmp_path / "POSCAR", atoms)
    forms = [
        atoms,
        tmp_path / "POSCAR",
        str(tmp_path / "POSCAR"),
        structure(atoms.cell.array, ["Na", "Cl"], atoms.get_scaled_positions()),
    ]
    for form in forms:
        subject = understand(form)
        assert subject.fields == ()
        assert sorted(subject.atoms.symbols) == ["Cl", "Na"]
        assert subject.atoms.get_volume() == pytest.approx(atoms.get_volume(), rel=1e-6)
    assert [understand(f).name for f in forms] == ["NaCl", "POSCAR", "POSCAR", "NaCl"]


def test_a_named_crystal_brings_its_title_and_source():
    subject = understand("H3S@200GPa")
    assert subject.name == "H3S@200GPa"
    assert subject.title
    assert len(subject.sources) == 1
    assert subject.warnings == ()


def test_the_cell_is_the_one_given_unless_another_is_asked_for():
    given = bulk("Cu", cubic=True) * (2, 1, 1)
    subject = understand(given)
    np.testing.assert_array_equal(subject.atoms.positions, given.positions)
    assert subject.cell == "as given, 8 atoms (the primitive cell has 1: --cell primitive)"
    for choice, count in (("primitive", 1), ("conventional", 4)):
        other = understand(given, cell=choice)
        assert len(other.atoms) == count
        assert other.cell.startswith(choice)
    with pytest.raises(InputError, match="cell must be one of as-given, primitive, conventional"):
        understand(given, cell="niggli")


def test_the_input_is_left_alone():
    atoms = bulk("Cu", cubic=True)
    before = atoms.copy()
    understand(atoms)
    assert atoms == before
    assert atoms.info == before.info


def test_fields_of_one_file_or_many(tmp_path):
    field = Field.from_array(np.ones((2, 2, 2)), np.eye(3), "elf")
    assert understand(field).fields == (field,)
    assert understand([field, field]).fields == (field, field)
    assert understand((field,)).atoms is None
    with_atoms = Field.from_array(np.ones((2, 2, 2)), (4, 4, 4), "elf", atoms=Atoms("H"))
    assert understand([field, with_atoms]).atoms is with_atoms.atoms
    write_cube(with_atoms, tmp_path / "elf.cube")
    assert understand(tmp_path / "elf.cube").name == "elf.cube"


@pytest.mark.parametrize(
    "thing", [None, 3, [], [1], {}, b"Na", "unobtainium", "missing.cube", Path("missing")]
)
def test_what_is_no_crystal_is_refused(thing):
    with pytest.raises(InputError):
        analyze(thing, engine="procrystal")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"engine": "vasp"}, "unknown engine 'vasp'"),
        ({"connectivity": 18}, "6 or 26"),
        ({"delta_c": {"magic": 1.0}}, "unknown reading 'magic'"),
        ({"delta_c": {"ks": -0.1}}, "at least 0"),
        ({"delta_c": {"ks": float("nan")}}, "at least 0"),
        ({"kind": "elf"}, "kind: only for reading a grid file"),
        ({"spin": "up"}, "spin: only for reading a grid file"),
    ],
)
def test_options_are_refused_before_anything_runs(options, words):
    class Unused:
        name = "unused"

        def compute(self, _atoms, **_options):
            raise AssertionError("ran all the same")

    with pytest.raises(InputError, match=words):
        analyze("Na", **{"engine": Unused(), **options})


def test_read_options_reach_the_reader(tmp_path):
    write_cube(
        Field.from_array(np.random.default_rng(0).random((4, 4, 4)), np.eye(3)), tmp_path / "x.cube"
    )
    found = analyze(tmp_path / "x.cube", kind="elf", refine=False)
    assert found.phi is not None
    with pytest.raises(InputError, match="unknown kind 'magic'"):
        analyze(tmp_path / "x.cube", kind="magic")
    assert read_field(tmp_path / "x.cube").default_side is None
    with pytest.raises(InputError, match=r"kind=.*--kind"):
        analyze(tmp_path / "x.cube")


@pytest.mark.parametrize(
    ("pbc", "axes"), [((True, True, False), "c"), (False, "a, b, c"), (True, None)]
)
def test_directions_without_periodicity_are_remarked(pbc, axes):
    atoms = Atoms("He", cell=[3, 3, 3], pbc=pbc)
    found = [w for w in understand(atoms).warnings if "not periodic" in w]
    assert len(found) == (axes is not None)
    assert all(f"not periodic along {axes} (pbc)" in w for w in found)
