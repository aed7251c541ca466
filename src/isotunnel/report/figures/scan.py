"""Figures of a scan: every quantity against pressure (or volume), units on all axes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from isotunnel.atlas.point import Cell, Column
from isotunnel.atlas.scan import Scan
from isotunnel.report import text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLORS = ("#0072b2", "#e69f00", "#009e73", "#d55e00", "#cc79a7", "#56b4e9", "#000000", "#8d949e")
"""Okabe and Ito's, distinguishable for most people."""

MARKERS = "os^Dv*Px"
_LEGEND_MOST = 8


@dataclass(frozen=True)
class Line:
    """A column as drawn; gaps where it has no value."""

    label: str
    unit: str
    column: str
    error_column: str | None = None


def scan_figures(result: Scan) -> Iterator[tuple[str, str, Callable[[], Figure | None]]]:
    """(name, words, maker) of each figure that the scan has data for."""
    have = {c.name: c for c in result.columns if any(v is not None for v in result.cells(c.name))}
    groups = {
        "volume": (
            "Volume per atom",
            _named(have, ("volume_per_atom_angstrom3", "volume per atom")),
        ),
        "phi": (
            "Networking value phi and molecularity index phi*",
            _named(have, ("phi", "phi"), ("phi_star", "phi*"), ("h_dos", "H share of DOS")),
        ),
        "tc": ("Tc of hydrides by published ELF-network formulas", _tc(have)),
        "gaps": ("Lifting gaps of the tunnel theory, three dimensions, by reading", _gaps(have)),
        "bands": (
            "Band gap and density of states",
            _named(
                have,
                ("band_gap_ev", "Kohn-Sham gap"),
                ("direct_gap_ev", "direct gap"),
                ("dos_fermi_per_ev_cell", "DOS at the Fermi level"),
            ),
        ),
        "thresholds": ("Levels at which tunnels open, three dimensions", _thresholds(have)),
    }
    for name, (words, lines) in groups.items():
        if lines:
            yield name, words, lambda lines=lines: _figure(result, lines)  # type: ignore[misc]


def _named(have: dict[str, Column], *names: tuple[str, str]) -> list[Line]:
    return [
        Line(label, have[name].unit, name, f"{name}_error" if f"{name}_error" in have else None)
        for name, label in names
        if name in have
    ]


def _tc(have: dict[str, Column]) -> list[Line]:
    return [
        Line(c.meaning.removeprefix("Tc by formula ").partition(":")[0], c.unit, name)
        for name, c in have.items()
        if name.startswith("tc_")
    ]


def _gaps(have: dict[str, Column]) -> list[Line]:
    found = []
    for name, c in have.items():
        if name.startswith("gap_") and "_3d" in name and "_error" not in name:
            error = name.replace("_3d", "_3d_error")
            reading = name.removeprefix("gap_").partition("_3d")[0]
            found.append(Line(reading, c.unit, name, error if error in have else None))
    return found


def _thresholds(have: dict[str, Column]) -> list[Line]:
    found = []
    for name, c in have.items():
        if name.startswith("threshold_") and "_3d" in name and "_error" not in name:
            engine, _, kind = name.removeprefix("threshold_").partition("_3d")[0].partition("_")
            error = name.replace("_3d", "_3d_error")
            label = f"{text.short_field(kind)}, {text.short_engine(engine)}"
            found.append(Line(label, c.unit, name, error if error in have else None))
    return found


def _figure(result: Scan, lines: Sequence[Line]) -> Figure:
    """One panel per unit, under each other, with a common axis below."""
    from matplotlib.figure import Figure

    by_unit: dict[str, list[Line]] = {}
    for line in lines:
        by_unit.setdefault(line.unit, []).append(line)
    figure = Figure(figsize=(6.4, 0.7 + 2.4 * len(by_unit)), layout="constrained")
    axes = figure.subplots(len(by_unit), 1, sharex=True, squeeze=False)[:, 0]
    for axis, (unit, group) in zip(axes, by_unit.items(), strict=True):
        for number, line in enumerate(group):
            _draw(axis, result, line, number)
        shown = {"1/eV/cell": "1/(eV cell)", "angstrom^3": "Å³"}.get(unit, text.unit_text(unit))
        name = group[0].label if len(group) == 1 else _common_name(group)
        axis.set_ylabel(f"{name} ({shown or 'no unit'})")
        if all(v == 0 for line in group for v in result.cells(line.column) if v is not None):
            axis.set_ylim(-0.1, 1.0)
        if min(axis.get_ylim()) < 0 < max(axis.get_ylim()):
            axis.axhline(0, color="0.6", linewidth=0.8, zorder=0)
        if len(group) > 1:
            axis.legend(
                frameon=False,
                fontsize=7,
                ncols=1 + len(group) // _LEGEND_MOST,
                loc="center left",
                bbox_to_anchor=(1.0, 0.5),
            )
    axes[-1].set_xlabel(
        "pressure asked for (GPa)"
        if result.over == "pressure_gpa"
        else "volume over the given crystal's (no unit)"
    )
    return figure


def _common_name(group: Sequence[Line]) -> str:
    first = group[0].column
    for start, words in (("tc_", "Tc"), ("gap_", "gap"), ("threshold_", "level")):
        if first.startswith(start):
            return words
    return "value" if first in ("phi", "phi_star", "h_dos") else "gap"


def _draw(axis: Axes, result: Scan, line: Line, number: int) -> None:
    x = [point.asked for point in result.points]
    y = [_float(v) for v in result.cells(line.column)]
    errors = [_float(v) for v in result.cells(line.error_column)] if line.error_column else None
    if errors is not None:
        errors = [0.0 if math.isnan(e) else e for e in errors]
    axis.errorbar(
        x,
        y,
        yerr=errors,
        label=line.label,
        color=COLORS[number % len(COLORS)],
        marker=MARKERS[number % len(MARKERS)],
        markersize=4 + number % 3,
        # Hollow ones show what they cover.
        markerfacecolor="none" if number % 2 else None,
        linewidth=1.3,
        capsize=2,
    )


def _float(value: Cell) -> float:
    """NaN leaves a gap in a line; the table tells the reason."""
    return float(value) if isinstance(value, int | float) else math.nan
