"""Measured facts beside the points of a scan, and which of a point's numbers they contradict."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from isotunnel.analysis.measured import (
    COMPUTED_GPA,
    STATED_GPA,
    MeasuredBeside,
    Prediction,
    facts_beside,
    possible_states,
)
from isotunnel.atlas.point import ScanPoint
from isotunnel.atlas.scan import Scan
from isotunnel.errors import InputError
from isotunnel.levels import StateRule, get_reading
from isotunnel.theories.hydrides.formulas import FORMULAS


def beside_points(result: Scan) -> list[MeasuredBeside | None]:
    """The measured facts beside each point, None where it has no crystal."""
    return [_beside(result, point) for point in result.points]


def document_with_measured(result: Scan) -> dict[str, Any]:
    """The scan's document, with what was measured beside each point."""
    from isotunnel.schemas import document
    from isotunnel.schemas.analysis import MeasuredBeside as Shape

    beside = beside_points(result)
    measured = [None if facts is None else document(Shape, facts) for facts in beside]
    return {**result.as_dict(), "measured": measured}


def _beside(result: Scan, point: ScanPoint) -> MeasuredBeside | None:
    atoms = point.atoms()
    if atoms is None:
        return None
    said = (*_states(result, point), *_formulas(result, point))
    if result.over == "pressure_gpa":
        return facts_beside(atoms, said, point.asked, STATED_GPA)
    computed = point.values.get("pressure_gpa")
    pressure = float(computed) if isinstance(computed, int | float) else None
    return facts_beside(atoms, said, pressure, COMPUTED_GPA)


def _states(result: Scan, point: ScanPoint) -> Iterator[Prediction]:
    limits = result.settings.get("delta_c") or {}
    for column in result.about("state"):
        gaps = [c for c in result.about("gap") if c.of == column.of]
        if point.values.get(column.name) is None or len(gaps) != 3:
            continue
        try:
            reading = get_reading(column.of)
        except InputError:
            continue
        values = [point.values.get(c.name) for c in sorted(gaps, key=lambda c: c.rank or 0)]
        rule = StateRule(float(limits.get(column.of, reading.delta_c)), reading.sees_overlap)
        state = rule.classify([float("nan") if v is None else float(v) for v in values])
        yield Prediction(column.of, possible_states(column.of, state))


def _formulas(result: Scan, point: ScanPoint) -> Iterator[Prediction]:
    errors = {formula.id: formula.error_k for formula in FORMULAS}
    for column in result.about("tc"):
        value = point.values.get(column.name)
        if isinstance(value, int | float):
            yield Prediction(column.of, tc_k=float(value), tc_error_k=errors.get(column.of))
