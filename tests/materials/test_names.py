"""Names: capital letters matter where they spell something else, words stand for formulas."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotunnel.errors import CrystalError, InputError
from isotunnel.materials.names import (
    at_pressure,
    find,
    in_doubt,
    index,
    index_names,
    look_up,
    spelled_atoms,
)

KNOWN = index_names(("Pb", "Co", "Sn", "NaCl", "H3S", "Na-hP4@320GPa", "diamond"), "things")


def called(name, **more):
    return look_up(name, KNOWN, str, "thing", "that is all", **more)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        *((n, "Pb") for n in ("Pb", "pb", "lead", "Lead", "LEAD", " Pb ", "pB")),
        *((n, "NaCl") for n in ("nacl", "NACL", "NaCL", "rock salt", "Halite", "sodium chloride")),
        *((n, "Sn") for n in ("tin", "Tin", "TIN", "white tin", "sn")),
        *((n, "Co") for n in ("co", "Co", "cobalt", "COBALT")),
        *((n, "H3S") for n in ("h3s", "H3s", "H3S@200GPa", "h3s@150gpa", "H3S @ 1.5 GPa")),
        ("na-hp4@320gpa", "Na-hP4@320GPa"),
    ],
)
def test_spellings_and_words_of_one_thing(name, meant):
    assert find(name, KNOWN, "any") == meant
    assert called(name) == meant


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("CO", ("C and O", "not Co", "did you mean Co?")),
        ("PB", ("P and B", "did you mean Pb?")),
        ("SN", ("S and N", "did you mean Sn?")),
        ("TiN", ("Ti and N", "not Sn (tin)", "did you mean Sn?")),
        ("CO@5GPa", ("C and O",)),
    ],
)
def test_capitals_that_spell_something_else_are_a_doubt(name, words):
    """TiN used to be computed as white tin without a word."""
    assert find(name, KNOWN, "any") is None
    with pytest.raises(InputError) as refusal:
        called(name)
    for word in words:
        assert word in str(refusal.value)
    assert refusal.value.unknown_name == name


def test_a_name_that_is_unknown_gets_those_of_the_same_atoms_and_those_that_look_alike():
    for name, suggestion in (("ClNa", "NaCl"), ("Na", "Na-hP4@320GPa"), ("leed", "Pb")):
        with pytest.raises(InputError, match=rf"did you mean {suggestion}\b"):
            called(name)
    with pytest.raises(CrystalError, match="carbon'; did you mean diamond"):
        called("carbon", error=CrystalError)
    with pytest.raises(InputError, match="no known name comes close; that is all"):
        called("?")


def test_the_pressure_of_a_name():
    assert at_pressure("H3S@200GPa") == ("H3S", 200.0)
    assert at_pressure("Na-hP4 @ .5 gpa") == ("Na-hP4", 0.5)
    for name in ("H3S", "H3S@200", "@200GPa", "H3S@-5GPa", "a@b@5GPa"):
        assert at_pressure(name) == (name, None)
    assert find("Pb@0GPa", KNOWN, "zero") == "Pb"
    assert find("Pb@5GPa", KNOWN, "zero") is None
    assert find("Pb@5GPa", KNOWN, "own") is None
    with pytest.raises(InputError, match="at zero pressure only: did you mean Pb"):
        called("Pb@5GPa", pressures="zero")


def test_every_element_answers_to_symbol_and_word_in_any_case():
    from ase.data import atomic_names, chemical_symbols

    elements = index_names(chemical_symbols[1:], "elements")
    for symbol, name in zip(chemical_symbols[1:], atomic_names[1:], strict=True):
        for spelling in (symbol, symbol.lower(), name, name.upper(), name.lower()):
            assert find(spelling, elements) == symbol
        shouted = find(symbol.upper(), elements)
        assert shouted == symbol or in_doubt(symbol.upper(), symbol)


@given(st.text(string.ascii_letters + string.digits, max_size=6))
def test_a_formula_never_finds_other_atoms(name):
    atoms = spelled_atoms(name)
    found = find(name, KNOWN)
    if atoms is not None and found is not None:
        assert spelled_atoms(found) == atoms


def test_one_name_for_two_things_is_a_wrong_table():
    with pytest.raises(CrystalError, match="'PB' stands for two crystals: wrong table"):
        index(("Pb", "PB"), lambda name: (name,), CrystalError, "crystals")
