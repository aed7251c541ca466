"""``isotunnel spacing``: the tests of "spacing is everything" over measured data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from isotunnel.cli.options import JsonOption, make_folder, refuse_both

if TYPE_CHECKING:
    from isotunnel.studies.spacing import SpacingTest

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
    figures: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Write one figure per test there, PNG and SVG."),
    ] = None,
    csv: Annotated[
        bool,
        typer.Option("--csv", help="Rows as CSV on stdout: test, row, quantity, value, error."),
    ] = False,
    json: JsonOption = False,
) -> None:
    """Test on measured data that volume alone decides, as the tunnel theory's core demands.

    T1 resistivity by heating and by squeezing, T2 slope of Tc(P) against the isochore, T3 isotope
    exponents, T4 a fixed loss per hop against Ohm's law, T5 conductors made worse by compression.
    States numbers with 95 % intervals, no verdicts.
    """
    from isotunnel.cli.show import console, console_for_problems, print_json
    from isotunnel.schemas import Spacing, document
    from isotunnel.studies.spacing import spacing_tests

    refuse_both(csv, json)
    if figures is not None:
        make_folder(figures, "--figures")
    found = spacing_tests(tests or ())
    if json:
        print_json(document(Spacing, {"tests": found}))
    elif csv:
        from isotunnel.cli.spacing_tables import show_csv

        show_csv(found)
    else:
        from isotunnel.cli.spacing_tables import show_test

        for test in found:
            show_test(console(), test, sources=sources)
    if figures is not None:
        for path in _draw(found, figures):
            console_for_problems().print(f"figure: {path}", soft_wrap=True, markup=False)


def _draw(tests: tuple[SpacingTest[Any], ...], folder: Path) -> list[Path]:
    from isotunnel.report.figures.spacing.figure import draw_spacing

    return [forms["png"] for forms in draw_spacing(tests, folder / "spacing").values()]
