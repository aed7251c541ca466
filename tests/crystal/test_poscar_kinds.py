"""POSCAR in the forms of VASP 4, 5 and 6 and of other programs; XSF and extended XYZ beside it."""

from __future__ import annotations

import numpy as np
import pytest

from isotunnel.crystal import as_atoms
from isotunnel.errors import CrystalError, FileFormatError, InputError

VECTORS = "4 0 0\n0 4 0\n0 0 4\n"
TWO = "0 0 0\n.5 .5 .5\n"


def poscar(title="salt", scale="1.0", vectors=VECTORS, kinds="Na Cl\n1 1\n", rest=f"Direct\n{TWO}"):
    return f"{title}\n{scale}\n{vectors}{kinds}{rest}"


def read(tmp_path, text, name="POSCAR"):
    path = tmp_path / name
    path.write_text(text)
    return as_atoms(path)


READ = {
    "plain": poscar(),
    "Fortran exponents": poscar(scale="1.0D0", vectors="4.0d+00 0 0\n0 0.4E1 0\n0 0 4\n"),
    "touching numbers": poscar(vectors="4.00000-0.00000-0.00000\n0 4 0\n0 0 4\n",
                               rest="Direct\n0 0 0\n0.50000-0.50000-0.50000\n"),
    "commas and repeats": poscar(vectors="4, 0, 0\n0 4 0\n2*0 4\n"),
    "remarks": poscar(scale="1.0 ! scale", kinds="Na Cl ! salt\n1 1 # two\n"),
    "POTCAR names": poscar(kinds="Na_pv Cl/1a2b\n1 1\n"),
    "capitals": poscar(kinds="NA CL\n1 1\n"),
    "selective": poscar(rest="Selective dynamics\nDirect\n0 0 0 T T T\n.5 .5 .5 F F F\n"),
    "Cartesian": poscar(scale="2.0", vectors="2 0 0\n0 2 0\n0 0 2\n", 
                        rest="Cartesian\n0 0 0\n1 1 1\n"),
    "volume": poscar(scale="-64", vectors="1 0 0\n0 1 0\n0 0 1\n"),
    "three scales": poscar(scale="4 2 1", vectors="1 0 0\n0 2 0\n0 0 4\n"),
    "symbols behind positions": poscar(kinds="1 1\n", rest="Direct\n0 0 0 Na\n.5 .5 .5 Cl\n"),
    "title of symbols": poscar(title="Na Cl", kinds="1 1\n"),
    "title of symbols and numbers": poscar(title="Na1 Cl1", kinds="1 1\n"),
    "wrapped lines": poscar(kinds="Na\nCl\n1\n1\n"),
    "byte-order mark": "﻿" + poscar(),
    "title of another format": poscar(title="CRYSTAL structure of salt"),
    "velocities": poscar(rest=f"Direct\n{TWO}\n0 0 0\n0 0 0\n"),
}  # fmt: skip


@pytest.mark.parametrize("kind", READ)
def test_is_read(tmp_path, kind):
    atoms = read(tmp_path, READ[kind])
    assert atoms.get_chemical_symbols() == ["Na", "Cl"]
    np.testing.assert_allclose(atoms.cell.array, 4 * np.eye(3), atol=1e-9)
    np.testing.assert_allclose(np.abs(atoms.positions), [[0, 0, 0], [2, 2, 2]], atol=1e-9)


def test_it_is_known_by_its_content(tmp_path):
    assert len(read(tmp_path, poscar(), "structure.txt")) == 2


@pytest.mark.parametrize("count", [20, 21, 45])
def test_more_kinds_than_a_line_holds(tmp_path, count):
    symbols = ["Fe", "Cr"] * count
    lines = [symbols[k : k + 20] for k in range(0, count, 20)]
    kinds = "\n".join(" ".join(line[: count - 20 * i]) for i, line in enumerate(lines)) + "\n"
    ones = "\n".join(" ".join("1" for _ in line.split()) for line in kinds.splitlines()) + "\n"
    rows = "".join(f"{k / count:.6f} 0 0\n" for k in range(count))
    text = poscar(
        vectors=f"{3 * count} 0 0\n0 4 0\n0 0 4\n", kinds=kinds + ones, rest=f"Direct\n{rows}"
    )
    atoms = read(tmp_path, text)
    assert atoms.get_chemical_symbols() == symbols[:count]


@pytest.mark.parametrize(
    "title",
    ["POSCAR", "CONTCAR", "salt at 0 GPa", "POSCAR made by hand", "Na Cl I", "Na2 Cl1", "C0 N"],
)
def test_elements_never_come_from_the_letters_of_a_title(tmp_path, title):
    with pytest.raises(FileFormatError, match="add a line of symbols, one for each of the 2 kinds"):
        read(tmp_path, poscar(title=title, kinds="1 1\n"))


def test_what_was_assumed_is_reported(tmp_path):
    for kind in ("symbols behind positions", "title of symbols"):
        assert "VASP 4" in read(tmp_path, READ[kind]).info["read_warnings"][0]
    told = read(tmp_path, poscar(kinds="D Cl\n1 1\n")).info["read_warnings"]
    assert told == ("The isotope D was read as hydrogen (H).",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (poscar(kinds="Na Cl\n1\n"), "2 element symbols but 1 numbers"),
        (poscar(kinds="Na Cl\n1 999999999\n"), "expected numbers of atoms"),
        (poscar(kinds="Na Cl\n1 9000\n"), "the file ends where the position of atom 3"),
        (poscar(rest="Elsewhere\n" + TWO), "expected Direct or Cartesian"),
        (
            poscar(rest="Direct\n0 0 0\n.5 .5 0.50.1\n"),
            "line 10: expected the position of atom 2 of 2",
        ),
        (poscar(vectors="4 0 0\n0 4 0\n"), "line 5: expected a lattice vector"),
    ],
)
def test_is_refused_with_its_line(tmp_path, text, words):
    with pytest.raises(FileFormatError) as caught:
        read(tmp_path, text)
    assert words in str(caught.value)


LATTICE_XYZ = '1\nLattice="4 0 0 0 4 0 0 0 4" Properties=species:S:1:pos:R:3\nNa 0 0 0\n'
AXSF = (
    " ANIMSTEPS 2\n CRYSTAL\n PRIMVEC\n 4 0 0\n 0 4 0\n 0 0 4\n PRIMCOORD 1\n 1 1\n He 0 0 0\n"
    " PRIMCOORD 2\n 1 1\n He 1 0 0\n"
)


def test_the_last_step_of_an_animated_xsf(tmp_path):
    atoms = read(tmp_path, AXSF, "a.axsf")
    np.testing.assert_allclose(atoms.positions, [[1, 0, 0]])
    assert "holds 2 structures" in atoms.info["read_warnings"][0]
    assert len(read(tmp_path, AXSF, "steps")) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.axsf", AXSF.replace("1 1\n", "999999999 1\n")),
        ("a.xsf", "CRYSTAL\nPRIMVEC\n4 0 0\n0 4 0\n0 0 4\nPRIMCOORD\n1 1\nQq 0 0 0\n"),
        ("a.xsf", "CRYSTAL\nPRIMVEC\n4 0 0\n"),
        ("a.xyz", "2147483648\nLattice='4 0 0 0 4 0 0 0 4'\nNa 0 0 0\n"),
        (
            "a.xyz",
            '1\nLattice="4 0 0 0 4 0 0 0 4" Properties=species:S:99999999:pos:R:3\nNa 0 0 0\n',
        ),
        ("a.xyz", LATTICE_XYZ.replace("Na 0", "Na x")),
        ("a.xyz", '2\nLattice="4 0 0 0 4 0 0 0 4"\nNa 0 0 0\n'),
    ],
)
def test_absurd_and_broken_files_are_refused_at_once(tmp_path, name, text):
    with pytest.raises(InputError) as caught:
        read(tmp_path, text, name)
    message = str(caught.value)
    assert "\n" not in message
    assert not any(word in message for word in ("Error", "numpy", "float"))


def test_elk_is_named(tmp_path):
    with pytest.raises(FileFormatError, match="Elk's 3D output"):
        read(tmp_path, "3 3 3 : grid size\n", "ELF3D.OUT")


def test_elements_of_ase_readers(tmp_path):
    with pytest.raises(CrystalError, match="unknown element 'Qq'"):
        read(tmp_path, '1\nLattice="4 0 0 0 4 0 0 0 4"\nQq 0 0 0\n', "a.xyz")
