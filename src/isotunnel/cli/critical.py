"""``isotunnel critical``: critical fields and currents under rival theories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from isotunnel.cli.output import NOTHING, Forms, Output, Product, csv_text, deliver

if TYPE_CHECKING:
    from isotunnel.studies.critical import CriticalElement
    from isotunnel.studies.critical_curves import CriticalCurves

EXAMPLES = """
Examples:

    isotunnel critical Sn

    isotunnel critical Nb3Sn --figures figures

    isotunnel critical --all

    isotunnel critical Al --json
"""


def critical(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]", help="An element or compound, as in Nb3Sn.", show_default="Sn"
        ),
    ] = None,
    all_materials: Annotated[
        bool, typer.Option("--all", help="Every material with a field against temperature.")
    ] = False,
    output: Annotated[Output, Forms(figures=True)] = NOTHING,
) -> None:
    """Critical field and current: measured, by BCS, and by the tunnel theory.

    Where a field is measured against temperature, laws are fitted to every other point and judged
    on those between. Of compounds there are upper critical fields.
    """
    from isotunnel.errors import InputError
    from isotunnel.studies.critical import CriticalElement, critical_material

    if all_materials and name is not None:
        raise InputError(f"--all is every material: give it without a name, or {name} without it")
    if all_materials:
        deliver(output, _everything())
        return
    found = critical_material("Sn" if name is None else name)
    if isinstance(found, CriticalElement):
        deliver(output, _element(found, figures=output.figures is not None))
    else:
        deliver(output, _compound(found))


def _element(element: CriticalElement, *, figures: bool) -> Product:
    from isotunnel.cli.critical_tables import show_element, theory_rows
    from isotunnel.cli.show import console
    from isotunnel.errors import InputError
    from isotunnel.report.figures.critical import draw_critical
    from isotunnel.schemas import Critical, document

    if figures and not element.curves:
        raise InputError(
            f"no field of {element.element} against temperature is measured, so there is no figure"
        )
    return Product(
        name=f"{element.element}-critical",
        show=lambda: show_element(console(), element),
        json=lambda: document(Critical, element),
        csv=lambda: csv_text(
            ("theory", "critical_field_mt", "current_density_a_cm2", "wire_current_a"),
            theory_rows(element),
        ),
        figures=lambda folder: draw_critical(element.element, element.curves, folder),
    )


def _compound(compound: CriticalCurves) -> Product:
    from isotunnel.cli.critical_tables import CURVE_COLUMNS, curve_rows, show_compound
    from isotunnel.cli.show import console
    from isotunnel.report.figures.critical import draw_critical
    from isotunnel.schemas import CriticalCurves, document

    return Product(
        name=f"{compound.material}-critical",
        show=lambda: show_compound(console(), compound),
        json=lambda: document(CriticalCurves, compound),
        csv=lambda: csv_text(CURVE_COLUMNS, curve_rows(compound.curves)),
        figures=lambda folder: draw_critical(compound.material, compound.curves, folder),
    )


def _everything() -> Product:
    from isotunnel.cli.critical_tables import SUMMARY_COLUMNS, show_all, summary_rows
    from isotunnel.cli.show import console
    from isotunnel.report.figures.critical import draw_families
    from isotunnel.schemas import CriticalAll, document
    from isotunnel.studies.critical_curves import (
        field_summaries,
        thermodynamic_curves,
        upper_curves,
    )

    return Product(
        name="critical",
        show=lambda: show_all(console(), field_summaries()),
        json=lambda: document(CriticalAll, {"materials": field_summaries()}),
        csv=lambda: csv_text(SUMMARY_COLUMNS, summary_rows(field_summaries())),
        figures=lambda folder: draw_families(thermodynamic_curves(), upper_curves(), folder),
    )
