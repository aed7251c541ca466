"""Measured points as a reader sees them, and the section that puts them beside a crystal."""

from __future__ import annotations

from typing import Any

from isotunnel.analysis.measured import COMPUTED_GPA, NEAR_SHARE, STATED_GPA, Fact, MeasuredBeside
from isotunnel.measured.contradiction import TC_SHARE
from isotunnel.measured.points import KINDS, MeasuredPoint
from isotunnel.report import text
from isotunnel.report.page.templates import fill


def measured_section(beside: MeasuredBeside | None) -> str:
    """The facts with the readings and formulas that they contradict; nothing without atoms."""
    if beside is None:
        return ""
    return fill(
        "measured.html",
        beside=beside,
        rows=[_row(fact, beside) for fact in beside.facts],
        share=f"{NEAR_SHARE:.0%}",
        stated=f"{STATED_GPA:g} GPa",
        computed=f"{COMPUTED_GPA:g} GPa",
        tc_share=f"{TC_SHARE:.0%}",
    )


def marks(beside: MeasuredBeside | None) -> dict[str, str]:
    """By reading or formula that is contradicted: the measurements, in words."""
    if beside is None:
        return {}
    return {
        name: "; ".join(dict.fromkeys(c.point.label for c in found))
        for name, found in beside.contradicted.items()
    }


def _row(fact: Fact, beside: MeasuredBeside) -> dict[str, Any]:
    return {
        "kind": KINDS[fact.point.kind],
        "point": fact.point,
        "pressure": pressure_words(fact.point),
        "temperature": temperature_words(fact.point),
        "remark": _remark(fact, beside),
        "wrong": [(name, c.claim) for name, c in fact.contradicts.items()],
    }


def _remark(fact: Fact, beside: MeasuredBeside) -> str:
    if fact.same_structure is False:
        return "another structure: not compared"
    if beside.pressure_gpa is None:
        return "not compared"
    if not fact.near:
        return f"{distance_words(fact.point, beside.pressure_gpa)}: not compared"
    if fact.contradicts:
        return ""
    known = "" if fact.same_structure else " (structure of the sample not known)"
    return f"contradicts nothing here{known}"


def distance_words(point: MeasuredPoint, pressure_gpa: float) -> str:
    """How far a point lies from a pressure."""
    away = point.pressure_gpa - pressure_gpa
    side = "above" if away > 0 else "below"
    return f"{text.number(abs(away), 'GPa', digits=2)} {side} this crystal"


def pressure_words(point: MeasuredPoint) -> str:
    """Its pressure or range, GPa."""
    start = _as_printed(point.pressure_gpa, point.pressure_error_gpa)
    return start if point.pressure_end_gpa is None else f"{start} to {point.pressure_end_gpa:g}"


def temperature_words(point: MeasuredPoint) -> str:
    """Its temperature or range with the unit."""
    if point.temperature_k is None:
        return "temperature not stated"
    if point.temperature_end_k is not None:
        return f"{point.temperature_k:.4g} to {point.temperature_end_k:.4g} K"
    return f"{_as_printed(point.temperature_k, point.temperature_error_k)} K"


def _as_printed(value: float, error: float | None) -> str:
    """A measured number with the digits of its source."""
    return f"{value:g}" if error is None else text.with_error(value, error)
