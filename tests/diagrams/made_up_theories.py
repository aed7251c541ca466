"""A made-up substance and theories whose diagrams are known beforehand."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from isotunnel.measured.parameter import Parameter
from isotunnel.substances import Substance
from isotunnel.theories.base import METAL, SUPERCONDUCTOR, Quantity, TheoryAnswer
from isotunnel.theories.parameters import MaterialData

SILENT = Quantity.refused("not asked")


def volume(pressure_gpa: float, temperature_k: float) -> Parameter:
    """A solid that follows Murnaghan when squeezed and expands evenly when heated."""
    value = 20.0 * (1 + 4 * pressure_gpa / 80) ** -0.25 * math.exp(5e-5 * temperature_k)
    return Parameter(value, "made up", 0.01)


def substance(*phases: MaterialData) -> Substance:
    found = phases or (MaterialData("X", stable_gpa=(0.0, 90.0), volume=volume),)
    return Substance(
        name="X",
        title="made-up solid",
        aliases=(),
        matter="",
        phases=found,
        phase_names=tuple(f"p{n}" for n in range(len(found))),
    )


@dataclass(frozen=True)
class Rule:
    """A theory from a function (P, T) -> (state, reason, confidence)."""

    rule: Callable[[float, float], tuple[str | None, str, float | None]]
    tc: Callable[[float], Quantity] = field(default=lambda _p: SILENT)
    name: str = "made-up"
    title: str = "made-up theory"
    references: tuple[()] = ()
    carried_on_above_gpa: float = math.inf

    def answer(
        self, material: MaterialData, pressure_gpa: float, temperature_k: float
    ) -> TheoryAnswer:
        state, reason, confidence = self.rule(pressure_gpa, temperature_k)
        return TheoryAnswer(
            self.name, material.name, pressure_gpa, temperature_k, state, reason, confidence,
            SILENT, self.tc(pressure_gpa), SILENT, SILENT, SILENT,
            extrapolated=pressure_gpa > self.carried_on_above_gpa,
        )  # fmt: skip


def below(line: Callable[[float], float], error: float | None = None) -> Rule:
    """Superconducting below a line T(P), with a Gaussian error of the temperature."""

    def rule(p: float, t: float) -> tuple[str, str, float | None]:
        state = SUPERCONDUCTOR if t < line(p) else METAL
        confidence = None
        if error:
            confidence = (1 + math.erf(abs(t - line(p)) / error / math.sqrt(2))) / 2
        return state, "made up", confidence

    return Rule(rule)
