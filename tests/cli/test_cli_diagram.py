"""``isotunnel diagram``: files, JSON and one line for bad input."""

from __future__ import annotations

import json

import pytest
from command import checked, isotunnel

from isotunnel import schemas


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_the_document_holds_to_its_schema():
    done = isotunnel(
        "diagram", "Pb", "--theory", "bloch_grueneisen+bcs", "--theory", "tunnel-spacing",
        "--no-files", "--json",
    )  # fmt: skip
    assert done.status == 0, done.err
    found = checked(schemas.Diagram, done.json)
    assert [p.theory for p in found.panels] == ["bloch_grueneisen+bcs", "tunnel-spacing"]
    assert {p.kind for p in found.measured} >= {"tc", "tc_slope"}
    for panel in found.panels:
        assert len(panel.grid.states) == len(panel.grid.temperature_k)
        for column in panel.columns:
            assert len(column.states) == len(column.reasons) == len(column.cuts_k) + 1
        for line in panel.boundaries:
            assert len(line.pressure_gpa) == len(line.temperature_k) == len(line.low_k)


def test_files_go_where_they_are_asked(tmp_path):
    done = isotunnel("diagram", "Cu", "--theory", "drude", "-o", "out")
    assert done.status == 0, done.err
    assert {p.name for p in (tmp_path / "out").iterdir()} == {
        f"Cu-diagram.{form}" for form in ("png", "svg", "html", "csv", "json")
    }
    checked(schemas.Diagram, json.loads((tmp_path / "out" / "Cu-diagram.json").read_text()))
    assert "conducting" in done.out
    assert "no superconductivity down to" in done.out
    done = isotunnel("diagram", "copper", "--theory", "drude", "-o", "one.svg")
    assert {p.name for p in tmp_path.iterdir()} == {"out", "one.svg"}
    assert (tmp_path / "one.svg").read_text().startswith("<?xml")


def test_nothing_is_written_where_nothing_is_wanted(tmp_path):
    assert isotunnel("diagram", "Cu", "--theory", "drude", "--no-files").status == 0
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("Coper",), "did you mean Cu"),
        (("Al", "--theory", "phlogiston"), "known: tunnel-ks"),
        (("Al", "--theory", "drude+tunnel-ks"), "no theory of the normal state"),
        (("Al", "--pressure", "0:1200"), "above 1000 GPa"),
        (("Al", "--pressure", "5"), "LOW:HIGH"),
        (("Al", "--pressure", "a:b"), "LOW:HIGH"),
        (("Al", "--pressure", "0:nan"), "not finite"),
        (("Al", "--pressure", "9:3"), "lower end first"),
        (("Al", "--temperature=-5:20"), "kelvin"),
        (("Al", "--no-files", "-o", "x.png"), "--no-files"),
    ],
)
def test_bad_input_is_one_line(arguments, words, tmp_path):
    done = isotunnel("diagram", *arguments)
    assert done.status == 2
    assert words in done.problem
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_a_file_is_reported(tmp_path):
    (tmp_path / "out").write_text("")
    done = isotunnel("diagram", "Cu", "-o", "out")
    assert done.status == 2
    assert "name a folder" in done.problem
