"""--save-fields and --save-surface."""

from __future__ import annotations

import pytest
from command import chgcar_text, cube_text, isotunnel, refused, schwarz

from isotunnel import read_field


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "elf.cube").write_text(cube_text())
    (tmp_path / "CHGCAR").write_text(chgcar_text(schwarz() * 27.0, schwarz() * 3.0))
    return tmp_path


def new(folder):
    return {p.name for p in folder.iterdir()} - {"elf.cube", "CHGCAR"}


def test_one_field_keeps_its_name_and_thresholds_have_theirs(folder):
    done = isotunnel("tunnels", "elf.cube", "--save-fields", "x.xsf", "--save-surface", "s.ply")
    assert done.status == 0, done.err
    assert new(folder) == {"x.xsf", "s-1d.ply", "s-2d.ply", "s-3d.ply"}
    assert done.err.splitlines()[-1].startswith("wrote ")
    done = isotunnel(
        *("tunnels", "elf.cube", "--save-surface", "new/one.obj", "--level", "0.6", "--json")
    )
    assert done.status == 0, done.err
    assert [p.name for p in (folder / "new").iterdir()] == ["one.obj"]


def test_several_fields_are_told_apart(folder):
    words = ("tunnels", "CHGCAR", "--side", "above", "--no-refine")
    assert isotunnel(*words, "--save-fields", "c.cube.gz").status == 0
    names = new(folder)
    assert len(names) == 2
    assert all(n.startswith("c-density-") and n.endswith(".cube.gz") for n in names)
    assert {read_field(folder / n).spin for n in names} == {"total", "difference"}


def test_analyze_writes_the_fields_of_its_engine(folder):
    words = ("--engine", "procrystal", "--grid", "0.4", "--no-files", "--no-refine")
    done = isotunnel(
        *("analyze", "He", *words, "--save-fields", "he.h5", "--save-surface", "he.glb"),
        *("--field", "density"),
    )
    assert done.status == 0, done.err
    assert {"he.h5", "he-3d.glb"} <= new(folder)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--save-fields", "x.vtk"), "name a file that ends in .cube"),
        (("--save-surface", "x.stl"), "name a file that ends in .ply"),
        (("--save-surface", "CHGCAR/x.ply"), "is not a folder"),
        (("--save-fields", "--json"), "is no name of a file"),
        (("--level", "0.5"), "--save-surface, which is missing"),
        (("--field", "elf"), "which are missing"),
        (("--save-surface", "x.ply", "--level", "nan"), "finite"),
    ],
)
def test_what_cannot_be_is_refused_before_the_work(folder, options, words):
    assert words in refused("tunnels", "elf.cube", *options)
    assert not new(folder)


@pytest.mark.parametrize(
    ("options", "words"),
    [(("--level", "7"), "there is no surface at 7"), (("--field", "ELF"), "there are elf")],
)
def test_what_the_field_does_not_have_is_one_line_after_the_results(folder, options, words):
    done = isotunnel("tunnels", "elf.cube", "--save-surface", "x.ply", *options)
    assert done.status == 2
    assert words in done.problem
    assert not new(folder)
