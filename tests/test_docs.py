"""The documentation is complete and fresh, and its examples do what they say."""

from __future__ import annotations

import doctest
import importlib
import os
import re
import runpy
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import isotunnel
from doc_blocks import BLOCKS, DOCS, PAGES, ROOT, RUN_REMARK, Block, agree, chosen, tokens
from isotunnel.cli import main as cli
from isotunnel.errors import IsotunnelError
from isotunnel.levels import readings
from isotunnel.levels.registry import unregister_reading

EXAMPLES = sorted((ROOT / "examples").glob("*.py"))


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that looks like the repository's root, with nothing of the user's in reach."""
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ISOTUNNEL_CACHE", str(tmp_path / "cache"))
    # Workers of pytest-xdist have a narrow terminal, and pages are of a wide one.
    monkeypatch.delenv("COLUMNS", raising=False)
    known = {reading.name for reading in readings()}
    yield tmp_path
    for reading in readings():
        if reading.name not in known:
            unregister_reading(reading.name)


# Completeness


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


def test_contributors_are_named_every_layer_in_order() -> None:
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


IN_CONTRIBUTING = re.compile(r"`([\w.-]+/[\w./-]*|[\w-]+\.(?:py|toml))`")


def test_the_files_that_contributors_are_sent_to_exist() -> None:
    """Paths from the root, from the package, or a name alone that occurs in the package."""
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    package = ROOT / "src/isotunnel"
    named = {name.rstrip("/") for name in IN_CONTRIBUTING.findall(page)}
    named -= {"NAME.toml", "mine.toml"}
    assert len(named) > 25
    missing = [
        name
        for name in named
        if not ((ROOT / name).exists() or (package / name).exists())
        and ("/" in name or not any(package.rglob(name)))
    ]
    assert missing == []


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


def _places() -> list[list[str]]:
    """Rows of CONTRIBUTING's table of where to add what."""
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = page.partition("## Where to add what")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| a")]
    assert len(rows) >= 15
    return rows


@pytest.mark.parametrize("row", _places(), ids=lambda row: row[0])
def test_what_contributors_are_sent_to_exists(row: list[str]) -> None:
    package = ROOT / "src" / "isotunnel"
    room = re.fullmatch(r"(\w+) \(\*later\*\)", row[1])
    if room:
        layers = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
        assert f"(isotunnel.{room[1]})" in layers, "the import contract knows its place"
        return
    named = re.findall(r"`([\w./]+)`", " ".join(row[1:]))
    assert named
    for name in named:
        assert (package / name).exists() or (ROOT / name).exists(), name


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
        fences = "\n".join(b.text for b in BLOCKS if b.page == page)
        for words in _commands(spans + "\n" + fences):
            if words[0].startswith("-"):
                assert words[0] in ("--help", "-h", "--version", "--config"), f"{page}: {words}"
                continue
            assert words[0] in known, f"{page.name}: {words}"
            options = {w.split("=")[0] for w in words[1:] if w.startswith("--")}
            assert options <= known[words[0]] | {"--help"}, f"{page.name}: {words}"
            checked += 1
    assert checked > 30


def _to_run(*, slow: bool) -> list[Block]:
    found = [(b, RUN_REMARK.search(b.remark)) for b in BLOCKS if b.language == "bash"]
    return [b for b, remark in found if remark and bool(remark["slow"]) == slow]


def _run_all(block: Block, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
    """Run the commands of a block in its order; each prints or writes something."""
    for package in ("pyarrow", "duckdb", "distributed"):
        pytest.importorskip(package)
    lines = [line for line in block.text.splitlines() if line.strip()]
    for line in lines:
        words = shlex.split(line, comments=True)
        assert words[0] == "isotunnel", f"{block}: only our commands are run: {line}"
        if ">" in words:
            words = words[: words.index(">")]
        before = set(Path.cwd().iterdir())
        shown = _run(shlex.join(words), capsys, patch)
        assert shown.strip() or set(Path.cwd().iterdir()) > before, f"{block}: {line}"
    assert lines


@pytest.mark.usefixtures("workplace")
@pytest.mark.parametrize("block", _to_run(slow=False), ids=str)
def test_commands_in_the_text_run(
    block: Block, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _run_all(block, capsys, monkeypatch)


@pytest.mark.slow
@pytest.mark.usefixtures("workplace")
@pytest.mark.parametrize("block", _to_run(slow=True), ids=str)
def test_longer_commands_in_the_text_run(
    block: Block, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _run_all(block, capsys, monkeypatch)


def test_the_pages_of_many_crystals_are_run() -> None:
    pages = {b.page.name for slow in (False, True) for b in _to_run(slow=slow)}
    assert {"two-hundred-crystals.md", "many-crystals.md", "design.md"} <= pages


PYTHON_PAGES = sorted({b.page for b in chosen("python", "pycon")})


@pytest.mark.usefixtures("workplace")
@pytest.mark.parametrize("page", PYTHON_PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_python_in_the_text_runs(page: Path) -> None:
    names: dict[str, Any] = {"__name__": "__docs__"}
    for block in [b for b in chosen("python", "pycon") if b.page == page]:
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
@pytest.mark.parametrize("block", chosen("console"), ids=str)
def test_console_output_in_the_text_is_real(
    block: Block,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _compare_console(block, capsys, monkeypatch)


@pytest.mark.slow
@pytest.mark.dft
@pytest.mark.parametrize("block", chosen("console", gpaw=True), ids=str)
def test_console_output_with_gpaw_is_real(
    block: Block, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("gpaw")
    _compare_console(block, capsys, monkeypatch)


@pytest.mark.slow
@pytest.mark.dft
@pytest.mark.parametrize("block", chosen("python", gpaw=True), ids=str)
def test_python_with_gpaw_runs(block: Block, tmp_path: Path) -> None:
    pytest.importorskip("gpaw")
    script = tmp_path / "block.py"
    script.write_text(block.text, encoding="utf-8")
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    subprocess.run([sys.executable, script], cwd=tmp_path, env=environment, check=True)


def _compare_console(
    block: Block, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch
) -> None:
    assert block.text.startswith("$ isotunnel "), block
    for command in re.split(r"^\$ (?=isotunnel )", block.text, flags=re.MULTILINE)[1:]:
        _compare_output(block, command, capsys, patch)


def _compare_output(
    block: Block, text: str, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch
) -> None:
    first, *expected = text.splitlines()
    assert [line for line in expected if line.strip() not in ("", "...")], f"{block}: no output"
    shown = _run(first, capsys, patch).splitlines()
    at, gap = 0, False
    for line in expected:
        if line.strip() == "...":
            gap = True
            continue
        wanted = tokens(line)
        if not wanted:
            continue
        while at < len(shown) and not agree(wanted, tokens(shown[at])):
            assert gap or not tokens(shown[at]), f"{block}: {line!r} is now {shown[at]!r}"
            at += 1
        assert at < len(shown), f"{block}: not in the output: {line!r}\n" + "\n".join(shown)
        at, gap = at + 1, False


def test_the_comparison_of_output_can_fail() -> None:
    assert agree(tokens("│ 3D │ 0.683 ± 0.003 │"), tokens("3D 0.684 ± 0.004"))
    assert not agree(tokens("3D 0.683"), tokens("3D 0.702"))
    assert not agree(tokens("3D network"), tokens("3D sheet"))


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
