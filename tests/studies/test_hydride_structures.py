"""Crystals of the published hydrides: built from cell and sites, checked against their rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from ase import Atoms

from isotunnel.crystal import primitive_cell, symmetry_of
from isotunnel.crystal.formula import formula_counts
from isotunnel.errors import CannotSay, CrystalError
from isotunnel.studies.hydrides.arrangements import label_of, lowest
from isotunnel.studies.hydrides.entries import hydride_entries
from isotunnel.studies.hydrides.sites import crystal_of, parse_sites, relabelled
from isotunnel.studies.hydrides.structures import arrangements, build

ENTRIES = {e.short_id: e for e in hydride_entries()}
# One per structure type and setting: cubic, hexagonal, tetragonal, rhombohedral, two origins.
SAMPLE = (
    *("S01", "S03", "S11", "S12", "S13", "S17", "X2YMH6-Li2GaCuH6", "X2YMH6-K2CdAgH6"),
    *("MXH3-NaH3Pd", "XYMH6-KBeH6Pt", "M3XH8-NbAl3H8", "X2YMH6-Na2H6IrPd"),
)


def test_ids_are_unique_and_both_tables_are_whole():
    from isotunnel import measured

    count = len(measured.table("hydrides_structures")) + len(measured.table("hydrides_htsc2025"))
    assert len(ENTRIES) == len(hydride_entries()) == count
    assert sum(e.tc_predicted_k is not None for e in ENTRIES.values()) == 78


@pytest.mark.parametrize("name", SAMPLE)
def test_crystals_have_the_printed_formula_group_and_size(name):
    entry = ENTRIES[name]
    built = build(entry)
    found, printed = Counter(built.atoms.get_chemical_symbols()), formula_counts(entry.compound)
    ratios = {found[s] / printed[s] for s in printed}
    assert set(found) == set(printed)
    assert len(ratios) == 1
    assert symmetry_of(built.atoms).number == entry.number
    assert not built.remarks
    if entry.volume_per_formula_angstrom3 is not None:
        volume = built.atoms.get_volume() / ratios.pop()
        assert volume == pytest.approx(entry.volume_per_formula_angstrom3, rel=2e-3)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("S14", "no hydrogen"),
        ("S19", "coordinates of H 8a are not printed"),
        ("S24", "cell is not printed"),
    ],
)
def test_what_cannot_be_built_says_why(name, words):
    with pytest.raises(CannotSay, match=words):
        build(ENTRIES[name])


def test_positions_that_are_not_printed_come_from_the_nearest_row_of_the_compound():
    entry = ENTRIES["S05"]
    built = build(entry)
    (remark,) = built.remarks
    assert "those of S28" in remark
    assert symmetry_of(built.atoms).number == 225
    scaled = build(ENTRIES["S28"]).atoms
    scaled.set_cell(built.atoms.cell, scale_atoms=True)
    assert np.allclose(
        np.sort(built.atoms.get_all_distances(mic=True).ravel()),
        np.sort(scaled.get_all_distances(mic=True).ravel()),
    )
    with pytest.raises(CannotSay, match="positions of the atoms are not printed"):
        build(replace(entry, compound="LuH10"))


def test_of_two_arrangements_the_one_of_lower_energy_is_taken():
    entry = ENTRIES["X2YMH6-K2CdCuH6"]
    ways = arrangements(entry)
    assert len({label_of(way) for way in ways}) == len(ways) == 2
    assert all(symmetry_of(way).number == 225 for way in ways)
    first, second = (label_of(way) for way in ways)
    assert label_of(lowest("made up", ways, {first: -1.0, second: -1.5}).atoms) == second
    assert label_of(lowest("made up", ways, {first: -2.0, second: -1.5}).atoms) == first
    with pytest.raises(CannotSay, match=r"differ by 0\.050 eV"):
        lowest("made up", ways, {first: -1.45, second: -1.5})
    with pytest.raises(CannotSay, match="energy of 1 of them is not computed"):
        lowest("made up", ways, {first: -1.45})


@pytest.mark.parametrize("name", ["K2CdCuH6", "K2LiZnH6", "Na2GaCuH6", "Na2LiAgH6"])
def test_mixed_up_labels_with_two_mends_are_decided_by_computed_energies(name):
    built = build(ENTRIES[f"X2YMH6-{name}"])
    assert symmetry_of(built.atoms).number == 225
    assert "lowest energy" in built.remarks[0]
    assert Counter(built.atoms.get_chemical_symbols()) == formula_counts(name)


@pytest.mark.parametrize("name", ["K2GaCuH6"])
def test_energies_too_close_decide_nothing(name):
    with pytest.raises(CannotSay, match=r"differ by 0\.0\d\d eV per cell only"):
        build(ENTRIES[f"X2YMH6-{name}"])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"compound": "H2S"}, "no H2S"),
        ({"z": 3}, "formula units"),
        ({"volume_per_formula_angstrom3": 14.0}, "per formula"),
        ({"number": 225}, "no setting of space group 225"),
        ({"sites": "S 2a (0 0 0); H 6b (0 0.5 0.4)"}, "no setting"),
        ({"sites": "S at the corner"}, "cannot read the site"),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(change, words):
    with pytest.raises(CrystalError, match=words):
        build(replace(ENTRIES["S01"], **change))


def test_sites_may_repeat_the_first_coordinate():
    site = parse_sites("H 32f (0.12 x x)", 225)[0]
    assert site.position == (0.12, 0.12, 0.12)


def test_rock_salt_needs_no_coordinates():
    places = [s.position for s in parse_sites("Pd 4a; H 4b (rock salt)", 225)]
    assert places == [(0, 0, 0), (0.5, 0.5, 0.5)]
    with pytest.raises(CannotSay):
        parse_sites("Pd 4a; H 4b (rock salt)", 216)


def test_formulas_with_brackets():
    assert formula_counts("Mn(AlH3)2") == {"Mn": 1, "Al": 2, "H": 6}
    with pytest.raises(CrystalError):
        formula_counts("H3S?")


def double_perovskite(symbols: str, x: float = 0.23) -> Atoms:
    """A primitive A2 M H6 or A2 M M' H6, labels as given: A, A, M, then M', then the octahedron."""
    places = [(0.25,) * 3, (0.75,) * 3, (0.0,) * 3]
    labels = symbols.split()
    if len(labels) == 10:
        places.append((0.5,) * 3)
    octahedron = [(x, -x, -x), (-x, x, x), (x, -x, x), (-x, x, -x), (x, x, -x), (-x, -x, x)]
    cell = np.array([[0, 1, 1], [1, 0, 1], [1, 1, 0]]) * 3.7
    return Atoms(labels, scaled_positions=[*places, *octahedron], cell=cell, pbc=True)


def test_mixed_up_labels_are_put_back_where_one_way_only_fits():
    right = double_perovskite("Li Li Au H H H H H H")
    assert symmetry_of(right).number == 225
    wrong = double_perovskite("Li H Li H H Au H H H")
    assert symmetry_of(wrong).number != 225
    (mended,) = relabelled(wrong, 225)
    assert mended.get_chemical_symbols() == right.get_chemical_symbols()


def test_two_metals_that_could_change_places_leave_two_ways():
    wrong = double_perovskite("Li H Ag H H Na Na H H H")
    ways = relabelled(wrong, 225)
    assert len(ways) == 2
    assert all(symmetry_of(w).number == 225 for w in ways)


def test_places_of_another_group_are_not_touched():
    assert relabelled(primitive_cell(build(ENTRIES["S01"]).atoms), 225) == []


def test_a_mended_row_keeps_cell_formula_and_tells():
    entry = ENTRIES["X2YH6-Li2H6Au"]
    built = build(entry)
    assert symmetry_of(built.atoms).number == 225 != entry.number
    assert "mixed up" in built.remarks[0]
    bonds = built.atoms.get_all_distances(mic=True)[built.atoms.symbols == "Au"]
    assert np.sum(bonds[0] < 2.0) == 7  # itself and six hydrogens


def test_the_setting_with_the_right_multiplicities_is_found():
    # Both origins of Fd-3m: the first coordinates are those of origin choice 1.
    for sites in ("C 8a (0 0 0)", "C 8a (0.125 0.125 0.125)"):
        atoms = crystal_of("diamond", 227, (3.567,) * 3 + (90.0,) * 3, parse_sites(sites, 227))
        assert len(atoms) == 8
