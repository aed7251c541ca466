"""``isotunnel eos``: a crystal under pressure by a machine-learned potential."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from isotunnel.cli.options import CellChoiceOption, CellOption
from isotunnel.cli.output import NOTHING, CsvTable, Forms, Output, Product, csv_text, deliver

if TYPE_CHECKING:
    from isotunnel.analysis.equation_of_state import EquationOfState

EXAMPLES = """
Examples:

    isotunnel eos Ta --pressure 0:80:10

    isotunnel eos mine.cif --pressure 0,20,40 --check

    isotunnel eos MgB2 --pressure 0:30:10 --json > mgb2.json
"""


class PotentialChoice(StrEnum):
    """The potential."""

    CHGNET = "chgnet"


def eos(
    crystal: Annotated[
        str,
        typer.Argument(help="A name (`isotunnel crystals`) or a crystal file (CIF, POSCAR, ...)."),
    ],
    pressure: Annotated[
        str, typer.Option(metavar="RANGE", help="GPa: start:stop:step or a,b,c. Cells are relaxed.")
    ] = "0:50:10",
    engine: Annotated[
        PotentialChoice, typer.Option(help="The potential (extra `mlip`).")
    ] = PotentialChoice.CHGNET,
    hydrides: Annotated[
        bool, typer.Option("--hydrides", help="Try crystals with hydrogen too.")
    ] = False,
    check: Annotated[
        bool,
        typer.Option("--check", help="Compare with GPAW at three volumes where the atlas cannot."),
    ] = False,
    cell: CellOption = CellChoiceOption.PRIMITIVE,
    output: Annotated[Output, Forms()] = NOTHING,
) -> None:
    """Volume, enthalpy and cell under pressure by a machine-learned potential, in seconds.

    Cell and positions are relaxed with the symmetry kept. An answer is given only where the
    potential's pressure falls with the volume and was shown to come within 15 % of GPAW's: for this
    crystal, by the atlas or `--check`, or for its family. Hydrides are off.
    """
    from isotunnel.analysis.equation_of_state import equation_of_state
    from isotunnel.cli.progress import progress_bar
    from isotunnel.scan.ranges import parse_values

    pressures = parse_values(pressure, "--pressure")
    with progress_bar() as tell:
        found = equation_of_state(
            crystal,
            pressures,
            engine=engine.value,
            hydrides=hydrides,
            check=check,
            cell=cell.value,
            progress=tell,
        )
    product = Product(
        name=f"{found.name}-eos",
        show=lambda: _show(found),
        json=lambda: _document(found),
        csv=lambda: csv_text(*_rows(found)),
        source=crystal,
    )
    deliver(output, product)


def _document(found: EquationOfState) -> dict[str, Any]:
    from isotunnel.schemas import Eos as Shape
    from isotunnel.schemas import document

    return document(Shape, found)


def _rows(found: EquationOfState) -> CsvTable:
    """A row per pressure; GPAW's volume beside it where it was compared there."""
    from isotunnel.analysis.equation_of_state import beside

    header = (
        *("pressure_gpa", "volume_per_atom_a3", "gpaw_volume_per_atom_a3"),
        *("energy_ev_atom", "enthalpy_ev_atom"),
    )
    rows: list[tuple[object, ...]] = []
    for p in found.points:
        gpaw = beside(p, found.trust.points)
        rows.append(
            (
                p.pressure_gpa,
                p.volume_per_atom_a3,
                None if gpaw is None else gpaw.volume_per_atom_a3,
                p.energy_ev_atom,
                p.enthalpy_ev_atom,
            )
        )
    return header, rows


def _show(found: EquationOfState) -> None:
    from rich.markup import escape
    from rich.table import Table

    from isotunnel.cli.show import console, show_warnings

    out = console()
    table = Table(title=escape(f"{found.title} by {found.engine}"), title_justify="left")
    for name in ("pressure (GPa)", "volume (Å³ per atom)", "by GPAW", "enthalpy (eV per atom)"):
        table.add_column(name, justify="right")
    for pressure, volume, gpaw, _, enthalpy in _rows(found)[1]:
        beside = "" if gpaw is None else f"{gpaw:.3f}"
        table.add_row(f"{pressure:g}", f"{volume:.3f}", beside, f"{enthalpy:.4f}")
    out.print(table)
    trust = found.trust
    versions = ", ".join(f"{name} {number}" for name, number in found.versions.items())
    out.print(
        f"Believed up to {trust.reach_gpa:.3g} GPa by {trust.basis}: {trust.reason}. Energies have "
        f"{found.engine}'s own zero. {versions}",
        soft_wrap=True,
        markup=False,
    )
    for source in found.sources:
        out.print(f"  {source}", soft_wrap=True, markup=False)
    show_warnings(found.warnings)
