"""Many inputs of ``isotunnel analyze``: each on its own, then one table."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isotunnel.cli.output import Output, Product, csv_text, deliver, write_files
from isotunnel.errors import EngineError, InputError, IsotunnelError

if TYPE_CHECKING:
    from isotunnel.analysis import Analysis
    from isotunnel.cli.output import CsvTable

SCHEMA = "isotunnel.analyses/1"


@dataclass(frozen=True)
class Outcome:
    """What became of one input.

    Attributes:
        name: as it was given, or the file's path in a folder.
        document: the analysis for JSON; None where there is none.
        csv: its header and row.
        cells: for the terminal's table.
        problem: why there is no analysis, "" where there is one.
        exit_code: of that problem, 0 where there is none.
    """

    name: str
    document: dict[str, Any] | None = None
    csv: CsvTable = ((), ())
    cells: tuple[str, ...] = ()
    problem: str = ""
    exit_code: int = 0


def inputs_in(given: Sequence[str]) -> list[str]:
    """Every input: what was given, folders but those of a run replaced by the files in them.

    Raises:
        InputError: a folder holds no crystal and no grid file.
    """
    found = [each for text in given for each in _of_one(text)]
    return list(dict.fromkeys(found))


def _of_one(text: str) -> Iterator[str]:
    from isotunnel.analysis.inputs import is_folder
    from isotunnel.engines.finished import is_run

    if not text.strip():
        raise InputError("an input without a name; give a crystal, a file or a folder")
    if not is_folder(text) or is_run(text):
        yield text
        return
    inside = list(_in_folder(Path(text)))
    if not inside:
        raise InputError(
            f"{text}: no output of VASP or Quantum ESPRESSO in this folder, no crystal file and "
            "no grid file"
        )
    yield from inside


def _in_folder(folder: Path) -> Iterator[str]:
    """Runs, crystal files and grid files below a folder, in the order of their names."""
    from isotunnel.analysis.inputs import is_grid_file
    from isotunnel.engines.finished import is_run
    from isotunnel.screening.crystal_inputs import is_crystal_file

    for here, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        runs = [f for f in folders if is_run(Path(here, f))]
        yield from (str(Path(here, f)) for f in runs)
        folders[:] = [f for f in folders if f not in runs]
        for name in sorted(n for n in names if not n.startswith(".")):
            path = Path(here, name)
            if is_crystal_file(name) or is_grid_file(path):
                yield str(path)


def analyze_many(
    inputs: Sequence[str],
    run: Callable[[str], tuple[Analysis, Product]],
    output: Output,
) -> None:
    """Analyse inputs one after the other; a bad one does not stop the others.

    Reports and figures are written as each is done. What is done is kept in the cache, so that the
    same command goes on after an interruption.

    Raises:
        InputError, EngineError: some have no result, told after all are done.
    """
    _check(output)
    outcomes = []
    for number, name in enumerate(inputs, start=1):
        outcomes.append(_outcome(name, run, output))
        _tell(number, len(inputs), outcomes[-1])
    deliver(_of_all(output), _product(outcomes))
    failed = [o for o in outcomes if o.problem]
    if failed:
        error = InputError if all(o.exit_code == 2 for o in failed) else EngineError
        names = ", ".join(o.name for o in failed[:5]) + (", ..." if len(failed) > 5 else "")
        raise error(f"{len(failed)} of {len(outcomes)} inputs have no result: {names}")


def _check(output: Output) -> None:
    """Refuse one page for many inputs."""
    for target in output.targets:
        if not target.folder and target.forms[0] == "html":
            raise InputError(
                f"--output: {target.path} would hold one report, and there are several inputs; "
                f"name a folder ({target.path.with_suffix('')}{os.sep})"
            )


def _of_all(output: Output) -> Output:
    """Where the summary of all goes: stdout, and single files that were named."""
    from dataclasses import replace

    return replace(
        output,
        targets=tuple(t for t in output.targets if not t.folder),
        figures=None,
        no_files=True,
    )


def _outcome(
    name: str,
    run: Callable[[str], tuple[Analysis, Product]],
    output: Output,
) -> Outcome:
    from dataclasses import replace

    from isotunnel.analysis.table import analysis_table

    try:
        result, product = run(name)
        own = replace(output, targets=tuple(t for t in output.targets if t.folder))
        # Where only a file for all was named, there are no reports.
        if own.targets or not output.targets:
            write_files(own, product)
    except IsotunnelError as error:
        return Outcome(name, problem=" ".join(str(error).split()), exit_code=error.exit_code)
    return Outcome(name, result.as_dict(), analysis_table((result,)), tuple(_cells(result)))


def _cells(result: Analysis) -> Iterator[str]:
    from isotunnel.cli.show import number

    main, crystal = result.structure, result.crystal
    yield "–" if crystal is None else str(crystal["formula"])
    yield main.engine
    yield number(main.pressure_gpa)
    yield number(main.band_gap_ev)
    yield number(result.phi, result.phi_error)
    gaps = {g.reading: g for g in result.gaps if g.answered}
    for reading in ("ks", "atomic"):
        gap = gaps.get(reading)
        yield "–" if gap is None else number(float(gap.gaps[2]), float(gap.errors[2]))
    first = next(iter(gaps.values()), None)
    yield "cannot say" if first is None else f"{first.state} ({first.reading})"


HEADERS = (
    "formula",
    "engine",
    "pressure (GPa)",
    "band gap (eV)",
    "φ",
    "Δ₃ ks (eV)",
    "Δ₃ atomic (eV)",
    "state (reading)",
)
"""Of :func:`_cells`."""
_WORDS = ("formula", "engine", "state (reading)")


def _product(outcomes: Sequence[Outcome]) -> Product:
    return Product(
        name="analyses",
        show=lambda: _show(outcomes),
        json=lambda: _document(outcomes),
        csv=lambda: csv_text(*_table(outcomes)),
    )


def _document(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    from isotunnel.schemas import Analyses, document

    about = [
        {
            "input": o.name,
            "status": "failed" if o.problem else "done",
            "problem": o.problem,
            "analysis": None,
        }
        for o in outcomes
    ]
    whole = document(Analyses, {"inputs": about})
    # These are documents already: results of many crystals would not fit into memory.
    for described, o in zip(whole["inputs"], outcomes, strict=True):
        described["analysis"] = o.document
    return whole


def _table(outcomes: Sequence[Outcome]) -> CsvTable:
    header = list(dict.fromkeys(name for o in outcomes for name in o.csv[0]))
    rows = []
    for o in outcomes:
        values = dict(zip(o.csv[0], o.csv[1][0], strict=True)) if o.csv[1] else {}
        rows.append([o.name, o.problem, *(values.get(name) for name in header)])
    return ["input", "problem", *header], rows


def _show(outcomes: Sequence[Outcome]) -> None:
    from rich.markup import escape
    from rich.table import Table

    from isotunnel.cli.show import console

    table = Table(
        title=f"{len(outcomes)} inputs",
        title_justify="left",
        caption="state: the tunnel theory's (a hypothesis), by the first reading that has one",
        caption_justify="left",
    )
    done = [o for o in outcomes if not o.problem]
    table.add_column("input")
    # What none of them has, as the pressure of superposed atoms, would fill columns with dashes.
    shown = [i for i in range(len(HEADERS)) if any(o.cells[i] != "–" for o in done)]
    for i in shown:
        table.add_column(HEADERS[i], justify="left" if HEADERS[i] in _WORDS else "right")
    for o in done:
        table.add_row(escape(o.name), *(escape(o.cells[i]) for i in shown))
    out = console()
    if table.rows:
        out.print(table)
    for o in outcomes:
        if o.problem:
            out.print(f"no result: {o.name}: {o.problem}", soft_wrap=True, markup=False)


def _tell(number: int, count: int, outcome: Outcome) -> None:
    from isotunnel.cli.show import console_for_problems

    words = f"no result: {outcome.problem}" if outcome.problem else "done"
    text = f"... {number} of {count}: {outcome.name}: {words}"
    console_for_problems().print(text, soft_wrap=True, markup=False)
