"""Figures of a scan: every quantity against pressure (or volume), units on all axes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from isotunnel.atlas.point import Cell, Column
from isotunnel.atlas.scan import Scan
from isotunnel.report import text
from isotunnel.theories.hydrides.formulas import CURRENT, FORMULAS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLORS = ("#0072b2", "#e69f00", "#009e73", "#d55e00", "#cc79a7", "#56b4e9", "#000000", "#8d949e")
"""Okabe and Ito's, distinguishable for most people."""

MARKERS = "os^Dv*Px"
_LEGEND_MOST = 8


RANK = 3
"""Gaps and levels are drawn for tunnels that span this many dimensions."""

_AXES = {"tc": "Tc", "pairing": "Tc", "gap": "gap", "threshold": "level"}
_VALUES = frozenset({"phi", "phi_star", "h_dos"})


@dataclass(frozen=True)
class Line:
    """A column as drawn; gaps where it has no value.

    Attributes:
        label: in the legend.
        column: what is drawn.
        errors: to both sides of it.
        between: ends of what is to be expected in its place.
    """

    label: str
    column: Column
    errors: Column | None = None
    between: tuple[Column, Column] | None = None


def scan_figures(result: Scan) -> Iterator[tuple[str, str, Callable[[], Figure | None]]]:
    """(name, words, maker) of each figure that the scan has data for."""
    have = {c.name: c for c in with_values(result, result.columns)}
    groups = {
        "volume": (
            "Volume per atom",
            _named(result, have, ("volume_per_atom_angstrom3", "volume per atom")),
        ),
        "phi": (
            "Networking value phi and molecularity index phi*",
            _named(result, have, ("phi", "phi"), ("phi_star", "phi*"), ("h_dos", "H share of DOS")),
        ),
        "tc": (
            "Tc of hydrides by published ELF-network formulas",
            [Line(f"{c.of}{_status(c.of)}", c) for c in tc_columns(result)],
        ),
        "pairing": (
            "Coupling and Tc by rigid muffin tins, nothing put in but mu*; bars: where linear "
            "response is to be expected",
            list(_pairing(have)),
        ),
        "gaps": (
            "Lifting gaps of the tunnel theory, three dimensions, by reading; at zero or below "
            "the rule says superconducting",
            [Line(c.of, c, result.error_column(c)) for c in gap_columns(result)],
        ),
        "bands": (
            "Band gap and density of states",
            _named(
                result,
                have,
                ("band_gap_ev", "Kohn-Sham gap"),
                ("direct_gap_ev", "direct gap"),
                ("dos_fermi_per_ev_cell", "DOS at the Fermi level"),
            ),
        ),
        "thresholds": (
            "Levels at which tunnels open, three dimensions",
            [Line(field_label(c), c, result.error_column(c)) for c in threshold_columns(result)],
        ),
    }
    for name, (words, lines) in groups.items():
        if lines:
            yield name, words, lambda lines=lines: _figure(result, lines)  # type: ignore[misc]


def with_values(result: Scan, columns: Sequence[Column]) -> list[Column]:
    """Columns that have a value somewhere."""
    return [c for c in columns if any(v is not None for v in result.cells(c.name))]


def gap_columns(result: Scan) -> list[Column]:
    """Lifting gaps of each reading, for three dimensions."""
    return with_values(result, [c for c in result.about("gap") if c.rank == RANK])


def threshold_columns(result: Scan) -> list[Column]:
    """Levels at which each field opens in three dimensions."""
    return with_values(result, [c for c in result.about("threshold") if c.rank == RANK])


def tc_columns(result: Scan) -> list[Column]:
    """Tc by each formula, those of today first."""
    return sorted(with_values(result, result.about("tc")), key=lambda c: bool(_status(c.of)))


def pairing_columns(result: Scan) -> list[Column]:
    """Coupling and Tc by rigid muffin tins, in the order of their table."""
    return with_values(result, result.about("pairing"))


def _pairing(have: dict[str, Column]) -> Iterator[Line]:
    for label, name, low, high in (
        ("Allen-Dynes", "tc_allen_dynes_k", "tc_allen_dynes_low_k", "tc_allen_dynes_high_k"),
        ("Eliashberg", "tc_eliashberg_k", "", ""),
        ("lambda", "lambda_ep", "lambda_ep_low", "lambda_ep_high"),
    ):
        if name in have:
            ends = (have[low], have[high]) if low in have and high in have else None
            yield Line(label, have[name], between=ends)


def field_label(column: Column) -> str:
    """The field of a threshold and its engine."""
    return f"{text.short_field(column.of)}, {text.short_engine(column.engine)}"


def formula_status(formula: str) -> str:
    """Status of a formula of Tc; "" of one that is not known here."""
    return next((f.status for f in FORMULAS if f.id == formula), "")


def _status(formula: str) -> str:
    """ " (superseded)" behind the name of a formula that is not a current one."""
    status = formula_status(formula)
    return "" if status in (CURRENT, "") else f" ({status})"


def _named(result: Scan, have: dict[str, Column], *names: tuple[str, str]) -> list[Line]:
    return [
        Line(label, have[name], result.error_column(have[name]))
        for name, label in names
        if name in have
    ]


def _figure(result: Scan, lines: Sequence[Line]) -> Figure:
    """One panel per unit, under each other, with a common axis below."""
    from matplotlib.figure import Figure

    by_unit: dict[str, list[Line]] = {}
    for line in lines:
        by_unit.setdefault(line.column.unit, []).append(line)
    figure = Figure(figsize=(6.4, 0.7 + 2.4 * len(by_unit)), layout="constrained")
    axes = figure.subplots(len(by_unit), 1, sharex=True, squeeze=False)[:, 0]
    for axis, (unit, group) in zip(axes, by_unit.items(), strict=True):
        for number, line in enumerate(group):
            _draw(axis, result, line, number)
        shown = {"1/eV/cell": "1/(eV cell)", "angstrom^3": "Å³"}.get(unit, text.unit_text(unit))
        name = group[0].label if len(group) == 1 else _common_name(group)
        axis.set_ylabel(f"{name} ({shown or 'no unit'})")
        if all(v == 0 for line in group for v in result.cells(line.column.name) if v is not None):
            axis.set_ylim(-0.1, 1.0)
        if group[0].column.quantity == "gap":
            _zero_line(axis)
        elif min(axis.get_ylim()) < 0 < max(axis.get_ylim()):
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
    return _AXES.get(first.quantity, "value" if first.name in _VALUES else "gap")


def _zero_line(axis: Axes) -> None:
    """Zero within the axis, and drawn: there the theory's rule changes its verdict."""
    low, high = axis.get_ylim()
    margin = 0.08 * (high - low)
    axis.set_ylim(min(low, -margin), max(high, margin))
    axis.axhline(0, color="0.25", linewidth=1.0, linestyle=(0, (4, 3)), zorder=0.5)


def _draw(axis: Axes, result: Scan, line: Line, number: int) -> None:
    x = [point.asked for point in result.points]
    y = [_float(v) for v in result.cells(line.column.name)]
    color = COLORS[number % len(COLORS)]
    if line.between is not None:
        low, high = ([_float(v) for v in result.cells(c.name)] for c in line.between)
        axis.vlines(x, low, high, color=color, alpha=0.2, linewidth=7)
    errors = [_float(v) for v in result.cells(line.errors.name)] if line.errors else None
    if errors is not None:
        errors = [0.0 if math.isnan(e) else e for e in errors]
    axis.errorbar(
        x,
        y,
        yerr=errors,
        label=line.label,
        color=color,
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
