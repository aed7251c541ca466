"""The meshes of one field at all its levels, packed into one blob."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.fields.kinds import Side
from isotunnel.report.scene.choose_levels import choose_levels, ranks_reached_at
from isotunnel.report.scene.encode import encode_surface, to_base64
from isotunnel.report.scene.resample import display_shape, on_display_grid
from isotunnel.report.scene.surface import surface_at
from isotunnel.topology.graph import Connectivity, merge_graph, percolation_of
from isotunnel.tunnels.results import Tunnels

QUALITIES = ((48, 34), (42, 30), (36, 26), (32, 24), (28, 20), (24, 16), (20, 12))
"""(points per edge of a cubic cell, levels), the best first."""

_LIKELY_BYTES = 34
"""Least bytes per edge^2 and level that a field which fills the cell takes; spares vain trials."""


@dataclass(frozen=True, eq=False)
class FieldMeshes:
    """The surfaces of one field.

    Attributes:
        shape: the display grid.
        levels: one dictionary per level, in the order in which the region grows: ``value``,
            ``rank`` (of the whole search, not of the drawing), ``thresholds`` (ranks reached
            exactly here), ``vertices``, ``triangles`` (by rank), ``offset`` (bytes into the
            inflated blob).
        blob: all surfaces, deflated, base64.
    """

    shape: tuple[int, int, int]
    levels: tuple[dict[str, Any], ...]
    blob: str


def field_meshes(tunnels: Tunnels, budget_bytes: int) -> FieldMeshes:
    """The meshes in the best quality that fits ``budget_bytes`` of base64 (or the lowest)."""
    packed = None
    likely = [q for q in QUALITIES if _LIKELY_BYTES * q[0] ** 2 * q[1] <= budget_bytes]
    for edge, count in likely or QUALITIES[-1:]:
        packed = _pack(tunnels, edge**3, count)
        if len(packed.blob) <= budget_bytes:
            break
    assert packed is not None
    return packed


def _pack(tunnels: Tunnels, points: int, count: int) -> FieldMeshes:
    field = tunnels.field
    sign = 1 if tunnels.side is Side.BELOW else -1
    connectivity: Connectivity = 6 if tunnels.connectivity == 6 else 26
    levels = choose_levels(tunnels, count)
    shape = display_shape(field.cell, points)
    margin = 0.5 * float(np.ptp(levels))
    values = on_display_grid(field, shape, levels.min() - margin, levels.max() + margin)
    reached = percolation_of(merge_graph(values, sign, connectivity)).value
    described = []
    blob = bytearray()
    for level in levels:
        rank = tunnels.rank_at(float(level))
        drawn = drawn_level(float(level), rank, reached, sign)
        surface = surface_at(values, field.cell, drawn, sign, connectivity)
        encoded = encode_surface(surface)
        described.append(
            {
                "value": float(level),
                "rank": rank,
                "thresholds": ranks_reached_at(tunnels, float(level)),
                "vertices": encoded.vertices,
                "triangles": list(encoded.rank_counts),
                "offset": len(blob),
            }
        )
        blob += encoded.data
    return FieldMeshes(shape, tuple(described), to_base64(bytes(blob)))


def drawn_level(level: float, rank: int, reached: NDArray[np.float64], sign: int) -> float:
    """The level at which the display grid has the rank that the search found for ``level``.

    Thresholds are refined on the full grid, and the coarser display grid reaches them a little
    earlier or later. Drawn at the very threshold, a network might still look broken: so the level
    moves to the nearest one at which the picture shows what was found. ``reached`` holds the
    display grid's own thresholds; where it never has the rank, the level stays.
    """
    opened = sign * reached
    least = opened[rank - 1] if rank > 0 else -np.inf
    most = np.nextafter(opened[rank], -np.inf) if rank < 3 else np.inf
    if np.isnan(least):
        return level
    kept = sign * level if np.isnan(most) else min(sign * level, float(most))
    return float(sign * max(kept, float(least)))
