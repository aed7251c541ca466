"""A name means the same in every command; what a command lacks it says in one line, and who has it.

Commands that compute are stopped where they have understood the name.
"""

from __future__ import annotations

from importlib import import_module

import pytest
from command import isotunnel

from isotunnel.cli import COMMANDS
from isotunnel.errors import CannotSay

COMMANDS_BY_NAME = {
    "analyze": ("analyze", "{}", "--no-files"),
    "compare": ("compare", "{}", "MgO"),
    "scan": ("scan", "{}", "--pressure", "0", "--no-files"),
    "screen": ("screen", "{}"),
    "pairing": ("pairing", "{}"),
    "pairing --stored": ("pairing", "{}", "--stored"),
    "diagram": ("diagram", "{}", "--no-files"),
    "atlas": ("atlas", "{}"),
    "hydrides": ("hydrides", "{}"),
    "fits": ("fits", "{}"),
    "metal": ("metal", "{}"),
    "meissner": ("meissner", "{}"),
    "critical": ("critical", "{}"),
    "squeeze": ("squeeze", "{}"),
    "electride": ("electride", "{}"),
    "eos": ("eos", "{}"),
    "crystals": ("crystals", "{}"),
    "data": ("data", "elements_ambient", "--material", "{}"),
    "cite": ("cite", "{}"),
}
NAMELESS = {
    "design",
    "tunnels",
    "query",
    "scorecard",
    "spacing",
    "bond",
    "helium",
    "planet",
    "serve",
    "config",
}
"""Commands that take no crystal and no substance."""

SAME = (
    ("Pb", "LEAD", " pb "),
    ("NaCl", "nacl", "rock salt"),
    ("H3S", "h3s", "trihydrogen sulphide"),
    ("Al", "aluminum"),
    ("Na", "sodium"),
)
DOUBTFUL = ("PB", "TiN")
UNKNOWN = ("unobtainium", "Pb@-1GPa", "", "../x")


@pytest.fixture(autouse=True)
def understood(monkeypatch, tmp_path):
    """What a command would compute is told instead."""
    from isotunnel import screening
    from isotunnel.screening.crystal_inputs import inputs_of

    # Some modules are called as a function in them, which an import would give.
    fits = import_module("isotunnel.studies.fits.run")
    diagrams = import_module("isotunnel.diagrams.build")
    crystals = (
        "analysis.analyze",
        "analysis.electride",
        "analysis.inputs",
        "scan.identity",
        "analysis.equation_of_state",
    )

    def telling(find, words):
        def told(*args, **options):
            raise CannotSay(f"understood {words(find(*args, **options))}")

        return told

    def crystal(subject):
        return f"{subject.name} {subject.atoms.symbols} {subject.atoms.get_volume():.3f}"

    for module in (import_module(f"isotunnel.{name}") for name in crystals):
        monkeypatch.setattr(module, "understand", telling(module.understand, crystal))
    monkeypatch.setattr(diagrams, "substance", telling(diagrams.substance, lambda s: s.name))
    monkeypatch.setattr(fits, "fit_points", lambda *_: ())
    screen = telling(lambda given, *_, **__: list(inputs_of(given)), lambda g: g[0].payload)
    monkeypatch.setattr(screening, "screen", screen)
    # An analysis that is kept needs no understanding.
    monkeypatch.setenv("ISOTUNNEL_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)


def run(command, name):
    return isotunnel(*(word.format(name) for word in COMMANDS_BY_NAME[command]))


def test_every_command_is_here():
    assert {c.split()[0] for c in COMMANDS_BY_NAME} | NAMELESS >= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS_BY_NAME)
def test_spellings_of_one_name_give_one_answer(command):
    taken = 0
    for plain, *others in SAME:
        first = run(command, plain)
        assert first.status in (0, 2, 5), first
        for other in others:
            again = run(command, other)
            assert (again.status, again.out) == (first.status, first.out), other
            if first.status != 2:
                assert again.err == first.err
        taken += first.status != 2
    assert taken, "no name was taken"


@pytest.mark.parametrize("command", COMMANDS_BY_NAME)
def test_what_a_command_cannot_take_it_refuses_in_one_line(command):
    for name in (*DOUBTFUL, *UNKNOWN):
        outcome = run(command, name)
        if command == "crystals" and name in ("", *DOUBTFUL):
            continue  # a part of a name, which lists what contains it
        if command == "pairing --stored" and name == "TiN":
            continue  # the nitride, a crystal of JARVIS-DFT
        if command in ("screen", "compare") and name == "":
            continue  # this folder
        assert outcome.status == 2, (name, outcome)
        assert outcome.out == ""
        assert "\n" not in outcome.problem
        assert "None" not in outcome.problem
        if name in DOUBTFUL and "capital letters spell" not in outcome.problem:
            assert f"{name!r}; " in outcome.problem or command == "hydrides"


@pytest.mark.parametrize(
    ("command", "name", "words"),
    [
        (
            "diagram",
            "NaCl",
            ("unknown substance 'NaCl'", "Known to: analyze, compare, scan", "atlas"),
        ),
        (
            "metal",
            "lead",
            ("simple metal 'lead'", "there are Li, Na, K", "Known to: analyze", "critical"),
        ),
        ("fits", "H3S", ("Al", "Known to: analyze", "diagram", "hydrides")),
        (
            "analyze",
            "Cd",
            ("isotunnel crystals", "Known to: pairing --stored, diagram, fits, metal, critical"),
        ),
        ("analyze", "H3S@170.5GPa", ("110", "200", "isotunnel scan H3S --pressure 170.5")),
        ("fits", "Al@20GPa", ("zero pressure only: did you mean Al?", "Known to: diagram")),
        ("squeeze", "silicon", ("element 'silicon'; there are", "Known to: analyze")),
        ("meissner", "He", ("metal 'He'; there are Nb", "squeeze")),
        ("atlas", "graphite", ("no scan of graphite", "isotunnel scan graphite")),
    ],
)
def test_the_line_says_what_there_is_and_who_knows_the_name(command, name, words):
    outcome = run(command, name)
    assert outcome.status in (2, 5)
    for word in words:
        assert word in outcome.problem


@pytest.mark.parametrize(("command", "name"), [("metal", "Fe"), ("meissner", "Na")])
def test_a_name_that_others_know_gets_no_likeness(command, name):
    """ "Did you mean Be?" was said of iron: two letters always look alike."""
    problem = run(command, name).problem
    assert "did you mean" not in problem
    assert f"{name!r}; there are " in problem


def test_a_crystal_where_a_grid_file_is_wanted():
    problem = isotunnel("tunnels", "H3S").problem
    assert problem.startswith("H3S: no such file. Known to: analyze")


@pytest.mark.parametrize("command", ["analyze", "scan", "pairing"])
def test_a_pressure_gives_the_cell_relaxed_there(command):
    """H3S@150GPa is the atlas's cell; that of 200 GPa is the library's own."""
    own, relaxed = run(command, "H3S@200GPa"), run(command, "h3s@150gpa")
    assert own.problem == run(command, "H3S").problem
    assert "understood H3S@150GPa" in relaxed.problem
    volumes = [float(o.problem.split()[-1]) for o in (relaxed, own)]
    assert 1.03 < volumes[0] / volumes[1] < 1.15


def test_substances_hold_at_every_pressure():
    for command in ("diagram", "atlas", "hydrides", "cite"):
        at, plain = run(command, "H3S@150GPa"), run(command, "H3S")
        assert (at.status, at.out, at.err) == (plain.status, plain.out, plain.err)
