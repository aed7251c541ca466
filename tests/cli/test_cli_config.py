"""Options from files, and the settings of engines."""

from __future__ import annotations

import pytest
from command import cube_text, isotunnel, refused


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def given(value, file="isotunnel.toml"):
    with open(file, "w", encoding="utf-8") as stream:
        stream.write(value)
    return file


def test_later_files_and_options_win():
    user = given('material = "Nb"\n[data]\ngrade = "A"', "user.toml")
    given('[data]\nmaterial = "Sn"\n')
    mine = given('material = "Al"\n[crystals]\ntag = "hydride"\n', "mine.toml")

    def material(*before):
        words = (*before, "config", "data", "--json")
        found = isotunnel(*words, ISOTUNNEL_CONFIG=user).json["settings"]
        return {s["option"]: (s["value"], s["file"]) for s in found}

    assert material() == {"grade": ("A", "user.toml"), "material": ("Sn", "isotunnel.toml")}
    # A table says more than a key at the top, wherever it stands.
    assert material("--config", mine)["material"] == ("Sn", "isotunnel.toml")
    rows = isotunnel("data", "dtc_dp", "--json", ISOTUNNEL_CONFIG=user).json["rows"]
    assert {r["grade"] for r in rows} == {"A"}
    rows = isotunnel("data", "dtc_dp", "--material", "Pb", "--json").json["rows"]
    assert rows
    assert all(r["id"].startswith("dtc_dp:Pb") for r in rows)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("enginee = 'gpaw'", "no command has an option 'enginee'; did you mean engine"),
        ("[analyse]\nengine = 'gpaw'", "no command [analyse]; did you mean analyze"),
        ("[analyze]\nkpoint = 0.2", "analyze has no option 'kpoint'; did you mean kpoints"),
        ("[analyze]\nno-refine = true", "analyze has no option 'no-refine'; did you mean refine"),
        ("engine = gpaw", "isotunnel.toml: no TOML"),
        ("\0", "isotunnel.toml: no TOML"),
        ("engine = 'vasp'", "isotunnel.toml: Invalid value for '--engine'"),
        ("[analyze]\ngrid = 'wide'", "isotunnel.toml: Invalid value for '--grid'"),
        ("grid = -1.0", "--grid must be a positive number, got -1"),
        ("grid = nan", "--grid must be a positive number, got nan"),
    ],
)
def test_what_a_file_must_not_say(content, words):
    given(content)
    assert words in refused("analyze", "missing.cif")


def test_a_file_that_is_not_there_and_an_option_in_the_wrong_place():
    assert "no such file" in refused("--config", "none.toml", "cite")
    assert "before the command" in refused("cite", "--config", "mine.toml")


def test_the_command_line_asks_for_files_that_a_file_forbids(tmp_path):
    given("no-files = true\njson = true\n")
    done = isotunnel("cite", "--csv", "-o", "x.json")
    assert done.status == 0, done.err
    assert done.out.startswith("purpose,reference")
    assert (tmp_path / "x.json").is_file()
    assert "contradict" in refused("cite", "--no-files", "-o", "y.json")


def test_without_files_nothing_is_set():
    assert isotunnel("config", "--csv").out == "command,option,value,file\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--engine", "procrystal", "--kpoints", "0.2"), "--kpoints: the procrystal engine"),
        (("--engine", "procrystal", "--cutoff", "300"), "--cutoff: the procrystal engine"),
        (("--engine", "procrystal", "--xc", "lda"), "--xc: the procrystal engine"),
        (("--engine", "procrystal", "--spin", "on"), "--spin: the procrystal engine"),
        (("--xc", "B3LYP"), "is not one of 'pbe', 'lda'"),
        (("--grid", "0"), "--grid must be a positive number, got 0"),
        (("--cutoff", "-5"), "--cutoff must be a positive number"),
        (("--kpoints", "8x8x8"), "Invalid value for '--kpoints'"),
    ],
)
def test_settings_that_cannot_be(arguments, words):
    assert words in refused("analyze", "NaCl", *arguments)


def test_a_grid_file_takes_no_setting_and_no_cell():
    given(cube_text(), "elf.cube")
    assert "no engine runs" in refused("analyze", "elf.cube", "--grid", "0.2", "--no-files")
    assert "in the cell of their file" in refused(
        "analyze", "elf.cube", "--cell", "primitive", "--no-files"
    )


def test_the_grid_is_the_one_that_was_asked_for():
    words = ("analyze", "He", "--engine", "procrystal", "--no-files", "--no-refine", "--json")
    found = isotunnel(*words, "--grid", "0.5").json
    assert found["settings"]["engine_settings"] == {"grid_spacing": 0.5}
    shape = found["tunnels"]["procrystal"]["density"]["shape"]
    assert max(shape) <= 12  # 60 by default
