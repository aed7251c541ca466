"""A substance as the theories meet it: its phases, each with parameters that carry sources."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from isotunnel.errors import CannotSay
from isotunnel.measured.parameter import Parameter
from isotunnel.theories.base import Quantity, Theory, TheoryAnswer, check_conditions
from isotunnel.theories.parameters import PARAMETERS, MaterialData


@dataclass(frozen=True)
class Entry:
    """Where a parameter of a substance belongs.

    Attributes:
        phase: name of the phase.
        field: field of ``MaterialData``.
        parameter: the number with what it rests on: that field's own.
    """

    phase: str
    field: str
    parameter: Parameter


@dataclass(frozen=True)
class Substance:
    """A substance with every phase whose parameters are known.

    Attributes:
        name: short name ("Al", "H3S"), the one ``isotunnel.matter`` uses where it has one.
        title: in words.
        aliases: other names that ``catalogue.substance`` answers to.
        matter: name in ``isotunnel.matter``, "" where it has no such material.
        phases: parameters by phase, in the order of rising pressure; ranges do not overlap, but may
            leave gaps of which nothing is known.
        phase_names: name of each phase ("fcc", "hcp", ...), in the same order.
        notes: what a user should know.
    """

    name: str
    title: str
    aliases: tuple[str, ...]
    matter: str
    phases: tuple[MaterialData, ...]
    phase_names: tuple[str, ...]
    notes: tuple[str, ...] = ()

    def at(self, pressure_gpa: float) -> MaterialData:
        """The phase at a pressure; at a boundary the denser one.

        Raises:
            CannotSay: no phase is described there; the message says which are.
        """
        found = [p for p in self.phases if p.stable_gpa[0] <= pressure_gpa <= p.stable_gpa[1]]
        if not found:
            raise CannotSay(
                f"nothing is known of {self.name} at {pressure_gpa:g} GPa; its phases: "
                f"{', '.join(map(_range, self.phases))}"
            )
        return found[-1]

    def answer(self, theory: Theory, pressure_gpa: float, temperature_k: float) -> TheoryAnswer:
        """What a theory says of the phase at this pressure.

        Raises:
            InputError: impossible pressure or temperature.
        """
        check_conditions(pressure_gpa, temperature_k)
        try:
            phase = self.at(pressure_gpa)
        except CannotSay as reason:
            return _silent(theory.name, self.name, pressure_gpa, temperature_k, str(reason))
        return theory.answer(phase, pressure_gpa, temperature_k)

    def without_fits(self, *data: str) -> Substance:
        """The same substance without parameters fitted to data that are to be judged.

        Args:
            data: quantities ("tc_k"), measured tables ("dtc_dp") or rows ("dtc_dp:Pb-1"); none
                stands for every fit.
        """
        return replace(self, phases=tuple(_without_fits(phase, data) for phase in self.phases))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every parameter that is known, phase by phase."""
        return tuple(
            Entry(name, field, parameter)
            for name, phase in zip(self.phase_names, self.phases, strict=True)
            for field, parameter in _parameters(phase)
        )

    def entries_of(self, phase: str) -> tuple[Entry, ...]:
        """The parameters of one phase."""
        return tuple(e for e in self.entries if e.phase == phase)


def _parameters(phase: MaterialData) -> Iterator[tuple[str, Parameter]]:
    for field in PARAMETERS:
        parameter = getattr(phase, field)
        if parameter is not None:
            yield field, parameter


def _without_fits(phase: MaterialData, data: tuple[str, ...]) -> MaterialData:
    fits = [(field, p.fit) for field, p in _parameters(phase) if p.fit is not None]
    dropped: dict[str, Any] = {
        f: None for f, fit in fits if not data or any(fit.rests_on(what) for what in data)
    }
    return replace(phase, **dropped) if dropped else phase


def _range(phase: MaterialData) -> str:
    low, high = phase.stable_gpa
    if math.isinf(high):
        return f"{phase.name} from {low:g} GPa"
    return f"{phase.name} from {low:g} to {high:g} GPa"


def _silent(theory: str, name: str, pressure: float, t: float, reason: str) -> TheoryAnswer:
    nothing = Quantity.refused(reason)
    return TheoryAnswer(
        theory, name, pressure, t, None, reason, None, nothing, nothing, nothing, nothing, nothing
    )
