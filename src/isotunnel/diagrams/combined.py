"""Two halves of the standard theory in one: pairing below Tc, electrons and phonons above."""

from __future__ import annotations

from dataclasses import dataclass, replace

from isotunnel.errors import CannotSay
from isotunnel.theories.base import METAL, SUPERCONDUCTOR, Theory, TheoryAnswer
from isotunnel.theories.calibration import Calibrated, PutIn
from isotunnel.theories.parameters import MaterialData
from isotunnel.theories.reference import Reference

NOTHING_SUPERCONDUCTS_ABOVE_K = 300.0
"""No superconductor is established at room temperature: hotter, a metal is taken for one."""


@dataclass(frozen=True)
class Combined:
    """A theory of the normal state with one of pairing.

    Below Tc the pairing theory decides, and so it does in a solid with a band gap or with unknown
    resistivity; elsewhere that of the normal state. Where no Tc can be said a metal may be a
    superconductor: below :data:`NOTHING_SUPERCONDUCTS_ABOVE_K` its state is left open, and only its
    resistivity above a Tc is told.
    """

    normal: Theory
    pairing: Theory

    @property
    def name(self) -> str:
        """Both names, joined by a plus sign."""
        return f"{self.normal.name}+{self.pairing.name}"

    @property
    def title(self) -> str:
        """Both titles."""
        return f"{self.normal.title} + {self.pairing.title}"

    @property
    def references(self) -> tuple[Reference, ...]:
        """Of both."""
        return self.normal.references + self.pairing.references

    def put_in(self, material: MaterialData) -> tuple[PutIn, ...]:
        """Electrical facts that either was given.

        Raises:
            CannotSay: one of the two does not tell.
        """
        found: list[PutIn] = []
        for part in (self.pairing, self.normal):
            if not isinstance(part, Calibrated):
                raise CannotSay(f"{part.title} does not tell what was put into it")
            found += part.put_in(material)
        return tuple(dict.fromkeys(found))

    @staticmethod
    def decides(paired: str | None, normal: str | None, solid: bool, temperature_k: float) -> str:
        """Whose state or reason is the answer: "pairing" or "normal".

        "open" where the metal may superconduct, "fluid" where neither says anything of a melt.
        """
        if paired == SUPERCONDUCTOR:
            return "pairing"
        if normal == METAL and paired is None and temperature_k < NOTHING_SUPERCONDUCTS_ABOVE_K:
            return "open"
        if normal is not None:
            return "normal"
        return "pairing" if solid else "fluid"

    def answer(
        self, material: MaterialData, pressure_gpa: float, temperature_k: float
    ) -> TheoryAnswer:
        """See ``Theory.answer``."""
        paired = self.pairing.answer(material, pressure_gpa, temperature_k)
        plain = self.normal.answer(material, pressure_gpa, temperature_k)
        solid = is_solid(material, pressure_gpa, temperature_k)
        who = self.decides(paired.state, plain.state, solid, temperature_k)
        if who == "pairing":
            return replace(paired, theory=self.name)
        state, reason = plain.state, plain.state_reason
        if who == "open":
            state, reason = None, open_reason(paired.state_reason)
        if who == "fluid":
            state, reason = None, fluid_reason(material)
        return replace(
            paired,
            theory=self.name,
            state=state,
            state_reason=reason,
            confidence=paired.confidence if state is not None else None,
            rho_uohm_cm=plain.rho_uohm_cm,
            used=tuple(dict.fromkeys(paired.used + plain.used)),
            notes=tuple(dict.fromkeys(paired.notes + plain.notes)),
        )


def open_reason(why: str) -> str:
    """Why nothing is said of a metal of which no Tc is known."""
    return f"superconductivity unknown: {why}"


def fluid_reason(material: MaterialData) -> str:
    """Why nothing is said of a melt."""
    return f"{material.name} is not solid here, and its parameters are those of the crystal"


def is_solid(material: MaterialData, pressure_gpa: float, temperature_k: float) -> bool:
    """False only above a known melting temperature."""
    if material.melting_k is None:
        return True
    try:
        return temperature_k <= material.melting_k(pressure_gpa)
    except CannotSay:
        return True
