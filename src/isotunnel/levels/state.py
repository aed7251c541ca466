"""From lifting gaps to an electrical state: the theory's three-way rule.

Superconducting along as many dimensions as have a gap of zero or less; conducting along as many as
have a gap of at most delta_c; insulating otherwise, or where no tunnel opens below the escape level
(the vacuum, or the top of the field). The rule is the tunnel theory's, not an established one: it
is computed here so that data can judge it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

_ALONG = {1: "along one direction", 2: "in a plane", 3: ""}


class State(StrEnum):
    """The theory's three resistance states of matter."""

    SUPERCONDUCTING = "superconducting"
    CONDUCTING = "conducting"
    INSULATING = "insulating"


@dataclass(frozen=True)
class ElectricalState:
    """The prediction of the rule for one crystal.

    Attributes:
        state: the best state that any dimension reaches.
        superconducting_dimensions: 0 to 3, how many dimensions have a gap of zero or less.
        conducting_dimensions: 0 to 3, how many have a gap of at most delta_c.
    """

    state: State
    superconducting_dimensions: int
    conducting_dimensions: int

    @property
    def text(self) -> str:
        """The state in words."""
        return str(self)

    def __str__(self) -> str:
        if self.state is State.INSULATING:
            return "insulating"
        if self.state is State.CONDUCTING:
            return f"conducting {_ALONG[self.conducting_dimensions]}".strip()
        words = f"superconducting {_ALONG[self.superconducting_dimensions]}".strip()
        if self.conducting_dimensions > self.superconducting_dimensions:
            words += f", conducting {_ALONG[self.conducting_dimensions]}".rstrip()
        return words


@dataclass(frozen=True)
class StateRule:
    """The rule with its one parameter.

    Attributes:
        delta_c: gap up to which a crystal counts as conducting, in the reading's unit; stated once
            for a reading, never per material.
        sees_overlap: False for a reading whose gap cannot be negative. Then a gap of zero is a
            metal and counts as conducting, for the reading cannot see how far a tunnel reaches
            below the valence level.
    """

    delta_c: float
    sees_overlap: bool = True

    def __post_init__(self) -> None:
        if not (math.isfinite(self.delta_c) and self.delta_c >= 0):
            raise ValueError(f"delta_c must be a number of at least 0, got {self.delta_c!r}")

    def classify(self, gaps: ArrayLike) -> ElectricalState:
        """The state for gaps of shape (3,), NaN where no tunnel opens that many dimensions."""
        values: NDArray[np.float64] = np.asarray(gaps, dtype=float)
        if values.shape != (3,):
            raise ValueError(f"gaps must have shape (3,), got {values.shape}")
        superconducting = _highest(values <= 0.0) if self.sees_overlap else 0
        conducting = _highest(values <= self.delta_c)
        if superconducting:
            state = State.SUPERCONDUCTING
        elif conducting:
            state = State.CONDUCTING
        else:
            state = State.INSULATING
        return ElectricalState(state, superconducting, conducting)


def _highest(reached: NDArray[np.bool_]) -> int:
    """Largest dimension that is reached; NaN compares false and so is never reached."""
    return int(np.flatnonzero(reached).max()) + 1 if reached.any() else 0
