"""The resistivity of a law that one measured value fixes: no rows to fit are needed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from isotunnel.errors import CannotSay
from isotunnel.measured.parameter import Parameter
from isotunnel.theories.base import Quantity, propagate
from isotunnel.theories.parameters import MaterialData
from isotunnel.theories.tunnel.gaps import GapsAt
from isotunnel.theories.tunnel.spacing import Spacing
from isotunnel.units import BOLTZMANN_EV_K


def anchored_rho(
    law: str,
    material: MaterialData,
    gaps_of: Callable[[float], GapsAt],
    spacing: Spacing,
    here: GapsAt,
    temperature_k: float,
) -> Quantity:
    """rho at ``here``, the law's one constant taken from the measured resistivity.

    ``linear``: rho_ref Delta / Delta_ref; ``activated``: rho_ref exp(Delta / 2kT - Delta_ref / 2
    k T_ref). The rivals take their constant from the same value. ``volume`` has no constant that
    one value could fix.

    Raises:
        CannotSay: no measured resistivity, a law that needs more, or a reading that calls the
            material a superconductor where its resistivity was measured.
    """
    if law == "volume":
        raise CannotSay(
            f"a free function of the volume needs resistivities of {material.name} at several "
            "volumes: fit MonotoneLaw and give it as fitted"
        )
    rho = material.need("rho_reference_uohm_cm")
    reference_k = material.need("rho_reference_temperature_k")
    at = spacing.volume(material.reference_pressure_gpa, reference_k.value)
    there = gaps_of(at.value)
    delta_ref, delta = there.spanning, here.spanning
    if delta_ref <= 0:
        raise CannotSay(
            f"Delta = {delta_ref:.3g} where {rho.value:g} uohm cm were measured: the law says "
            "zero resistance there, so that no constant of it can be found"
        )
    if law == "activated" and here.unit != "eV":
        raise CannotSay("a gap that is no energy activates nothing")
    if law == "activated" and temperature_k == 0:
        raise CannotSay("infinite at T = 0: nothing lifts electrons across the gap")
    # The grid and the extrapolation shift both gaps alike.
    shift: float | None = 0.0
    if delta != delta_ref:
        errors = (float(here.errors[2]), float(there.errors[2]))
        shift = None if any(map(math.isnan, errors)) else max(errors)
    inputs = {"rho": rho, "shift": Parameter(0.0, "error of the gap", shift)}

    def value(v: Mapping[str, float]) -> float:
        one, other = max(delta + v["shift"], 0.0), delta_ref + v["shift"]
        if law == "linear":
            if other <= 0:
                raise CannotSay("the gap at the measured resistivity is zero within its error")
            return v["rho"] * one / other
        exponent = one / temperature_k - other / reference_k.value
        return v["rho"] * math.exp(min(exponent / (2 * BOLTZMANN_EV_K), 700.0))

    return propagate(value, inputs)
