"""Kinds of CIF that were once read as the wrong crystal, or not at all: one right answer each."""

from __future__ import annotations

import numpy as np
import pytest
from cif_texts import CSCL, CUBE, P1, cell_lines, cif, listed, loop, sites

from isotunnel.crystal import as_atoms
from isotunnel.errors import CrystalError, FileFormatError, InputError

HEXAGONAL = (2.5, 2.5, 4.1, 90, 90, 120)
FOREIGN = ("Traceback", "numpy", "float", "KeyError", "ValueError", "ufunc", "index", "object")


def read(tmp_path, text, name="a.cif", **wishes):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return as_atoms(path, **wishes)


def refusal(tmp_path, text, name="a.cif"):
    with pytest.raises(InputError) as caught:
        read(tmp_path, text, name)
    message = str(caught.value)
    assert "\n" not in message
    assert not any(word in message for word in FOREIGN), message
    return message


READ = {
    # Whose origin or axes the name tells, without operations.
    "second origin": (cif("_symmetry_space_group_name_H-M 'F d -3 m :2'",
                          sites("Si1 Si .125 .125 .125"), cell=(5.43,) * 3 + (90,) * 3), "Si8"),
    "first origin, as ICSD": (cif("_symmetry_space_group_name_H-M 'F d -3 m S'",
                                  sites("Si1 Si 0 0 0"), cell=(5.43,) * 3 + (90,) * 3), "Si8"),
    "second origin, as ICSD": (cif("_symmetry_space_group_name_H-M 'F d -3 m Z'",
                                   sites("Ge1 Ge .125 .125 .125"),
                                   cell=(5.66,) * 3 + (90,) * 3), "Ge8"),
    "rhombohedral cell": (cif("_symmetry_space_group_name_H-M 'R -3 m'",
                              sites("As1 As .227 .227 .227"),
                              cell=(4.13, 4.13, 4.13, 54.1, 54.1, 54.1)), "As2"),
    "hexagonal cell": (cif("_symmetry_space_group_name_H-M 'R -3 m'",
                           sites("As1 As 0 0 .227"), cell=(3.76, 3.76, 10.55, 90, 90, 120)), "As6"),
    "number of one setting": (cif("_space_group_IT_number 225", sites("Cu1 Cu 0 0 0"),
                                  cell=(3.61,) * 3 + (90,) * 3), "Cu4"),
    "setting in a code": (cif("_space_group_name_H-M_alt 'F d -3 m'",
                              "_space_group_IT_coordinate_system_code 2",
                              sites("C1 C .125 .125 .125"), cell=(3.57,) * 3 + (90,) * 3), "C8"),
    "the formula tells the origin": (cif("_space_group_name_H-M_alt 'F d -3 m'",
                                         "_chemical_formula_sum Si\n_cell_formula_units_Z 8",
                                         sites("Si1 Si .125 .125 .125"),
                                         cell=(5.43,) * 3 + (90,) * 3), "Si8"),
    "the cell tells the axis": (cif("_space_group_name_H-M_alt 'P 2/m'",
                                    sites("Na1 Na .2 .3 .4"), cell=(6, 7, 8, 90, 90, 100)), "Na4"),
    # Whose own operations count, whatever the name says.
    "operations beside a strange name": (cif("_symmetry_space_group_name_H-M 'C 1 2/q 1'",
                                             listed("x,y,z", "-x,-y,-z"),
                                             sites("O1 O .1 .2 .3")), "O2"),
    "operations of another origin": (cif("_symmetry_space_group_name_H-M 'P -1'",
                                         listed("x,y,z", "-x,1/2-y,-z"),
                                         sites("Cu1 Cu .1 .2 .3")), "Cu2"),
    "fifths": (cif(listed("x,y,z", "x+1/5,y,z", "x+2/5,y,z", "x+3/5,y,z", "x+4/5,y,z"),
                   sites("Cu1 Cu 0 0 0"), cell=(12, 5, 5, 90, 90, 90)), "Cu5"),
    "capitals, decimals, spaces": (cif(listed("X, Y, Z", "0.5+X , 0.5+Y , Z"), CSCL), "Cs2Cl2"),
    "one line": (cif("_symmetry_equiv_pos_as_xyz x,y,z", CSCL), "CsCl"),
    "one line with spaces": (cif("_symmetry_equiv_pos_as_xyz x, y, z", CSCL), "CsCl"),
    "bare operations with spaces": (cif(loop(["_symmetry_equiv_pos_as_xyz"], "x, y, z",
                                             "x+1/2, y+1/2, z"), CSCL), "Cs2Cl2"),
    "numbered, with signs": (cif(loop(["_symmetry_equiv_pos_site_id",
                                       "_symmetry_equiv_pos_as_xyz"], "1 x,y,z",
                                      "-101 x+1/2,y+1/2,+z"), CSCL), "Cs2Cl2"),
    "a block of lines": (cif("_symmetry_equiv_pos_as_xyz\n;\nx,y,z\n-x,-y,-z\n;",
                             sites("O1 O .1 .2 .3")), "O2"),
    # What text editors and other programs do.
    "byte-order mark": (("﻿" + cif(P1, CSCL)).encode("utf-8"), "CsCl"),
    "UTF-16": (cif(P1, CSCL).encode("utf-16"), "CsCl"),
    "Latin-1, unquoted": (cif(P1, "_journal_name_full Zeitschrift_für_X", CSCL).encode("latin-1"),
                          "CsCl"),
    "old line ends": (cif(P1, CSCL).replace("\n", "\r").encode(), "CsCl"),
    "an angle in a loop": (cif(P1, CSCL).replace("_cell_angle_beta 90",
                                                 "loop_\n_cell_angle_beta\n90.0(2)"), "CsCl"),
    "prose": (cif("_exptl_special_details\n;\nATOMS were found by\nCRYSTAL\n;", P1, CSCL), "CsCl"),
    "dotted names": (cif(P1, CSCL).replace("_atom_site_", "_atom_site.")
                     .replace("_cell_length_", "_cell.length_")
                     .replace("_cell_angle_", "_cell.angle_"), "CsCl"),
    "dummies": (cif(P1, sites("Cs1 Cs 0 0 0 d", "Cl1 Cl .5 .5 .5 d", "Du1 X .2 .2 .2 dum",
                              extra=("calc_flag",))), "CsCl"),
    # Elements.
    "charges": (cif(P1, sites("Cs1 Cs+ 0 0 0", "Cl1 Cl1- .5 .5 .5")), "CsCl"),
    "capitals": (cif(P1, sites("CS1 CS 0 0 0", "CL1 CL .5 .5 .5")), "CsCl"),
    "isotopes": (cif(P1, sites("Li1 Li 0 0 0", "D1 D .5 .5 .5")), "HLi"),
    "labels alone": (cif(P1, loop(["_atom_site_label", *(f"_atom_site_fract_{x}" for x in "xyz")],
                                  "Cs(1) 0 0 0", "Cl_a .5 .5 .5")), "CsCl"),
    "labels and a formula": (cif(P1, "_chemical_formula_sum 'C N'",
                                 loop(["_atom_site_label",
                                       *(f"_atom_site_fract_{x}" for x in "xyz")],
                                      "CA1 0 0 0", "NB2 .5 .5 .5")), "CN"),
    # Places.
    "thirds with three digits": (cif("_symmetry_space_group_name_H-M 'P 63/m m c'",
                                     sites("Zn1 Zn .333 .667 .25"),
                                     cell=(2.66, 2.66, 4.95, 90, 90, 120)), "Zn2"),
    "thirds with two digits": (cif("_symmetry_space_group_name_H-M 'P 63/m m c'",
                                   sites("Zn1 Zn 0.33 0.67 .25"),
                                   cell=(2.66, 2.66, 4.95, 90, 90, 120)), "Zn2"),
    "fractions": (cif("_symmetry_space_group_name_H-M 'P 63/m m c'",
                      sites("Zn1 Zn 1/3 2/3 1/4"), cell=(2.66, 2.66, 4.95, 90, 90, 120)), "Zn2"),
    "second origin of ICSD": (cif("_symmetry_space_group_name_H-M 'F d -3 m O2'",
                                  sites("Si1 Si .125 .125 .125"),
                                  cell=(5.43,) * 3 + (90,) * 3), "Si8"),
    # Formulas.
    "formula in parts": (cif(P1, "_chemical_formula_moiety 'Cs 1+, Cl 1-'", CSCL), "CsCl"),
    "formula of the cell beside Z": (cif(P1, "_chemical_formula_sum 'Cu2 O2'",
                                         "_cell_formula_units_Z 2",
                                         sites("Cu1 Cu 0 0 0", "Cu2 Cu .5 .5 0", "O1 O 0 0 .5",
                                               "O2 O .5 .5 .5")), "Cu2O2"),
    "structural formula": (cif(P1, "_chemical_formula_structural '(Cs) Cl'", CSCL), "CsCl"),
}  # fmt: skip


@pytest.mark.parametrize("kind", READ)
def test_is_read(tmp_path, kind):
    text, formula = READ[kind]
    assert read(tmp_path, text).symbols.formula.reduce()[0] == _formula(formula).reduce()[0]
    assert read(tmp_path, text).get_chemical_formula(mode="metal") == _formula(formula).format(
        "metal"
    )


def _formula(text):
    from ase.formula import Formula

    return Formula(text)


REFUSED = {
    "no symmetry": (cif(CSCL), "states no symmetry"),
    "two origins": (cif("_space_group_name_H-M_alt 'F d -3 m'", sites("Si1 Si .1 .2 .3"),
                        cell=(9,) * 3 + (90,) * 3), "F d -3 m:1 or F d -3 m:2"),
    "unknown name": (cif("_space_group_name_H-M_alt 'Q 7'", CSCL), "no table knows"),
    "unknown number": (cif("_space_group_IT_number 231", CSCL), "no space group of number '231'"),
    "wrong system": (cif("_space_group_name_H-M_alt 'P m -3 m'", CSCL,
                         cell=(5, 5, 6, 90, 90, 90)), "does not fit the cell"),
    "no group": (cif(listed("x,y,z", "-y,x,z"), CSCL), "not a group"),
    "no identity": (cif(listed("-x,-y,-z"), CSCL), "do not hold x,y,z"),
    "no operation": (cif(listed("x,y,z", "x,y,w"), CSCL), "'x,y,w' is no symmetry operation"),
    "operations and cell": (cif(listed("x,y,z", "y,x,-z"), CSCL, cell=(5, 6, 7, 90, 90, 90)),
                            "does not fit the cell"),
    "singular operation": (cif(listed("x,y,z", "x,x,z"), CSCL), "is no symmetry operation"),
    "modulated": (cif(P1, "_cell_modulation_dimension 1", CSCL), "modulated"),
    "dot": (cif(P1, sites("F1 F .5 . 0")), "the coordinate '.' of F1"),
    "question mark": (cif(P1, sites("H1 H ? ? ?")), "the coordinate '?' of H1"),
    "word": (cif(P1, sites("H1 H a 0 0")), "the coordinate 'a' of H1"),
    "partial": (cif(P1, sites("Cu1 Cu 0 0 0 .5", "Au1 Au 0 0 0 .5", extra=("occupancy",))),
                "partially occupied (Cu1 0.5, Au1 0.5)"),
    "no element": (cif(P1, sites("M1 M 0 0 0")), "unknown element 'M' of M1"),
    "water": (cif(P1, loop(["_atom_site_label", *(f"_atom_site_fract_{x}" for x in "xyz")],
                           "Wat1 0 0 0")), "'Wat1' names no element"),
    "two meanings": (cif(P1, loop(["_atom_site_label", *(f"_atom_site_fract_{x}" for x in "xyz")],
                                  "CA1 0 0 0")), "may mean Ca or C"),
    "split": (cif("_space_group_name_H-M_alt 'P -1'", sites("O1 O .021 .021 .021")),
              "neither one atom nor two"),
    "same place twice": (cif(P1, sites("Na1 Na 0 0 0", "Na2 Na 0 0 1")), "doubled sites"),
    "Cartesian": (cif(P1, CSCL).replace("fract_", "Cartn_"), "Cartesian coordinates only"),
    "flat": (cif(P1, CSCL, cell=(5, 5, 5, 60, 60, 120)), "no cell has the angles"),
    "no cell": (cif(P1, CSCL).replace("_cell_length_b 5.0\n", ""), "_cell_length_b is missing"),
    "cell twice": (cif(P1, "_cell_length_a 5.1", CSCL), "gives _cell_length_a 2 times"),
    "unclosed": (cif(P1, "_audit 'open", CSCL), "not a CIF that can be read"),
    # What the file states of its content.
    "no hydrogen sites": (cif(P1, "_chemical_formula_sum 'Cl Cs H2'", CSCL),
                          "hydrogens are missing: there is no site of H (2 per cell)"),
    "too few hydrogens": (cif(P1, "_chemical_formula_sum 'N H4'", sites("N1 N 0 0 0",
                                                                       "H1 H .2 0 0")),
                          "1 H instead of 4"),
    "attached hydrogens": (cif(P1, sites("N1 N 0 0 0 3", extra=("attached_hydrogens",))),
                           "hydrogens attached to atoms have no sites (3 of N1)"),
    "hydrogen in a label": (cif(P1, loop(["_atom_site_label",
                                          *(f"_atom_site_fract_{x}" for x in "xyz")],
                                         "Na 0 0 0", "O-H .5 .5 .5")), "speaks of hydrogen"),
    "hydrogen in a formula in parts": (cif(P1, "_chemical_formula_moiety 'Cs Cl, 2(H2 O)'", CSCL),
                                       "'Cs Cl, 2(H2 O)' holds hydrogen"),
    "doubled": (cif("_space_group_name_H-M_alt 'F d -3 m :1'", "_chemical_formula_sum Si",
                    "_cell_formula_units_Z 8", sites("Si1 Si .125 .125 .125"),
                    cell=(5.43,) * 3 + (90,) * 3), "16 Si instead of 8 (doubled sites"),
    "other element": (cif(P1, "_chemical_formula_sum 'Cs Br'", CSCL), "Cl is not in the formula"),
    "volume": (cif(P1, "_cell_volume 62.5", CSCL), "has 125 cubic angstrom, the file states 62.5"),
    "density": (cif(P1, "_exptl_crystal_density_diffrn 4.5", CSCL), "the file states 4.5"),
    "weight": (cif(P1, "_chemical_formula_weight 174.4\n_cell_formula_units_Z 1", CSCL),
               "the file states 174.4"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_is_refused_in_one_line(tmp_path, kind):
    text, words = REFUSED[kind]
    assert words in refusal(tmp_path, text)


@pytest.mark.parametrize(
    "kind", ["no hydrogen sites", "doubled", "volume", "density", "attached hydrogens"]
)
def test_a_mismatch_is_accepted_when_asked_for_and_reported(tmp_path, kind):
    text, words = REFUSED[kind]
    atoms = read(tmp_path, text, accept_formula_mismatch=True)
    assert any("accepted although" in r and words in r for r in atoms.info["read_warnings"])


def test_accepting_a_mismatch_accepts_nothing_else(tmp_path):
    for kind in ("two origins", "no group", "dot", "partial"):
        with pytest.raises(CrystalError):
            read(tmp_path, REFUSED[kind][0], accept_formula_mismatch=True)


def test_what_was_assumed_is_reported(tmp_path):
    told = read(tmp_path, READ["number of one setting"][0]).info["read_warnings"]
    assert "its standard setting F m -3 m was taken" in told[0]
    told = read(tmp_path, READ["the formula tells the origin"][0]).info["read_warnings"]
    assert "F d -3 m:2 was taken, the only one that makes the formula" in told[0]
    told = read(tmp_path, READ["isotopes"][0]).info["read_warnings"]
    assert told == ("deuterium or tritium was read as hydrogen (H)",)
    text = cif("_space_group_name_H-M_alt 'F m -3 m'", listed("x,y,z", "-x,-y,-z"), CSCL)
    assert "lists 2 symmetry operations" in read(tmp_path, text).info["read_warnings"][0]
    text = cif("_space_group_name_H-M_alt 'P m m m'", listed("x,y,z"), CSCL)
    assert "lists one symmetry operation," in read(tmp_path, text).info["read_warnings"][0]
    assert "read_warnings" not in read(tmp_path, cif(P1, listed("x,y,z"), CSCL)).info


def test_a_hall_symbol_and_a_name_that_disagree_are_told(tmp_path):
    def text(name):
        return cif("_space_group_name_Hall '-P 2yn'", f"_space_group_name_H-M_alt '{name}'",
                   sites("Cu1 Cu .1 .2 .3"), cell=(5, 6, 7, 90, 100, 90))  # fmt: skip

    both = [read(tmp_path, text(name)) for name in ("P 1 21/n 1", "P 1 21/c 1")]
    np.testing.assert_array_equal(both[0].positions, both[1].positions)
    assert "read_warnings" not in both[0].info
    assert "mean different operations" in both[1].info["read_warnings"][0]


@pytest.mark.parametrize(
    ("name", "second"),
    [("P 1 21/n 1", (0.4, 0.7, 0.2)), ("P 21/a", (0.4, 0.7, 0.7)), ("P 21/c", (0.9, 0.7, 0.2))],
)
def test_glide_planes_of_monoclinic_names(tmp_path, name, second):
    text = cif(f"_symmetry_space_group_name_H-M '{name}'", sites("Cu1 Cu .1 .2 .3"),
               cell=(5, 6, 7, 90, 100, 90))  # fmt: skip
    places = read(tmp_path, text).get_scaled_positions()
    assert len(places) == 4
    shift = np.array(second) - (0.1, 0.2, 0.3)
    images = {tuple(np.round(p, 6) % 1) for p in places}
    glide = {"P 1 21/n 1": (0.6, 0.3, 0.8), "P 21/a": (0.6, 0.3, 0.3), "P 21/c": (0.1, 0.3, 0.8)}
    assert tuple(np.round(glide[name], 6)) in images, shift


def test_axes_of_orthorhombic_names(tmp_path):
    """P n m a and P b n m are one group on other axes."""
    cell = (5.3, 7.4, 5.0)
    one = cif("_symmetry_space_group_name_H-M 'P n m a'", sites("O1 O .2 .03 .3"),
              cell=(*cell, 90, 90, 90))  # fmt: skip
    a, b, c = cell
    other = cif("_symmetry_space_group_name_H-M 'P b n m'", sites("O1 O .3 .2 .03"),
                cell=(c, a, b, 90, 90, 90))  # fmt: skip
    first, second = read(tmp_path, one), read(tmp_path, other, "b.cif")
    assert len(first) == len(second) == 8
    np.testing.assert_allclose(
        np.sort(first.get_all_distances(mic=True).ravel()),
        np.sort(second.get_all_distances(mic=True).ravel()),
        atol=1e-9,
    )


def test_the_first_atom_of_a_site_stands_where_the_file_has_it(tmp_path):
    text = cif(listed("-x,-y,-z", "x,y,z"), sites("O1 O -.1 1.2 .3"))
    atoms = read(tmp_path, text)
    np.testing.assert_allclose(atoms.get_scaled_positions(wrap=False)[0], (-0.1, 1.2, 0.3))
    assert atoms.cell.cellpar().tolist() == pytest.approx(CUBE)


def test_magnetic_cif(tmp_path):
    """Operations act on positions; the sign of time does not count, centrings are joined."""
    text = cif(
        loop(["_space_group_symop_magn_operation.id", "_space_group_symop_magn_operation.xyz"],
             "1 x,y,z,+1", "2 -x,-y,-z,-1"),
        loop(["_space_group_symop_magn_centering.id", "_space_group_symop_magn_centering.xyz"],
             "1 x,y,z,+1", "2 x+1/2,y+1/2,z+1/2,-1"),
        sites("Mn1 Mn .1 .2 .3"))  # fmt: skip
    assert len(read(tmp_path, text, "a.mcif")) == 4


def test_a_cif_is_known_by_its_content(tmp_path):
    assert len(read(tmp_path, cif(P1, CSCL), "structure.txt")) == 2
    assert len(read(tmp_path, f"# made by hand\n{cif(P1, CSCL)}", "CRYSTAL")) == 2


def test_long_operations_do_not_take_long(tmp_path):
    """A pattern for bare operations once took minutes on long lines of numbers."""
    prose = "_exptl_details\n;\n" + ("1 x 2 y 3 " * 5000) + "\n;"
    assert len(read(tmp_path, cif(P1, prose, CSCL))) == 2


def test_stated_multiplicities(tmp_path):
    """They are remarked where they are not so, and tell one origin from another."""
    rows = sites("Si1 Si .125 .125 .125 8", extra=("symmetry_multiplicity",))
    cell = (5.43,) * 3 + (90,) * 3
    atoms = read(tmp_path, cif("_space_group_name_H-M_alt 'F d -3 m'", rows, cell=cell))
    assert len(atoms) == 8
    atoms = read(tmp_path, cif("_space_group_name_H-M_alt 'F d -3 m :1'", rows, cell=cell))
    assert "states 8 atoms of Si1 in the cell, its symmetry makes 16" in str(atoms.info)


def test_no_cell_lines_at_all(tmp_path):
    text = cif(P1, CSCL).replace(cell_lines(), "")
    with pytest.raises(CrystalError, match="states no complete cell"):
        read(tmp_path, text)
    with pytest.raises(FileFormatError, match="binary"):
        read(tmp_path, "data_a\n\0\n")
