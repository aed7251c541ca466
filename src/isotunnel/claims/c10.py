"""C10: does dense packing give low resistance, and do ceramics superconduct more readily?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from isotunnel.claims.shared.elements import (
    UNKNOWN,
    Value,
    is_metal,
    nonmetals,
    packing_fraction,
    room_resistivities,
)
from isotunnel.errors import CannotSay
from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import bootstrap, rank_correlation
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER
from isotunnel.scorecard.figure_data import FigureData, Mark
from isotunnel.scorecard.measurement import Measurement


@dataclass(frozen=True)
class Packed:
    """An element's packing fraction beside a property."""

    element: str
    packing: float
    value: float
    row: RowUsed


@dataclass(frozen=True)
class Tried:
    """An element without superconductivity at ambient pressure, known to be a metal or not."""

    element: str
    metal: bool
    found: bool
    rows: tuple[RowUsed, ...]


@dataclass(frozen=True)
class ElementTests:
    """Packing against resistivity, elements under pressure, and what was left out of each."""

    packed: tuple[Packed, ...]
    tried: tuple[Tried, ...]
    dropped: tuple[RowDropped, ...]
    unknown: tuple[RowDropped, ...] = ()


def gather(sources: Sources) -> ElementTests:
    """Elements with a simple structure, and elements that are normal at ambient pressure."""
    resistivities, others = room_resistivities(sources), nonmetals(sources)
    packed, dropped = packed_by(resistivities)
    pressed: dict[str, list[RowUsed]] = {}
    for row in sources.table("elements_pressure"):
        element = row.text("element")
        pressed.setdefault(element, []).append(RowUsed.of(row, element))
    tried, unknown = [], []
    for row in sources.table("elements_ambient"):
        if row["status"] == "superconductor":
            continue
        element = row.text("element")
        metal = is_metal(element, resistivities, others)
        if metal is None:
            unknown.append(RowDropped.of(row, element, UNKNOWN))
            continue
        told = () if element in resistivities else (others[element],)
        rows = (RowUsed.of(row, element), *told, *pressed.get(element, ()))
        tried.append(Tried(element, metal, element in pressed, rows))
    return ElementTests(packed, tuple(tried), dropped, tuple(unknown))


def packed_by(values: dict[str, Value]) -> tuple[tuple[Packed, ...], tuple[RowDropped, ...]]:
    """Elements whose packing is known, with the property."""
    packed, dropped = [], []
    for element, value in values.items():
        try:
            packed.append(Packed(element, packing_fraction(element), value.value, value.row))
        except CannotSay as reason:
            dropped.append(RowDropped(value.row.table, value.row.row, element, str(reason)))
    return tuple(packed), tuple(dropped)


def correlation(
    part: str, packed: tuple[Packed, ...], dropped: tuple[RowDropped, ...]
) -> Measurement:
    """Rank correlation of packing and the property, elements resampled."""
    if len(packed) < 3:
        reason = f"{len(packed)} elements give no correlation"
        return Measurement.refused(part, PAPER, reason, dropped)
    found = bootstrap([[p.packing for p in packed], [p.value for p in packed]], rank_correlation)
    if not np.isfinite(found[0]):
        reason = "packing or the property does not vary"
        return Measurement.refused(part, PAPER, reason, dropped)
    return Measurement(part, PAPER, *found, tuple(p.row for p in packed), dropped)


def measure(rows: ElementTests) -> tuple[Measurement, ...]:
    """The correlation, and the difference of shares."""
    return (correlation("packing", rows.packed, rows.dropped), _readily(rows))


def figure_data(rows: ElementTests) -> FigureData:
    """Resistivity against packing."""
    return FigureData(
        title="Packing and resistivity of the elements near 293 K",
        x_axis="Packing fraction (1)",
        y_axis="Resistivity (1e-8 ohm m)",
        marks=tuple(Mark(p.element, p.value, p.value, p.value, p.packing) for p in rows.packed),
        log_y=True,
    )


def _readily(rows: ElementTests) -> Measurement:
    metals = [t for t in rows.tried if t.metal]
    others = [t for t in rows.tried if not t.metal]
    if not metals or not others:
        return Measurement.refused(
            "readily", PAPER, "metals or non-metals are missing", rows.unknown
        )
    found = bootstrap(
        [[float(t.metal) for t in rows.tried], [float(t.found) for t in rows.tried]], _difference
    )
    used = tuple(r for t in rows.tried for r in t.rows)
    return Measurement("readily", PAPER, *found, used, rows.unknown, len(rows.tried))


def _difference(metal: np.ndarray, found: np.ndarray) -> float:
    if not 0 < metal.sum() < len(metal):
        return float("nan")
    return float(found[metal == 0].mean() - found[metal == 1].mean())
