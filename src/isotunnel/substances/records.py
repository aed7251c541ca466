"""A substance as the theories meet it: its phases, each with parameters that carry sources."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from isotunnel.errors import CannotSay
from isotunnel.theories.base import Quantity, Theory, TheoryAnswer, check_conditions
from isotunnel.theories.parameters import MaterialData

KINDS = ("measured", "calculated", "fitted", "derived", "assumed")
"""How a number came about.

"fitted" was adjusted to data named in ``fitted_to``, and must not be judged on them; "derived"
follows from the equation of state; "assumed" has a reason in its source.
"""


@dataclass(frozen=True)
class Entry:
    """One parameter of one phase, with what it rests on.

    Attributes:
        phase: name of the phase.
        field: field of ``MaterialData``.
        value, error, unit: the number, one standard deviation or None where not stated.
        kind: one of ``KINDS``.
        grade: A (primary source read) to D (third hand, or an estimate).
        source: paper or table.
        fitted_to: data that a fitted number was adjusted to, "" for others.
        note: conditions, and what a user should know.
    """

    phase: str
    field: str
    value: float
    error: float | None
    unit: str
    kind: str
    grade: str
    source: str
    fitted_to: str = ""
    note: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "phase": self.phase,
            "field": self.field,
            "value": self.value,
            "error": self.error,
            "unit": self.unit,
            "kind": self.kind,
            "grade": self.grade,
            "source": self.source,
            "fitted_to": self.fitted_to or None,
            "note": self.note or None,
        }


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
        entries: every parameter with its kind, grade and source.
        notes: what a user should know.
    """

    name: str
    title: str
    aliases: tuple[str, ...]
    matter: str
    phases: tuple[MaterialData, ...]
    phase_names: tuple[str, ...]
    entries: tuple[Entry, ...]
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

    def without_fits(self, *rows: str) -> Substance:
        """The same substance without parameters fitted to data that are to be judged.

        Args:
            rows: ids of measured rows or parts of them ("dtc_dp:Pb-1", "resistivity"); none
                stands for every fit.
        """
        dropped = [
            e
            for e in self.entries
            if e.fitted_to and (not rows or any(row in e.fitted_to for row in rows))
        ]
        phases = tuple(
            replace(phase, **_nothing(e.field for e in dropped if e.phase == name))
            for name, phase in zip(self.phase_names, self.phases, strict=True)
        )
        kept = tuple(e for e in self.entries if e not in dropped)
        return replace(self, phases=phases, entries=kept)

    def entries_of(self, phase: str) -> tuple[Entry, ...]:
        """The parameters of one phase."""
        return tuple(e for e in self.entries if e.phase == phase)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "name": self.name,
            "title": self.title,
            "aliases": list(self.aliases),
            "matter": self.matter or None,
            "phases": [
                {
                    "name": name,
                    "p_min_gpa": phase.stable_gpa[0],
                    "p_max_gpa": _finite(phase.stable_gpa[1]),
                    "reference_pressure_gpa": phase.reference_pressure_gpa,
                    "parameters": [e.as_dict() for e in self.entries_of(name)],
                }
                for name, phase in zip(self.phase_names, self.phases, strict=True)
            ],
            "notes": list(self.notes),
        }


def _nothing(fields: Iterable[str]) -> dict[str, Any]:
    return dict.fromkeys(fields)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


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
