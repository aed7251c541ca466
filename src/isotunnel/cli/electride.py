"""``isotunnel electride``: electrons that belong to no atom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from isotunnel.cli.engine_options import DEFAULT_ENGINE, ENGINE, EngineChosen
from isotunnel.cli.options import (
    CellChoiceOption,
    CellOption,
    ConnectivityChoice,
    ConnectivityOption,
    KindChoice,
    RefineOption,
)
from isotunnel.cli.output import NOTHING, CsvTable, Forms, Output, Product, csv_text, deliver

if TYPE_CHECKING:
    from rich.console import Console

    from isotunnel.analysis.electride import Electride
    from isotunnel.tunnels.interstitial_results import InterstitialSite

EXAMPLES = """
Examples:

    isotunnel electride ELFCAR --density CHGCAR

    isotunnel electride Na-hP4 --grid 0.12

    isotunnel electride elf.cube --kind elf --json
"""

SHAPES = ("0D, separate cavities", "1D, channels", "2D, layers", "3D, a network")


def electride(
    crystal: Annotated[
        str,
        typer.Argument(help="Name, crystal file, or grid file with an ELF (ELFCAR, cube, .gpw)."),
    ],
    density: Annotated[
        Path | None, typer.Option(help="Density on the ELF's grid, for charges: CHGCAR, cube.")
    ] = None,
    engine: Annotated[EngineChosen, ENGINE] = DEFAULT_ENGINE,
    cell: CellOption = CellChoiceOption.AS_GIVEN,
    reach: Annotated[
        float | None,
        typer.Option(help="Covalent radii within which a maximum is the atom's; 1.3 by default."),
    ] = None,
    connectivity: ConnectivityOption = ConnectivityChoice.ALL,
    refine: RefineOption = True,
    kind: Annotated[
        KindChoice | None, typer.Option(help="What a grid file's values are; guessed by default.")
    ] = None,
    output: Annotated[Output, Forms()] = NOTHING,
) -> None:
    """Find electrons between the atoms, and whether they form cavities, channels or layers.

    Maxima of the ELF away from all atoms, the electrons in each one's basin, and the dimension in
    which these basins connect, with the levels that decide it. A crystal is computed with GPAW.
    """
    from isotunnel.analysis.electride import electride as electride_of
    from isotunnel.cli.first_run import prepare_kernels
    from isotunnel.cli.progress import progress_bar

    prepare_kernels()
    options: dict[str, Any] = {"kind": str(kind)} if kind else {}
    with progress_bar() as tell:
        found = electride_of(
            crystal,
            density=density,
            engine=engine.name,
            engine_settings=engine.settings,
            cell=cell.value,
            reach=reach,
            connectivity=connectivity.number,
            refine=refine,
            progress=tell,
            **options,
        )
    product = Product(
        name=f"{found.name}-electride",
        show=lambda: _show(found),
        json=lambda: _document(found),
        csv=lambda: csv_text(*_rows(found)),
        source=crystal,
    )
    deliver(output, product)


def _document(found: Electride) -> dict[str, Any]:
    from isotunnel.schemas import Electride as Shape
    from isotunnel.schemas import document

    return document(Shape, found)


def _rows(found: Electride) -> CsvTable:
    """A row per site."""
    header = (
        *("site", "elf", "height", "x", "y", "z", "clearance", "nearest"),
        *("volume_a3", "charge_e", "charge_error_e"),
    )
    rows: list[tuple[object, ...]] = []
    for n, s in enumerate(found.network.sites, start=1):
        place = (*s.position_fractional.tolist(), s.clearance, _around(s))
        rows.append((n, s.elf, s.height, *place, s.volume_a3, s.charge_e, s.charge_error_e))
    return header, rows


def _around(site: InterstitialSite) -> str:
    """The first shell, as in "3 Na 1.61 angstrom"."""
    symbols = [n.symbol for n in site.nearest]
    words = " ".join(f"{symbols.count(s)} {s}" for s in dict.fromkeys(symbols))
    return f"{words} {site.nearest[0].distance_angstrom:.2f} Å"


def _show(found: Electride) -> None:
    from isotunnel.cli.show import console, show_warnings

    out = console()
    if found.network.sites:
        _show_sites(out, found)
        _show_levels(out, found)
    else:
        out.print(
            f"{found.title}: no maximum of the ELF above {found.network.least_elf:g} lies farther "
            f"than {found.network.reach:g} covalent radii from all atoms",
            soft_wrap=True,
            markup=False,
        )
    if found.no_charge and found.network.sites:
        out.print(f"charge unknown: {found.no_charge}", soft_wrap=True, markup=False)
    for source in found.sources:
        out.print(f"  {source}", soft_wrap=True, markup=False)
    show_warnings(found.warnings)


def _show_sites(out: Console, found: Electride) -> None:
    from rich.markup import escape
    from rich.table import Table

    from isotunnel.cli.show import number

    table = Table(title=escape(f"{found.title}: electrons off the atoms"), title_justify="left")
    for name in ("ELF", "position", "nearest atoms", "radii away", "electrons"):
        table.add_column(name, justify="left" if "n" in name[:5] else "right")
    for s in found.network.sites:
        place = " ".join(f"{x:.3f}" for x in s.position_fractional)
        charge = number(s.charge_e, s.charge_error_e)
        table.add_row(f"{s.elf:.4f}", place, _around(s), f"{s.clearance:.2f}", charge)
    out.print(table)


def _show_levels(out: Console, found: Electride) -> None:
    from isotunnel.cli.show import number

    network = found.network
    for d in range(3):
        level = number(network.thresholds[d], network.thresholds_error[d])
        out.print(f"basins connect in {d + 1}D at ELF {level}", markup=False)
    out.print(
        f"they touch an atom or bond at ELF {number(network.contact, network.contact_error)}",
        markup=False,
    )
    margin = number(network.margin, network.margin_error)
    if network.dimension is None:
        out.print(f"dimension: cannot say: {network.reason}", soft_wrap=True, markup=False)
        return
    along = ", ".join("(" + " ".join(map(str, v)) + ")" for v in network.directions.tolist())
    out.print(
        f"dimension: {SHAPES[network.dimension]}"
        + (f" along {along}" if along else "")
        + f"; holds over {margin} of ELF more than the next",
        soft_wrap=True,
        markup=False,
    )
