"""Rigid muffin tins and Allen-Dynes as one of the rivals, where a stored result exists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from isotunnel.errors import CannotSay
from isotunnel.measured.parameter import Parameter
from isotunnel.theories.base import TheoryAnswer
from isotunnel.theories.calibration import PutIn
from isotunnel.theories.parameters import MaterialData
from isotunnel.theories.reference import Reference
from isotunnel.theories.superconducting.allen_dynes import ALLEN_DYNES_1975, AllenDynes
from isotunnel.theories.superconducting.pairing import ASSUMED_MU_STAR, answer_pairing
from isotunnel.theories.superconducting.rigid_muffin_tin.stored import StoredCoupling, stored_of

NAME = "rigid-muffin-tin+allen_dynes"

GASPARI_GYORFFY_1972 = Reference(
    "G. D. Gaspari and B. L. Gyorffy, Phys. Rev. Lett. 28, 801 (1972)",
    doi="10.1103/PhysRevLett.28.801",
)


@dataclass(frozen=True)
class RigidMuffinTin(AllenDynes):
    """Tc by Allen and Dynes from lambda and phonons that were computed, not put in.

    lambda = sum_j eta_j <omega^-2>_j / M_j, Hopfield parameters by rigid muffin tins, phonons by
    finite displacements, both from GPAW (``isotunnel pairing``), as stored in
    ``data/benchmark.csv`` at one pressure; the error of lambda, which stands for that of the
    frequencies too, is learnt from that benchmark. Other volumes by the Grueneisen scaling of the
    Allen-Dynes theory, from the pressure of the stored crystal, with the material's Grueneisen
    parameter taken as it is there. mu* is that of the material, or assumed. Says nothing of
    substances without a stored result, nor of crystals whose phonons came out imaginary.

    References: Gaspari and Gyorffy (1972); Allen and Dynes (1975).
    """

    name: str = NAME
    title: str = "Rigid muffin tins, Allen-Dynes"
    references: tuple[Reference, ...] = (GASPARI_GYORFFY_1972, ALLEN_DYNES_1975)
    assumptions: ClassVar[str] = (
        "Assumes and breaks: as Allen-Dynes; also the rigid ion inside a sphere (sp metals come "
        "out far too low), harmonic phonons, no magnetism."
    )

    def put_in(self, _material: MaterialData) -> tuple[PutIn, ...]:
        """Nothing electrical: metal or not came out of the calculation."""
        return ()

    def answer(
        self, material: MaterialData, pressure_gpa: float, temperature_k: float
    ) -> TheoryAnswer:
        """See ``Theory.answer``; the reference volume is that of the stored crystal."""
        found = _stored(material)
        if found is not None:
            material = replace(material, reference_pressure_gpa=found.pressure_gpa)
        return answer_pairing(self, material, pressure_gpa, temperature_k)

    def inputs(self, material: MaterialData) -> dict[str, Parameter]:
        """The stored lambda, omega_log and omega_2, and mu*.

        Raises:
            CannotSay: no result is stored for the material's phase.
        """
        found = _stored(material)
        if found is None:
            raise CannotSay(
                f"no rigid-muffin-tin result of {material.name} is stored; "
                f"isotunnel pairing computes one"
            )
        return {
            "lambda_ep": found.lambda_ep,
            "omega_log_k": found.omega_log_k,
            "omega_2_k": found.omega_2_k,
            "mu_star": material.mu_star or ASSUMED_MU_STAR,
        }

    def notes(self, material: MaterialData, values: Mapping[str, float]) -> tuple[str, ...]:
        """That lambda was computed from the crystal."""
        return (
            "lambda and phonons are computed from the crystal by rigid muffin tins",
            *super().notes(material, values),
        )


def _stored(material: MaterialData) -> StoredCoupling | None:
    return stored_of(material.substance or material.name, material.stable_gpa)
