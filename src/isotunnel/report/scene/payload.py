"""Everything the viewer needs, as one JSON-ready dictionary and one blob per field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from isotunnel.analysis.results import Analysis
from isotunnel.report import text
from isotunnel.report.scene.atoms import describe_atoms
from isotunnel.report.scene.cells import cell_choices
from isotunnel.report.scene.encode import encode_values
from isotunnel.report.scene.marks import directions, segments
from isotunnel.report.scene.resample import TOP, DrawnField, drawn_field
from isotunnel.report.scene.scale import LevelScale, level_scale
from isotunnel.report.selection import FieldChoice, fields_of
from isotunnel.tunnels.results import Bottleneck, Tunnels
from isotunnel.tunnels.ties import tied_thresholds


@dataclass(frozen=True, eq=False)
class Scene:
    """What the viewer draws.

    Attributes:
        description: JSON-ready: title, cell, cells, atoms, fields with their levels, events and
            bottlenecks.
        blobs: by field id, the field as in ``encode.py``.
    """

    description: dict[str, Any]
    blobs: dict[str, str]


def build_scene(analysis: Analysis) -> Scene:
    """The viewer's data of an analysis, all its fields."""
    chosen = fields_of(analysis)
    cell = chosen[0].tunnels.field.cell if chosen else None
    atoms = analysis.atoms
    if cell is None and atoms is not None:
        cell = np.asarray(atoms.cell.array)
    if atoms is None and chosen:
        atoms = chosen[0].tunnels.field.atoms
    return scene_of(analysis.title or analysis.name, cell, atoms, chosen)


def scene_of(title: str, cell: Any, atoms: Any, chosen: Sequence[FieldChoice]) -> Scene:
    """The data of some fields of one crystal; ``cell`` None where there is nothing to draw."""
    scales = [level_scale(choice.tunnels) for choice in chosen]
    drawn = [drawn_field(c.tunnels.field, s) for c, s in zip(chosen, scales, strict=True)]
    description = {
        "title": title,
        "cell": None if cell is None else np.asarray(cell).tolist(),
        "cells": cell_choices(atoms, drawn),
        "top": TOP,
        **describe_atoms(atoms),
        "fields": [_describe(*parts) for parts in zip(chosen, scales, drawn, strict=True)],
    }
    blobs = {c.id: encode_values(d.values) for c, d in zip(chosen, drawn, strict=True)}
    return Scene(description, blobs)


def _describe(choice: FieldChoice, scale: LevelScale, drawn: DrawnField) -> dict[str, Any]:
    tunnels = choice.tunnels
    events = _events(tunnels)
    middle = float(scale.levels[len(scale.levels) // 2])
    return {
        "id": choice.id,
        "name": f"{text.field_name(choice.kind)} · {text.short_engine(choice.engine)}",
        "short": text.short_field(choice.kind),
        "unit": text.unit_text(tunnels.field.unit),
        "side": str(tunnels.side),
        "cell": tunnels.field.cell.tolist(),
        "shape": list(drawn.shape),
        "levels": [float(f"{level:.7g}") for level in scale.levels],
        "events": events,
        "segments": segments(tunnels),
        "directions": directions(tunnels),
        # Shown first: the last threshold.
        "start": events[-1]["level"] if events else middle,
        "bottlenecks": _bottlenecks(tunnels),
    }


def _events(tunnels: Tunnels) -> list[dict[str, Any]]:
    """Thresholds in the order in which the region grows; those within their errors are one."""
    unit = tunnels.field.unit
    events = []
    for level, ranks in tied_thresholds(tunnels):
        error = max(float(tunnels.thresholds_error[rank - 1]) for rank in ranks)
        events.append(
            {
                "level": level,
                "error": error if np.isfinite(error) else None,
                "label": text.number(level, unit),
                "label_with_error": text.with_error(level, error, unit),
                "ranks": list(ranks),
            }
        )
    return events


def _bottlenecks(tunnels: Tunnels) -> list[dict[str, Any]]:
    """One mark per place; of thresholds that are equal by symmetry only the last has words."""
    unit = tunnels.field.unit
    by_rank = {ranks[-1]: ranks for _, ranks in tied_thresholds(tunnels)}
    marks: list[dict[str, Any]] = []
    for rank, bottleneck in enumerate(tunnels.bottlenecks, start=1):
        if bottleneck is None:
            continue
        same = [
            m
            for m in marks
            if np.allclose(m["position"], bottleneck.position_fractional, atol=1e-4)
        ]
        if same and rank in by_rank:
            same[0]["label"] = _label(bottleneck, by_rank[rank], unit)
        if same:
            continue
        marks.append(
            {
                "position": [round(float(x), 6) % 1.0 for x in bottleneck.position_fractional],
                "label": _label(bottleneck, by_rank[rank], unit) if rank in by_rank else "",
            }
        )
    return marks


def _label(bottleneck: Bottleneck, ranks: tuple[int, ...], unit: str) -> str:
    """Short enough to stand in the picture: ``3D · 0.6951 · S–H``."""
    dimensions = " ".join(f"{rank}D" for rank in ranks)
    words = [dimensions, text.number(bottleneck.value, unit)]
    between = "–".join(n.symbol for n in bottleneck.between)
    return " · ".join(filter(None, [*words, between]))


def between_text(bottleneck: Bottleneck) -> str:
    """``between S and H``, or nothing where the atoms are not known."""
    symbols = [n.symbol for n in bottleneck.between]
    return f"between {' and '.join(symbols)}" if symbols else ""
