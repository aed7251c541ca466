"""Thresholds, directions, bottlenecks and segments of every field."""

from __future__ import annotations

import math
from typing import Any

from isotunnel.fields.kinds import Side
from isotunnel.report import text
from isotunnel.report.page.templates import fill
from isotunnel.report.scene.payload import between_text
from isotunnel.report.selection import FieldChoice
from isotunnel.tunnels.results import Bottleneck, Directions, Segment, Tunnels

_MOST_SEGMENTS = 12
_BEYOND_SHARE = 0.01


def tunnels_section(fields: tuple[FieldChoice, ...]) -> str:
    """One block per field: profile and table."""
    if not fields:
        return ""
    blocks = [_block(choice) for choice in fields]
    return fill("tunnels.html", fields=blocks, not_reached=text.NOT_REACHED)


def _block(choice: FieldChoice) -> dict[str, Any]:
    tunnels = choice.tunnels
    return {
        "name": f"{text.field_name(choice.kind)}, {text.engine_name(choice.engine)}",
        "below": tunnels.side is Side.BELOW,
        "unit": tunnels.field.unit,
        "unit_text": text.unit_text(tunnels.field.unit),
        "shape": tunnels.field.shape,
        "neighbours": tunnels.connectivity,
        "drawing": _profile(choice),
        "rows": [_row(tunnels, rank) for rank in (1, 2, 3)],
        "segments": [_segment(s) for s in tunnels.segments[:_MOST_SEGMENTS]],
        "more_segments": max(0, len(tunnels.segments) - _MOST_SEGMENTS),
        "notes": tunnels.field.provenance.notes,
    }


def _profile(choice: FieldChoice) -> str:
    from isotunnel.report.figures.inline import inline_svg
    from isotunnel.report.figures.profile import profile_figure

    title = f"Rank of the network against the level of the {text.field_name(choice.kind)}"
    return inline_svg(lambda: profile_figure((choice,)), choice.id, title)


def _row(tunnels: Tunnels, rank: int) -> dict[str, Any]:
    bottleneck = tunnels.bottlenecks[rank - 1]
    grid = float(tunnels.thresholds_grid[rank - 1])
    together = float(tunnels.thresholds_global_grid[rank - 1])
    return {
        "rank": rank,
        "threshold": float(tunnels.thresholds[rank - 1]),
        "error": float(tunnels.thresholds_error[rank - 1]),
        "grid": grid,
        "together": together if math.isfinite(together) and together != grid else None,
        "directions": _directions(tunnels.directions[rank - 1]),
        "place": None if bottleneck is None else _place(bottleneck),
        "opening": None if bottleneck is None else _opening(bottleneck, tunnels.field.unit),
    }


def _directions(found: Directions | None) -> dict[str, list[str]] | None:
    if found is None:
        return None
    notes = []
    if found.networks > 1:
        notes.append(f"{found.networks} separate networks")
    if found.index > 1:
        notes.append(f"{found.index} interwoven copies that do not touch")
    return {"vectors": [text.vector_text(v) for v in found.vectors], "notes": notes}


def _place(bottleneck: Bottleneck) -> dict[str, Any]:
    # Adding zero turns the rounded -0.0 into 0.0.
    cartesian = [f"{round(float(x), 3) + 0.0:.3f}" for x in bottleneck.position_cartesian]
    fractional = [f"{round(float(x), 3) % 1.0:.3f}" for x in bottleneck.position_fractional]
    return {
        "fractional": ", ".join(fractional),
        "cartesian": ", ".join(cartesian).replace("-", text.MINUS),
        "atoms": between_text(bottleneck),
        "distances": " and ".join(f"{n.distance_angstrom:.2f}" for n in bottleneck.between),
        "refined": bottleneck.refined,
    }


def _opening(bottleneck: Bottleneck, unit: str) -> dict[str, Any] | None:
    """Area just beyond the threshold: 1 % of the field's spread of levels at the bottleneck."""
    slope = bottleneck.cross_section_slope
    if slope is None or not math.isfinite(slope):
        return None
    step = 0.1 if unit == "eV" else _BEYOND_SHARE * abs(bottleneck.value) or _BEYOND_SHARE
    return {"area": bottleneck.cross_section(step), "beyond": step, "unit": unit}


def _segment(segment: Segment) -> dict[str, Any]:
    names = [
        symbol + ("" if cell == (0, 0, 0) else f" in cell {text.vector_text(cell)}")
        for _, symbol, cell in segment.atoms
    ]
    return {"atoms": names, "level": segment.level}
