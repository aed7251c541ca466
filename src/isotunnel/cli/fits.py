"""``isotunnel fits``: resistivity laws of both theories, fitted and judged on the same footing."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from isotunnel.cli.options import JsonOption, make_folder, refuse_both

EXAMPLES = """
Examples:

    isotunnel fits

    isotunnel fits Al Cu --split extrapolate

    isotunnel fits --csv > fits.csv

    isotunnel fits W --figures figures
"""


class SplitChoice(StrEnum):
    """Which part of the temperatures is fitted."""

    BOTH = "both"
    ALTERNATE = "alternate"
    EXTRAPOLATE = "extrapolate"


class NoiseChoice(StrEnum):
    """Whether scatter grows with the resistivity."""

    RELATIVE = "relative"
    ABSOLUTE = "absolute"


def fits(
    metals: Annotated[
        list[str] | None,
        typer.Argument(metavar="[METAL]...", help="Symbols; default: all with enough rows."),
    ] = None,
    split: Annotated[
        SplitChoice,
        typer.Option(help="Hold out every other temperature, all above 300 K, or each in turn."),
    ] = SplitChoice.BOTH,
    noise: Annotated[
        NoiseChoice, typer.Option(help="Scatter proportional to resistivity, or the same for all.")
    ] = NoiseChoice.RELATIVE,
    figures: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write a figure per metal and one of all, PNG and SVG."),
    ] = None,
    csv: Annotated[
        bool, typer.Option("--csv", help="CSV on stdout, a row per metal, split and law.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Fit resistivity laws of both theories to measured metals; judge them on held-out points.

    The tunnel theory and Bloch-Grueneisen get the same rows, splits, weights and numbers of free
    parameters. The errors shown are those on points that were not fitted.
    """
    from isotunnel.cli.show import console, console_for_problems, print_json
    from isotunnel.studies.fits import fit_metals
    from isotunnel.studies.fits.points import SPLITS

    refuse_both(csv, json)
    if figures is not None:
        make_folder(figures, "--figures")
    chosen = tuple(SPLITS) if split is SplitChoice.BOTH else (split.value,)
    result = fit_metals(tuple(metals or ()), chosen, noise.value)
    if json:
        print_json(result.as_dict())
    elif csv:
        from isotunnel.studies.fits.table import csv_text

        sys.stdout.write(csv_text(result))
    else:
        from isotunnel.cli.fits_summary import show_fits

        show_fits(console(), result, details=len(result.metals) <= 3)
    if figures is not None:
        from isotunnel.report.figures.fits import draw_fits

        written = draw_fits(result, figures)
        console_for_problems().print(
            f"figures: {len(written)} as PNG and SVG in {figures}", soft_wrap=True, markup=False
        )
