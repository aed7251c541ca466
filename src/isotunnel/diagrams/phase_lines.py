"""Conventional phase lines: melting, boiling and transitions between solids."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from isotunnel.diagrams.axes import ATMOSPHERE_GPA, Axis
from isotunnel.errors import CannotSay, InputError
from isotunnel.matter import Material, melting_temperature, phase_at, solid_at
from isotunnel.matter.library import Transition
from isotunnel.matter.phases import curve_end
from isotunnel.matter.vapour import vapour_line

POINTS = 61
GRID = 41
_NUDGE = 1e-6
_STEP = 0.25
"""Lines of two kinds are joined where they differ by less; estimates may start off the mark."""


@dataclass(frozen=True)
class PhaseLine:
    """One line of the conventional phase diagram.

    Attributes:
        kind: "melting", "boiling" or "transition".
        quality: "measured", "extrapolated" or "estimate".
        name: what it parts ("bcc - fcc"), or "melting", "boiling".
        pressure_gpa, temperature_k: its points.
        uncertainty: of the pressure in GPa (of the temperature in K for a transition on heating),
            None where not stated.
        source: where it comes from.
        note: what a user should know of it, or "".
    """

    kind: str
    quality: str
    name: str
    pressure_gpa: tuple[float, ...]
    temperature_k: tuple[float, ...]
    uncertainty: float | None
    source: str
    note: str = ""


@dataclass(frozen=True)
class PhaseMap:
    """Conventional phases on a grid: "gas", "liquid", "supercritical", "solid NAME", "unknown".

    ``names[j][i]`` belongs to ``temperature_k[j]`` and ``pressure_gpa[i]``, which are evenly spaced
    along the axes, half a step from their ends.
    """

    pressure_gpa: tuple[float, ...]
    temperature_k: tuple[float, ...]
    names: tuple[tuple[str, ...], ...]


def phase_lines(material: Material, pressures: Axis, temperatures: Axis) -> tuple[PhaseLine, ...]:
    """Every conventional line that crosses the plane."""
    return (
        *_melting(material, pressures, temperatures),
        *_boiling(material, pressures, temperatures),
        *(
            line
            for transition in material.transitions
            if (line := _transition(material, transition, pressures, temperatures)) is not None
        ),
    )


def _melting(material: Material, pressures: Axis, temperatures: Axis) -> tuple[PhaseLine, ...]:
    found: list[tuple[str, float, float, str, str]] = []
    for p in _samples(material, pressures):
        try:
            point = melting_temperature(material, float(p))
        except (CannotSay, InputError):
            continue
        if temperatures.holds(point.temperature_k):
            where = float(p), point.temperature_k
            found.append((point.kind, *where, point.source, point.note))
    lines = []
    start = 0
    for n in range(1, len(found) + 1):
        if n == len(found) or found[n][0] != found[start][0]:
            part = found[start:n]
            if n < len(found) and 0 <= found[n][2] / found[n - 1][2] - 1 < _STEP:
                # One point of the next kind, so that no gap is seen.
                part = found[start : n + 1]
            if len(part) > 1:
                _, p_all, t_all, _, _ = zip(*part, strict=True)
                quality, _, _, source, note = found[start]
                lines.append(
                    PhaseLine("melting", quality, "melting", p_all, t_all, None, source, note)
                )
            start = n
    return tuple(lines)


def _samples(material: Material, pressures: Axis) -> list[float]:
    """Pressures along the axis, more of them where it is low, and the ends of measured curves."""
    found = {float(p) for p in pressures.values(POINTS)}
    lowest = max(pressures.low, ATMOSPHERE_GPA)
    found |= {float(p) for p in np.geomspace(lowest, pressures.high, POINTS)}
    for curve in material.melting:
        for p in (curve.p_min_gpa, curve.p_max_gpa, curve_end(curve)):
            found |= {q for q in (p * (1 - _NUDGE), p * (1 + _NUDGE)) if pressures.holds(q)}
    return sorted(min(max(p, pressures.low), pressures.high) for p in found)


def _boiling(material: Material, pressures: Axis, temperatures: Axis) -> tuple[PhaseLine, ...]:
    """The vapour line up to the critical point; below the melting line it is that of the solid."""
    try:
        line = vapour_line(material)
    except CannotSay:
        return ()
    top = min(material.critical_k or temperatures.high, temperatures.high)
    bottom = temperatures.low
    points = []
    for n in range(POINTS):
        t = bottom * (top / bottom) ** (n / (POINTS - 1)) if bottom > 0 else top * n / (POINTS - 1)
        t = min(max(t, bottom), top)
        p = line.pressure(t)
        if pressures.holds(p):
            points.append((p, t))
    if len(points) < 2:
        return ()
    p_all, t_all = zip(*points, strict=True)
    quality = "measured" if "critical" in line.origin else "estimate"
    source = f"{line.origin}: {material.source}"
    return (PhaseLine("boiling", quality, "boiling", p_all, t_all, None, source),)


def _transition(
    material: Material, transition: Transition, pressures: Axis, temperatures: Axis
) -> PhaseLine | None:
    """A boundary between solids, only where both sides of it are the solids it names."""
    points = []
    if transition.variable == "pressure":
        pairs = [(transition.pressure_at(float(t)), float(t)) for t in temperatures.values(POINTS)]
    else:
        pairs = [
            (float(p), transition.t0_k + transition.slope * float(p))
            for p in pressures.values(POINTS)
        ]
    for p, t in pairs:
        if pressures.holds(p) and temperatures.holds(t) and _parts(material, transition, p, t):
            points.append((p, t))
    if len(points) < 2:
        return None
    p_all, t_all = zip(*points, strict=True)
    name = f"{transition.from_phase} - {transition.to_phase}"
    return PhaseLine(
        "transition",
        "measured",
        name,
        p_all,
        t_all,
        transition.uncertainty,
        transition.source,
        transition.note,
    )


def _parts(material: Material, transition: Transition, p: float, t: float) -> bool:
    try:
        if phase_at(material, p, t).phase != "solid":
            return False
        step = 1e-6
        if transition.variable == "pressure":
            sides = solid_at(material, p * (1 - step), t), solid_at(material, p * (1 + step), t)
        else:
            sides = solid_at(material, p, t * (1 - step)), solid_at(material, p, t * (1 + step))
    except (CannotSay, InputError):
        return False
    return sides == (transition.from_phase, transition.to_phase)


def phase_map(material: Material, pressures: Axis, temperatures: Axis) -> PhaseMap:
    """The conventional phase on a grid over the plane."""
    p_all = tuple(pressures.value((n + 0.5) / GRID) for n in range(GRID))
    t_all = tuple(temperatures.value((n + 0.5) / GRID) for n in range(GRID))
    names = tuple(tuple(_name(material, p, t) for p in p_all) for t in t_all)
    return PhaseMap(p_all, t_all, names)


def _name(material: Material, pressure_gpa: float, temperature_k: float) -> str:
    try:
        answer = phase_at(material, pressure_gpa, temperature_k)
    except (CannotSay, InputError):
        return "unknown"
    return f"solid {answer.solid}" if answer.phase == "solid" else answer.phase
