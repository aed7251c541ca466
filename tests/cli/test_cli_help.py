"""Help, start-up, and arguments that cannot be."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from command import cube_text, isotunnel, refused
from rich.table import Table

import isotunnel as isotunnel_package
from isotunnel.cli import COMMANDS as COMMANDS_OF_ALL
from isotunnel.cli.commands import examples_of
from isotunnel.cli.output.gone import GONE
from isotunnel.cli.show import console, console_for_problems

COMMANDS = ("tunnels", "analyze", "crystals", "data", "spacing", "cite")


def plain(text):
    """Help without boxes and line breaks."""
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", text).split())


@pytest.mark.parametrize("flag", ["--help", "-h"])
@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_examples(command, flag):
    outcome = isotunnel(command, flag)
    assert (outcome.status, outcome.err) == (0, "")
    assert f"isotunnel {command} " in outcome.out.split("Examples:")[1]
    assert "--json" in outcome.out


@pytest.mark.parametrize("command", COMMANDS)
def test_the_examples_are_commands_that_parse(command, tmp_path, monkeypatch):
    """Each example runs, or stops at its file, never at an option."""
    from importlib import import_module

    monkeypatch.chdir(tmp_path)
    lines = import_module(f"isotunnel.cli.{command}").EXAMPLES.splitlines()
    examples = [line.strip() for line in lines if line.strip().startswith("isotunnel ")]
    assert len(examples) >= 3
    for example in examples:
        words = shlex.split(example.split(" > ")[0])[1:]
        # A name would start an engine: a file that is not there ends the run at once.
        crystals = ("NaCl", "H3S@150GPa", "H3S@200GPa")
        words = ["missing.cif" if w in crystals else w for w in words]
        outcome = isotunnel(*words)
        if command in ("tunnels", "analyze", "compare"):
            assert re.search("no such file|unknown crystal", outcome.out + outcome.err)
        elif "missing.cif" not in words:
            assert outcome.status == 0, example


@pytest.mark.parametrize("command", sorted(COMMANDS_OF_ALL))
def test_help_shows_examples_as_they_are_written(command, monkeypatch):
    """Typer makes an emoji of ":100:", which nobody could type."""
    monkeypatch.setenv("COLUMNS", "200")
    shown = plain(isotunnel(command, "--help").out)
    written = [line.strip() for line in examples_of(command).splitlines() if "isotunnel" in line]
    assert written
    assert [line for line in written if " ".join(line.split()) not in shown] == []


def test_messages_show_values_as_they_are_written(capsys):
    for out in (console(), console_for_problems()):
        out.print("--pressure 0:100:10")
    seen = capsys.readouterr()
    assert seen.out == seen.err == "--pressure 0:100:10\n"
    table = Table("given")
    table.add_row("0:100:10")
    console().print(table)
    assert "│ 0:100:10 │" in capsys.readouterr().out


def test_the_program_lists_its_commands_and_exit_codes():
    outcome = isotunnel("--help")
    assert outcome.status == 0
    for word in (*COMMANDS, "Exit codes", "130 interrupted"):
        assert word in plain(outcome.out)


def test_without_arguments_it_helps():
    assert isotunnel().out == isotunnel("--help").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("frobnicate",), ("No such command", "isotunnel --help")),
        (("tunnel", "x"), ("Did you mean", "'tunnels'")),
        (("--frobnicate",), ("--frobnicate",)),
        (("tunnels",), ("Missing argument", "isotunnel tunnels --help")),
        (("tunnels", "a", "b"), ("unexpected extra argument",)),
        (("tunnels", "a", "--side", "left"), ("--side", "'left'", "above", "below")),
        (("tunnels", "a", "--kind", "magic"), ("--kind", "'magic'", "density")),
        (("tunnels", "a", "--connectivity", "18"), ("--connectivity", "'18'", "26")),
        (("tunnels", "a", "--length-unit", "furlong"), ("--length-unit", "bohr")),
        (("tunnels", "a", "--side"), ("--side", "requires an argument")),
        (("analyze",), ("Missing argument", "isotunnel analyze --help")),
        (("analyze", "Na", "--engine", "vasp"), ("--engine", "'vasp'", "procrystal")),
        (("analyze", "Na", "--delta-c", "ks"), ("--delta-c", "'ks'", "READING=VALUE")),
        (("analyze", "Na", "--delta-c", "magic=1"), ("--delta-c", "magic", "atomic")),
        (("analyze", "Na", "--delta-c", "ks=much"), ("--delta-c", "ks=much")),
        (("analyze", "Na", "--delta-c", "ks=nan"), ("ks", "at least 0", "nan")),
        (("analyze", "Na", "--delta-c", "ks=-1"), ("ks", "at least 0", "-1")),
        (("analyze", "Na", "--delta-c", "ks=inf"), ("ks", "at least 0", "inf")),
        (("analyze", "Na", "--kind", "elf"), ("kind", "grid file", "Na")),
        (("analyze", "Xx"), ("unknown crystal 'Xx'", "isotunnel crystals")),
        (("analyze", "H3S@200Gpa2"), ("did you mean H3S@200GPa",)),
        (("crystals", "unobtainium"), ("unknown crystal 'unobtainium'", "isotunnel crystals")),
        (("crystals", "--tag", "soft"), ("the tag 'soft'", "tags:")),
        (("cite", "unobtainium"), ("unknown crystal", "isotunnel crystals")),
    ],
    ids=lambda x: " ".join(x) if isinstance(x, tuple) else None,
)
def test_what_cannot_be_is_refused_in_one_line(arguments, words):
    problem = refused(*arguments)
    for word in words:
        assert word in problem
    assert "None" not in problem


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--format", "cif"), "cif"),
        (("--spin", "sideways"), "sideways"),
        (("--value-unit", "furlong"), "furlong"),
        (("--format", "xsf"), "elf.cube"),
    ],
)
def test_options_that_do_not_fit_the_file(tmp_path, options, word):
    path = tmp_path / "elf.cube"
    path.write_text(cube_text())
    assert word in refused("tunnels", path, *options)


def test_the_command_line_starts_without_the_heavy_packages():
    """They cost most of the half second that --help may take."""
    code = (
        "import sys, isotunnel.cli.main; print([m for m in "
        "('numpy', 'numba', 'ase', 'scipy', 'matplotlib', 'gpaw', 'h5py', 'spglib') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_text_sends_a_user_to_an_option_that_is_gone():
    """The scorecard's last line named --html long after it had become -o FILE.html."""
    root = Path(isotunnel_package.__file__).parent
    gone = re.compile("|".join(rf"(?<![\w-]){option} [A-Z]{{3}}" for _, option in GONE))
    told = [
        f"{path.relative_to(root)}: {line.strip()}"
        for path in root.rglob("*")
        if path.suffix in {".py", ".html"} and path.name != "gone.py"
        for line in path.read_text("utf-8").splitlines()
        if gone.search(line)
    ]
    assert not told
    assert gone.search("--html FILE")
