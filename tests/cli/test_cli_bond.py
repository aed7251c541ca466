"""``isotunnel bond``: its documents, tables and figures, and one line for wrong input."""

from __future__ import annotations

import pytest
from command import isotunnel

FIGURES = {
    "h2": {"curve"},
    "h4": {"levels", "passes"},
    "he2": {"parts", "shapes", "density"},
    "he3": {"trio"},
}


@pytest.mark.parametrize("name", FIGURES)
def test_the_document_table_and_figures(name, tmp_path):
    document = isotunnel("bond", name.upper(), "--json", "--figures", str(tmp_path)).json
    assert document["schema"] == "isotunnel.bond/1"
    assert document["molecule"] == name
    assert document["shipped"]
    others = {"h2", "h4", "he2", "he3"} - {name}
    assert document[name]
    assert not any(document[other] for other in others)
    assert {p.name for p in tmp_path.iterdir()} == {
        f"bond-{name}-{figure}.{form}" for figure in FIGURES[name] for form in ("png", "svg")
    }


def test_the_table_shows_both_numbers_and_the_source():
    text = isotunnel("bond", "h2").out
    assert "4.7477" in text
    assert "Wolniewicz" in text
    assert "extrapolated" in text


def test_heads_give_units_as_they_are_written():
    text = " ".join(isotunnel("bond", "h4").out.replace("┃", " ").split())
    assert "(GPa)" in text
    assert "(eV)" in text
    assert " gpa " not in text


def test_csv_has_a_row_per_spacing():
    lines = isotunnel("bond", "h4", "--csv").out.splitlines()
    assert lines[0].startswith("basis,between_angstrom,edge_angstrom,pressure_gpa")
    assert len(lines) > 12


def test_a_distance_is_computed_now():
    document = isotunnel("bond", "h2", "--distance", "0.9", "--json").json
    assert document["schema"] == "isotunnel.bond_points/1"
    assert next(p["basis"] for p in document["points"]) == "cc-pvtz"
    assert all(p["ccsd_hartree"] < p["atoms_hartree"] for p in document["points"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("he9",), "there are h2, h4, he2, he3"),
        (("h2", "--distance", "0.1"), "0.1 angstrom"),
        (("h2", "--distance", "nan"), "angstrom"),
        (("h4", "--distance", "1.0", "--compute"), "leave --compute"),
    ],
)
def test_bad_input_is_one_line(arguments, words):
    done = isotunnel("bond", *arguments)
    assert done.status == 2
    assert words in done.problem
