"""McMillan's formula for the critical temperature."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from isotunnel.measured.parameter import Parameter
from isotunnel.theories.base import Beside, TheoryAnswer
from isotunnel.theories.calibration import PutIn, given_to_pairing
from isotunnel.theories.parameters import MaterialData
from isotunnel.theories.reference import Reference
from isotunnel.theories.superconducting.beside import eliashberg_beside
from isotunnel.theories.superconducting.critical_fields import bcs_field_t
from isotunnel.theories.superconducting.pairing import (
    answer_pairing,
    coupling_input,
    scaled_coupling,
)
from isotunnel.theories.superconducting.tc_formulas import (
    LARGEST_COUPLING,
    mcmillan_coupling,
    mcmillan_tc,
)

MCMILLAN_1968 = Reference(
    "W. L. McMillan, Phys. Rev. 167, 331 (1968)", doi="10.1103/PhysRev.167.331"
)
ASSUMED_MU_STAR = Parameter(0.13, "McMillan's value for all metals", 0.02, kind="assumed")


@dataclass(frozen=True)
class McMillan:
    """McMillan's formula, with lambda given, or found from the measured Tc.

    References: McMillan (1968).

    Attributes:
        calibrated: take lambda from the measured Tc though a lambda is given.
    """

    calibrated: bool = False
    name: str = "mcmillan"
    title: str = "McMillan's formula"
    references: tuple[Reference, ...] = (MCMILLAN_1968,)
    assumptions: ClassVar[str] = (
        "Assumes: an isotropic metal, phonons of niobium's spectral shape with one scale "
        "theta_D, mu* the same at all volumes. Pressure enters by theta_D(V) and lambda(V) = "
        "eta / (M <omega^2>). Breaks: lambda above about 1.5 (too low: it saturates), spectra "
        "of other shapes (hydrides; with theta_D in place of a frequency of the spectrum, lead "
        "comes out a third too high), anisotropy, magnetism and spin fluctuations (V: four "
        "times too high with the calculated lambda), structural transitions. A band gap is "
        "taken as given. Critical field: BCS's."
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

    def beside(self, material: MaterialData, values: Mapping[str, float]) -> Beside | None:
        """Eliashberg's Tc at strong coupling."""
        return eliashberg_beside(material, values, self.coupling(material, values))

    def notes(self, material: MaterialData, values: Mapping[str, float]) -> tuple[str, ...]:
        """Where the formula leaves its range."""
        coupling = scaled_coupling(self.coupling(material, values), values)[1]
        if coupling > LARGEST_COUPLING:
            return (
                f"lambda = {coupling:.2f} is above {LARGEST_COUPLING}, where McMillan's formula "
                "comes out too low; Allen-Dynes and Eliashberg do not",
            )
        return ()
