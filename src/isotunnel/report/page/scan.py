"""The page of a scan: main table, figures, what failed, the whole table folded away."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping

from isotunnel.atlas.point import Cell, ScanPoint
from isotunnel.atlas.scan import Scan
from isotunnel.report import text
from isotunnel.report.page.layout import document
from isotunnel.report.page.overview import HYPOTHESIS
from isotunnel.report.page.templates import fill

# Their headings are in the template.
_MAIN = (
    "pressure_gpa",
    "volume_ratio",
    "volume_per_atom_angstrom3",
    "phi",
    "phi_star",
    "band_gap_ev",
    "dos_fermi_per_ev_cell",
    "h_dos",
)


def scan_page(result: Scan, images: Mapping[str, tuple[str, bytes]]) -> str:
    """The HTML text. ``images``: by name, words and the PNG file."""
    title = result.title or result.name
    columns = _columns(result)
    body = fill(
        "scan.html",
        title=title,
        name=result.name,
        facts=_facts(result),
        warnings=result.warnings,
        hypothesis=HYPOTHESIS,
        columns=columns,
        main=[(_asked(result, p), [p.values.get(name) for name in columns]) for p in result.points],
        figures=[(words, base64.b64encode(png).decode("ascii")) for words, png in images.values()],
        readings=result.readings,
        states=_states(result),
        failed=[f"{_asked(result, p)}: {p.reason}" for p in result.points if p.status == "failed"],
        missing=list(_missing(result)),
        everything=_everything(result),
        relaxed=result.over == "pressure_gpa",
        settings=list({**result.settings, **result.versions}.items()),
        sources=result.sources,
    )
    return document(title, body)


def _facts(result: Scan) -> list[str]:
    count = len(result.points)
    failed = count - len(result.done)
    what = "pressures" if result.over == "pressure_gpa" else "volumes"
    low, high = (f"{p.asked:g}" for p in (result.points[0], result.points[-1]))
    unit = "GPa" if result.over == "pressure_gpa" else "of the given volume"
    return [
        f"{count} {what}, {low} to {high} {unit}",
        text.engine_name(result.engine),
        f"{failed} without a result" if failed else "all with a result",
    ]


def _asked(result: Scan, point: ScanPoint) -> str:
    # As it was asked for: 110 GPa, not 110.0.
    shown = f"{point.asked:g}".replace("-", text.MINUS)
    return f"{shown} GPa" if result.over == "pressure_gpa" else shown


def _columns(result: Scan) -> list[str]:
    """Names of the main columns that hold a value, then of the formulas of Tc."""
    have = [name for name in _MAIN if any(v is not None for v in result.cells(name))]
    return have + [c.name for c in result.columns if c.name.startswith("tc_")]


def _states(result: Scan) -> list[tuple[str, list[Cell]]]:
    states = [result.column(f"state_{reading}").cells for reading in result.readings]
    return [
        (_asked(result, p), [cells[place] for cells in states])
        for place, p in enumerate(result.done)
    ]


def _missing(result: Scan) -> Iterator[str]:
    """One line per reason: which columns, at how many points."""
    places: dict[str, dict[str, set[float]]] = {}
    for point in result.points:
        for column, reason in point.reasons.items():
            places.setdefault(reason, {}).setdefault(column, set()).add(point.asked)
    for reason, columns in places.items():
        most = len(set().union(*columns.values()))
        where = "everywhere" if most == len(result.done) else f"at {most} points at most"
        yield f"{reason}: {', '.join(columns)} ({where})"


def _everything(result: Scan) -> list[tuple[str, list[Cell], str]]:
    """Name, a value per point and meaning of every column of numbers or states."""
    return [
        (c.name, list(result.cells(c.name)), c.meaning)
        for c in result.columns
        if c.name not in ("reason", "warnings", "status")
    ]
