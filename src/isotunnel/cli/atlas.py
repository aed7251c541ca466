"""``isotunnel atlas``: the scans that were computed beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from isotunnel.cli.output import NOTHING, CsvTable, Forms, Output, Product, csv_text, deliver

if TYPE_CHECKING:
    from collections.abc import Iterable

    from isotunnel.atlas import Scan

EXAMPLES = """
Examples:

    isotunnel atlas

    isotunnel atlas H3S

    isotunnel atlas Xe --csv > xenon.csv
"""

_SHOWN = (
    ("pressure_target_gpa", "P (GPa)", ".4g"),
    ("volume_per_atom_angstrom3", "V (Å³/atom)", ".4f"),
    ("band_gap_ev", "band gap (eV)", ".3f"),
    ("gap_ks_3d_ev", "Δ₃ ks (eV)", ".3f"),
    ("gap_atomic_3d_ev", "Δ₃ atomic (eV)", ".3f"),
    ("gap_electrostatic_3d_ev", "Δ₃ electrostatic (eV)", ".3f"),
    ("gap_density_3d", "Δ₃ density", ".3f"),
    ("gap_elf_3d", "Δ₃ elf", ".3f"),
    ("phi", "φ", ".3f"),
)


def atlas(
    name: Annotated[
        str | None, typer.Argument(help="A crystal, such as H3S; default: a list of all.")
    ] = None,
    output: Annotated[Output, Forms()] = NOTHING,
) -> None:
    """Show the atlas: scans of named crystals over pressure, computed beforehand; no DFT."""
    from isotunnel import atlas as library

    deliver(output, _one(name) if name is not None else _all(library.names()))


def _one(name: str) -> Product:
    from isotunnel import atlas as library

    scan = library.scan_of(name)
    return Product(
        name=f"{scan.name}-atlas",
        show=lambda: _show_scan(scan),
        json=lambda: library.document_of(name),
        csv=lambda: csv_text(*_scan_table(scan)),
    )


def _all(names: Iterable[str]) -> Product:
    from isotunnel import atlas as library
    from isotunnel.schemas import Atlas, document

    scans = [library.scan_of(each) for each in names]
    summaries = [_summary(scan) for scan in scans]
    return Product(
        name="atlas",
        show=lambda: _show_list(scans),
        json=lambda: document(Atlas, {"scans": summaries}),
        csv=lambda: csv_text(
            summaries[0],
            ([" ".join(v) if isinstance(v, list) else v for v in s.values()] for s in summaries),
        ),
    )


def _summary(scan: Scan) -> dict[str, Any]:
    volumes = scan.volumes_a3
    return {
        "name": scan.name,
        "title": scan.title,
        "points": len(scan.asked),
        "failed": len(scan.failed),
        "pressure_min_gpa": float(scan.asked[0]),
        "pressure_max_gpa": float(scan.asked[-1]),
        "volume_min_angstrom3": float(volumes.min()),
        "volume_max_angstrom3": float(volumes.max()),
        "readings": list(scan.readings),
    }


def _show_list(scans: list[Scan]) -> None:
    from rich.markup import escape
    from rich.table import Table

    from isotunnel.cli.show import console

    shown = Table(caption="isotunnel atlas NAME shows one", caption_justify="left")
    shown.add_column("crystal", no_wrap=True)
    shown.add_column("pressures (GPa)", no_wrap=True)
    shown.add_column("points", justify="right")
    shown.add_column("what")
    for scan in scans:
        failed = f" (+{len(scan.failed)} failed)" if scan.failed else ""
        shown.add_row(
            escape(scan.name),
            f"{scan.asked[0]:g} to {scan.asked[-1]:g}",
            f"{len(scan.asked)}{failed}",
            escape(scan.title),
        )
    console().print(shown)


def _show_scan(scan: Scan) -> None:
    from rich.markup import escape
    from rich.table import Table

    from isotunnel.cli.show import console

    shown = Table(title=escape(f"{scan.name}: {scan.title}"), title_justify="left")
    chosen = [(name, title, form) for name, title, form in _SHOWN if name in scan.quantities]
    for _, title, _ in chosen:
        shown.add_column(title, justify="right")
    reasons: dict[str, None] = {}
    for i in range(len(scan.asked)):
        cells = []
        for name, _, form in chosen:
            cell, why = scan.column(name).cells[i], scan.column(name).reasons[i]
            cells.append("–" if cell is None else format(float(cell), form))
            if why:
                reasons[f"{name}: {why}"] = None
        shown.add_row(*cells)
    out = console()
    out.print(shown)
    for reason in reasons:
        out.print(escape(f"– {reason}"))
    for point in scan.failed:
        out.print(escape(f"failed at {point.asked:g} GPa: {point.reason}"))
    for warning in scan.point_warnings:
        out.print(escape(f"Mind: {warning}"))
    engine = f"{scan.engine} {scan.versions.get(scan.engine, '')}".strip()
    out.print(escape(f"{engine}; every column: isotunnel atlas {scan.name} --csv"))


def _scan_table(scan: Scan) -> CsvTable:
    columns = [scan.column(name) for name in scan.quantities]
    rows: list[list[object]] = []
    for i in range(len(scan.asked)):
        why = "; ".join(f"{c.name}: {c.reasons[i]}" for c in columns if c.reasons[i])
        rows.append([*(column.cells[i] for column in columns), why])
    return (*scan.quantities, "reasons"), rows
