"""What was put into each theory of a diagram, and which measured points that was."""

from __future__ import annotations

from isotunnel.diagrams.axes import Axis
from isotunnel.errors import CannotSay
from isotunnel.measured.points import MeasuredPoint
from isotunnel.substances import Substance
from isotunnel.theories.base import Theory
from isotunnel.theories.calibration import Calibrated, PutIn

SAME_K = 0.03
SAME_GPA = 0.01
"""Two tables quote one measurement where they differ by less: share of the temperature, and of the
pressure (of 10 GPa where it is lower)."""

_POINTS: dict[str, tuple[str, ...]] = {
    "tc": ("tc", "tc_somewhere", "claim"),
    "parameter": ("tc", "tc_somewhere", "claim"),
    "transition": ("insulator_to_metal", "metal_to_insulator"),
    "normal": ("none",),
    "insulator": ("metal_to_insulator",),
}
"""Kinds of measured points that a kind of input may be."""

Inputs = tuple[tuple[str, PutIn], ...]


def inputs_of(theory: Theory, about: Substance, pressures: Axis) -> Inputs | None:
    """Every input on the pressure axis with the phases that share it; None where not told."""
    found: dict[PutIn, list[str]] = {}
    if not isinstance(theory, Calibrated):
        return None
    for name, phase in zip(about.phase_names, about.phases, strict=True):
        low, high = phase.stable_gpa
        if high < pressures.low or low > pressures.high:
            continue
        try:
            told = theory.put_in(phase)
        except CannotSay:
            return None
        for item in told:
            found.setdefault(item, []).append(name)
    return tuple((", ".join(names), item) for item, names in found.items())


def is_input(item: PutIn, point: MeasuredPoint) -> bool:
    """Whether a measured point is what was put in: one of its kind at the same place."""
    if item.pressure_end_gpa is not None or point.kind not in _POINTS.get(item.kind, ()):
        return False
    if item.kind == "transition" and item.rows:
        # Several are reported close to each other; these are the anchor, or its mean is.
        return point.row in item.rows
    end = point.pressure_end_gpa
    middle = point.pressure_gpa if end is None else (point.pressure_gpa + end) / 2
    if abs(middle - item.pressure_gpa) > SAME_GPA * max(item.pressure_gpa, 10.0):
        return False
    if item.kind == "parameter" and item.temperature_k is None:
        return False
    if item.kind == "normal" or point.temperature_k is None or item.temperature_k is None:
        return True
    return abs(point.temperature_k - item.temperature_k) <= SAME_K * item.temperature_k
