"""BCS theory in the weak-coupling limit."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from isotunnel.errors import CannotSay, InputError
from isotunnel.measured.parameter import Parameter
from isotunnel.theories.base import Beside, TheoryAnswer
from isotunnel.theories.calibration import PutIn, given_to_pairing
from isotunnel.theories.parameters import MaterialData
from isotunnel.theories.reference import Reference
from isotunnel.theories.superconducting.bcs_gap import TC_PREFACTOR
from isotunnel.theories.superconducting.critical_fields import bcs_field_t
from isotunnel.theories.superconducting.pairing import answer_pairing, scaled_coupling

BCS_1957 = Reference(
    "J. Bardeen, L. N. Cooper and J. R. Schrieffer, Phys. Rev. 108, 1175 (1957)",
    doi="10.1103/PhysRev.108.1175",
)
WEAK = 0.3
"""Above this N(0)V the weak-coupling formulas have no right to be accurate."""


def bcs_tc(theta_d_k: float, pairing: float) -> float:
    """Tc = 1.134 theta_D exp(-1 / N(0)V), kelvin; 0 for an attraction that is not one.

    Raises:
        InputError: theta_D not positive, or an attraction that is not finite.
    """
    if not (math.isfinite(theta_d_k) and theta_d_k > 0):
        raise InputError(f"theta_D = {theta_d_k:g} K must be positive")
    if not math.isfinite(pairing):
        raise InputError(f"N(0)V = {pairing} is not a finite number")
    return TC_PREFACTOR * theta_d_k * math.exp(-1 / pairing) if pairing > 0 else 0.0


def bcs_pairing(tc_k: float, theta_d_k: float) -> float:
    """N(0)V that gives a Tc: 1 / ln(1.134 theta_D / Tc).

    Raises:
        CannotSay: Tc is above the cut-off: no attraction gives it.
        InputError: Tc or theta_D not positive.
    """
    for name, value in (("Tc", tc_k), ("theta_D", theta_d_k)):
        if not (math.isfinite(value) and value > 0):
            raise InputError(f"{name} = {value:g} K must be positive")
    if tc_k >= TC_PREFACTOR * theta_d_k:
        raise CannotSay(
            f"no attraction gives Tc = {tc_k:g} K with theta_D = {theta_d_k:g} K in BCS theory"
        )
    return 1 / math.log(TC_PREFACTOR * theta_d_k / tc_k)


@dataclass(frozen=True)
class Bcs:
    """Weak-coupling BCS theory.

    Its one constant N(0)V is found from the measured Tc at the reference volume, so that Tc
    there is reproduced, not predicted; without a measured Tc, N(0)V = (lambda - mu*) / (1 +
    lambda), the weak-coupling limit of later theories. Predicted are Tc at other volumes, the
    gap, the specific heat and the critical field Hc(T).

    References: Bardeen, Cooper and Schrieffer (1957); volume dependence of lambda as in McMillan
    (1968).
    """

    name: str = "bcs"
    title: str = "BCS, weak coupling"
    references: tuple[Reference, ...] = (BCS_1957,)
    assumptions: ClassVar[str] = (
        "Assumes: a constant attraction among electrons within k theta_D of the Fermi level, "
        "N(0)V far below 1, an isotropic gap. Pressure enters by theta_D(V), and by N(0)V "
        "scaling like lambda (mu* neglected where it is not known), with d ln eta / d ln V "
        "constant. Breaks: strong coupling (Pb, Hg, hydrides: gap and field ratios off by 10 to "
        "40 %), anisotropy and several gaps (MgB2), magnetism and spin fluctuations (Fe, V, "
        "Pd), structural transitions. A band gap is taken as given."
    )

    def answer(
        self, material: MaterialData, pressure_gpa: float, temperature_k: float
    ) -> TheoryAnswer:
        """See ``Theory.answer``."""
        return answer_pairing(self, material, pressure_gpa, temperature_k)

    def put_in(self, material: MaterialData) -> tuple[PutIn, ...]:
        """Electrical facts that the theory was given."""
        return given_to_pairing(self, material)

    def inputs(self, material: MaterialData) -> dict[str, Parameter]:
        """theta_D and the measured Tc, or lambda and mu*."""
        found = {"theta_d_k": material.need("theta_d_k")}
        measured = material.tc_k is not None and material.tc_k.value > 0
        if measured:
            found["tc_k"] = material.need("tc_k")
        if material.lambda_ep is not None and material.mu_star is not None:
            found |= {"lambda_ep": material.lambda_ep, "mu_star": material.mu_star}
        elif not measured:
            raise CannotSay(
                f"neither a Tc above zero nor lambda and mu* of {material.name} are known "
                "(tc_k, lambda_ep, mu_star)"
            )
        return found

    def pairing(self, values: Mapping[str, float]) -> float:
        """N(0)V at the volume in ``values``."""
        start = None
        if "tc_k" in values:
            start = bcs_pairing(values["tc_k"], values["theta_d_k"])
        if "lambda_ep" not in values:
            return scaled_coupling(start or 0.0, values)[1]
        here = _renormalised(scaled_coupling(values["lambda_ep"], values)[1], values["mu_star"])
        there = _renormalised(values["lambda_ep"], values["mu_star"])
        if start is None or there <= 0:
            return here if start is None else scaled_coupling(start, values)[1]
        return start * here / there

    def tc(self, _material: MaterialData, values: Mapping[str, float]) -> float:
        """Tc at the volume in ``values``, kelvin."""
        shift = scaled_coupling(1.0, values)[0]
        return bcs_tc(values["theta_d_k"] * shift, self.pairing(values))

    def field(
        self, _material: MaterialData, values: Mapping[str, float], tc_k: float, t: float
    ) -> float:
        """Thermodynamic critical field, tesla."""
        return bcs_field_t(values, tc_k, t)

    def beside(self, _material: MaterialData, _values: Mapping[str, float]) -> Beside | None:
        """None: it has no formula to fail, only weak coupling, of which ``notes`` tell."""
        return None

    def notes(self, _material: MaterialData, values: Mapping[str, float]) -> tuple[str, ...]:
        """Whether Tc was put in, and whether coupling is weak."""
        found = []
        if "tc_k" in values:
            found.append("N(0)V is calibrated on the measured Tc at the reference volume")
        pairing = self.pairing(values)
        if pairing > WEAK:
            found.append(f"N(0)V = {pairing:.2f} is not weak; ratios of BCS will be off")
        return tuple(found)


def _renormalised(coupling: float, mu_star: float) -> float:
    return (coupling - mu_star) / (1 + coupling)
