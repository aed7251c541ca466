"""McMillan's formula for the critical temperature."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from isotunnel.errors import CannotSay, InputError
from isotunnel.measured.parameter import Parameter
from isotunnel.theories.base import TheoryAnswer
from isotunnel.theories.calibration import PutIn, given_to_pairing
from isotunnel.theories.parameters import MaterialData
from isotunnel.theories.reference import Reference
from isotunnel.theories.superconducting.critical_fields import bcs_field_t
from isotunnel.theories.superconducting.pairing import answer_pairing, scaled_coupling

MCMILLAN_1968 = Reference(
    "W. L. McMillan, Phys. Rev. 167, 331 (1968)", doi="10.1103/PhysRev.167.331"
)
ASSUMED_MU_STAR = Parameter(0.13, "McMillan's value for all metals", 0.02, kind="assumed")

LARGEST_COUPLING = 1.5
"""Above this lambda the formula is known to come out too low."""


def pairing_exponent(coupling: float, mu_star: float) -> float | None:
    """1.04 (1 + lambda) / [lambda - mu* (1 + 0.62 lambda)]; None where the repulsion wins.

    Raises:
        InputError: lambda not positive, or mu* negative, or either not finite.
    """
    if not (math.isfinite(coupling) and coupling > 0):
        raise InputError(f"lambda = {coupling:g} must be positive")
    if not (math.isfinite(mu_star) and mu_star >= 0):
        raise InputError(f"mu* = {mu_star:g} must be zero or positive")
    attraction = coupling - mu_star * (1 + 0.62 * coupling)
    return 1.04 * (1 + coupling) / attraction if attraction > 0 else None


def mcmillan_tc(coupling: float, theta_d_k: float, mu_star: float) -> float:
    """Tc = (theta_D / 1.45) exp{-1.04 (1 + lambda) / [lambda - mu* (1 + 0.62 lambda)]}, kelvin.

    McMillan (1968), eq. 18; 0 where the repulsion wins. Fitted to Eliashberg solutions with
    niobium's phonon spectrum for lambda up to about 1, mu* up to about 0.2.

    Raises:
        InputError: theta_D or lambda not positive, or a negative mu*.
    """
    if not (math.isfinite(theta_d_k) and theta_d_k > 0):
        raise InputError(f"theta_D = {theta_d_k:g} K must be positive")
    exponent = pairing_exponent(coupling, mu_star)
    return 0.0 if exponent is None else theta_d_k / 1.45 * math.exp(-exponent)


def mcmillan_coupling(tc_k: float, theta_d_k: float, mu_star: float) -> float:
    """lambda that gives a Tc: the formula solved for lambda (McMillan 1968, eq. 19).

    lambda = (1.04 + mu* x) / ((1 - 0.62 mu*) x - 1.04), x = ln(theta_D / (1.45 Tc)).

    Raises:
        CannotSay: no lambda gives so high a Tc.
        InputError: Tc or theta_D not positive.
    """
    for name, value in (("Tc", tc_k), ("theta_D", theta_d_k)):
        if not (math.isfinite(value) and value > 0):
            raise InputError(f"{name} = {value:g} K must be positive")
    x = math.log(theta_d_k / (1.45 * tc_k))
    below = (1 - 0.62 * mu_star) * x - 1.04
    if below <= 0:
        raise CannotSay(
            f"no coupling gives Tc = {tc_k:g} K with theta_D = {theta_d_k:g} K in McMillan's "
            "formula: it saturates"
        )
    return (1.04 + mu_star * x) / below


def isotope_exponent(coupling: float, mu_star: float) -> float:
    """alpha in Tc ~ M^(-alpha), omega ~ M^(-1/2), mu* rescaled with the phonon frequency.

    (1/2) {1 - 1.04 (1 + lambda)(1 + 0.62 lambda) mu*^2 / [lambda - mu* (1 + 0.62 lambda)]^2},
    McMillan (1968); 1/2 for mu* = 0.

    Raises:
        CannotSay: there is no Tc.
    """
    if pairing_exponent(coupling, mu_star) is None:
        raise CannotSay("there is no Tc, and so no isotope effect, where the repulsion wins")
    screened = 1 + 0.62 * coupling
    attraction = coupling - mu_star * screened
    return (1 - 1.04 * (1 + coupling) * screened * mu_star**2 / attraction**2) / 2


@dataclass(frozen=True)
class McMillan:
    """McMillan's formula, with lambda given, or found from the measured Tc.

    Assumes: an isotropic metal, phonons of niobium's spectral shape with one scale theta_D,
    mu* the same at all volumes. Pressure enters by theta_D(V) and lambda(V) = eta / (M
    <omega^2>). Breaks: lambda above about 1.5 (too low: it saturates), spectra of other shapes
    (hydrides; with theta_D in place of a frequency of the spectrum, lead comes out a third too
    high), anisotropy, magnetism and spin fluctuations (V: four times too high with the calculated
    lambda), structural transitions. A band gap is taken as given. Critical field: BCS's.

    References: McMillan (1968).

    Attributes:
        calibrated: take lambda from the measured Tc though a lambda is given.
    """

    calibrated: bool = False
    name: str = "mcmillan"
    title: str = "McMillan's formula"
    references: tuple[Reference, ...] = (MCMILLAN_1968,)

    def answer(
        self, material: MaterialData, pressure_gpa: float, temperature_k: float
    ) -> TheoryAnswer:
        """See ``Theory.answer``."""
        return answer_pairing(self, material, pressure_gpa, temperature_k)

    def put_in(self, material: MaterialData) -> tuple[PutIn, ...]:
        """Electrical facts that the theory was given."""
        return given_to_pairing(self, material)

    def inputs(self, material: MaterialData) -> dict[str, Parameter]:
        """theta_D, mu*, and lambda or the measured Tc that it is found from."""
        found = {
            "theta_d_k": material.need("theta_d_k"),
            "mu_star": material.mu_star or ASSUMED_MU_STAR,
        }
        return found | coupling_input(material, self.calibrated)

    def coupling(self, _material: MaterialData, values: Mapping[str, float]) -> float:
        """lambda at the reference volume."""
        if "lambda_ep" in values:
            return values["lambda_ep"]
        return mcmillan_coupling(values["tc_k"], values["theta_d_k"], values["mu_star"])

    def tc(self, material: MaterialData, values: Mapping[str, float]) -> float:
        """Tc at the volume in ``values``, kelvin."""
        shift, coupling = scaled_coupling(self.coupling(material, values), values)
        return mcmillan_tc(coupling, values["theta_d_k"] * shift, values["mu_star"])

    def field(
        self, _material: MaterialData, values: Mapping[str, float], tc_k: float, t: float
    ) -> float:
        """Thermodynamic critical field, tesla."""
        return bcs_field_t(values, tc_k, t)

    def notes(self, material: MaterialData, values: Mapping[str, float]) -> tuple[str, ...]:
        """Where the formula leaves its range."""
        coupling = scaled_coupling(self.coupling(material, values), values)[1]
        if coupling > LARGEST_COUPLING:
            return (
                f"lambda = {coupling:.2f} is above {LARGEST_COUPLING}, where McMillan's formula "
                "comes out too low; Allen-Dynes and Eliashberg do not",
            )
        return ()


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
