"""Two halves of the standard theory in one: pairing below Tc, electrons and phonons above."""

from __future__ import annotations

from dataclasses import dataclass, replace

from isotunnel.theories.base import INSULATOR, SUPERCONDUCTOR, Theory, TheoryAnswer
from isotunnel.theories.material import MaterialData
from isotunnel.theories.reference import Reference


@dataclass(frozen=True)
class Combined:
    """A theory of the normal state with one of pairing.

    Below Tc, and where there is a band gap, the pairing theory decides; elsewhere that of the
    normal state. Where no Tc can be said the normal state stands for all temperatures, and a note
    says that superconductivity is left open.
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

    @staticmethod
    def pairing_decides(state: str | None) -> bool:
        """True where the pairing theory's state is the answer."""
        return state in (SUPERCONDUCTOR, INSULATOR)

    def answer(
        self, material: MaterialData, pressure_gpa: float, temperature_k: float
    ) -> TheoryAnswer:
        """See ``Theory.answer``."""
        paired = self.pairing.answer(material, pressure_gpa, temperature_k)
        if self.pairing_decides(paired.state):
            return replace(paired, theory=self.name)
        plain = self.normal.answer(material, pressure_gpa, temperature_k)
        return replace(
            paired,
            theory=self.name,
            state=plain.state,
            state_reason=plain.state_reason,
            confidence=paired.confidence if plain.state is not None else None,
            rho_uohm_cm=plain.rho_uohm_cm,
            used=tuple(dict.fromkeys(paired.used + plain.used)),
            notes=tuple(dict.fromkeys(paired.notes + plain.notes)),
        )
