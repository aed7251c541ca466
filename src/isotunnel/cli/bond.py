"""``isotunnel bond``: small molecules solved for a basis, shipped or computed now."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from isotunnel.cli.output import NOTHING, Forms, Output, Product, csv_of, csv_text, deliver

if TYPE_CHECKING:
    from isotunnel.bonding.bond_points import Series

EXAMPLES = """
Examples:

    isotunnel bond h2

    isotunnel bond h4 --figures figures

    isotunnel bond he2 --csv

    isotunnel bond h4 --distance 1.2 --shape tetrahedron
"""


class ShapeChoice(StrEnum):
    """Of four hydrogen atoms."""

    TETRAHEDRON = "tetrahedron"
    SQUARE = "square"
    CHAIN = "chain"


def bond(
    name: Annotated[str, typer.Argument(metavar="MOLECULE", help="h2, h4, he2 or he3.")],
    compute: Annotated[
        bool, typer.Option("--compute", help="Compute the shipped points anew (extra bonding).")
    ] = False,
    distance: Annotated[
        list[float] | None,
        typer.Option(metavar="ANGSTROM", help="Compute this distance of neighbours instead."),
    ] = None,
    shape: Annotated[
        ShapeChoice, typer.Option(help="Of h4, with --distance.")
    ] = ShapeChoice.TETRAHEDRON,
    output: Annotated[Output, Forms(figures=True)] = NOTHING,
) -> None:
    """What holds H2, H4, He2 and He3 together, by exact or coupled-cluster calculations.

    Two hydrogen molecules against the four-way bond of a tetrahedron; two and three helium atoms
    with repulsion and dispersion apart. The results come with the package; --compute and --distance
    need PySCF, and take seconds for a distance, tens of minutes for all of h4 or he2.
    """
    from isotunnel.bonding.bond_points import molecule_name, shipped
    from isotunnel.errors import InputError

    molecule = molecule_name(name)
    if distance and (compute or output.figures is not None):
        raise InputError("--distance computes single points: leave --compute and --figures out")
    if distance:
        product = _points(_at(molecule, distance, shape.value))
    else:
        product = _bond(_anew(molecule) if compute else shipped(molecule))
    deliver(output, product)


def _bond(series: Series) -> Product:
    from isotunnel.bonding.bond import bond_of
    from isotunnel.cli.bond_tables import show_bond, table_of
    from isotunnel.report.figures.bond import draw_bond
    from isotunnel.schemas import Bond, document

    found = bond_of(series)
    return Product(
        name=f"{series.name}-bond",
        show=lambda: show_bond(found),
        json=lambda: document(Bond, found),
        csv=lambda: csv_text(*table_of(found)),
        figures=lambda folder: draw_bond(found, folder),
    )


def _points(series: Series) -> Product:
    from isotunnel.schemas import BondPoints, document

    return Product(
        name=f"{series.name}-points",
        show=lambda: _show_points(series),
        json=lambda: document(BondPoints, series),
        csv=lambda: csv_of(series.points),
    )


def _anew(molecule: str) -> Series:
    from isotunnel.bonding.plans import computed
    from isotunnel.cli.progress import progress_bar

    with progress_bar() as tell:
        return computed(molecule, lambda i, n: tell(f"{i} of {n} points", i / n))


def _at(molecule: str, distances: list[float], shape: str) -> Series:
    from isotunnel.bonding.plans import points_at

    return points_at(molecule, distances, shape)


def _show_points(series: Series) -> None:
    from isotunnel.cli.show import console

    for point in series.points:
        for name, value in point.items():
            console().print(f"{name:32} {value}", soft_wrap=True, markup=False)
        console().print()
