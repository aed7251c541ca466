"""The table of a scan on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from isotunnel.number_text import tc_without_unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from isotunnel.atlas.point import Cell
    from isotunnel.scan import Scan

_HEADS = {
    "volume_ratio": "V/V given",
    "volume_per_atom_angstrom3": "V/atom (Å³)",
    "pressure_gpa": "P (GPa)",
    "phi": "phi",
    "phi_star": "phi*",
    "band_gap_ev": "gap (eV)",
    "dos_fermi_per_ev_cell": "DOS (/eV/cell)",
    "h_dos": "H DOS",
    "tc_sr5_k": "Tc SR5 (K)",
    "lambda_ep": "lambda",
    "tc_allen_dynes_k": "Tc Allen-Dynes (K)",
    "gap_ks_3d_ev": "ks 3D (eV)",
    "gap_atomic_3d_ev": "atomic 3D (eV)",
}


def show_scan(out: Console, result: Scan) -> None:
    """Print the main columns, one row per point."""
    from isotunnel.cli.show import number

    out.print(f"[bold]{escape(result.name)}[/bold]  {escape(result.title)}")
    if result.settings.get("cell"):
        out.print(f"  cell: {result.settings['cell']}")
    shown = [n for n in _HEADS if any(v is not None for v in result.cells(n))]
    if result.over == "volume_ratio":
        shown = [n for n in shown if n != "volume_ratio"]
    taken = len(result.points) - result.computed
    table = Table(
        title=f"engine {result.engine}, {result.computed} points computed in "
        f"{result.seconds:.0f} s, {taken} known before",
        title_justify="left",
    )
    table.add_column("asked (GPa)" if result.over == "pressure_gpa" else "V/V given")
    for name in shown:
        table.add_column(_HEADS[name], justify="right")
    for point in result.points:
        cells = [_text(n, point.values.get(n), number) for n in shown]
        if point.status == "failed":
            cells = ["no result", *[""] * (len(shown) - 1)] if shown else []
        table.add_row(f"{point.asked:g}", *cells)
    out.print(table)


def show_without_coupling(out: Console, result: Scan) -> None:
    """Print where coupling and Tc were asked for and there are none, and why."""
    from isotunnel.scan.pairing import without_coupling

    unit = "GPa" if result.over == "pressure_gpa" else "of the volume"
    for why, places in without_coupling(result):
        where = ", ".join(f"{asked:g}" for asked in places)
        out.print(f"  no coupling at {where} {unit}: {escape(why)}", soft_wrap=True)


def _text(name: str, value: Cell, number: Callable[[float], str]) -> str:
    if value is None or isinstance(value, str):
        return value or "–"
    if name.startswith("tc_"):
        return tc_without_unit(float(value))
    return number(float(value))
