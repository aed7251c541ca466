"""A theory of your own on the scorecard: all electrical properties follow the volume.

isotunnel scorecard --theory examples/my_theory.py:VolumeOnly
python examples/my_theory.py [SUBSTANCE]
"""

import sys

from isotunnel import CannotSay
from isotunnel.substances import material_data
from isotunnel.theories import MaterialData, Quantity, Reference, TheoryAnswer
from isotunnel.theories.volume import volume_ratio

ROOM_K = 293.15
RHO_POWER, TC_POWER = 4.0, 3.0
UNSAID = Quantity.refused("this theory says nothing of it")


class VolumeOnly:
    """rho = rho_0 (V/V_0)^4 and Tc = Tc_0 (V/V_0)^3: a rule of thumb, fitted to nothing."""

    name = "volume_only"
    title = "Volume only (an example)"
    references: tuple[Reference, ...] = ()

    def answer(
        self, material: MaterialData, pressure_gpa: float, temperature_k: float
    ) -> TheoryAnswer:
        rho = self.scaled(material, "rho_reference_uohm_cm", RHO_POWER, pressure_gpa, temperature_k)
        tc = self.scaled(material, "tc_k", TC_POWER, pressure_gpa, 0.0)
        state, reason = self.state(material, pressure_gpa, temperature_k, tc)
        return TheoryAnswer(
            theory=self.name,
            material=material.name,
            pressure_gpa=pressure_gpa,
            temperature_k=temperature_k,
            state=state,
            state_reason=reason,
            confidence=None,
            rho_uohm_cm=rho,
            tc_k=tc,
            hc_t=UNSAID,
            hc2_t=UNSAID,
            jc_a_cm2=UNSAID,
        )

    def scaled(
        self, material: MaterialData, name: str, power: float, pressure: float, temperature: float
    ) -> Quantity:
        """A measured parameter, scaled with the volume; the reason why not where there is none."""
        try:
            start = material.need(name).value
            reference_k = ROOM_K if temperature else 0.0
            ratio = volume_ratio(material, pressure, temperature, reference_k).value
        except CannotSay as reason:
            return Quantity.refused(str(reason))
        return Quantity(start * ratio**power)

    def state(
        self, material: MaterialData, pressure: float, temperature: float, tc: Quantity
    ) -> tuple[str | None, str]:
        """Insulator by the gap, superconductor below Tc, else metal."""
        try:
            gap = material.gap_at(pressure, temperature)
        except CannotSay as reason:
            return None, str(reason)
        if gap is not None or material.insulator:
            return "insulator", "it has a gap"
        if tc.cannot_say is not None:
            return (
                ("metal", "too warm for pairs") if temperature > ROOM_K else (None, tc.cannot_say)
            )
        if temperature < tc.value:
            return "superconductor", f"below Tc = {tc.value:.3g} K"
        return "metal", f"above Tc = {tc.value:.3g} K"


def main(substance: str) -> None:
    phase = material_data(substance)[0]
    for pressure in (0.0, 1.0, 2.0):
        answer = VolumeOnly().answer(phase, pressure, 300.0)
        rho = answer.rho_uohm_cm
        print(f"{phase.name} {pressure:g} GPa: {rho.cannot_say or f'{rho.value:.3f} uohm cm'}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "Cu")
