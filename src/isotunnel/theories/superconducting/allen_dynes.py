"""The formula of Allen and Dynes for the critical temperature."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from isotunnel.errors import CannotSay
from isotunnel.measured.parameter import Parameter
from isotunnel.theories.base import Beside, TheoryAnswer
from isotunnel.theories.calibration import PutIn, given_to_pairing
from isotunnel.theories.parameters import MaterialData
from isotunnel.theories.reference import Reference
from isotunnel.theories.superconducting.beside import eliashberg_beside
from isotunnel.theories.superconducting.critical_fields import (
    bcs_field_t,
    strong_coupling_field_factor,
)
from isotunnel.theories.superconducting.pairing import (
    ASSUMED_MU_STAR,
    answer_pairing,
    coupling_input,
    scaled_coupling,
)
from isotunnel.theories.superconducting.tc_formulas import allen_dynes_coupling, allen_dynes_tc

ALLEN_DYNES_1975 = Reference(
    "P. B. Allen and R. C. Dynes, Phys. Rev. B 12, 905 (1975)", doi="10.1103/PhysRevB.12.905"
)


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
    """Allen and Dynes' formula with its strong-coupling factor, the shape's if omega_2 is known.

    References: Allen and Dynes (1975); Carbotte (1990) for the field.

    Attributes:
        calibrated: take lambda from the measured Tc though a lambda is given.
    """

    calibrated: bool = False
    name: str = "allen_dynes"
    title: str = "Allen-Dynes formula"
    references: tuple[Reference, ...] = (ALLEN_DYNES_1975,)
    assumptions: ClassVar[str] = (
        "Assumes: an isotropic metal, mu* the same at all volumes. Pressure enters by the "
        "phonon frequencies and lambda(V) = eta / (M <omega^2>). Above lambda = 1.5 "
        "Eliashberg's Tc stands beside the formula's. Breaks: lambda above about 10 for some "
        "spectra, broad hydride spectra (10 to 15 % too low against Eliashberg), anisotropy "
        "(MgB2), magnetism and spin fluctuations, structural transitions; phonon modes whose "
        "frequencies shift unlike (lithium under pressure, where lambda grows as a transverse "
        "mode softens). A band gap is taken as given. Critical field: BCS's with the strong- "
        "coupling correction of Carbotte."
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

    def beside(self, material: MaterialData, values: Mapping[str, float]) -> Beside | None:
        """Eliashberg's Tc at strong coupling."""
        return eliashberg_beside(material, values, self.coupling(material, values))

    def notes(self, _material: MaterialData, values: Mapping[str, float]) -> tuple[str, ...]:
        """Which factor was left out."""
        if "omega_2_k" in values:
            return ()
        return (
            "omega_2 is not known: the shape factor is left out (f2 = 1), so that Tc is a lower "
            "bound of the formula's",
        )
