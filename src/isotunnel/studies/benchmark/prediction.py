"""A predicted state of one material, with what decided it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Prediction:
    """What a rule predicts of a material.

    Attributes:
        state: "insulator", "metal" or "superconductor".
        margin: how far it is from predicting something else, in the rule's own measure; compared
            only among predictions of one rule.
        why: the number that decided, in words.
        assumed: whether nothing decided, and the state is what the rule predicts then.
    """

    state: str
    margin: float
    why: str
    assumed: bool = False
