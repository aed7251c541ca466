"""The common frame of the theories of the normal state: from a resistivity to a full answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from isotunnel.errors import CannotSay
from isotunnel.measured.parameter import Parameter
from isotunnel.theories.base import (
    METAL,
    Quantity,
    TheoryAnswer,
    check_conditions,
    outside_phase,
    propagate,
    used_parameters,
)
from isotunnel.theories.parameters import MaterialData
from isotunnel.theories.volume import ASSUMED_DLNETA, volume_inputs

TWENTY_CELSIUS_K = 293.15
"""Temperature to which the volume belongs where no resistivity was measured."""


class NormalState(Protocol):
    """What a theory of the normal state brings; ``answer_normal`` does the rest."""

    @property
    def name(self) -> str: ...

    @property
    def no_superconductivity(self) -> str: ...

    def inputs(self, material: MaterialData) -> dict[str, Parameter]:
        """Parameters of the resistivity. Raises CannotSay where one is not known."""

    def rho(self, values: Mapping[str, float], temperature_k: float) -> float:
        """Resistivity, uohm cm, at the volume in ``values``."""

    def notes(self, material: MaterialData) -> tuple[str, ...]:
        """What a user should know of the answer."""


def answer_normal(
    theory: NormalState, material: MaterialData, pressure_gpa: float, temperature_k: float
) -> TheoryAnswer:
    """The answer of a theory of the normal state: a metal with a resistivity, or cannot say.

    Raises:
        InputError: impossible pressure or temperature.
    """
    check_conditions(pressure_gpa, temperature_k)
    reason = beyond_metals(material, pressure_gpa, temperature_k)
    inputs: dict[str, Parameter] = {}
    rho = Quantity.refused(reason or "")
    if reason is None:
        try:
            inputs = _inputs(theory, material, pressure_gpa, temperature_k)
            rho = propagate(lambda values: theory.rho(values, temperature_k), inputs)
        except CannotSay as refusal:
            rho = Quantity.refused(str(refusal))
    silent = Quantity.refused(theory.no_superconductivity)
    metal = rho.cannot_say is None
    return TheoryAnswer(
        theory=theory.name,
        material=material.name,
        pressure_gpa=pressure_gpa,
        temperature_k=temperature_k,
        state=METAL if metal else None,
        state_reason="free electrons are assumed" if metal else str(rho.cannot_say),
        confidence=None,
        rho_uohm_cm=rho,
        tc_k=silent,
        hc_t=silent,
        hc2_t=silent,
        jc_a_cm2=silent,
        used=used_parameters(inputs),
        notes=theory.notes(material) if metal else (),
    )


def _inputs(
    theory: NormalState, material: MaterialData, pressure_gpa: float, temperature_k: float
) -> dict[str, Parameter]:
    inputs = theory.inputs(material)
    known = inputs.get("rho_reference_temperature_k")
    reference_k = TWENTY_CELSIUS_K if known is None else known.value
    # The volume's error is common to here and there; only the ratio's is left.
    inputs |= volume_inputs(material, pressure_gpa, temperature_k, reference_k)
    if "gamma" in inputs:
        if material.amplitude_exponent is not None:
            inputs["amplitude_exponent"] = material.amplitude_exponent
        else:
            inputs["dlneta_dlnv"] = material.dlneta_dlnv or ASSUMED_DLNETA
    return inputs


def exactly(condition: Parameter) -> Parameter:
    """The condition of a measurement, whose uncertainty is part of what was measured under it."""
    return condition if condition.error is not None else replace(condition, error=0.0)


def beyond_metals(material: MaterialData, pressure_gpa: float, temperature_k: float) -> str | None:
    """Why no theory of free electrons in a crystal applies, None where one does."""
    outside = outside_phase(material, pressure_gpa)
    if outside:
        return outside
    try:
        gap = material.gap_at(pressure_gpa, temperature_k)
    except CannotSay as refusal:
        return str(refusal)
    if gap is not None:
        return (
            f"a band gap of {gap.value:.3g} eV leaves no free electrons, which the theory takes as "
            "given"
        )
    if material.insulator:
        return f"{material.insulator}: no free electrons, which the theory takes as given"
    if material.melting_k is not None:
        try:
            melting = material.melting_k(pressure_gpa)
        except CannotSay:
            return None
        if temperature_k > melting:
            return f"{material.name} is liquid above its melting line, {melting:.4g} K"
    return None
