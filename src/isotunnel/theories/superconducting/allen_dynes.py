"""The formula of Allen and Dynes for the critical temperature."""

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
from isotunnel.theories.superconducting.critical_fields import (
    bcs_field_t,
    strong_coupling_field_factor,
)
from isotunnel.theories.superconducting.mcmillan import coupling_input, pairing_exponent
from isotunnel.theories.superconducting.pairing import answer_pairing, scaled_coupling

ALLEN_DYNES_1975 = Reference(
    "P. B. Allen and R. C. Dynes, Phys. Rev. B 12, 905 (1975)", doi="10.1103/PhysRevB.12.905"
)
ASSUMED_MU_STAR = Parameter(0.12, "customary for metals, 0.10 to 0.15", 0.02, kind="assumed")


def strong_coupling_factor(coupling: float, mu_star: float) -> float:
    """f1 = [1 + (lambda / Lambda_1)^(3/2)]^(1/3), Lambda_1 = 2.46 (1 + 3.8 mu*).

    Allen and Dynes (1975), eqs. 35 and 37; with it Tc grows as lambda^(1/2) for large lambda.
    """
    return float((1 + (coupling / (2.46 * (1 + 3.8 * mu_star))) ** 1.5) ** (1 / 3))


def shape_factor(coupling: float, mu_star: float, omega_ratio: float) -> float:
    """f2 = 1 + (r - 1) lambda^2 / (lambda^2 + Lambda_2^2), r = omega_2 / omega_log.

    Lambda_2 = 1.82 (1 + 6.3 mu*) r; Allen and Dynes (1975), eqs. 36 and 38.
    """
    width = 1.82 * (1 + 6.3 * mu_star) * omega_ratio
    return 1 + (omega_ratio - 1) * coupling**2 / (coupling**2 + width**2)


def allen_dynes_tc(
    coupling: float, omega_log_k: float, mu_star: float, omega_2_k: float | None = None
) -> float:
    """Tc = f1 f2 (omega_log / 1.2) exp{-1.04 (1 + lambda) / [lambda - mu* (1 + 0.62 lambda)]}.

    Kelvin; 0 where the repulsion wins. Without ``omega_2_k`` f1 = f2 = 1, the form that programs
    print as "McMillan" or "Allen-Dynes" (Allen and Dynes (1975), eq. 34 has the factors).

    Raises:
        InputError: a frequency or lambda not positive, omega_2 below omega_log, or negative mu*.
    """
    if not (math.isfinite(omega_log_k) and omega_log_k > 0):
        raise InputError(f"omega_log = {omega_log_k:g} K must be positive")
    exponent = pairing_exponent(coupling, mu_star)
    bare = 0.0 if exponent is None else omega_log_k / 1.2 * math.exp(-exponent)
    if omega_2_k is None:
        return bare
    ratio = omega_2_k / omega_log_k
    # The mean square is never below the logarithmic mean; rounding of printed values may be.
    if not ratio >= 0.995:
        raise InputError(
            f"omega_2 = {omega_2_k:g} K is below omega_log = {omega_log_k:g} K, which no spectrum "
            "allows"
        )
    factors = strong_coupling_factor(coupling, mu_star) * shape_factor(coupling, mu_star, ratio)
    return bare * factors


def allen_dynes_coupling(
    tc_k: float, omega_log_k: float, mu_star: float, omega_2_k: float | None = None
) -> float:
    """lambda that gives a Tc, by bisection.

    Raises:
        CannotSay: no lambda below 100 does.
    """
    low, high = 1e-3, 100.0
    if not allen_dynes_tc(high, omega_log_k, mu_star, omega_2_k) > tc_k:
        raise CannotSay(
            f"no coupling below {high:g} gives Tc = {tc_k:g} K with omega_log = {omega_log_k:g} K"
        )
    while high - low > 1e-12 * high:
        middle = (low + high) / 2
        if allen_dynes_tc(middle, omega_log_k, mu_star, omega_2_k) < tc_k:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def phonon_moments(material: MaterialData) -> dict[str, Parameter]:
    """omega_log and, if known, omega_2: given, or of the spectrum.

    Raises:
        CannotSay: neither is known.
    """
    if material.omega_log_k is not None:
        known = {"omega_log_k": material.omega_log_k}
        return known | ({"omega_2_k": material.omega_2_k} if material.omega_2_k else {})
    if material.spectrum is None:
        raise CannotSay(
            f"neither omega_log nor a phonon spectrum of {material.name} is known "
            "(omega_log_k, spectrum)"
        )
    spectrum = material.spectrum
    return {
        "omega_log_k": spectrum.moment(spectrum.omega_log_k, "K"),
        "omega_2_k": spectrum.moment(spectrum.omega_2_k, "K"),
    }


@dataclass(frozen=True)
class AllenDynes:
    """Allen and Dynes' formula, with strong-coupling and shape factors if omega_2 is known.

    Assumes: an isotropic metal, mu* the same at all volumes. Pressure enters by the phonon
    frequencies and lambda(V) = eta / (M <omega^2>). Breaks: lambda above about 10 for some
    spectra, broad hydride spectra (10 to 15 % too low against Eliashberg), anisotropy (MgB2),
    magnetism and spin fluctuations, structural transitions; phonon modes whose frequencies shift
    unlike (lithium under pressure, where lambda grows as a transverse mode softens). A band gap is
    taken as given. Critical field: BCS's with the strong-coupling correction of Carbotte.

    References: Allen and Dynes (1975); Carbotte (1990) for the field.

    Attributes:
        calibrated: take lambda from the measured Tc though a lambda is given.
    """

    calibrated: bool = False
    name: str = "allen_dynes"
    title: str = "Allen-Dynes formula"
    references: tuple[Reference, ...] = (ALLEN_DYNES_1975,)

    def answer(
        self, material: MaterialData, pressure_gpa: float, temperature_k: float
    ) -> TheoryAnswer:
        """See ``Theory.answer``."""
        return answer_pairing(self, material, pressure_gpa, temperature_k)

    def put_in(self, material: MaterialData) -> tuple[PutIn, ...]:
        """Electrical facts that the theory was given."""
        return given_to_pairing(self, material)

    def inputs(self, material: MaterialData) -> dict[str, Parameter]:
        """Phonon moments, mu*, and lambda (given, or of the spectrum) or the measured Tc."""
        found = phonon_moments(material) | {"mu_star": material.mu_star or ASSUMED_MU_STAR}
        spectrum = material.spectrum
        if material.lambda_ep is None and spectrum is not None and not self.calibrated:
            return found | {"lambda_ep": spectrum.moment(spectrum.coupling)}
        return found | coupling_input(material, self.calibrated)

    def coupling(self, _material: MaterialData, values: Mapping[str, float]) -> float:
        """lambda at the reference volume."""
        if "lambda_ep" in values:
            return values["lambda_ep"]
        return allen_dynes_coupling(
            values["tc_k"], values["omega_log_k"], values["mu_star"], values.get("omega_2_k")
        )

    def tc(self, material: MaterialData, values: Mapping[str, float]) -> float:
        """Tc at the volume in ``values``, kelvin."""
        shift, coupling = scaled_coupling(self.coupling(material, values), values)
        omega_2 = values.get("omega_2_k")
        return allen_dynes_tc(
            coupling,
            values["omega_log_k"] * shift,
            values["mu_star"],
            None if omega_2 is None else omega_2 * shift,
        )

    def field(
        self, _material: MaterialData, values: Mapping[str, float], tc_k: float, t: float
    ) -> float:
        """Thermodynamic critical field, tesla."""
        shift, _ = scaled_coupling(1.0, values)
        factor = strong_coupling_field_factor(tc_k / (values["omega_log_k"] * shift))
        return bcs_field_t(values, tc_k, t) * factor

    def notes(self, _material: MaterialData, values: Mapping[str, float]) -> tuple[str, ...]:
        """Which factors were left out."""
        if "omega_2_k" in values:
            return ()
        return (
            "omega_2 is not known: strong-coupling and shape factors are left out (f1 = f2 = 1)",
        )
