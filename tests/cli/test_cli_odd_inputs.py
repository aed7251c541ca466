"""Odd inputs and options over every command: one clear line, the right status, nothing left."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys

import pytest
from command import cube_text, isotunnel, poscar_text, process, refused

from isotunnel.cli import COMMANDS
from isotunnel.cli.commands import built

QUICK = {
    "tunnels": ("elf.cube", "--no-refine"),
    "analyze": ("elf.cube", "--no-refine"),
    "scan": ("He", "--engine", "procrystal", "--grid", "0.5", "--volume-ratio", "1", "--workers=1"),
    "pairing": ("Nb",),
    "diagram": ("Cu", "--theory", "drude"),
    "atlas": (),
    "hydrides": (),
    "design": ("XH6",),
    "scorecard": ("--claim", "C3"),
    "fits": ("Al", "--split", "alternate"),
    "spacing": ("T3",),
    "metal": ("Na",),
    "meissner": ("Pb",),
    "critical": ("Sn",),
    "helium": ("--sweeps", "200"),
    "planet": ("Earth",),
    "crystals": ("He",),
    "data": ("dtc_dp", "--material", "Pb"),
    "cite": (),
    "config": (),
    "query": ("none",),
    "compare": ("elf.cube", "elf.cube", "--no-refine"),
    "squeeze": (),
    "electride": ("elf.cube",),
    "eos": ("He",),
    "bond": ("h2",),
}
"""A cheap call of each command that has the scheme of output."""

NOT_RUN = ("pairing", "query", "scan", "compare", "squeeze", "electride", "eos")
"""Of these only refusals are tried here: they run an engine, need a dataset, or take a while."""

OTHERS = ("serve", "screen")
"""A server, and one whose -o is a dataset."""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    monkeypatch.setenv("ISOTUNNEL_CACHE", str(tmp_path / "cache"))
    (home / "elf.cube").write_text(cube_text())
    (home / "POSCAR").write_text(poscar_text())
    (home / "file").write_text("in the way")
    return home


def left(folder):
    """What a run has left beside what was there."""
    return sorted(p.name for p in folder.rglob("*") if p.name not in ("elf.cube", "POSCAR", "file"))


def test_every_command_is_on_the_sheet():
    assert set(COMMANDS) <= {*QUICK, *OTHERS}
    assert set(COMMANDS) <= {arguments[0] for arguments, _, _ in ODD}
    assert len(ODD) >= 60


@pytest.mark.parametrize("command", QUICK)
def test_every_command_has_the_scheme(command):
    options = {word for p in built(command).params for word in p.opts}
    assert {"--output", "-o", "--json", "--csv", "--no-files"} <= options


@pytest.mark.parametrize("command", QUICK)
@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--json", "--csv"), "one of the two"),
        (("--no-files", "-o", "x.json"), "contradict"),
        (("-o", "x.docx"), "ends in .docx; name a file that ends in"),
        (("-o", "file"), "file is a file; name a folder"),
        (("-o", "file/x.json"), "is not a folder"),
        (("-o", ""), "the name is missing"),
        (("-o", "--json"), "the name is missing"),
        (("-o", "x.json", "-o", "/proc/x/y.json"), "cannot be written"),
        (("-o", "\0.json"), "NUL"),
    ],
)
def test_an_output_that_cannot_be_ends_before_the_work(folder, command, options, words):
    assert words in refused(command, *QUICK[command], *options)
    assert left(folder) == []


@pytest.mark.parametrize("command", [c for c in QUICK if c not in NOT_RUN])
def test_every_form_of_every_command(folder, command):
    """All forms into a folder; then the same input again, and another of its name."""
    done = isotunnel(command, *QUICK[command], "-o", "out/", "--csv")
    assert done.status == 0, done.err
    rows = list(csv.reader(io.StringIO(done.out)))
    assert len({len(row) for row in rows}) == 1
    assert len(rows) > 1 or command == "config"
    names = left(folder)
    documents = [n for n in names if n.endswith(".json")]
    assert len(documents) == 1
    assert json.loads((folder / "out" / documents[0]).read_text())
    assert (folder / "out" / documents[0].replace(".json", ".csv")).read_text() == done.out
    assert not [n for n in names if n.endswith(".part") or n.startswith(".")]
    isotunnel(command, *QUICK[command], "-o", "out/")
    assert left(folder) == names


def test_reports_of_two_inputs_of_one_name_live_beside_each_other(folder):
    for name in ("a", "b"):
        (folder / name).mkdir()
        (folder / name / "elf.cube").write_text(cube_text())
    told = [
        isotunnel("tunnels", f"{name}/elf.cube", "--no-refine", "-o", "out/").err
        for name in ("a", "b", "a")
    ]
    assert "elf.cube-tunnels.csv" in told[0]
    assert "elf.cube-tunnels-2.csv" in told[1]
    assert told[2] == told[0]


def test_a_file_of_someone_else_is_left_alone(folder):
    (folder / "Cu-diagram.html").write_text("mine")
    done = isotunnel("diagram", "Cu", "--theory", "drude")
    assert done.status == 0, done.err
    assert (folder / "Cu-diagram.html").read_text() == "mine"
    assert {"Cu-diagram-2.html", "Cu-diagram-2.png"} <= set(left(folder))


ODD = [
    (("tunnels", "nothing.cube"), 2, "nothing.cube"),
    (("tunnels", "."), 2, "."),
    (("tunnels", "POSCAR"), 2, "POSCAR"),
    (("tunnels", "elf.cube", "--spin", "up"), 2, "up"),
    (("tunnels", "elf.cube", "--kind", "potential", "--value-unit", "kelvin"), 2, "kelvin"),
    (("analyze", ""), 2, ""),
    (("analyze", "Nn@-5GPa"), 2, "unknown crystal"),
    (("analyze", "elf.cube", "--fermi", "much"), 2, "--fermi"),
    (("analyze", "elf.cube", "--h-dos", "2"), 2, "2"),
    (("analyze", "elf.cube", "--pressure", "nan"), 2, "nan"),
    (("analyze", "POSCAR", "--dos", "file"), 2, "--dos"),
    (("analyze", "NaCl", "--report", "x.html"), 2, "--report is gone; write --output FILE.html"),
    (("analyze", "NaCl", "--no-report"), 2, "--no-report is gone; write --no-files"),
    (("analyze", "NaCl", "--no-figures"), 2, "--no-figures is gone"),
    (("analyze", "NaCl", "--figures"), 2, "requires an argument"),
    (("analyze", "NaCl", "--figures", "file"), 2, "file is a file; give a folder"),
    (("analyze", "NaCl", "--config", "x.toml"), 2, "before the command"),
    (("scan", "NaCl", "--pressure", "1e400"), 2, "1e400"),
    (("scan", "NaCl", "--volume-ratio", "1:0.5:0.0001"), 2, "1000"),
    (("scan", "NaCl", "--volume-ratio", "1", "--workers", "0"), 2, "--workers"),
    (("scan", "elf.cube", "--volume-ratio", "1"), 2, "is a grid file"),
    (("scan", "NaCl", "--volume-ratio", "1", "--parquet"), 2, "--parquet is gone"),
    (("screen", "--out", "x"), 2, "--out is gone; write --output DIR"),
    (("screen", "He", "-o", "file"), 2, "file is a file"),
    (("screen", "He", "--json", "--csv"), 2, "one of the two"),
    (("screen", "He", "--grid", "9"), 2, "0.02 to 1"),
    (("query", "nowhere"), 2, "no dataset"),
    (("query", "nowhere", "--html", "x.html"), 2, "--html is gone"),
    (("query",), 2, "Missing argument"),
    (("pairing", "NaCl", "--pressure", "1:2"), 2, "--pressure"),
    (("pairing", "Nb", "--mu-star", "nan"), 2, "mu"),
    (("pairing", "Nb", "--stored", "--figures", "x"), 2, "no spectrum to draw"),
    (("squeeze", "Og"), 2, "Og"),
    (("design", "Xx"), 2, "XH6"),
    (("design", "--with", "Xx"), 2, "Xx"),
    (("design", "XH6", "--verify", "-1"), 2, "--verify"),
    (("squeeze", "--pressure", "1"), 2, "--pressure"),
    (("electride", "nothing.cube"), 2, "nothing.cube"),
    (("electride", "POSCAR", "--grid", "-1"), 2, "--grid"),
    (("eos", "He", "--pressure", "-5"), 2, "not negative"),
    (("eos", "H3S"), 5, "off for hydrides"),
    (("eos", "elf.cube"), 2, "give a crystal"),
    (("eos", "He", "--engine", "gpaw"), 2, "--engine"),
    (("screen", "He", "--kpoints", "-1"), 2, "--kpoints"),
    (("screen", "He", "--xc", "B3LYP"), 2, "--xc"),
    (("screen", "He", "--spin", "on"), 2, "only GPAW has"),
    (("screen", "He", "--pairing"), 2, "--engine gpaw"),
    (("pairing", "Nb", "--figures-in", "x"), 2, "--figures-in is gone; write --figures DIR"),
    (("pairing", "Nb", "--supercell-atoms", "0"), 2, "--supercell-atoms"),
    (("diagram", "phlogiston"), 2, "phlogiston"),
    (("diagram", "Cu", "--png", "x.png"), 2, "--png is gone; write --output FILE.png"),
    (("diagram", "Cu", "--temperature", "300"), 2, "LOW:HIGH"),
    (("diagram", "Cu", "--pressure", "1e999:3"), 2, "not finite"),
    (("atlas", "unobtainium"), 2, "unobtainium"),
    (("hydrides", "S999"), 2, "S999"),
    (("hydrides", "S01", "--csv"), 2, "the whole table"),
    (("scorecard", "--claim", ""), 2, "unknown claim"),
    (("scorecard", "--html", "x.html"), 2, "--html is gone"),
    (("scorecard", "--theory", "os:system"), 2, "os"),
    (("fits", "Unobtainium"), 2, "Unobtainium"),
    (("fits", "Al", "--split", "odd"), 2, "--split"),
    (("spacing", "T9"), 2, "T9"),
    (("metal", "He"), 2, "He"),
    (("meissner", "Cu"), 2, "Cu"),
    (("meissner", "Pb", "--radius", "-1"), 2, "positive number of nanometres, got -1"),
    (("meissner", "Pb", "--radius", "nan"), 2, "nan"),
    (("critical", "Xx"), 2, "Xx"),
    (("critical", "Sn", "--all"), 2, "without a name"),
    (("helium", "--sweeps", "3"), 2, "--sweeps"),
    (("helium", "--seed", "-1"), 2, "--seed"),
    (("planet", "Pluto"), 2, "Pluto"),
    (("crystals", "--cif"), 2, "give its name"),
    (("crystals", "He", "--cif", "--json"), 2, "no other form"),
    (("crystals", "-o", "all.cif"), 2, "no .cif form"),
    (("data", "nonsense"), 2, "nonsense"),
    (("data", "dtc_dp:Zz-9"), 2, "Zz-9"),
    (("data", "--grade", "A"), 2, "need a table"),
    (("cite", "unobtainium"), 2, "unobtainium"),
    (("config", "frobnicate"), 2, "no command 'frobnicate'"),
    (("serve", "--port", "70000"), 2, "--port"),
    (("bond", "h99"), 2, "h99"),
    (("bond", "h4", "--distance", "-1"), 2, "-1"),
    (("compare", "NaCl"), 2, "needs two"),
    (("compare", "elf.cube", "nothing.cube", "--no-refine"), 2, "nothing.cube"),
]


@pytest.mark.parametrize(("arguments", "status", "words"), ODD, ids=lambda x: str(x)[:60])
def test_odd_inputs_end_in_one_line(folder, arguments, status, words):
    done = isotunnel(*arguments)
    assert done.status == status, done
    if "-o" not in arguments:
        assert done.out == ""
    assert words in done.problem
    assert "Traceback" not in done.err
    assert "internal error" not in done.err
    assert left(folder) == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no full device")
@pytest.mark.parametrize("form", ["--json", "--csv", "--no-files"])
def test_a_full_disk_behind_stdout_is_an_error(form):
    with open("/dev/full", "w") as full:
        run = process("cite", form, stdout=full)
        _, err = run.communicate(timeout=120)
    assert run.returncode == 2
    assert err == "isotunnel: writing the results: No space left on device\n"


@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX")
def test_a_closed_stdout_is_refused_before_the_work(folder):
    code = "from isotunnel.cli.main import run; run()"
    done = subprocess.run(
        ["sh", "-c", '"$0" -c "$1" diagram Cu >&-', sys.executable, code],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("isotunnel: standard output is closed")
    assert left(folder) == []


def test_a_full_disk_under_a_file_leaves_nothing(folder, monkeypatch):
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    done = isotunnel("cite", "--json", "-o", "x.csv")
    assert done.status == 2
    assert "x.csv: cannot be written (No space left on device)" in done.problem
    assert done.json
    assert left(folder) == []
