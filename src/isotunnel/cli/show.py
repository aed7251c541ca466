"""Tables and numbers for the terminal.

Rich is imported where something is drawn, so that a JSON document does not wait for it.
"""

from __future__ import annotations

import math
import os
from typing import TYPE_CHECKING, Any

from isotunnel.number_text import significant, with_error

if TYPE_CHECKING:
    from rich.console import Console

    from isotunnel.tunnels.results import Bottleneck, Tunnels

_AS_WRITTEN: dict[str, Any] = {"highlight": False, "emoji": False}
"""Texts stay what they are: rich would make an emoji of the middle of "0:100:10"."""


def console() -> Console:
    """Where results go. Wide enough for our tables also where the output is a file."""
    from isotunnel.cli.tables import FittingConsole

    out = FittingConsole(**_AS_WRITTEN)
    return out if out.is_terminal else FittingConsole(**_AS_WRITTEN, width=_width_of_a_file())


def _width_of_a_file() -> int:
    """What COLUMNS says, else wide enough for most tables to stand in one piece."""
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdigit() and int(columns) >= 20 else 140


def console_for_problems() -> Console:
    """Where progress, warnings and errors go."""
    from rich.console import Console

    return Console(stderr=True, **_AS_WRITTEN)


def number(value: float | None, error: float | None = None, digits: int = 5) -> str:
    """A number with its error, as everywhere (``isotunnel.number_text``); a dash for none."""
    if value is None or math.isnan(value):
        return "–"
    if error is None or math.isnan(error):
        return significant(value, digits)
    return with_error(value, error)


def _exact(value: float) -> str:
    """A value of the grid itself: five digits, zeros among them, so -13.000 and not -13."""
    return "–" if math.isnan(value) else f"{value:#.5g}".rstrip(".")


def show_tunnels(out: Console, tunnels: Tunnels) -> None:
    """Print the thresholds of one field as a table."""
    from rich.markup import escape
    from rich.table import Table

    field = tunnels.field
    spin = "" if field.spin == "total" else f", spin {field.spin}"
    grid = " x ".join(str(n) for n in field.shape)
    unit = "" if field.unit == "1" else f" ({field.unit})"
    table = Table(
        title=f"{escape(str(field.kind))}{spin}, {grid} points, region {tunnels.side} the level, "
        f"{tunnels.connectivity}-connectivity",
        title_justify="left",
    )
    for header in ("network", f"threshold{unit}", f"on the grid{unit}", "whole region, grid"):
        table.add_column(header, justify="left" if header == "network" else "right")
    table.add_column("directions")
    table.add_column("bottleneck")
    for d, name in enumerate(("1D wire", "2D sheet", "3D network")):
        found = tunnels.directions[d]
        table.add_row(
            name,
            number(float(tunnels.thresholds[d]), float(tunnels.thresholds_error[d])),
            _exact(float(tunnels.thresholds_grid[d])),
            _exact(float(tunnels.thresholds_global_grid[d])),
            "never reached" if found is None else _vectors(found.vectors.tolist()),
            _place(tunnels.bottlenecks[d]),
        )
    out.print(table)
    for segment in tunnels.segments[:10]:
        atoms = " ".join(f"{symbol}{index}" for index, symbol, _ in segment.atoms[:12])
        more = f" and {len(segment.atoms) - 12} more" if len(segment.atoms) > 12 else ""
        out.print(f"  segment joined at {number(segment.level)}: {atoms}{more}")
    if len(tunnels.segments) > 10:
        out.print(f"  and {len(tunnels.segments) - 10} more segments (all in --json)")


def _vectors(vectors: list[list[int]]) -> str:
    return " ".join(f"({v[0]} {v[1]} {v[2]})" for v in vectors)


def _place(bottleneck: Bottleneck | None) -> str:
    if bottleneck is None:
        return ""
    where = " ".join(f"{x:.3f}" for x in bottleneck.position_fractional)
    between = "–".join(f"{n.symbol}{n.index}" for n in bottleneck.between)
    return f"{where}" + (f" between {between}" if between else "")


def show_warnings(warnings: tuple[str, ...] | list[str]) -> None:
    """Print warnings on stderr, one paragraph each."""
    from rich.markup import escape

    err = console_for_problems()
    for warning in warnings:
        err.print(f"[yellow]warning:[/yellow] {escape(warning)}", soft_wrap=True)
