"""The tunnels of a file with several parts as one document and as one table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from isotunnel.csv_tables import CsvTable

if TYPE_CHECKING:
    from isotunnel.tunnels import Tunnels


def tunnels_document(found: Sequence[Tunnels]) -> dict[str, Any]:
    """The document of the first part, the others within it as ``other_parts``."""
    first, *others = (t.as_dict() for t in found)
    return {**first, "other_parts": others}


def tunnels_table(found: Sequence[Tunnels]) -> CsvTable:
    """A row per field and dimension: thresholds and their errors in the field's unit.

    ``threshold_grid`` is exact on the grid's points, ``threshold_global_grid`` the same for all
    networks taken together; the bottleneck is in fractions of the cell. Where no network opens, a
    threshold is NaN, an empty place in CSV.
    """
    header = (
        *("kind", "spin", "unit", "side", "dimension", "threshold", "threshold_error"),
        *("threshold_grid", "threshold_global_grid", "bottleneck_fractional"),
    )
    rows: list[tuple[object, ...]] = []
    for t in found:
        for d in range(3):
            neck = t.bottlenecks[d]
            numbers = (
                *(t.thresholds[d], t.thresholds_error[d]),
                *(t.thresholds_grid[d], t.thresholds_global_grid[d]),
            )
            place = "" if neck is None else " ".join(f"{x:.6f}" for x in neck.position_fractional)
            about = (str(t.field.kind), t.field.spin, t.field.unit, str(t.side), d + 1)
            rows.append((*about, *map(float, numbers), place))
    return header, rows
