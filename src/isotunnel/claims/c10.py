"""C10: does dense packing give low resistance, and do ceramics superconduct more readily?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from isotunnel.claims.shared.elements import (
    UNKNOWN,
    UNLISTED,
    UNRECORDED,
    Value,
    is_metal,
    nonmetals,
    packing_fraction,
    room_resistivities,
)
from isotunnel.crystal.formula import formula_elements
from isotunnel.errors import CannotSay
from isotunnel.evidence.sources import Sources
from isotunnel.evidence.statistics import bootstrap, rank_correlation
from isotunnel.measured.rows_used import RowDropped, RowUsed
from isotunnel.scorecard.claim import PAPER
from isotunnel.scorecard.figure_data import FigureData, Mark
from isotunnel.scorecard.measurement import CORRELATION, Measurement

ANIONS = frozenset({"O", "N", "C", "B"})
"""What makes a compound of a metal a ceramic here."""
OTHERS = {"H", "He", "F", "Ne", "Si", "P", "S", "Cl", "Ar"}
HEAVIER = {"Ge", "As", "Se", "Br", "Kr", "Te", "I", "Xe"}
NOT_METALS = ANIONS | OTHERS | HEAVIER


@dataclass(frozen=True)
class Packed:
    """An element's packing fraction beside a property."""

    element: str
    packing: float
    value: float
    row: RowUsed


@dataclass(frozen=True)
class Tried:
    """A metal or a ceramic without superconductivity at ambient pressure."""

    name: str
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
        unrecorded = row["status"] == UNLISTED and element not in pressed
        if not metal or unrecorded:
            reason = UNKNOWN if metal is None else "it is neither a metal nor a ceramic"
            reason = UNRECORDED if metal else reason
            unknown.append(RowDropped.of(row, element, reason))
            continue
        rows = (RowUsed.of(row, element), *pressed.get(element, ()))
        tried.append(Tried(element, True, element in pressed, rows))
    return ElementTests(packed, (*tried, *ceramics(sources)), dropped, tuple(unknown))


def ceramics(sources: Sources) -> tuple[Tried, ...]:
    """Ceramics that were put under pressure, one vote per set of elements.

    Found superconducting where the table of pressure effects on Tc says that it was induced;
    otherwise known from a transition, or from a search for one.
    """
    rows: dict[frozenset[str], list[tuple[str, bool, RowUsed]]] = {}
    for table, column in (("insulator_metal_transitions", "material"), ("dtc_dp", "material")):
        for row in sources.table(table):
            name = row.text(column)
            elements = formula_elements(name)
            induced = table == "dtc_dp" and row["kind"] == "pressure_induced"
            seen = induced or (table != "dtc_dp" and row["method"] == "experiment")
            if seen and is_ceramic(elements):
                rows.setdefault(elements, []).append((name, induced, RowUsed.of(row, name)))
    return tuple(
        Tried(mine[0][0], False, any(i for _, i, _ in mine), tuple(r for *_, r in mine))
        for mine in rows.values()
    )


def is_ceramic(elements: frozenset[str]) -> bool:
    """Whether a compound of these elements is one of a metal with O, N, C or B."""
    return bool(elements & ANIONS) and bool(elements - NOT_METALS)


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
    values = tuple((p.element, {"packing": p.packing, "property": p.value}) for p in packed)
    used = tuple(p.row for p in packed)
    return Measurement(part, PAPER, *found, used, dropped, method=CORRELATION, values=values)


def measure(rows: ElementTests) -> tuple[Measurement, ...]:
    """The correlation, and the difference of shares."""
    return (correlation("packing", rows.packed, rows.dropped), _readily(rows))


def figure_data(rows: ElementTests) -> FigureData:
    """Resistivity against packing."""
    return FigureData(
        title="Packing and resistivity of the elements near 293 K",
        x_axis="Packing fraction (1)",
        y_axis="Resistivity (1e-8 ohm m)",
        marks=tuple(Mark(p.element, p.value, None, None, p.packing) for p in rows.packed),
        log_y=True,
    )


def _readily(rows: ElementTests) -> Measurement:
    metals = {t.name for t in rows.tried if t.metal}
    if not metals or len(metals) == len(rows.tried):
        reason = "metals or ceramics are missing"
        return Measurement.refused("readily", PAPER, reason, rows.unknown)
    columns = [[float(t.metal) for t in rows.tried], [float(t.found) for t in rows.tried]]
    found = bootstrap(columns, _difference)
    used = tuple(r for t in rows.tried for r in t.rows)
    return Measurement(
        "readily",
        PAPER,
        *found,
        used,
        rows.unknown,
        len(rows.tried),
        method="share among ceramics minus share among metals, interval by resampling all",
        values=tuple(
            (t.name, {"ceramic": not t.metal, "superconducts under pressure": t.found})
            for t in rows.tried
        ),
    )


def _difference(metal: np.ndarray, found: np.ndarray) -> float:
    if not 0 < metal.sum() < len(metal):
        return float("nan")
    return float(found[metal == 0].mean() - found[metal == 1].mean())
