"""``isotunnel screen``: the descriptors of many crystals into one dataset."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from isotunnel.cli.engine_options import DEFAULT_ENGINE, EngineChosen, EngineGroup
from isotunnel.cli.options import (
    ConnectivityChoice,
    ConnectivityOption,
    RefineOption,
)
from isotunnel.cli.output import Output, Product, csv_text, deliver
from isotunnel.errors import InputError

if TYPE_CHECKING:
    from isotunnel.screening import Outcome

EXAMPLES = """
Examples:

    isotunnel screen --sample -o sample-tunnels

    isotunnel screen cifs/ more.tar.xz -o tunnels

    isotunnel screen --rerun timeout --timeout 3600 -o tunnels

    isotunnel screen cifs/ --engine gpaw --spin on --kpoints 0.25 -o magnets

    isotunnel screen cifs/ --engine gpaw --pairing --timeout 3600 -o couplings

    isotunnel screen cifs.tar.xz --scheduler tcp://10.0.0.1:8786 -o tunnels
"""


GRID = 0.2
"""Angstrom: of the procrystal, coarser than of one crystal alone."""


class ScreenEngine(StrEnum):
    """What computes the fields."""

    PROCRYSTAL = "procrystal"
    GPAW = "gpaw"


def screen(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            help="CIF, POSCAR or XSF files, folders, tar or zip archives, extended XYZ, ASE "
            "databases, Parquet with structures, OPTIMADE addresses, names of crystals."
        ),
    ] = None,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            help="Folder of the dataset, which an earlier run may have begun.",
        ),
    ] = "screen",
    sample: Annotated[
        bool, typer.Option("--sample", help="Also the 200 small CIFs that come with Isotunnel.")
    ] = False,
    engine: Annotated[
        ScreenEngine, typer.Option(help="Superposed free atoms, or DFT.")
    ] = ScreenEngine.PROCRYSTAL,
    settings: Annotated[EngineChosen, EngineGroup(None, GRID)] = DEFAULT_ENGINE,
    pairing: Annotated[
        bool,
        typer.Option(
            "--pairing", help="Coupling and Tc of each crystal, too (GPAW; minutes a crystal)."
        ),
    ] = False,
    connectivity: ConnectivityOption = ConnectivityChoice.ALL,
    refine: RefineOption = True,
    scheduler: Annotated[
        str | None, typer.Option(help="Address of a Dask scheduler; default: workers here.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes here; default: one per core.")
    ] = None,
    memory_per_worker: Annotated[
        str, typer.Option(help="Limit such as 4GiB; auto: an equal share.")
    ] = "auto",
    timeout: Annotated[
        float, typer.Option(help="Seconds after which a crystal fails, with its worker.")
    ] = 600.0,
    rerun: Annotated[
        list[str] | None,
        typer.Option(metavar="REASON", help="Compute again what failed for this reason."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="All rows as CSV on stdout.")] = False,
) -> None:
    """Compute thresholds, gaps, ranks and more of many crystals, beside each other.

    Every input gets a row in a Parquet dataset; a failure is a row with its reason. Rows are kept
    as they are done: the same command goes on after an interruption. `isotunnel query` asks.
    """
    from isotunnel.cli.output.places import check_folder
    from isotunnel.cli.progress import progress_bar
    from isotunnel.errors import FileFormatError
    from isotunnel.screening import Settings, sample_path
    from isotunnel.screening import screen as run

    if csv and json:
        raise InputError("give either --csv or --json, one of the two, for stdout")
    out = check_folder(output, "--output")
    given: list[str | Path] = [*(inputs or ()), *([sample_path()] if sample else ())]
    chosen = settings.settings
    if engine is ScreenEngine.PROCRYSTAL:
        spacing = chosen.procrystal().get("spacing_angstrom", GRID)
        wanted = Settings("procrystal", spacing, connectivity.number, refine, pairing=pairing)
    else:
        wanted = Settings("gpaw", GRID, connectivity.number, refine, chosen, pairing)
    with progress_bar(lambda m: m if "failed" in m or "per" not in m else "", words_last=True) as t:
        outcome = run(
            given,
            out,
            settings=wanted,
            scheduler=scheduler,
            workers=workers,
            memory_per_worker=memory_per_worker,
            timeout_s=timeout,
            rerun=rerun or (),
            progress=t,
        )
    product = Product(
        name="screen",
        show=lambda: _show(outcome),
        json=lambda: _document(outcome),
        csv=lambda: _rows(outcome),
    )
    deliver(Output(json=json, csv=csv), product)
    if outcome.damaged:
        raise FileFormatError(f"{outcome.damaged}; what could be read has its rows")


def _document(outcome: Outcome) -> dict[str, object]:
    from isotunnel.schemas import Screen, document

    return document(Screen, outcome)


def _rows(outcome: Outcome) -> str:
    from isotunnel.screening import ask

    table = ask(outcome.out)
    return csv_text(table.column_names, (row.values() for row in table.to_pylist()))


def _show(outcome: Outcome) -> None:
    from isotunnel.cli.show import console
    from isotunnel.screening.work import rate_in_words

    out = console()
    lines = [
        f"{outcome.inputs} inputs: {outcome.done} with values "
        f"({outcome.duplicates} of them duplicates), {sum(outcome.failed.values())} failed"
    ]
    lines += [f"  {n} {reason}" for reason, n in sorted(outcome.failed.items())]
    if outcome.computed:
        each = outcome.cpu_s / outcome.computed
        lines.append(
            f"{outcome.computed} crystals computed in {outcome.wall_s:.1f} s "
            f"({rate_in_words(outcome.computed / outcome.wall_s)}, {each:.2f} s of processor each)"
        )
    lines.append(f'dataset: {outcome.out}; ask it with: isotunnel query {outcome.out} "rank = 3"')
    for line in lines:
        out.print(line, soft_wrap=True, markup=False)
