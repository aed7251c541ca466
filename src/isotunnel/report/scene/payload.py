"""Everything the viewer needs, as one JSON-ready dictionary and one blob per field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from isotunnel.analysis.results import Analysis
from isotunnel.report import text
from isotunnel.report.scene.atoms import describe_atoms
from isotunnel.report.scene.encode import STEPS
from isotunnel.report.scene.meshes import field_meshes
from isotunnel.report.selection import FieldChoice, fields_of
from isotunnel.tunnels.results import Bottleneck, Tunnels
from isotunnel.tunnels.ties import tied_thresholds

BUDGET_BYTES = 6_000_000
"""Of all meshes of a report together, in base64."""


@dataclass(frozen=True, eq=False)
class Scene:
    """What the viewer draws.

    Attributes:
        description: JSON-ready: cell, atoms, fields with their levels and bottlenecks.
        blobs: by field id, the deflated meshes in base64.
    """

    description: dict[str, Any]
    blobs: dict[str, str]


def build_scene(analysis: Analysis) -> Scene:
    """The viewer's data; the field shown first gets the largest share of the budget."""
    chosen = fields_of(analysis)
    described, blobs = [], {}
    shares = len(chosen) + 2
    for place, choice in enumerate(chosen):
        budget = BUDGET_BYTES * (3 if place == 0 else 1) // shares
        meshes = field_meshes(choice.tunnels, budget)
        blobs[choice.id] = meshes.blob
        described.append(_describe(choice, meshes.levels))
    atoms = analysis.atoms
    cell = chosen[0].tunnels.field.cell if chosen else None
    if cell is None and atoms is not None:
        cell = np.asarray(atoms.cell.array)
    if atoms is None and chosen:
        atoms = chosen[0].tunnels.field.atoms
    description = {
        "cell": None if cell is None else cell.tolist(),
        "steps": STEPS,
        **describe_atoms(atoms),
        "fields": described,
    }
    return Scene(description, blobs)


def _describe(choice: FieldChoice, levels: tuple[dict[str, Any], ...]) -> dict[str, Any]:
    tunnels = choice.tunnels
    unit = text.unit_text(tunnels.field.unit)
    for level in levels:
        level["label"] = text.number(level["value"], tunnels.field.unit)
    return {
        "id": choice.id,
        "name": f"{text.field_name(choice.kind)} · {text.short_engine(choice.engine)}",
        "short": text.short_field(choice.kind),
        "unit": unit,
        "side": str(tunnels.side),
        "cell": tunnels.field.cell.tolist(),
        "levels": list(levels),
        "start": _start(levels),
        "bottlenecks": _bottlenecks(tunnels),
    }


def _start(levels: tuple[dict[str, Any], ...]) -> int:
    """The level shown first: the last threshold, else the middle."""
    at = [i for i, level in enumerate(levels) if level["thresholds"]]
    return at[-1] if at else len(levels) // 2


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
    dimensions = ", ".join(f"{rank}D" for rank in ranks)
    words = [f"{dimensions} bottleneck", text.number(bottleneck.value, unit)]
    return " · ".join([*words, *filter(None, [between_text(bottleneck)])])


def between_text(bottleneck: Bottleneck) -> str:
    """``between S and H``, or nothing where the atoms are not known."""
    symbols = [n.symbol for n in bottleneck.between]
    return f"between {' and '.join(symbols)}" if symbols else ""
