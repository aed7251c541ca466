"""What any theory predicts for the quantities that claims judge, by its answers alone.

The same few questions are put to the tunnel theory, to its rivals and to a user's own theory, so
that all are treated alike: only ``Theory.answer`` is used.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from isotunnel.errors import CannotSay, InputError
from isotunnel.theories import MaterialData, Quantity, Theory, TheoryAnswer

STEP_GPA = 0.5
"""Pressures a theory is asked at for an initial slope: the reference's and this much above."""

Reading = Callable[[TheoryAnswer], Quantity]


def ambient_phase(phases: tuple[MaterialData, ...]) -> MaterialData:
    """The phase of zero pressure.

    Raises:
        CannotSay: none is described.
    """
    for phase in phases:
        if phase.stable_gpa[0] <= 0.0 < phase.stable_gpa[1]:
            return phase
    names = ", ".join(p.name for p in phases)
    raise CannotSay(f"no phase of zero pressure among {names or 'none'}")


def resistance_slope(theory: Theory, material: MaterialData, temperature_k: float) -> Quantity:
    """d ln rho/dP at zero pressure and a temperature, 1/GPa."""
    return _log_slope(theory, material, temperature_k, lambda a: a.rho_uohm_cm)


def tc_slope(theory: Theory, material: MaterialData) -> Quantity:
    """dTc/dP at zero pressure, K/GPa."""
    try:
        first, second, step = _two(theory, material, 0.0, lambda a: a.tc_k)
    except (CannotSay, InputError) as reason:
        return Quantity.refused(str(reason))
    return Quantity((second - first) / step)


def tc(theory: Theory, material: MaterialData, pressure_gpa: float) -> Quantity:
    """Tc at a pressure, K."""
    try:
        return theory.answer(material, pressure_gpa, 0.0).tc_k
    except (CannotSay, InputError) as reason:
        return Quantity.refused(str(reason))


def state(
    theory: Theory, phases: tuple[MaterialData, ...], pressure_gpa: float, temperature_k: float
) -> tuple[str | None, str]:
    """State at a pressure and temperature with its reason; None where the theory cannot say."""
    for phase in phases:
        low, high = phase.stable_gpa
        if low <= pressure_gpa <= high:
            try:
                answer = theory.answer(phase, pressure_gpa, temperature_k)
            except (CannotSay, InputError) as reason:
                return None, str(reason)
            return answer.state, answer.state_reason
    return None, f"no phase of the substance is described at {pressure_gpa:g} GPa"


def _log_slope(
    theory: Theory, material: MaterialData, temperature_k: float, reading: Reading
) -> Quantity:
    try:
        first, second, step = _two(theory, material, temperature_k, reading)
    except (CannotSay, InputError) as reason:
        return Quantity.refused(str(reason))
    if first <= 0 or second <= 0:
        return Quantity.refused(f"{theory.name} gives no resistance that could have a slope")
    return Quantity(math.log(second / first) / step)


def _two(
    theory: Theory, material: MaterialData, temperature_k: float, reading: Reading
) -> tuple[float, float, float]:
    """The quantity at zero pressure and a step above, and the step."""
    step = min(STEP_GPA, material.stable_gpa[1] / 2)
    values = []
    for pressure in (0.0, step):
        found = reading(theory.answer(material, pressure, temperature_k))
        if found.cannot_say is not None:
            raise CannotSay(found.cannot_say)
        values.append(found.value)
    return values[0], values[1], step
