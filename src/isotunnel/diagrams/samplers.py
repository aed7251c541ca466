"""How a theory is asked for a whole plane without asking at every point.

A theory of pairing is asked once per pressure: its Tc divides the temperatures. A theory of the
normal state is asked with errors left out, which do not move its states. Any other theory, a
user's own for one, is asked point by point.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from isotunnel.diagrams.combined import (
    NOTHING_SUPERCONDUCTS_ABOVE_K,
    Combined,
    fluid_reason,
    is_solid,
    open_reason,
)
from isotunnel.diagrams.label import Label, Sampler
from isotunnel.errors import CannotSay, InputError
from isotunnel.matter.invert import solid_volume
from isotunnel.matter.laws import EosVolume
from isotunnel.matter.library import material as find_material
from isotunnel.measured.parameter import Parameter
from isotunnel.substances import Substance
from isotunnel.theories.base import SUPERCONDUCTOR, Quantity, Theory, TheoryAnswer
from isotunnel.theories.parameters import PARAMETERS, MaterialData

NO_PHASE = Quantity.refused("no phase is described here")
_HOT_K = 1e4
"""Above any Tc: critical fields, which take most time, are zero there."""


def sampler_of(
    theory: Theory, substance: Substance, shared: dict[str, NormalSampler] | None = None
) -> Sampler:
    """The quickest way to ask a theory; ``shared`` keeps what panels have in common."""
    if isinstance(theory, Combined):
        normal = NormalSampler(theory.normal, substance)
        if shared is not None:
            normal = shared.setdefault(theory.normal.name, normal)
        return CombinedSampler(theory, PairingSampler(theory.pairing, substance), normal)
    if _method(theory, "tc") and _method(theory, "inputs"):
        return PairingSampler(theory, substance)
    if _method(theory, "rho") and _method(theory, "inputs"):
        return NormalSampler(theory, substance)
    return PointSampler(theory, substance)


def _method(theory: Theory, name: str) -> bool:
    return callable(getattr(theory, name, None))


def phase_at(substance: Substance, pressure_gpa: float) -> MaterialData | str:
    """The phase at a pressure, or why there is none."""
    try:
        return substance.at(pressure_gpa)
    except CannotSay as reason:
        return str(reason)


def melting_at(phase: MaterialData, pressure_gpa: float) -> tuple[float, ...]:
    """The melting temperature, or nothing where it is not known."""
    if phase.melting_k is None:
        return ()
    try:
        found = phase.melting_k(pressure_gpa)
    except (CannotSay, InputError):
        return ()
    return (found,) if found > 0 else ()


@dataclass
class PointSampler:
    """Asks at each point."""

    theory: Theory
    substance: Substance
    by_confidence: bool = True
    answers: dict[float, dict[float, TheoryAnswer]] = field(default_factory=dict)

    def answer(self, pressure_gpa: float, temperature_k: float) -> TheoryAnswer:
        """The answer, kept."""
        column = self.answers.setdefault(pressure_gpa, {})
        if temperature_k not in column:
            column[temperature_k] = self.substance.answer(self.theory, pressure_gpa, temperature_k)
        return column[temperature_k]

    def label(self, pressure_gpa: float, temperature_k: float) -> Label:
        """See ``Sampler``."""
        return Label.of(self.answer(pressure_gpa, temperature_k))

    def critical(self, pressure_gpa: float) -> Quantity:
        """Tc of the coldest answer that has one."""
        column = self.answers.get(pressure_gpa)
        if not column:
            return self.answer(pressure_gpa, 0.0).tc_k
        coldest_first = [column[t].tc_k for t in sorted(column)]
        return next((tc for tc in coldest_first if tc.cannot_say is None), coldest_first[0])

    def special(self, pressure_gpa: float) -> tuple[float, ...]:
        """Melting and Tc."""
        phase = phase_at(self.substance, pressure_gpa)
        if isinstance(phase, str):
            return ()
        tc = self.critical(pressure_gpa)
        return melting_at(phase, pressure_gpa) + ((tc.value,) if tc.value > 0 else ())


@dataclass
class NormalSampler:
    """Asks a theory of the normal state, without errors."""

    theory: Theory
    substance: Substance
    by_confidence: bool = False
    labels: dict[tuple[float, float], Label] = field(default_factory=dict)

    def label(self, pressure_gpa: float, temperature_k: float) -> Label:
        """See ``Sampler``."""
        key = pressure_gpa, temperature_k
        if key not in self.labels:
            phase = phase_at(self.substance, pressure_gpa)
            self.labels[key] = (
                Label.refused(phase)
                if isinstance(phase, str)
                else Label.of(self.theory.answer(bare(phase), pressure_gpa, temperature_k))
            )
        return self.labels[key]

    def critical(self, pressure_gpa: float) -> Quantity:
        """None: the reason."""
        phase = phase_at(self.substance, pressure_gpa)
        if isinstance(phase, str):
            return Quantity.refused(phase)
        return self.theory.answer(bare(phase), pressure_gpa, _HOT_K).tc_k

    def special(self, pressure_gpa: float) -> tuple[float, ...]:
        """Melting."""
        phase = phase_at(self.substance, pressure_gpa)
        return () if isinstance(phase, str) else melting_at(phase, pressure_gpa)


@dataclass
class PairingSampler:
    """Asks a theory of pairing once per pressure; below Tc it superconducts.

    The band gap may depend on temperature only through the phase's law; it is asked for at the
    one hot point, like everything else.
    """

    theory: Theory
    substance: Substance
    by_confidence: bool = False
    answers: dict[float, TheoryAnswer | str] = field(default_factory=dict)

    def answer(self, pressure_gpa: float) -> TheoryAnswer | str:
        """The answer above Tc, its Tc with an error, kept."""
        if pressure_gpa not in self.answers:
            phase = phase_at(self.substance, pressure_gpa)
            self.answers[pressure_gpa] = (
                phase if isinstance(phase, str) else self.theory.answer(phase, pressure_gpa, _HOT_K)
            )
        return self.answers[pressure_gpa]

    def label(self, pressure_gpa: float, temperature_k: float) -> Label:
        """See ``Sampler``."""
        answer = self.answer(pressure_gpa)
        if isinstance(answer, str):
            return Label.refused(answer)
        tc = answer.tc_k
        if answer.state is None or tc.cannot_say is not None:
            return Label.of(answer)
        sure = tc.error is None or abs(temperature_k - tc.value) >= tc.error
        if temperature_k < tc.value:
            words = f"below Tc = {tc.value:.4g} K at {pressure_gpa:g} GPa"
            return Label(SUPERCONDUCTOR, SUPERCONDUCTOR, words, sure)
        return replace(Label.of(answer), sure=sure)

    def critical(self, pressure_gpa: float) -> Quantity:
        """Tc with its error."""
        answer = self.answer(pressure_gpa)
        return Quantity.refused(answer) if isinstance(answer, str) else answer.tc_k

    def special(self, pressure_gpa: float) -> tuple[float, ...]:
        """Tc."""
        tc = self.critical(pressure_gpa)
        return (tc.value,) if tc.value > 0 else ()


@dataclass
class CombinedSampler:
    """A theory of pairing below Tc, one of the normal state above."""

    theory: Combined
    pairing: PairingSampler
    normal: NormalSampler
    by_confidence: bool = False

    def label(self, pressure_gpa: float, temperature_k: float) -> Label:
        """See ``Sampler``."""
        paired = self.pairing.label(pressure_gpa, temperature_k)
        if paired.state == SUPERCONDUCTOR:
            return paired
        plain = self.normal.label(pressure_gpa, temperature_k)
        phase = phase_at(self.normal.substance, pressure_gpa)
        if isinstance(phase, str):
            return plain
        solid = is_solid(phase, pressure_gpa, temperature_k)
        who = self.theory.decides(paired.state, plain.state, solid, temperature_k)
        if who == "pairing":
            return paired
        if who == "open":
            return Label.conductor(open_reason(paired.reason))
        if who == "fluid":
            return Label.refused(fluid_reason(phase))
        return replace(plain, sure=paired.sure)

    def critical(self, pressure_gpa: float) -> Quantity:
        """Tc with its error."""
        return self.pairing.critical(pressure_gpa)

    def special(self, pressure_gpa: float) -> tuple[float, ...]:
        """Tc, or up to where one may lie, and melting."""
        tc = self.pairing.special(pressure_gpa) or (NOTHING_SUPERCONDUCTS_ABOVE_K,)
        return tc + self.normal.special(pressure_gpa)


@lru_cache(maxsize=256)
def bare(phase: MaterialData) -> MaterialData:
    """The same parameters without errors: answers come without propagation."""
    changes: dict[str, Any] = {}
    for name in PARAMETERS:
        parameter = getattr(phase, name)
        if parameter is not None and parameter.error is not None:
            changes[name] = replace(parameter, error=None)
    if phase.volume is not None:
        changes["volume"] = _valued(phase.volume)
    return replace(phase, **changes)


def _valued(
    law: Callable[[float, float], Parameter | float],
) -> Callable[[float, float], Parameter | float]:
    if isinstance(law, EosVolume):
        # The error alone would take four volumes more.
        eos = find_material(law.material).phase(law.phase).eos
        source = f"equation of state of {law.material} ({law.phase})"
        return lru_cache(maxsize=4096)(
            lambda p, t: Parameter(float(solid_volume(eos, p, t)), source)
        )

    def volume(pressure_gpa: float, temperature_k: float) -> Parameter | float:
        found = law(pressure_gpa, temperature_k)
        return replace(found, error=None) if isinstance(found, Parameter) else found

    return volume
