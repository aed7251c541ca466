"""The share of right states, with the same weight for each kind of state."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import CannotSay
from isotunnel.evidence.statistics import Interval, bootstrap, share
from isotunnel.scorecard.sample import Case
from isotunnel.theories.base import INSULATOR, METAL, SUPERCONDUCTOR

KINDS = (SUPERCONDUCTOR, METAL, INSULATOR)


def balanced_share(cases: Sequence[Case], side: str) -> Interval:
    """Mean over the kinds of state of the share right, with its interval.

    Raises:
        CannotSay: all states are of one kind, so that guessing it would be right throughout.
    """
    right = [float(c.right(side)) for c in cases]
    kinds = [float(KINDS.index(c.measured)) for c in cases]
    every = len(set(kinds))
    if every < 2:
        raise CannotSay("all states that are predicted are of one kind")
    groups = [c.group for c in cases]
    resampled = bootstrap([right, kinds], lambda r, k: balanced(r, k, every), groups=groups)
    return _widened(resampled, right, kinds)


def _widened(resampled: Interval, right: list[float], kinds: list[float]) -> Interval:
    """The interval, no narrower than the exact ones of each kind averaged.

    A bootstrap of three points that are all right knows no doubt; an exact interval does.
    """
    value, low, high = resampled
    each = [
        share(
            int(sum(r for r, k in zip(right, kinds, strict=True) if k == kind)), kinds.count(kind)
        )
        for kind in sorted(set(kinds))
    ]
    exact_low = float(np.mean([e[1] for e in each]))
    exact_high = float(np.mean([e[2] for e in each]))
    return value, min(low, exact_low), max(high, exact_high)


def balanced(right: NDArray[np.float64], kinds: NDArray[np.float64], every: int) -> float:
    """Mean over kinds of the share right; NaN where not all ``every`` kinds occur."""
    drawn = np.unique(kinds)
    if len(drawn) < every:
        return float("nan")
    return float(np.mean([np.mean(right[kinds == k]) for k in drawn]))
