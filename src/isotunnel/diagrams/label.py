"""What a diagram says of one point: a state, or a reason why there is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from isotunnel.theories.base import METAL, SUPERCONDUCTOR, Quantity, TheoryAnswer

SURE = 0.8413447460685429
"""One standard deviation: below this confidence a point belongs to a boundary's band."""

_CARRIED_ON = " extrapolated"
_UNSAID, _UNDECIDED = "? ", "?? "

NUMBER = re.compile(r"(?<![A-Za-z_])[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?")


@dataclass(frozen=True)
class Label:
    """State at one point.

    Attributes:
        state: "superconductor", "metal", "insulator", or None where the theory cannot say.
        key: what tells regions apart: the state, or the reason with its numbers left out.
        reason: why, in full.
        sure: False where the theory's confidence is below one standard deviation's.
        extrapolated: True where the state rests on data carried on beyond what was computed or
            measured; such a part is a region of its own, and hatched.
        undecided: True for a conductor of which the theory cannot say whether it superconducts:
            it has no state, but is no insulator.
    """

    state: str | None
    key: str
    reason: str
    sure: bool = True
    extrapolated: bool = False
    undecided: bool = False

    @property
    def possible(self) -> frozenset[str]:
        """States that the theory allows; none where it cannot say."""
        if self.undecided:
            return frozenset({METAL, SUPERCONDUCTOR})
        return frozenset() if self.state is None else frozenset({self.state})

    @classmethod
    def of(cls, answer: TheoryAnswer) -> Label:
        """The label of a theory's answer."""
        sure = answer.confidence is None or answer.confidence >= SURE
        if answer.state is None:
            return cls.refused(answer.state_reason)
        mark = _CARRIED_ON if answer.extrapolated else ""
        key = f"{answer.state}{mark}"
        return cls(answer.state, key, answer.state_reason, sure, answer.extrapolated)

    @classmethod
    def refused(cls, reason: str) -> Label:
        """No state, and why; advice to programmers is left out."""
        reason = reason.removesuffix("; extrapolate=True answers anyway")
        return cls(None, f"{_UNSAID}{NUMBER.sub('#', reason)}", reason)

    @classmethod
    def conductor(cls, reason: str) -> Label:
        """A conductor of which nothing says whether it superconducts, and why."""
        key = f"{_UNDECIDED}{NUMBER.sub('#', reason)}"
        return cls(None, key, reason, undecided=True)


def state_of_key(key: str) -> str | None:
    """The state that a label's key stands for, None for a reason."""
    return None if key.startswith("?") else key.removesuffix(_CARRIED_ON)


def is_undecided(key: str) -> bool:
    """Whether a label's key stands for a conductor that may superconduct."""
    return key.startswith(_UNDECIDED)


def is_extrapolated(key: str) -> bool:
    """Whether a label's key stands for a state that is extrapolated."""
    return not key.startswith("?") and key.endswith(_CARRIED_ON)


class Sampler(Protocol):
    """Something that answers for every point of the plane, and knows Tc by pressure.

    ``by_confidence``: bands follow the confidence of each answer; else the error of Tc.
    """

    @property
    def by_confidence(self) -> bool: ...

    def label(self, pressure_gpa: float, temperature_k: float) -> Label:
        """State at a point."""

    def critical(self, pressure_gpa: float) -> Quantity:
        """Critical temperature at a pressure, kelvin, or why there is none."""

    def special(self, pressure_gpa: float) -> tuple[float, ...]:
        """Temperatures at which the answer may jump: melting, transitions, Tc."""
