"""Rows of the measured facts beside the points of a scan."""

from __future__ import annotations

from typing import Any

from isotunnel.analysis.measured import Fact, MeasuredBeside
from isotunnel.atlas.point import ScanPoint
from isotunnel.atlas.scan import Scan
from isotunnel.measured.points import KINDS
from isotunnel.report.page.measured_points import pressure_words, temperature_words


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
