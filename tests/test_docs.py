"""The documentation is complete and fresh, and its examples do what they say."""

from __future__ import annotations

import doctest
import importlib
import importlib.util
import json
import os
import re
import runpy
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import isotunnel
from isotunnel.cli import main as cli
from isotunnel.errors import IsotunnelError
from isotunnel.levels import readings
from isotunnel.levels.registry import unregister_reading

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))
GPAW_REMARK = "docs-test: gpaw"

RELATIVE, ABSOLUTE = 5e-3, 2e-3
"""How much a printed number may differ on another machine."""


@dataclass(frozen=True)
class Block:
    """A fenced block of code: where it stands, its language, its text, the remark before it."""

    page: Path
    line: int
    language: str
    text: str
    gpaw: bool

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def _blocks(page: Path) -> Iterator[Block]:
    lines = page.read_text(encoding="utf-8").splitlines()
    at = 0
    while at < len(lines):
        fence = re.match(r"( *)```(\w+)", lines[at])
        if fence is None:
            at += 1
            continue
        start = at + 1
        while lines[(at := at + 1)].strip() != "```":
            pass
        indent = len(fence[1])
        text = "\n".join(line[indent:] for line in lines[start:at]) + "\n"
        yield Block(page, start, fence[2], text, GPAW_REMARK in lines[start - 2])
        at += 1


BLOCKS = [block for page in PAGES for block in _blocks(page)]


def _chosen(*languages: str, gpaw: bool = False) -> list[Block]:
    return [b for b in BLOCKS if b.language in languages and b.gpaw == gpaw]


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that looks like the repository's root, with nothing of the user's in reach."""
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ISOTUNNEL_CACHE", str(tmp_path / "cache"))
    known = {reading.name for reading in readings()}
    yield tmp_path
    for reading in readings():
        if reading.name not in known:
            unregister_reading(reading.name)


# Generated pages and completeness


@pytest.mark.parametrize(
    "name",
    [
        "make_cli_reference",
        "make_crystals_page",
        "make_data_page",
        "make_substances_page",
        "make_claims_page",
        "make_spacing_page",
        "make_trends_page",
        "make_benchmark_page",
    ],
)
def test_generated_pages_are_fresh(name: str) -> None:
    module = _script(name)
    assert module.PAGE.read_text(encoding="utf-8") == module.render(), (
        f"{module.PAGE.relative_to(ROOT)} is stale: run python scripts/{name}.py"
    )


def test_every_option_of_the_command_line_is_documented() -> None:
    page = (DOCS / "reference" / "cli.md").read_text(encoding="utf-8")
    options = {word for words in _options().values() for word in words}
    assert len(options) > 15
    assert [word for word in sorted(options) if f"`{word}`" not in page] == []


def _options() -> dict[str, set[str]]:
    import typer

    commands = typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]
    return {
        name: {
            word
            for parameter in command.params
            for word in (*parameter.opts, *parameter.secondary_opts)
            if word.startswith("--")
        }
        for name, command in commands.items()
    }


def _documented_objects() -> dict[str, Any]:
    page = (DOCS / "reference" / "python.md").read_text(encoding="utf-8")
    found = {}
    for path in re.findall(r"^::: (\S+)$", page, re.MULTILINE):
        module, _, name = path.rpartition(".")
        found[path] = getattr(importlib.import_module(module), name)
    return found


def test_every_public_name_is_documented() -> None:
    documented = list(_documented_objects().values())
    missing = [
        name
        for name in isotunnel.__all__
        if not any(getattr(isotunnel, name) is thing for thing in documented)
    ]
    assert missing == []


def test_every_error_and_its_exit_code_is_documented() -> None:
    page = (DOCS / "reference" / "errors.md").read_text(encoding="utf-8")
    kinds = [IsotunnelError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    ours = [k for k in kinds if k.__module__ == "isotunnel.errors"]
    assert len(ours) > 5
    for kind in ours:
        assert re.search(rf"^\| {kind.exit_code} \| `{kind.__name__}`", page, re.MULTILINE), kind


def test_the_table_of_readings_is_right() -> None:
    page = (DOCS / "explanation" / "readings.md").read_text(encoding="utf-8")
    rows = {
        cells[0].strip("`"): cells
        for line in page.splitlines()
        if len(cells := [c.strip() for c in line.strip("| ").split("|")]) == 5
    }
    assert len(readings()) == 6
    for reading in readings():
        assert rows[reading.name][3] == reading.unit
        assert float(rows[reading.name][4]) == pytest.approx(reading.delta_c)


def test_every_tc_formula_is_documented() -> None:
    from isotunnel.theories import FORMULAS

    page = (DOCS / "explanation" / "hydrides.md").read_text(encoding="utf-8")
    for formula in FORMULAS:
        row = next(line for line in page.splitlines() if line.startswith(f"| {formula.id} |"))
        assert formula.status in row
        for number in re.findall(r"\d+\.\d+", formula.text):
            assert number in row, f"{formula.id}: {number}"


def test_every_format_is_documented() -> None:
    from isotunnel.fields.readers.detect import FORMATS

    page = (DOCS / "reference" / "formats.md").read_text(encoding="utf-8").lower()
    headings = "\n".join(line for line in page.splitlines() if line.startswith("## "))
    assert [name for name in FORMATS if name not in headings] == []


def test_contributors_are_told_every_layer_in_order() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    wanted = [" | ".join(re.findall(r"isotunnel\.(\w+)", layer)) for layer in layers]
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    places = [re.search(rf"^{re.escape(name)}(  |$)", page, re.M) for name in wanted]
    assert len(wanted) > 5
    assert None not in places, dict(zip(wanted, places, strict=True))
    starts = [place.start() for place in places if place]
    assert starts == sorted(starts)


# JSON


def _run(command: str, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> str:
    """Standard output of a command line that must succeed."""
    patch.setattr(sys, "argv", shlex.split(command))
    capsys.readouterr()
    status = None
    try:
        cli.run()
    except SystemExit as end:
        status = end.code
    shown = capsys.readouterr()
    assert not status, shown.err
    return shown.out


def _documented_keys() -> dict[str, set[str]]:
    page = (DOCS / "reference" / "json.md").read_text(encoding="utf-8")
    parts = re.split(r"<!-- keys: (.+?) -->", page)[1:]
    return {
        name: set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE))
        for name, text in zip(parts[::2], parts[1::2], strict=True)
    }


def _first(objects: Any) -> dict[str, Any]:
    found = [x for x in (objects.values() if isinstance(objects, dict) else objects) if x]
    assert found, "nothing to compare with"
    first: dict[str, Any] = found[0]
    return first


def _fits_objects(fits: dict[str, Any]) -> dict[str, dict[str, Any]]:
    metal = _first(fits["metals"])
    fit = _first([f for f in metal["fits"] if f["held_out"] is not None])
    return {
        "fits": fits,
        "fits law": _first(fits["laws"]),
        "fits metal": metal,
        "fits point": _first(metal["points"]),
        "fits dropped": _first(metal["dropped"]),
        "fits fit": fit,
        "fits parameter": _first(fit["parameters"]),
        "fits score": fit["held_out"],
        "fits skipped": _first(fits["skipped"]),
        "fits standing": _first(fits["standings"]),
        "fits duel": _first(fits["duels"]),
    }


def _scorecard_objects(card: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found = _first(card["claims"])
    number = _first(found["numbers"])
    guesses = [n["guess"] for claim in card["claims"] for n in claim["numbers"] if n["guess"]]
    common = _first(found["common"])
    return {
        "scorecard": card,
        "scorecard guess": _first(guesses),
        "scorecard common": common,
        "scorecard common number": _first(common["numbers"]),
        "scorecard claim": found,
        "scorecard entry": found["claim"],
        "scorecard part": _first(found["claim"]["parts"]),
        "scorecard number": number,
        "scorecard used": _first(number["used"]),
        "scorecard dropped": _first(number["dropped"]),
        "scorecard picture": found["picture"],
        "scorecard mark": _first(found["picture"]["marks"]),
        "scorecard line": _first(found["picture"]["lines"]),
    }


@pytest.mark.usefixtures("workplace")
def test_documented_json_keys_are_the_real_ones(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def document(arguments: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(
            _run(f"isotunnel {arguments} --json", capsys, monkeypatch)
        )
        return found

    tunnels = document("tunnels tests/data/h3s_elf.cube.gz")
    analysis = document("analyze NaCl --engine procrystal --no-report")
    # Segments and estimates come from other crystals than the smallest one.
    segment = isotunnel.tunnels.Segment(0.5, ((0, "H", (0, 0, 0)),)).as_dict()
    estimate = isotunnel.estimate_tc(0.6, 0.6, 0.75, 0.5)[0].as_dict()
    answered = _first([r for r in analysis["readings"] if r["state"]])
    crystals, cite = document("crystals NaCl"), document("cite")
    bottleneck = _first(tunnels["bottlenecks"])
    group = _first(cite["groups"])
    scan = document("scan NaCl --engine procrystal --volume-ratio 1 --workers 1 --no-files")
    data, atlas = document("data landmarks"), document("atlas")
    real = {
        **_spacing_objects(document("spacing")),
        "atlas": atlas,
        "atlas scan": _first(atlas["scans"]),
        "data": data,
        "data table": _first(data["tables"]),
        "data column": _first(data["columns"]),
        "scan": scan,
        "scan column": _first(scan["columns"]),
        "scan point": _first(scan["points"]),
        "tunnels": tunnels,
        "direction": _first(tunnels["directions"]),
        "bottleneck": bottleneck,
        "neighbour": _first(bottleneck["between"]),
        "segment": segment,
        "segment atom": _first(segment["atoms"]),
        "analysis": analysis,
        "crystal": analysis["crystal"],
        "reading": answered,
        "state": answered["state"],
        "tc estimate": estimate,
        "reference": estimate["reference"],
        "crystals": crystals,
        "named crystal": _first(crystals["crystals"]),
        "site": _first(_first(crystals["crystals"])["sites"]),
        "cite": cite,
        "cite group": group,
    }
    real |= _diagram_objects(
        document("diagram Na --theory bloch_grueneisen+allen_dynes --no-files")
    )
    real |= _fits_objects(document("fits Os Pb"))
    real |= _scorecard_objects(document("scorecard --claim A4 --claim B11"))
    real |= _hydride_objects(document("hydrides --study"))
    documented = _documented_keys()
    assert documented.keys() == real.keys()
    for name, keys in documented.items():
        assert keys == set(real[name]), name
    assert set(_first(group["references"])) == documented["reference"]


def _diagram_objects(diagram: dict[str, Any]) -> dict[str, dict[str, Any]]:
    panel = _first(diagram["panels"])
    column = _first(panel["columns"])
    return {
        "diagram": diagram,
        "diagram axis": diagram["pressure_gpa"],
        "diagram panel": panel,
        "diagram reason": _first(panel["reasons"]),
        "diagram grid": panel["grid"],
        "diagram column": column,
        "diagram answer": column["tc_k"],
        "diagram boundary": _first(panel["boundaries"]),
        "diagram parameter": _first(panel["used"]),
        "diagram input": _first(panel["inputs"]),
        "diagram melting": _first(diagram["melting_unknown"]),
        "diagram line": _first(diagram["phase_lines"]),
        "diagram phases": diagram["phases"],
        "diagram point": _first(diagram["measured"]),
    }


def _hydride_objects(hydrides: dict[str, Any]) -> dict[str, dict[str, Any]]:
    study = hydrides["study"]
    return {
        "hydrides": hydrides,
        "hydrides column": _first(hydrides["columns"]),
        "hydrides study": study,
        "hydrides score": _first(study["formulas"]),
        "hydrides gain": _first(study["gains"]),
    }


def _spacing_objects(spacing: dict[str, Any]) -> dict[str, dict[str, Any]]:
    tests = {t["id"]: t for t in spacing["tests"]}
    first = {f"spacing {name}": _first(t["rows"]) for name, t in tests.items()}
    return {
        **first,
        "spacing": spacing,
        "spacing test": tests["T1"],
        "spacing statistic": _first(tests["T1"]["statistics"]),
        "spacing used": _first(tests["T1"]["used"]),
        "spacing dropped": _first(tests["T1"]["dropped"]),
        "spacing number": first["spacing T1"]["heating"],
        "spacing loss": _first(first["spacing T4"]["losses"]),
    }


# Links


@pytest.mark.parametrize(
    "page",
    [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"],
    ids=lambda page: page.name,
)
def test_links_outside_the_site_resolve(page: Path) -> None:
    # Those between pages of the site are checked by the strict build.
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    local = [t for t in targets if not t.startswith(("http:", "https:"))]
    assert [t for t in local if not (page.parent / t).exists()] == []


# Code


def _commands(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        line = line.strip().removeprefix("$ ")
        if line.startswith("isotunnel "):
            words = shlex.split(line, comments=True)
            ends = [n for n, word in enumerate(words) if word in (">", "|", "&&", "2>")]
            yield words[1 : min(ends, default=len(words))]


def test_commands_in_the_text_use_options_that_exist() -> None:
    known = _options()
    checked = 0
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        spans = "\n".join(" ".join(s.split()) for s in re.findall(r"`(isotunnel [^`]+)`", text))
        fences = "\n".join(b.text for b in _blocks(page))
        for words in _commands(spans + "\n" + fences):
            if words[0].startswith("-"):
                assert words[0] in ("--help", "-h", "--version"), f"{page}: {words}"
                continue
            assert words[0] in known, f"{page.name}: {words}"
            options = {w.split("=")[0] for w in words[1:] if w.startswith("--")}
            assert options <= known[words[0]] | {"--help"}, f"{page.name}: {words}"
            checked += 1
    assert checked > 30


PYTHON_PAGES = sorted({b.page for b in _chosen("python", "pycon")})


@pytest.mark.usefixtures("workplace")
@pytest.mark.parametrize("page", PYTHON_PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_python_in_the_text_runs(page: Path) -> None:
    names: dict[str, Any] = {"__name__": "__docs__"}
    for block in [b for b in _chosen("python", "pycon") if b.page == page]:
        if block.language == "python":
            exec(compile(block.text, str(block), "exec"), names)
            continue
        test = doctest.DocTestParser().get_doctest(
            block.text, names, str(block), str(page), block.line
        )
        runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
        told: list[str] = []
        runner.run(test, out=told.append, clear_globs=False)
        names.update(test.globs)
        assert test.examples
        assert not runner.failures, "".join(told)


@pytest.mark.usefixtures("workplace")
@pytest.mark.parametrize("block", _chosen("console"), ids=str)
def test_console_output_in_the_text_is_real(
    block: Block,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _compare_console(block, capsys, monkeypatch)


@pytest.mark.slow
@pytest.mark.dft
@pytest.mark.parametrize("block", _chosen("console", gpaw=True), ids=str)
def test_console_output_with_gpaw_is_real(
    block: Block, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("gpaw")
    _compare_console(block, capsys, monkeypatch)


@pytest.mark.slow
@pytest.mark.dft
@pytest.mark.parametrize("block", _chosen("python", gpaw=True), ids=str)
def test_python_with_gpaw_runs(block: Block, tmp_path: Path) -> None:
    pytest.importorskip("gpaw")
    script = tmp_path / "block.py"
    script.write_text(block.text, encoding="utf-8")
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    subprocess.run([sys.executable, script], cwd=tmp_path, env=environment, check=True)


def _compare_console(
    block: Block, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch
) -> None:
    first, *expected = block.text.splitlines()
    assert first.startswith("$ isotunnel "), block
    assert [line for line in expected if line.strip() not in ("", "...")], f"{block}: no output"
    shown = _run(first.removeprefix("$ "), capsys, patch).splitlines()
    at, gap = 0, False
    for line in expected:
        if line.strip() == "...":
            gap = True
            continue
        wanted = _tokens(line)
        if not wanted:
            continue
        while at < len(shown) and not _agree(wanted, _tokens(shown[at])):
            assert gap or not _tokens(shown[at]), f"{block}: {line!r} is now {shown[at]!r}"
            at += 1
        assert at < len(shown), f"{block}: not in the output: {line!r}\n" + "\n".join(shown)
        at, gap = at + 1, False


def _tokens(line: str) -> list[str]:
    """Words of a line, without rules and frames; places and atoms that symmetry may exchange go."""
    line = re.sub(r"[\u2500-\u257f]", " ", line)
    line = re.sub(r"\b[01]\.\d{3} [01]\.\d{3} [01]\.\d{3}\b", "PLACE", line)
    return re.sub(r"between \S+", "between ATOMS", line).split()


def _agree(wanted: list[str], shown: list[str]) -> bool:
    return len(wanted) == len(shown) and all(map(_same, wanted, shown))


def _same(wanted: str, shown: str) -> bool:
    if wanted == shown:
        return True
    numbers = [re.fullmatch(r"(-?\d+\.?\d*)(\(\d+\))?,?", word) for word in (wanted, shown)]
    if None in numbers:
        return False
    a, b = (float(number[1]) for number in numbers if number)
    return abs(a - b) <= ABSOLUTE + RELATIVE * abs(a)


def test_the_comparison_of_output_can_fail() -> None:
    assert _agree(_tokens("│ 3D │ 0.683(3) │"), _tokens("3D 0.684(4)"))
    assert not _agree(_tokens("3D 0.683"), _tokens("3D 0.702"))
    assert not _agree(_tokens("3D network"), _tokens("3D sheet"))


@pytest.mark.usefixtures("workplace")
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.name)
def test_examples_run(
    example: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if "GPAW" in example.read_text(encoding="utf-8"):
        pytest.skip("needs GPAW: among the slow tests")
    monkeypatch.setattr(sys, "argv", [str(example)])
    runpy.run_path(str(example), run_name="__main__")
    assert capsys.readouterr().out.strip()


@pytest.mark.slow
@pytest.mark.dft
def test_the_hydride_example_runs() -> None:
    pytest.importorskip("gpaw")
    shown = subprocess.run(
        [sys.executable, ROOT / "examples" / "hydride.py"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert "phi = 0.6" in shown


def test_every_example_is_listed() -> None:
    listed = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    assert EXAMPLES
    assert [e.name for e in EXAMPLES if f"`{e.name}`" not in listed] == []
