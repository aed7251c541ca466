"""``isotunnel spacing``: the tests of "spacing is everything" over measured data."""

from __future__ import annotations

from typing import Annotated

import typer

from isotunnel.cli.output import NOTHING, Forms, Output, Product, csv_text, deliver

EXAMPLES = """
Examples:

    isotunnel spacing

    isotunnel spacing T1 T2 --json > spacing.json

    isotunnel spacing T5 --csv

    isotunnel spacing --figures figures
"""


def spacing(
    tests: Annotated[
        list[str] | None, typer.Argument(metavar="[TEST]...", help="T1 to T5; default: all.")
    ] = None,
    sources: Annotated[
        bool, typer.Option("--sources", help="Also list every row of data, used and dropped.")
    ] = False,
    output: Annotated[Output, Forms(figures=True)] = NOTHING,
) -> None:
    """Test on measured data that volume alone decides, as the tunnel theory's core demands.

    T1 resistivity by heating and by squeezing, T2 slope of Tc(P) against the isochore, T3 isotope
    exponents, T4 a fixed loss per hop against Ohm's law, T5 conductors made worse by compression.
    States numbers with 95 % intervals, no verdicts.
    """
    from isotunnel.cli.show import console
    from isotunnel.cli.spacing_tables import csv_rows, show_test
    from isotunnel.report.figures.spacing.figure import draw_spacing
    from isotunnel.schemas import Spacing, document
    from isotunnel.studies.spacing import spacing_tests

    found = spacing_tests(tests or ())

    def show() -> None:
        for test in found:
            show_test(console(), test, sources=sources)

    product = Product(
        name="-".join((*(tests or ()), "spacing")),
        show=show,
        json=lambda: document(Spacing, {"tests": found}),
        csv=lambda: csv_text(*csv_rows(found)),
        figures=lambda folder: draw_spacing(found, folder / "spacing"),
    )
    deliver(output, product)
