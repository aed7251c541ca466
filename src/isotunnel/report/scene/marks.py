"""Marks of the slider and of the picture: segments that form, directions in which networks run."""

from __future__ import annotations

from typing import Any

from isotunnel.report import text
from isotunnel.tunnels.results import Segment, Tunnels

MOST_SEGMENTS = 6
"""More marks would lie upon each other; the last ones, next to the threshold, are kept."""

_SAME = 1e-6
"""Segments whose levels differ by this share are the same by symmetry."""


def segments(tunnels: Tunnels) -> list[dict[str, Any]]:
    """Levels at which pieces of several atoms form, in the order in which the region grows.

    Each has ``level``, ``label`` (level with unit) and ``atoms``, as "H-H" or, of more than two,
    the numbers of each element. Levels are those of the grid.
    """
    sign = 1 if tunnels.side == "below" else -1
    groups: list[tuple[float, dict[str, None]]] = []
    for segment in sorted(tunnels.segments, key=lambda one: sign * one.level):
        same = groups and abs(segment.level - groups[-1][0]) <= _SAME * abs(segment.level)
        if not same:
            groups.append((segment.level, {}))
        groups[-1][1][_atoms_of(segment)] = None
    return [
        {
            "level": float(f"{level:.9g}"),
            "label": text.number(level, tunnels.field.unit),
            "atoms": ", ".join(names),
        }
        for level, names in groups[-MOST_SEGMENTS:]
    ]


def directions(tunnels: Tunnels) -> list[dict[str, Any]]:
    """Where the networks of rank 1, 2, 3 run when they open; one entry per rank that occurs.

    Each has ``rank``, ``at`` (fractional, the bottleneck) and ``vectors``: one per direction, whole
    numbers along the lattice vectors of the given cell.
    """
    found: list[dict[str, Any]] = []
    for found_at, bottleneck in zip(tunnels.directions, tunnels.bottlenecks, strict=True):
        if found_at is None or bottleneck is None:
            continue
        if any(one["rank"] == found_at.rank for one in found):
            continue
        found.append(
            {
                "rank": found_at.rank,
                "at": [round(float(x), 6) % 1.0 for x in bottleneck.position_fractional],
                "vectors": found_at.vectors.tolist(),
            }
        )
    return found


def _atoms_of(segment: Segment) -> str:
    symbols = [symbol for _, symbol, _ in segment.atoms]
    if len(symbols) == 2:
        return "–".join(symbols)
    counts = {symbol: symbols.count(symbol) for symbol in sorted(symbols)}
    return " ".join(f"{symbol}{number if number > 1 else ''}" for symbol, number in counts.items())
