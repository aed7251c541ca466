"""``isotunnel critical``: critical field and current of an element under rival theories."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated

import typer

from isotunnel.cli.output import NOTHING, Forms, Output, Product, csv_text, deliver

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from isotunnel.studies.critical import CriticalElement

EXAMPLES = """
Examples:

    isotunnel critical Sn

    isotunnel critical Sn --figures figures

    isotunnel critical Al --json
"""


def critical(
    name: Annotated[str, typer.Argument(metavar="[METAL]", help="An element, as in Sn.")] = "Sn",
    output: Annotated[Output, Forms(figures=True)] = NOTHING,
) -> None:
    """Critical field and current of an element: measured, by BCS, and by the tunnel theory.

    Where the field is measured against temperature, laws are fitted to every other point and judged
    on those between.
    """
    from isotunnel.cli.show import console
    from isotunnel.errors import InputError
    from isotunnel.report.figures.critical import draw_critical
    from isotunnel.schemas import Critical, document
    from isotunnel.studies.critical import critical_element

    element = critical_element(name)
    if output.figures is not None and not element.curves:
        raise InputError(
            f"no field of {element.element} against temperature is measured, so there is no figure"
        )
    product = Product(
        name=f"{element.element}-critical",
        show=lambda: _show(console(), element),
        json=lambda: document(Critical, element),
        csv=lambda: csv_text(
            ("theory", "critical_field_mt", "current_density_a_cm2", "wire_current_a"),
            _rows(element),
        ),
        figures=lambda folder: draw_critical(element, folder),
    )
    deliver(output, product)


def _rows(element: CriticalElement) -> Iterator[tuple[str, float, float, float]]:
    """What is measured, then every theory; what is not known is NaN."""
    wires = element.wire_currents_a
    measured = (element.field_mt, element.film_current_a_cm2)
    yield "measured", *measured, wires.get("measured", math.nan)
    for theory, field in element.fields_t.items():
        current = element.currents_a_cm2.get(theory, math.nan)
        yield theory, field * 1e3, current, wires.get(theory, math.nan)


def _show(out: Console, element: CriticalElement) -> None:
    from rich.table import Table

    table = Table(
        title=f"{element.element} at zero temperature and pressure, Tc {element.tc_k:g} K",
        title_justify="left",
        caption="currents: depairing; measured: Hc / depth, as thin films are reported to reach "
        "(type II: Hc1 / depth); of a wire: Silsbee's, 2 pi radius Hc",
        caption_justify="left",
    )
    table.add_column("theory")
    table.add_column("critical field (mT)", justify="right")
    table.add_column("current density (A/cm²)", justify="right")
    table.add_column("wire of 1 mm radius (A)", justify="right")
    for theory, *numbers in _rows(element):
        table.add_row(theory, *map(_cell, numbers))
    out.print(table)
    for name, spread, unit in (
        ("critical field", element.field_spread_mt, "mT"),
        ("penetration depth", element.depth_spread_nm, "nm"),
    ):
        if spread[0] < spread[1]:
            out.print(f"measured {name}: {spread[0]:.4g} to {spread[1]:.4g} {unit}", markup=False)
    for curve in element.curves:
        out.print(f"{curve.method}, {curve.fields_mt.size} points, every other one fitted:")
        for law, fit in curve.fits.items():
            out.print(
                f"  {law}: {fit.field_0_mt:.1f} mT, Tc {fit.tc_k:.2f} K, "
                f"{fit.held_out_mt:.2f} mT off between",
                markup=False,
            )
    for theory, reason in element.silent.items():
        out.print(f"{theory} cannot say: {reason}", soft_wrap=True, markup=False)
    for source in dict.fromkeys(r.source for r in element.rows):
        out.print(f"  {source}", soft_wrap=True, markup=False)


def _cell(value: float) -> str:
    return "no rows" if math.isnan(value) else f"{value:.4g}"
