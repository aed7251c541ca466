"""The common frame of the theories of pairing: from a Tc to a full answer."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from isotunnel.errors import CannotSay
from isotunnel.measured.parameter import Parameter
from isotunnel.theories.base import (
    INSULATOR,
    METAL,
    SUPERCONDUCTOR,
    Beside,
    Quantity,
    TheoryAnswer,
    check_conditions,
    outside_phase,
    propagate,
    used_parameters,
)
from isotunnel.theories.parameters import MaterialData
from isotunnel.theories.superconducting.critical_fields import (
    depairing_current_a_cm2,
    upper_field_t,
)
from isotunnel.theories.volume import (
    ASSUMED_DLNETA,
    coupling_ratio,
    frequency_ratio,
    volume_inputs,
)

NO_NORMAL_STATE = (
    "a theory of pairing does not predict the normal state's resistivity; see bloch_grueneisen"
)
NO_FERROMAGNETIC_PAIRS = "its exchange field breaks pairs of opposite spins"
NO_GAPPED_PAIRS = "a band gap leaves no electrons at the Fermi level to pair"


MU_STAR_ERROR = 0.02
"""Of a mu* that is given without an error: no source states one, and values in use differ by it."""

ASSUMED_MU_STAR = Parameter(0.12, "customary for metals, 0.10 to 0.15", 0.02, kind="assumed")


class Pairing(Protocol):
    """What a theory of pairing brings; ``answer_pairing`` does the rest.

    ``inputs`` are the parameters at the reference volume; ``tc`` and ``field`` take their values
    by name, with those of the volume added.
    """

    @property
    def name(self) -> str: ...

    def inputs(self, material: MaterialData) -> dict[str, Parameter]:
        """Parameters of Tc. Raises CannotSay where one is not known."""

    def tc(self, material: MaterialData, values: Mapping[str, float]) -> float:
        """Tc in kelvin at the volume in ``values``."""

    def field(
        self, material: MaterialData, values: Mapping[str, float], tc_k: float, t: float
    ) -> float:
        """Thermodynamic critical field in tesla at t kelvin."""

    def beside(self, material: MaterialData, values: Mapping[str, float]) -> Beside | None:
        """A better founded Tc where the theory's own is known to fail, else None."""

    def notes(self, material: MaterialData, values: Mapping[str, float]) -> tuple[str, ...]:
        """What a user should know of the answer."""


def scaled_coupling(coupling: float, values: Mapping[str, float]) -> tuple[float, float]:
    """Frequency ratio and lambda at the volume in ``values``; (1, coupling) at the reference."""
    if "gamma" not in values:
        return 1.0, coupling
    ratio, gamma, q = values["volume_ratio"], values["gamma"], values["gamma_q"]
    factor = coupling_ratio(ratio, gamma, values["dlneta_dlnv"], q)
    return frequency_ratio(ratio, gamma, q), coupling * factor


def pairing_inputs(
    theory: Pairing, material: MaterialData, pressure_gpa: float
) -> dict[str, Parameter]:
    """All parameters that Tc at a pressure rests on, those of the volume included.

    Raises:
        CannotSay: one of them is not known, or the volume is not.
    """
    inputs = theory.inputs(material) | volume_inputs(material, pressure_gpa, 0.0, 0.0)
    mu_star = inputs.get("mu_star")
    if mu_star is not None and mu_star.error is None:
        inputs["mu_star"] = replace(mu_star, error=MU_STAR_ERROR, error_assumed=True)
    if "gamma" in inputs:
        inputs["dlneta_dlnv"] = material.dlneta_dlnv or ASSUMED_DLNETA
    return inputs


def coupling_input(material: MaterialData, calibrated: bool) -> dict[str, Parameter]:
    """lambda, or the measured Tc to find it from.

    Raises:
        CannotSay: neither is known, or the material was never seen to superconduct.
    """
    if material.lambda_ep is not None and not (calibrated and material.tc_k is not None):
        return {"lambda_ep": material.lambda_ep}
    if material.tc_k is None:
        raise CannotSay(
            f"neither the electron-phonon coupling nor a measured Tc of {material.name} is known "
            "(lambda_ep, tc_k)"
        )
    if material.tc_k.value == 0:
        raise CannotSay(
            f"{material.name} was not seen to superconduct, and its electron-phonon coupling is "
            "not known (lambda_ep): only an upper limit of it would follow"
        )
    return {"tc_k": material.tc_k}


def answer_pairing(
    theory: Pairing, material: MaterialData, pressure_gpa: float, temperature_k: float
) -> TheoryAnswer:
    """The answer of a theory of pairing.

    A ferromagnet, taken for one at all pressures of its phase, does not superconduct: its exchange
    field, of the order of the Curie temperature, splits the spins of a pair by far more than a gap
    holds together (Clogston, Phys. Rev. Lett. 9, 266 (1962); Chandrasekhar, Appl. Phys. Lett. 1, 7
    (1962)). Pairs of equal spins are left out.

    The volume is that at the pressure and at low temperature: superconductors are cold, and the
    parameters belong to the cold crystal. Below Tc the resistivity is exactly zero.

    Raises:
        InputError: impossible pressure or temperature.
    """
    check_conditions(pressure_gpa, temperature_k)
    outside = outside_phase(material, pressure_gpa)
    if outside:
        return _refused(theory, material, pressure_gpa, temperature_k, outside)
    try:
        gap = material.gap_at(pressure_gpa, temperature_k)
        if gap is not None or material.insulator:
            return _insulator(theory, material, pressure_gpa, temperature_k, gap)
        if material.curie_temperature_k is not None:
            return _ferromagnet(theory, material, pressure_gpa, temperature_k)
        inputs = pairing_inputs(theory, material, pressure_gpa)
    except CannotSay as reason:
        return _refused(theory, material, pressure_gpa, temperature_k, str(reason))
    tc = propagate(lambda values: theory.tc(material, values), inputs)
    if tc.cannot_say is not None:
        return _refused(theory, material, pressure_gpa, temperature_k, tc.cannot_say)
    values = {name: p.value for name, p in inputs.items()}
    tc = replace(tc, beside=theory.beside(material, values))
    superconducts = temperature_k < tc.value
    fields, used = _fields(theory, material, temperature_k, inputs)
    return TheoryAnswer(
        theory=theory.name,
        material=material.name,
        pressure_gpa=pressure_gpa,
        temperature_k=temperature_k,
        state=SUPERCONDUCTOR if superconducts else METAL,
        state_reason=_reason(temperature_k, tc.value),
        confidence=_confidence(temperature_k, tc),
        rho_uohm_cm=Quantity(0.0, 0.0) if superconducts else Quantity.refused(NO_NORMAL_STATE),
        tc_k=tc,
        hc_t=fields["hc"],
        hc2_t=fields["hc2"],
        jc_a_cm2=fields["jc"],
        used=used_parameters(used),
        notes=theory.notes(material, values),
    )


def _fields(
    theory: Pairing, material: MaterialData, t: float, inputs: dict[str, Parameter]
) -> tuple[dict[str, Quantity], dict[str, Parameter]]:
    """Critical fields and current, each propagated, and all parameters that were used."""
    used = dict(inputs)

    def derived(names: tuple[str, ...], rule: str) -> Quantity:
        try:
            needed = {name: material.need(name) for name in names}
        except CannotSay as reason:
            return Quantity.refused(str(reason))
        used.update(needed)
        return propagate(lambda v: _field(theory, material, v, t, rule), inputs | needed)

    density = ("sommerfeld_mj_mol_k2", "volume_per_atom_a3")
    return {
        "hc": derived(density, "hc"),
        "hc2": derived(("hc2_slope_t_k",), "hc2"),
        "jc": derived((*density, "penetration_depth_nm"), "jc"),
    }, used


def _field(
    theory: Pairing, material: MaterialData, values: Mapping[str, float], t: float, rule: str
) -> float:
    tc = theory.tc(material, values)
    if tc <= t:
        return 0.0
    if rule == "hc2":
        return upper_field_t(values["hc2_slope_t_k"], tc, t)
    field = theory.field(material, values, tc, t)
    if rule == "hc":
        return field
    return depairing_current_a_cm2(field, values["penetration_depth_nm"], tc, t)


def _reason(t: float, tc: float) -> str:
    if tc == 0:
        return "no pairing: the repulsion wins at every temperature examined"
    return f"{t:g} K is {'below' if t < tc else 'not below'} Tc = {tc:.4g} K"


def _confidence(t: float, tc: Quantity) -> float | None:
    """Gaussian probability that T lies on the stated side of Tc."""
    if tc.error is None:
        return None
    if tc.error == 0:
        return 1.0
    return (1 + math.erf(abs(t - tc.value) / tc.error / math.sqrt(2))) / 2


def _refused(
    theory: Pairing, material: MaterialData, pressure: float, t: float, reason: str
) -> TheoryAnswer:
    nothing = Quantity.refused(reason)
    return TheoryAnswer(
        theory.name, material.name, pressure, t, None, reason, None,
        nothing, nothing, nothing, nothing, nothing,
    )  # fmt: skip


def _ferromagnet(
    theory: Pairing, material: MaterialData, pressure: float, t: float
) -> TheoryAnswer:
    curie = material.need("curie_temperature_k")
    none = Quantity.refused(NO_FERROMAGNETIC_PAIRS)
    return TheoryAnswer(
        theory=theory.name,
        material=material.name,
        pressure_gpa=pressure,
        temperature_k=t,
        state=METAL,
        state_reason=f"ferromagnetic below {curie.value:g} K: {NO_FERROMAGNETIC_PAIRS}",
        confidence=None,
        rho_uohm_cm=Quantity.refused(NO_NORMAL_STATE),
        tc_k=Quantity(0.0),
        hc_t=none,
        hc2_t=none,
        jc_a_cm2=none,
        used=used_parameters({"curie_temperature_k": curie}),
        notes=(NO_FERROMAGNETIC_PAIRS,),
    )


def _insulator(
    theory: Pairing, material: MaterialData, pressure: float, t: float, gap: Parameter | None
) -> TheoryAnswer:
    none = Quantity.refused(NO_GAPPED_PAIRS)
    return TheoryAnswer(
        theory=theory.name,
        material=material.name,
        pressure_gpa=pressure,
        temperature_k=t,
        state=INSULATOR,
        state_reason=(
            material.insulator if gap is None else f"band gap {gap.value:.3g} eV, taken as given"
        ),
        confidence=None,
        rho_uohm_cm=Quantity.refused(NO_NORMAL_STATE),
        tc_k=Quantity(0.0),
        hc_t=none,
        hc2_t=none,
        jc_a_cm2=none,
        used=() if gap is None else used_parameters({"band_gap_ev": gap}),
        notes=(NO_GAPPED_PAIRS,),
    )
