"""The theory's rule with its one parameter, fitted on other families than it is judged on."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.studies.benchmark.materials import STATES, BenchmarkMaterial
from isotunnel.studies.benchmark.prediction import Prediction
from isotunnel.studies.benchmark.scores import Codes, balanced, coded
from isotunnel.theories.base import INSULATOR, METAL, SUPERCONDUCTOR

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]


StateOf = Callable[[Sequence[BenchmarkMaterial], Sequence[BenchmarkMaterial]], list[Prediction]]
"""Learns from the first materials (state known) and classifies the second."""


@dataclass(frozen=True)
class Thresholds:
    """Superconductor up to ``low``, metal up to ``high``, insulator beyond."""

    low: float
    high: float

    def classify(self, gap: float, sees_overlap: bool = True) -> str:
        """The state; a reading that sees no overlap never predicts a superconductor."""
        if sees_overlap and gap <= self.low:
            return SUPERCONDUCTOR
        return METAL if gap <= self.high else INSULATOR

    def codes(self, gaps: Array, sees_overlap: bool = True) -> Codes:
        """``classify`` of many gaps, as places in ``STATES``."""
        found = np.where(gaps <= self.high, STATES.index(METAL), STATES.index(INSULATOR))
        if sees_overlap:
            found = np.where(gaps <= self.low, STATES.index(SUPERCONDUCTOR), found)
        return found

    def margin(self, gap: float, sees_overlap: bool = True) -> float:
        """Distance of the gap from the nearest limit."""
        limits = [self.high, *([self.low] if sees_overlap else [])]
        return min(abs(gap - limit) for limit in limits)


def reading_rule(reading: str, *, both_free: bool = False) -> StateOf:
    """Superconductor if the gap is 0 or less, metal up to delta_c, else insulator.

    Args:
        reading: whose gaps.
        both_free: fit the upper limit of superconductors too, which is not the theory's own rule.
    """
    sees = reading != "band"

    def rule(
        known: Sequence[BenchmarkMaterial], asked: Sequence[BenchmarkMaterial]
    ) -> list[Prediction]:
        limits = fitted(gaps_of(known, reading), codes_of(known), sees, both_free)
        return [_by_gap(reading, limits, m.gaps[reading].lowest, sees) for m in asked]

    return rule


def gaps_of(materials: Sequence[BenchmarkMaterial], reading: str) -> Array:
    """The gaps that decide, in the order of the materials."""
    return np.array([m.gaps[reading].lowest for m in materials])


def codes_of(materials: Sequence[BenchmarkMaterial]) -> Codes:
    """Measured states as places in ``STATES``."""
    return coded([m.state for m in materials])


def fitted(
    gaps: Array, states: Codes, sees_overlap: bool = True, both_free: bool = False
) -> Thresholds:
    """The limits with the highest balanced accuracy; of equal ones the lowest.

    Args:
        gaps: one per material.
        states: measured, as places in ``STATES``.
        sees_overlap: False for a reading whose gap cannot be negative.
        both_free: fit the upper limit of superconductors too, instead of 0.
    """
    open_, metal, paired = (
        np.sort(gaps[states == STATES.index(s)]) for s in (INSULATOR, METAL, SUPERCONDUCTOR)
    )
    lows = _limits(gaps, -math.inf) if both_free and sees_overlap else np.array([0.0])
    best, found = -1.0, Thresholds(0.0, 0.0)
    for low in lows:
        highs = _limits(gaps, float(low))
        below = np.searchsorted(metal, low, "right") if sees_overlap else 0
        right = _share(len(open_) - np.searchsorted(open_, highs, "right"), len(open_))
        right = right + _share(np.searchsorted(metal, highs, "right") - below, len(metal))
        if sees_overlap:
            right = right + _share(np.searchsorted(paired, low, "right"), len(paired))
        place = int(np.argmax(right))
        if right[place] > best + 1e-12:
            best, found = float(right[place]), Thresholds(float(low), float(highs[place]))
    return found


def _share(right: Any, count: int) -> Any:
    return right / count if count else 0.0 * right


def _limits(gaps: Array, low: float) -> Array:
    """Candidates: ``low`` itself (nothing between the limits), between the gaps above, beyond."""
    above = np.unique(gaps[np.isfinite(gaps) & (gaps > low)])
    if len(above) == 0:
        return np.array([low])
    middles = (above[1:] + above[:-1]) / 2
    first = low if math.isfinite(low) else above[0] - 1.0
    return np.array([first, *middles, above[-1] + 1.0])


def leave_one_family_out(
    materials: Sequence[BenchmarkMaterial], rule: StateOf
) -> tuple[Prediction, ...]:
    """Each material classified by a rule that has learned from the other families only."""
    found: list[Prediction | None] = [None] * len(materials)
    for inside, outside in folds(materials):
        known = [m for m, out in zip(materials, outside, strict=True) if not out]
        asked = [materials[i] for i in inside]
        for i, prediction in zip(inside, rule(known, asked), strict=True):
            found[i] = prediction
    return tuple(p for p in found if p is not None)


def folds(materials: Sequence[BenchmarkMaterial]) -> Iterator[tuple[list[int], Bools]]:
    """Places of each family, and the mask of the same places."""
    families = np.array([m.family for m in materials])
    for family in sorted(set(families)):
        mask = families == family
        yield list(np.flatnonzero(mask)), mask


def chosen_reading(readings: Sequence[str], both_free: bool = False) -> StateOf:
    """The reading that does best in a cross-validation inside what is known.

    The materials that are asked take no part in the choice.
    """

    def rule(
        known: Sequence[BenchmarkMaterial], asked: Sequence[BenchmarkMaterial]
    ) -> list[Prediction]:
        best = best_reading(known, readings, both_free)
        return reading_rule(best, both_free=both_free)(known, asked)

    return rule


def best_reading(
    known: Sequence[BenchmarkMaterial], readings: Sequence[str], both_free: bool
) -> str:
    """The reading with the highest balanced accuracy in cross-validation; the first of equals."""
    truth = codes_of(known)
    masks = [mask for _, mask in folds(known)]
    scores = []
    for reading in readings:
        gaps, sees = gaps_of(known, reading), reading != "band"
        predicted = np.empty(len(known), dtype=np.intp)
        for out in masks:
            limits = fitted(gaps[~out], truth[~out], sees, both_free)
            predicted[out] = limits.codes(gaps[out], sees)
        scores.append(balanced(truth, predicted))
    return readings[int(np.argmax(scores))]


def commonest(
    known: Sequence[BenchmarkMaterial], asked: Sequence[BenchmarkMaterial]
) -> list[Prediction]:
    """Always the state that most of the known materials have."""
    states = [m.state for m in known]
    names = sorted(set(states))
    most = max(names, key=states.count)
    share = states.count(most) / len(states)
    return [Prediction(most, share, f"{share:.0%} of the other families are {most}s")] * len(asked)


def _by_gap(reading: str, limits: Thresholds, gap: float, sees: bool) -> Prediction:
    shown = "no tunnel opens" if math.isinf(gap) else f"gap {gap:.3g}"
    what = f"{reading}: {shown}, metal from {limits.low:.3g} to {limits.high:.3g}"
    return Prediction(limits.classify(gap, sees), limits.margin(gap, sees), what)
