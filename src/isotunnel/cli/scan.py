"""``isotunnel scan``: one crystal at many pressures or volumes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from isotunnel.cli.engine_options import DEFAULT_ENGINE, ENGINE, EngineChosen
from isotunnel.cli.options import (
    AcceptFormulaMismatchOption,
    CellChoiceOption,
    CellOption,
    ConnectivityChoice,
    ConnectivityOption,
    DeltaCOption,
    RefineOption,
    conducting_limits,
)
from isotunnel.cli.output import NOTHING, Forms, Output, Product, deliver, file_stem
from isotunnel.errors import EngineError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from isotunnel.scan import Scan

EXAMPLES = """
Examples:

    isotunnel scan H3S --pressure 110:200:10

    isotunnel scan Na --pressure 0,50,100 --json > na.json

    isotunnel scan Nb --pressure 0:40:20 --pairing

    isotunnel scan NaCl --engine procrystal --volume-ratio 1.0:0.4:-0.1

    isotunnel scan POSCAR --pressure 0:80:10 --workers 4 -o mine.parquet -o mine.html
"""


def scan(
    crystal: Annotated[
        str,
        typer.Argument(help="A name (`isotunnel crystals`) or a crystal file (CIF, POSCAR, ...)."),
    ],
    pressure: Annotated[
        str | None,
        typer.Option(metavar="RANGE", help="GPa: start:stop:step or a,b,c. Cells are relaxed."),
    ] = None,
    volume_ratio: Annotated[
        str | None,
        typer.Option(metavar="RANGE", help="Volumes over the given one's, the same way written."),
    ] = None,
    engine: Annotated[EngineChosen, ENGINE] = DEFAULT_ENGINE,
    cell: CellOption = CellChoiceOption.PRIMITIVE,
    accept_formula_mismatch: AcceptFormulaMismatchOption = False,
    connectivity: ConnectivityOption = ConnectivityChoice.ALL,
    refine: RefineOption = True,
    delta_c: DeltaCOption = None,
    pairing: Annotated[
        bool, typer.Option("--pairing", help="Also coupling and Tc by rigid muffin tins (GPAW).")
    ] = False,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes; default: one per core.")
    ] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Try points again that failed.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Compute all points again.")] = False,
    output: Annotated[
        Output, Forms(("html", "parquet"), default=("csv", "html"), figures=True)
    ] = NOTHING,
) -> None:
    """Compute what `analyze` computes at many pressures or volumes of one crystal.

    Cell and positions are relaxed under each pressure with the symmetry kept. Points run in
    parallel and are kept as they are done: the same command goes on after an interruption. Writes
    a CSV table, figures and an HTML page.
    """
    from isotunnel.cli.progress import progress_bar, whole_points
    from isotunnel.scan import scan as run
    from isotunnel.scan.ranges import parse_values
    from isotunnel.scan.tables import require_pyarrow

    if (pressure is None) == (volume_ratio is None):
        raise InputError("give either --pressure or --volume-ratio, one of the two")
    pressures = None if pressure is None else parse_values(pressure, "--pressure")
    ratios = None if volume_ratio is None else parse_values(volume_ratio, "--volume-ratio")
    limits = conducting_limits(delta_c)
    if any(path.suffix.lower() == ".parquet" for path in output.single_files):
        require_pyarrow()
    with progress_bar(whole_points, words_last=True) as tell:
        result = run(
            crystal,
            pressures=pressures,
            volume_ratios=ratios,
            engine=engine.name,
            engine_settings=engine.settings,
            cell=cell.value,
            accept_formula_mismatch=accept_formula_mismatch,
            connectivity=connectivity.number,
            refine=refine,
            delta_c=limits,
            pairing=pairing,
            workers=workers,
            retry=retry,
            fresh=fresh,
            progress=tell,
        )
    _tell_failures(result)
    deliver(output, _product(result, crystal))
    if not result.done:
        raise EngineError(f"no point of {result.name} has a result")


def _product(result: Scan, crystal: str) -> Product:
    """The scan in every form."""
    from isotunnel.errors import MissingExtraError
    from isotunnel.report.write import draw_scan, write_scan_page
    from isotunnel.scan import write_parquet
    from isotunnel.scan.beside import document_with_measured
    from isotunnel.scan.tables import csv_text, require_pyarrow

    files: dict[str, Callable[[Path], object]] = {
        "html": lambda path: write_scan_page(result, path)
    }
    try:
        require_pyarrow()
        files["parquet"] = lambda path: write_parquet(result, path)
    except MissingExtraError:
        pass  # a folder then holds the other forms
    stem = f"{file_stem(result.name)}-scan"
    return Product(
        name=stem,
        show=lambda: _show(result),
        json=lambda: document_with_measured(result),
        csv=lambda: csv_text(result),
        files=files,
        figures=lambda folder: draw_scan(result, folder / stem),
        source=crystal,
    )


def _show(result: Scan) -> None:
    from isotunnel.cli.scan_summary import show_scan, show_without_coupling
    from isotunnel.cli.show import console, show_warnings

    show_scan(console(), result)
    show_without_coupling(console(), result)
    show_warnings(result.warnings)


def _tell_failures(result: Scan) -> None:
    from rich.markup import escape

    from isotunnel.cli.show import console_for_problems

    unit = " GPa" if result.over == "pressure_gpa" else " of the volume"
    for point in result.points:
        if point.status == "failed":
            console_for_problems().print(
                f"[red]no result[/red] at {point.asked:g}{unit}: {escape(point.reason)}",
                soft_wrap=True,
            )
