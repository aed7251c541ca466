"""Solid, liquid, gas or supercritical: the conventional phase at a pressure and temperature.

The order of questions: below the vapour line a substance is a gas; below the melting line a solid
(which one, the tabulated transitions say); above the critical point a supercritical fluid; else a
liquid. A pressure of 0 stands for one atmosphere. What the tables cannot decide is "unknown", with
the reason; what they decide by an estimate or beyond measured ranges says so (``certain``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from isotunnel.errors import CannotSay, InputError
from isotunnel.matter.invert import check_pressure, solid_volume
from isotunnel.matter.library import Material, SolidPhase
from isotunnel.matter.library import material as find_material
from isotunnel.matter.melting import MeltingCurve
from isotunnel.matter.vapour import ATMOSPHERE_GPA, vapour_line

# Open structures whose liquid is denser: melting falls with pressure.
_DENSER_LIQUID = {"A4", "A7"}
# Others that Lindemann's rule, made for simple solids, does not apply to.
_NO_LINDEMANN = {*_DENSER_LIQUID, "Fddd", "AlB2", "Im-3m"}


@dataclass(frozen=True)
class MeltingPoint:
    """A melting temperature: ``kind`` is "measured", "extrapolated" or "estimate" (Lindemann)."""

    temperature_k: float
    kind: str
    source: str
    note: str


@dataclass(frozen=True)
class PhaseAnswer:
    """The phase at one point.

    Attributes:
        phase: "solid", "liquid", "gas", "supercritical" or "unknown".
        solid: name of the solid phase, None where not solid.
        certain: False where an estimate or an extrapolation decided.
        reason: one sentence.
    """

    phase: str
    solid: str | None
    certain: bool
    reason: str


def melting_temperature(material: Material | str, pressure_gpa: float) -> MeltingPoint:
    """Melting temperature at a pressure.

    Measured curves come first; beyond their range Simon's law is carried on ("extrapolated") to
    ten times its highest pressure, Kechin's to twice that of its maximum. Farther: the end of that,
    so that the line does not jump, without a curve the point at one atmosphere, scaled by
    Lindemann's rule within the range of the equation of state ("estimate").

    Raises:
        InputError: unknown material, or an impossible pressure.
        CannotSay: nothing tabulated, or too far from it; the message says what is missing.
    """
    substance = _as_material(material)
    check_pressure(pressure_gpa)
    if substance.melting:
        return _from_curves(substance, max(float(pressure_gpa), ATMOSPHERE_GPA))
    if substance.melting_k is None:
        raise CannotSay(f"{substance.name}: no melting point is tabulated")
    if pressure_gpa <= ATMOSPHERE_GPA:
        return MeltingPoint(substance.melting_k, "measured", substance.source, "at one atmosphere")
    return _lindemann(substance, float(pressure_gpa), ATMOSPHERE_GPA, substance.melting_k)


def phase_at(material: Material | str, pressure_gpa: float, temperature_k: float) -> PhaseAnswer:
    """The conventional phase at a pressure in GPa and a temperature in K.

    Raises:
        InputError: unknown material, negative or non-finite temperature, impossible pressure.
    """
    substance = _as_material(material)
    check_pressure(pressure_gpa)
    temperature = float(temperature_k)
    if not np.isfinite(temperature):
        raise InputError("the temperature must be a finite number of kelvin")
    if temperature < 0:
        raise InputError(f"temperature {temperature:g} K is negative: give kelvin, not Celsius")
    pressure = max(float(pressure_gpa), ATMOSPHERE_GPA)
    gas = _gas(substance, pressure, temperature)
    if gas is not None:
        return gas
    try:
        point = melting_temperature(substance, pressure)
    except CannotSay as missing:
        return _without_melting(substance, pressure, temperature, str(missing))
    basis = f"melting at {point.temperature_k:.4g} K ({point.kind})"
    certain = point.kind == "measured"
    if temperature < point.temperature_k:
        return PhaseAnswer("solid", solid_at(substance, pressure, temperature), certain, basis)
    return _fluid(substance, pressure, temperature, certain, basis)


def solid_at(material: Material | str, pressure_gpa: float, temperature_k: float) -> str:
    """Name of the solid phase that the tabulated transitions give, melting left aside.

    A name may lack an equation of state. Transitions are at equilibrium or on compression, as
    measured; hysteresis is not modelled.
    """
    substance = _as_material(material)
    starts = [t.from_phase for t in substance.transitions]
    ends = {t.to_phase for t in substance.transitions}
    grounds = [s for s in starts if s not in ends]
    current = grounds[0] if grounds else substance.phases[0].name
    # Each boundary is crossed once at most, so this ends.
    left = list(substance.transitions)
    while True:
        step = next(
            (
                t
                for t in left
                if t.from_phase == current and t.crossed(float(pressure_gpa), float(temperature_k))
            ),
            None,
        )
        if step is None:
            return current
        current = step.to_phase
        left.remove(step)


def _as_material(given: Material | str) -> Material:
    return find_material(given) if isinstance(given, str) else given


def _from_curves(substance: Material, pressure: float) -> MeltingPoint:
    curves = substance.melting
    lowest, last = curves[0], curves[-1]
    for curve in curves:
        if curve.p_min_gpa <= pressure <= curve.p_max_gpa:
            return MeltingPoint(
                float(curve.temperature(pressure)), "measured", curve.source, curve.note
            )
    if pressure < lowest.p_min_gpa:
        if substance.melting_k is None:
            # Helium: below the foot of the curve nothing is solid at any temperature.
            return MeltingPoint(0.0, "measured", lowest.source, "liquid down to absolute zero")
        return MeltingPoint(substance.melting_k, "measured", substance.source, "triple point")
    end = curve_end(last)
    if pressure <= end:
        found = float(last.temperature(pressure))
        return MeltingPoint(
            found, "extrapolated", last.source, f"measured to {last.p_max_gpa:g} GPa"
        )
    return _lindemann(substance, pressure, end, float(last.temperature(end)))


def curve_end(curve: MeltingCurve) -> float:
    """Pressure up to which a measured melting curve is carried on, GPa."""
    far = 10.0 * curve.p_max_gpa if curve.form == "simon" else 2.0 * curve.highest[0]
    return max(far, curve.p_max_gpa)


@lru_cache(maxsize=4096)
def _lindemann(
    substance: Material, pressure: float, known_gpa: float, known_k: float
) -> MeltingPoint:
    """Scale a melting point known at one pressure by (theta^2 V^(2/3)) of the cold solid."""
    phase = substance.phases[0]
    eos = phase.eos
    if phase.structure in _NO_LINDEMANN or eos.vibrations is None:
        raise CannotSay(
            f"{substance.name}: melting at {pressure:g} GPa is not tabulated, and Lindemann's rule "
            f"does not hold for the {phase.structure} structure"
        )
    top = max(p.eos.p_max_gpa for p in substance.phases)
    if pressure > top:
        raise CannotSay(
            f"{substance.name}: melting is estimated only to {top:g} GPa, where the equation of "
            f"state ends; asked for {pressure:g} GPa"
        )
    # At absolute zero, where every solid of the tables is stable at every pressure.
    loose, dense = solid_volume(eos, [known_gpa, pressure], 0.0, extrapolate=True)
    ratio = eos.vibrations.debye_temperature(dense) / eos.vibrations.debye_temperature(loose)
    scale = float(ratio) ** 2 * float(dense / loose) ** (2.0 / 3.0)
    return MeltingPoint(
        known_k * scale,
        "estimate",
        f"Lindemann's rule from {known_k:.4g} K at {known_gpa:.3g} GPa",
        f"with the {phase.name} solid's Debye temperature",
    )


def _gas(substance: Material, pressure: float, temperature: float) -> PhaseAnswer | None:
    """A gas if the vapour line says so; None if not, or if there is no line."""
    try:
        line = vapour_line(substance)
    except CannotSay:
        return None
    if pressure <= ATMOSPHERE_GPA:
        if temperature > line.boiling_k:
            basis = f"above the boiling point {line.boiling_k:g} K at one atmosphere"
            return PhaseAnswer("gas", None, True, basis)
        return None
    if substance.critical_k and temperature > substance.critical_k:
        if substance.critical_gpa and pressure <= substance.critical_gpa:
            return PhaseAnswer(
                "gas", None, True, "hotter than the critical point, below its pressure"
            )
        return None
    if pressure < line.pressure(temperature):
        basis = f"below the vapour pressure {line.pressure(temperature):.3g} GPa ({line.origin})"
        return PhaseAnswer("gas", None, "critical" in line.origin, basis)
    return None


def _fluid(
    substance: Material, pressure: float, temperature: float, certain: bool, basis: str
) -> PhaseAnswer:
    critical_k, critical_gpa = substance.critical_k, substance.critical_gpa
    if critical_k and temperature > critical_k and (not critical_gpa or pressure > critical_gpa):
        where = f"above the critical point ({critical_k:g} K)"
        return PhaseAnswer("supercritical", None, certain, f"{basis}; {where}")
    if substance.boiling_k is None and substance.critical_k is None:
        return PhaseAnswer("liquid", None, False, f"{basis}; its boiling is not tabulated")
    return PhaseAnswer("liquid", None, certain, basis)


def _without_melting(
    substance: Material, pressure: float, temperature: float, reason: str
) -> PhaseAnswer:
    """No melting temperature at this pressure: solid when surely cold enough, else unknown."""
    lowest = solid_below(substance)
    if lowest is not None and temperature <= lowest:
        basis = f"colder than any melting known ({lowest:.4g} K); {reason}"
        return PhaseAnswer("solid", solid_at(substance, pressure, temperature), False, basis)
    return PhaseAnswer("unknown", None, False, reason)


def solid_below(substance: Material) -> float | None:
    """Temperature up to which a substance is taken as solid where its melting is not known, K.

    The lowest end of its measured melting curves or its melting point, where melting rises with
    pressure; half of it where it falls. Without any, its Debye temperature, at most 1000 K. None
    where not even that is known.
    """
    known = [float(c.temperature(c.p_max_gpa)) for c in substance.melting]
    lowest = min(known, default=substance.melting_k or _cold(substance))
    if lowest is None:
        return None
    return lowest * (0.5 if substance.phases[0].structure in _DENSER_LIQUID else 1.0)


def _cold(substance: Material) -> float | None:
    """Without any melting datum: no solid here melts below its Debye temperature."""
    vibrations = substance.phases[0].eos.vibrations
    return None if vibrations is None else min(vibrations.theta0_k, 1000.0)


def stable_solid(material: Material | str, pressure_gpa: float, temperature_k: float) -> SolidPhase:
    """The solid phase at a point, with its equation of state.

    Raises:
        InputError: bad input, or the phase there has no equation of state in the tables.
        CannotSay: the substance is not solid there, or nobody knows.
    """
    substance = _as_material(material)
    answer = phase_at(substance, pressure_gpa, temperature_k)
    if answer.solid is None:
        raise CannotSay(
            f"{substance.name} at {pressure_gpa:g} GPa and {temperature_k:g} K is "
            f"{answer.phase}, not a solid with an equation of state: {answer.reason}"
        )
    return substance.phase(answer.solid)
