"""``isotunnel meissner``: flux in a superconductor by history, under two theories."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from isotunnel.cli.output import NOTHING, Forms, Output, Product, csv_text, deliver

if TYPE_CHECKING:
    from rich.console import Console

    from isotunnel.studies.meissner import MeissnerTest

EXAMPLES = """
Examples:

    isotunnel meissner Pb

    isotunnel meissner Sn --shape slab --radius 200

    isotunnel meissner Nb --figures figures --json
"""

SCHEMA = "isotunnel.meissner/1"


class ShapeChoice(StrEnum):
    """Bodies with a closed solution."""

    SLAB = "slab"
    CYLINDER = "cylinder"
    SPHERE = "sphere"


def meissner(
    name: Annotated[str, typer.Argument(metavar="[METAL]", help="An element, as in Pb.")] = "Pb",
    shape: Annotated[ShapeChoice, typer.Option(help="The body.")] = ShapeChoice.CYLINDER,
    radius: Annotated[
        float, typer.Option(metavar="NM", help="Radius or half thickness, nanometres.")
    ] = 1000.0,
    output: Annotated[Output, Forms(figures=True)] = NOTHING,
) -> None:
    """Flux in a superconductor: cooled in a field, before it, and after it is taken away.

    Zero resistance alone keeps the flux that it is cooled in; London's equation expels it, and
    experiment shows that.
    """
    from isotunnel.cli.show import console
    from isotunnel.report.figures.meissner import draw_meissner
    from isotunnel.studies.meissner import meissner_test

    test = meissner_test(name, shape.value, radius)
    product = Product(
        name=f"{test.material}-meissner",
        show=lambda: _show(console(), test),
        json=lambda: _document(test),
        csv=lambda: csv_text(
            ("medium", "history", "temperature_k", "share_of_flux"),
            (
                (str(c.medium), str(c.history), *pair)
                for c in test.curves
                for pair in zip(c.temperatures_k.tolist(), c.share.tolist(), strict=True)
            ),
        ),
        figures=lambda folder: draw_meissner(test, folder),
    )
    deliver(output, product)


def _document(test: MeissnerTest) -> dict[str, Any]:
    from isotunnel.plain import plain

    return {"schema": SCHEMA, **plain(test)}


def _show(out: Console, test: MeissnerTest) -> None:
    from rich.table import Table

    from isotunnel.electrodynamics.slab import History, Medium

    table = Table(
        title=f"{test.material} {test.shape} of {test.radius_nm:g} nm at T = 0: flux inside over "
        "applied flux",
        title_justify="left",
        caption=f"Tc {test.tc_k:g} K, penetration depth {test.depth_nm:g} nm",
        caption_justify="left",
    )
    table.add_column("history")
    table.add_column("zero resistance", justify="right")
    table.add_column("London (as observed)", justify="right")
    for history in History:
        cells = [
            f"{test.curve(m, history).share[-1]:.3f}"
            for m in (Medium.ZERO_RESISTANCE, Medium.LONDON)
        ]
        table.add_row(history.value.replace("_", " "), *cells)
    out.print(table)
    kept = ", ".join(f"{share:.2f} (growth time {t:g})" for t, share in test.trapped.items())
    out.print(
        "A normal conductor whose conductivity grows without bound keeps all flux that it is "
        f"cooled in, and of flux whose field is taken away a share of {kept}, times in "
        "mu_0 sigma a^2: flux is trapped, never expelled.",
        soft_wrap=True,
        markup=False,
    )
    for row in test.rows:
        out.print(f"  {row.source}", soft_wrap=True, markup=False)
