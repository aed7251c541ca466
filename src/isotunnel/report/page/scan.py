"""The page of a scan: main table, figures, what failed, the whole table folded away."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping

from isotunnel.atlas.point import Cell, ScanPoint
from isotunnel.atlas.scan import Scan
from isotunnel.report import text
from isotunnel.report.page.layout import document
from isotunnel.report.page.overview import HYPOTHESIS
from isotunnel.report.page.parts import bullets, definitions, explanation, section, table
from isotunnel.report.text import esc

_MAIN = (
    ("pressure_gpa", "P (GPa)"),
    ("volume_ratio", "V / V given"),
    ("volume_per_atom_angstrom3", "V per atom (Å³)"),
    ("phi", "φ"),
    ("phi_star", "φ*"),
    ("band_gap_ev", "band gap (eV)"),
    ("dos_fermi_per_ev_cell", "DOS at E<sub>F</sub> (1/eV/cell)"),
    ("h_dos", "H share of DOS"),
)


def scan_page(result: Scan, images: Mapping[str, tuple[str, bytes]]) -> str:
    """The HTML text. ``images``: by name, words and the PNG file."""
    body = [
        _head(result),
        section("table", "Main numbers", _main_table(result)),
        section("figures", "Figures", *(_figure(*pair) for pair in images.values())),
        section("states", "State by reading", _states(result)),
        section("failed", "Points without a result", _failed(result)),
        section("missing", "Why cells are empty", bullets(_missing(result))),
        section("all", "Everything", _everything(result)),
        section("method", "Settings and versions", _method(result)),
        section("sources", "Source of the crystal", bullets(result.sources)),
    ]
    return document(result.title or result.name, "".join(part for part in body if part))


def _head(result: Scan) -> str:
    count = len(result.points)
    failed = count - len(result.done)
    what = "pressures" if result.over == "pressure_gpa" else "volumes"
    low, high = (f"{p.asked:g}" for p in (result.points[0], result.points[-1]))
    unit = "GPa" if result.over == "pressure_gpa" else "of the given volume"
    facts = [
        f"{count} {what}, {low} to {high} {unit}",
        esc(text.engine_name(result.engine)),
        f"{failed} without a result" if failed else "all with a result",
    ]
    warned = bullets(result.warnings)
    box = f"<div class='warnings'><h2>Warnings</h2>{warned}</div>" if warned else ""
    return (
        f"<header><h1>{esc(result.title or result.name)}</h1>"
        f"<p class='lead'>{esc(result.name)}: scan</p>"
        f"<p class='facts-line'>{' · '.join(facts)}</p>{box}"
        f"<p class='hypothesis'>{HYPOTHESIS}</p></header>"
    )


def _asked(result: Scan, point: ScanPoint) -> str:
    # As it was asked for: 110 GPa, not 110.0.
    shown = f"{point.asked:g}".replace("-", text.MINUS)
    return f"{shown} GPa" if result.over == "pressure_gpa" else shown


def _main_table(result: Scan) -> str:
    have = [(n, words) for n, words in _MAIN if any(v is not None for v in result.cells(n))]
    have += [
        (c.name, f"T<sub>c</sub> {esc(c.name[3:-2].upper())} (K)")
        for c in result.columns
        if c.name.startswith("tc_")
    ]
    rows = [
        [_asked(result, p), *(_shown(p.values.get(name)) for name, _ in have)]
        for p in result.points
    ]
    return table(["asked", *(words for _, words in have)], rows)


def _states(result: Scan) -> str:
    states = [result.column(f"state_{reading}").cells for reading in result.readings]
    rows = [
        [_asked(result, p), *(_shown(cells[place]) for cells in states)]
        for place, p in enumerate(result.done)
    ]
    return table(["asked", *(esc(r) for r in result.readings)], rows) if rows else ""


def _failed(result: Scan) -> str:
    return bullets(
        f"{_asked(result, p)}: {p.reason}" for p in result.points if p.status == "failed"
    )


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


def _everything(result: Scan) -> str:
    columns = [c for c in result.columns if c.name not in ("reason", "warnings")]
    rows = [
        [esc(c.name), *(_shown(row) for row in result.cells(c.name)), esc(c.meaning)]
        for c in columns
        if c.name != "status"
    ]
    head = ["quantity", *(_asked(result, p) for p in result.points), "meaning"]
    return f"<details><summary>All {len(rows)} columns</summary>{table(head, rows)}</details>"


def _method(result: Scan) -> str:
    limits = (
        "Cells are relaxed by density functional theory at zero temperature, without vibrations; "
        "the space group of the given crystal is kept, so a transition to another structure does "
        "not show."
        if result.over == "pressure_gpa"
        else "Cells are those of the given crystal, evenly squeezed; atoms keep their fractional "
        "positions and nothing is relaxed."
    )
    pairs = [(esc(k), esc(v)) for k, v in {**result.settings, **result.versions}.items()]
    return explanation("What do these points leave out?", limits) + definitions(pairs)


def _figure(words: str, data: bytes) -> str:
    encoded = base64.b64encode(data).decode("ascii")
    image = f'alt="{esc(words)}" src="data:image/png;base64,{encoded}"'
    return (
        f'<figure><img style="max-width:min(100%,40rem)" {image}>'
        f"<figcaption>{esc(words)}.</figcaption></figure>"
    )


def _shown(value: Cell) -> str:
    if value is None:
        return "<span class='cannot'>–</span>"
    return esc(value) if isinstance(value, str) else text.number(value)
