"""``isotunnel fits``: resistivity laws of both theories, fitted and judged on the same footing."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from isotunnel.cli.output import NOTHING, Forms, Output, Product, deliver

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
    output: Annotated[Output, Forms(figures=True)] = NOTHING,
) -> None:
    """Fit resistivity laws of both theories to measured metals; judge them on held-out points.

    The tunnel theory and Bloch-Grueneisen get the same rows, splits, weights and numbers of free
    parameters. The errors shown are those on points that were not fitted.
    """
    from isotunnel.cli.fits_summary import show_fits
    from isotunnel.cli.show import console
    from isotunnel.report.figures.fits import draw_fits
    from isotunnel.studies.fits import fit_metals
    from isotunnel.studies.fits.points import SPLITS
    from isotunnel.studies.fits.table import csv_text

    chosen = tuple(SPLITS) if split is SplitChoice.BOTH else (split.value,)
    result = fit_metals(tuple(metals or ()), chosen, noise.value)
    product = Product(
        name="-".join((*(metals or ()), "fits")),
        show=lambda: show_fits(console(), result, details=len(result.metals) <= 3),
        json=result.as_dict,
        csv=lambda: csv_text(result),
        figures=lambda folder: draw_fits(result, folder),
    )
    deliver(output, product)
