"""Several inputs of analyze, and compare."""

from __future__ import annotations

import csv
import io

import pytest
from command import checked, cube_text, isotunnel, poscar_text, refused, schwarz

from isotunnel.schemas import Analyses, Comparison

BARE = ("--engine", "procrystal")


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in" / "below").mkdir(parents=True)
    (tmp_path / "in" / "elf.cube").write_text(cube_text(schwarz((8, 8, 8))))
    (tmp_path / "in" / "below" / "elf.cube").write_text(cube_text(schwarz((6, 6, 6))))
    (tmp_path / "in" / "bad.cif").write_text("junk")
    (tmp_path / "in" / "notes.txt").write_text("no crystal")
    return tmp_path


def test_a_bad_input_stops_no_other_and_the_exit_code_tells(files):
    outcome = isotunnel("analyze", "in", "nonsense", *BARE, "-o", "out/")
    assert outcome.status == 2
    assert outcome.err.splitlines()[-1].endswith(
        "2 of 4 inputs have no result: in/bad.cif, nonsense"
    )
    assert "in/elf.cube" in outcome.out
    assert "no result: nonsense: unknown crystal" in outcome.out
    written = sorted(p.name for p in (files / "out").iterdir())
    assert [n for n in written if n.endswith(".html")] == [
        "elf.cube-report-2.html",
        "elf.cube-report.html",
    ]


@pytest.mark.usefixtures("files")
def test_json_is_a_list_and_csv_a_table():
    outcome = isotunnel("analyze", "in", *BARE, "--no-files", "--json")
    found = checked(Analyses, outcome.json)
    assert [i.input for i in found.inputs] == ["in/bad.cif", "in/elf.cube", "in/below/elf.cube"]
    assert [i.status for i in found.inputs] == ["failed", "done", "done"]
    assert found.inputs[0].analysis is None
    assert "not a CIF" in found.inputs[0].problem
    shapes = [i.analysis.tunnels.file.elf.shape for i in found.inputs[1:]]
    assert shapes == [[8, 8, 8], [6, 6, 6]]
    table = isotunnel("analyze", "in/elf.cube", "in/below/elf.cube", *BARE, "--no-files", "--csv")
    assert table.status == 0
    rows = list(csv.DictReader(io.StringIO(table.out)))
    assert [r["input"] for r in rows] == ["in/elf.cube", "in/below/elf.cube"]
    assert float(rows[0]["phi"]) > 0


def test_what_many_inputs_cannot_share_is_refused_before_the_work(files):
    assert "name a folder (one/)" in refused("analyze", "in", *BARE, "-o", "one.html")
    (files / "empty").mkdir()
    assert "no crystal file and no grid file" in refused("analyze", "empty", *BARE)


def test_a_bad_second_grid_is_found_before_the_first_is_searched(files, monkeypatch):
    (files / "cut.cube").write_text(cube_text(schwarz((6, 6, 6)))[:-200])
    monkeypatch.setattr("isotunnel.analysis.analyze", lambda *_a, **_k: pytest.fail("searched"))
    assert "cut.cube" in refused("compare", "in/elf.cube", "cut.cube")


def test_two_grids_side_by_side(files):
    names = ("in/elf.cube", "in/below/elf.cube")
    outcome = isotunnel("compare", *names, "-o", "pair.html")
    assert outcome.status == 0, outcome
    assert "ELF, 3D" in outcome.out
    assert "elf.cube (1)" in outcome.out
    assert (files / "pair.html").stat().st_size > 10_000
    found = checked(Comparison, isotunnel("compare", *names, "--json", "--level", "0.5").json)
    assert found.shared.level == 0.5
    assert found.shared.meaning == "as given"
    assert isotunnel("compare", *names, "--csv").out.startswith("group,quantity,unit")


def test_one_crystal_at_two_pressures_of_the_atlas():
    found = checked(
        Comparison, isotunnel("compare", "NaCl", "--pressure", "0,30", *BARE, "--json").json
    )
    assert found.names == ["NaCl@0GPa", "NaCl@30GPa"]
    volume = next(x for x in found.lines if x.name == "volume per atom")
    assert volume.difference < -5


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("NaCl",), "needs two"),
        (("NaCl", "--pressure", "0,10,20"), "two numbers"),
        (("NaCl", "nonsense"), "unknown crystal 'nonsense'"),
        (("in/elf.cube", "--pressure", "0,30"), "no crystal that can be squeezed"),
    ],
)
@pytest.mark.usefixtures("files")
def test_compare_refuses_in_one_line(arguments, words):
    assert words in refused("compare", *arguments, *BARE)


def test_the_second_crystal_is_understood_before_the_first_is_computed(monkeypatch):
    """GPAW used to compute the first one for minutes before it found the second one unknown."""
    from importlib import import_module

    def computed(*_, **__):
        raise AssertionError("the first one was computed")

    monkeypatch.setattr(import_module("isotunnel.analysis"), "analyze", computed)
    assert "unknown crystal 'nonsense'" in refused("compare", "NaCl", "nonsense", *BARE)


def test_a_cell_that_nothing_can_relax_is_refused(files):
    outcome = isotunnel("compare", "NaCl", "--pressure", "0,31", *BARE)
    assert outcome.status == 4
    assert "knows no forces" in outcome.problem
    assert (files / "poscar").exists() is False
    (files / "POSCAR").write_text(poscar_text("Na Cl", ((0, 0, 0), (0.5, 0.5, 0.5))))
    assert isotunnel("compare", "POSCAR", "--pressure", "0,5", *BARE).status == 4
