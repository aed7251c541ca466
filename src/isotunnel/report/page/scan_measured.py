"""Measured facts beside the points of a scan, and which of a point's numbers they contradict."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from isotunnel.analysis.measured import (
    COMPUTED_GPA,
    STATED_GPA,
    Fact,
    MeasuredBeside,
    Prediction,
    facts_beside,
    possible_states,
)
from isotunnel.atlas.point import ScanPoint
from isotunnel.atlas.scan import Scan
from isotunnel.errors import InputError
from isotunnel.levels import StateRule, get_reading
from isotunnel.measured.points import KINDS
from isotunnel.report.page.measured_points import pressure_words, temperature_words
from isotunnel.theories.hydrides.formulas import FORMULAS


def beside_points(result: Scan) -> list[MeasuredBeside | None]:
    """The measured facts beside each point, None where it has no crystal."""
    return [_beside(result, point) for point in result.points]


def fact_rows(result: Scan, beside: list[MeasuredBeside | None]) -> list[dict[str, Any]]:
    """A row for each measured fact: where it was compared, and what it contradicts there."""
    found: dict[str, list[tuple[ScanPoint, Fact]]] = {}
    for point, facts in zip(result.points, beside, strict=True):
        for fact in facts.facts if facts is not None else ():
            found.setdefault(fact.point.row + fact.point.label, []).append((point, fact))
    return [_row(result, several) for several in found.values()]


def _row(result: Scan, several: list[tuple[ScanPoint, Fact]]) -> dict[str, Any]:
    measured = several[0][1].point
    compared = [point for point, fact in several if fact.compared]
    wrong: dict[str, list[str]] = {}
    for point, fact in several:
        for name in fact.contradicts:
            wrong.setdefault(name, []).append(asked_words(result, point))
    if compared:
        remark = f"compared at {', '.join(asked_words(result, p) for p in compared)}"
    elif all(fact.same_structure is False for _, fact in several):
        remark = "another structure: not compared"
    else:
        remark = "no point of the scan is near"
    return {
        "kind": KINDS[measured.kind],
        "point": measured,
        "pressure": pressure_words(measured),
        "temperature": temperature_words(measured),
        "remark": remark,
        "wrong": [(name, ", ".join(places)) for name, places in wrong.items()],
    }


def asked_words(result: Scan, point: ScanPoint) -> str:
    """What was asked for at a point: 110 GPa, not 110.0."""
    shown = f"{point.asked:g}".replace("-", "\N{MINUS SIGN}")
    return f"{shown} GPa" if result.over == "pressure_gpa" else shown


def _beside(result: Scan, point: ScanPoint) -> MeasuredBeside | None:
    from ase import Atoms

    if point.crystal is None:
        return None
    atoms = Atoms(
        point.crystal["symbols"],
        scaled_positions=point.crystal["positions_fractional"],
        cell=point.crystal["cell_angstrom"],
        pbc=True,
    )
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
