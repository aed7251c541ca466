"""``isotunnel compare``: two crystals, or one at two pressures, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from isotunnel.cli.engine_options import DEFAULT_ENGINE, ENGINE, EngineChosen
from isotunnel.cli.options import (
    AcceptFormulaMismatchOption,
    CellChoiceOption,
    CellOption,
    ConnectivityChoice,
    ConnectivityOption,
    DeltaCOption,
    KindChoice,
    RefineOption,
    conducting_limits,
)
from isotunnel.cli.output import NOTHING, Forms, Output, Product, csv_text, deliver, file_stem
from isotunnel.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from isotunnel.analysis import Analysis
    from isotunnel.analysis.comparison import Comparison, Entry
    from isotunnel.cli.output import CsvTable

EXAMPLES = """
Examples:

    isotunnel compare H3S@150GPa H3S@200GPa

    isotunnel compare NaCl MgO --engine procrystal

    isotunnel compare NaCl --pressure 0,30 --engine procrystal

    isotunnel compare before/ELFCAR after/ELFCAR --level 0.6 -o elf.html
"""

_LONGEST = 40
"""Letters of a cell on the terminal."""


def compare(
    first: Annotated[
        str, typer.Argument(help="A name, a crystal or grid file, or a run's output folder.")
    ],
    second: Annotated[
        str | None, typer.Argument(help="The other; not needed with two pressures.")
    ] = None,
    pressure: Annotated[
        str | None,
        typer.Option(metavar="P1,P2", help="GPa: of the first and of the second, both relaxed."),
    ] = None,
    level: Annotated[
        float | None,
        typer.Option(help="Cut the fields here; default: the first one's highest threshold."),
    ] = None,
    field: Annotated[
        KindChoice | None,
        typer.Option(help="Which field to cut; default: ELF, else density, else a potential."),
    ] = None,
    engine: Annotated[EngineChosen, ENGINE] = DEFAULT_ENGINE,
    cell: CellOption = CellChoiceOption.AS_GIVEN,
    accept_formula_mismatch: AcceptFormulaMismatchOption = False,
    connectivity: ConnectivityOption = ConnectivityChoice.ALL,
    refine: RefineOption = True,
    delta_c: DeltaCOption = None,
    output: Annotated[Output, Forms(("html",), figures=True)] = NOTHING,
) -> None:
    """Put two crystals side by side: thresholds, gaps, states, Tc, and one field at one level.

    Either may be a grid file or the folder of a finished run. With --pressure the cells are those
    of the atlas where it has the crystal at just that pressure, else GPAW relaxes them.
    """
    from isotunnel.analysis.comparison import compare_analyses
    from isotunnel.cli.first_run import prepare_kernels

    wanted = _wanted(first, second, pressure)
    options: dict[str, Any] = {
        "engine": engine.name,
        "engine_settings": engine.settings,
        "cell": cell.value,
        "accept_formula_mismatch": accept_formula_mismatch,
        "connectivity": connectivity.number,
        "refine": refine,
        "delta_c": conducting_limits(delta_c),
    }
    subjects = _understood(wanted, options)
    prepare_kernels()
    analyses = [
        _analysis(subject, at, options) for subject, (_, at) in zip(subjects, wanted, strict=True)
    ]
    found = compare_analyses(analyses, kind=field and field.value, level=level)
    deliver(output, _product(found))


def _wanted(first: str, second: str | None, pressure: str | None) -> list[tuple[str, float | None]]:
    """The two inputs, each with the pressure asked for."""
    from isotunnel.scan.ranges import parse_values

    names = [first, second or first]
    if pressure is None:
        if second is None:
            raise InputError(
                "a comparison needs two: give a second crystal, or --pressure P1,P2 for one crystal"
            )
        return [(name, None) for name in names]
    values = list(parse_values(pressure, "--pressure"))
    if len(values) == 1 and second is not None:
        values *= 2
    if len(values) != 2:
        raise InputError(f"--pressure: two numbers like 0,30 are needed, got {pressure!r}")
    return list(zip(names, values, strict=True))


def _understood(wanted: list[tuple[str, float | None]], options: dict[str, Any]) -> list[Any]:
    """Every input read, before minutes go into the first: what is no crystal or grid is refused.

    One that is to be relaxed under a pressure stays the name that it is.
    """
    from isotunnel.analysis.inputs import is_folder, is_grid_file, understand

    found: list[Any] = []
    given = {k: options[k] for k in ("cell", "accept_formula_mismatch")}
    for name, at in wanted:
        if at is None:
            found.append(understand(name, **given))
        else:
            if not is_folder(name) and not is_grid_file(name):
                understand(name, **given)
            found.append(name)
    return found


def _analysis(subject: Any, pressure: float | None, options: dict[str, Any]) -> Analysis:
    from isotunnel.analysis import analyze
    from isotunnel.analysis.at_pressure import analyze_at
    from isotunnel.cli.progress import progress_bar

    with progress_bar() as tell:
        if pressure is None:
            return analyze(subject, progress=tell, **options)
        return analyze_at(subject, pressure, progress=tell, **options)


def _product(found: Comparison) -> Product:
    from isotunnel.report import write_comparison

    stem = file_stem("-".join(found.names))

    def figures(folder: Path) -> None:
        from isotunnel.report.figures.comparison import comparison_figure
        from isotunnel.report.figures.draw import draw_all

        draw_all([("level", lambda: comparison_figure(found))], folder / stem)

    return Product(
        name=f"{stem}-comparison",
        show=lambda: _show(found),
        json=found.as_dict,
        csv=lambda: csv_text(*_table(found)),
        files={"html": lambda path: write_comparison(found, path)},
        figures=figures,
    )


def _table(found: Comparison) -> CsvTable:
    """A row per quantity; a column of values, errors and words per crystal."""
    header = ["group", "quantity", "unit"]
    for name in found.names:
        header += [name, f"{name} error", f"{name} words"]
    rows = [
        [
            *(line.quantity.group, line.quantity.name, line.quantity.unit),
            *(x for e in line.entries for x in (e.value, e.error, e.words)),
            line.difference,
        ]
        for line in found.lines
    ]
    return [*header, "difference"], rows


def _show(found: Comparison) -> None:
    from isotunnel.cli.show import console, show_warnings

    out = console()
    for name, analysis in zip(found.names, found.analyses, strict=True):
        out.print(f"{name}  {analysis.title}, engine {analysis.structure.engine}", markup=False)
    for group in found.groups:
        _show_group(out, found, group)
    _show_level(out, found)
    if any(len(e.words) > _LONGEST for line in found.lines for e in line.entries):
        out.print("--json says why where there is no answer")
    show_warnings(found.remarks)
    for name, analysis in zip(found.names, found.analyses, strict=True):
        show_warnings([f"{name}: {words}" for words in analysis.warnings])


def _show_group(out: Console, found: Comparison, group: str) -> None:
    from rich.markup import escape
    from rich.table import Table

    from isotunnel.cli.show import number

    table = Table(title=group, title_justify="left")
    table.add_column("quantity (unit)")
    lines = found.groups[group]
    words = all(e.value is None for line in lines for e in line.entries)
    differ = any(line.difference is not None for line in lines)
    for name in found.names:
        table.add_column(escape(name), justify="left" if words else "right")
    if differ:
        table.add_column("difference", justify="right")
    for line in lines:
        unit = line.quantity.unit
        title = line.quantity.name + (f" ({unit})" if unit not in ("", "1") else "")
        cells = [escape(_cell(e)) for e in line.entries]
        table.add_row(escape(title), *cells, *([number(line.difference)] if differ else []))
    out.print(table)


def _cell(entry: Entry) -> str:
    from isotunnel.cli.show import number

    if entry.value is not None:
        return number(entry.value, entry.error)
    # A whole sentence, the reason, stands in the documents.
    return "cannot say" if len(entry.words) > _LONGEST else entry.words or "–"


def _show_level(out: Console, found: Comparison) -> None:
    from isotunnel.cli.show import number
    from isotunnel.report.figures.comparison import SPANS

    shared = found.shared
    if shared is None:
        return
    unit = "" if shared.unit == "1" else f" {shared.unit}"
    states = "; ".join(
        f"{name} {SPANS[rank]}" for name, rank in zip(found.names, shared.ranks, strict=True)
    )
    zero = "" if shared.of_one_zero else " (each on its own zero of energy)"
    words = f"{shared.kind} at {number(shared.level)}{unit}, {shared.meaning}{zero}: {states}"
    out.print(words, markup=False)
