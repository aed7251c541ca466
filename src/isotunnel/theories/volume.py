"""How phonons and their coupling to electrons change with volume."""

from __future__ import annotations

import math
from dataclasses import replace

from isotunnel.errors import CannotSay, InputError
from isotunnel.measured.parameter import Parameter
from isotunnel.theories.parameters import MaterialData

ASSUMED_Q = Parameter(1.0, "gamma proportional to the volume", 1.0, kind="assumed")
ASSUMED_DLNETA = Parameter(
    -1.0,
    "d ln eta / d ln V of simple sp metals (transition metals reach -3.5)",
    1.0,
    kind="assumed",
)


def frequency_ratio(volume_ratio: float, gamma: float, q: float = 0.0) -> float:
    """omega(V) / omega(V0) for gamma = -d ln omega / d ln V = gamma0 (V / V0)^q.

    exp[(gamma0 / q) (1 - (V / V0)^q)], which is (V / V0)^(-gamma0) for q = 0. All modes are
    assumed to shift alike; soft modes and structural transitions do not.

    Raises:
        InputError: a volume ratio not positive and finite.
    """
    if not (math.isfinite(volume_ratio) and volume_ratio > 0):
        raise InputError(f"volume ratio {volume_ratio:g} must be positive")
    if abs(q) < 1e-12:
        return float(volume_ratio**-gamma)
    # expm1 keeps the digits of a small compression.
    return math.exp(-gamma / q * math.expm1(q * math.log(volume_ratio)))


def coupling_ratio(volume_ratio: float, gamma: float, dlneta_dlnv: float, q: float = 0.0) -> float:
    """lambda(V) / lambda(V0) = (V / V0)^(d ln eta / d ln V) / (omega(V) / omega(V0))^2.

    From lambda = eta / (M <omega^2>) (McMillan, Phys. Rev. 167, 331 (1968)), eta =
    N(0) <I^2> the Hopfield parameter, its logarithmic derivative taken as constant: so
    d ln lambda / d ln V = d ln eta / d ln V + 2 gamma.
    """
    return float(volume_ratio**dlneta_dlnv / frequency_ratio(volume_ratio, gamma, q) ** 2)


def volume_ratio(
    material: MaterialData, pressure_gpa: float, temperature_k: float, reference_k: float
) -> Parameter:
    """V(P, T) / V(P_ref, T_ref) of a material, with the law's error.

    Without an equation of state thermal expansion is neglected, and said so.

    Raises:
        CannotSay: a pressure other than the reference one without an equation of state, or
            outside its range.
    """
    start = material.reference_pressure_gpa
    if material.volume is None:
        if pressure_gpa != start:
            raise CannotSay(
                f"no equation of state of {material.name} is known, so its volume at "
                f"{pressure_gpa:g} GPa is not"
            )
        why = "thermal expansion neglected (no equation of state)"
        return Parameter(1.0, why, kind="assumed")
    if pressure_gpa == start and temperature_k == reference_k:
        return Parameter(1.0, "reference volume", 0.0)
    try:
        here = _parameter(material.volume(pressure_gpa, temperature_k))
        there = _parameter(material.volume(start, reference_k))
    except InputError as refusal:
        raise CannotSay(str(refusal)) from None
    if not (here.value > 0 and there.value > 0 and math.isfinite(here.value / there.value)):
        raise CannotSay(f"the equation of state of {material.name} gives no volume here")
    ratio = here.value / there.value
    error = None if here.error is None else here.error / there.value
    return replace(here, value=ratio, error=error, unit="")


def volume_inputs(
    material: MaterialData, pressure_gpa: float, temperature_k: float, reference_k: float
) -> dict[str, Parameter]:
    """What scaling with volume needs: ``volume_ratio``, and off the reference gamma and q.

    Raises:
        CannotSay: the volume or the Grueneisen parameter is not known.
    """
    ratio = volume_ratio(material, pressure_gpa, temperature_k, reference_k)
    if ratio.value == 1.0:
        return {"volume_ratio": ratio}
    return {
        "volume_ratio": ratio,
        "gamma": material.need("gamma"),
        "gamma_q": material.gamma_q or ASSUMED_Q,
    }


def _parameter(value: Parameter | float) -> Parameter:
    return value if isinstance(value, Parameter) else Parameter(float(value), "equation of state")
