"""Confusion matrices and balanced accuracy with intervals by resampled materials."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.evidence.statistics import Interval, bootstrap
from isotunnel.studies.benchmark.materials import STATES, BenchmarkMaterial
from isotunnel.studies.benchmark.prediction import Prediction

Codes = NDArray[np.intp]


@dataclass(frozen=True)
class Failure:
    """A mistake.

    Attributes:
        material: name.
        measured, predicted: states.
        why: the number that decided.
        row: where it was measured.
        note: the row's remark on the material.
    """

    material: str
    measured: str
    predicted: str
    why: str
    row: str
    note: str


@dataclass(frozen=True)
class ClassifierScore:
    """How a rule did.

    Attributes:
        name: of the rule.
        title: in words.
        rows: materials it was judged on.
        balanced_accuracy: mean over the three states of the share that is right: value, low, high.
        accuracy: share that is right.
        matrix: (measured, predicted) -> number.
        failures: mistakes, the most confident first.
        dropped: (row, material, reason) of what it could not say.
    """

    name: str
    title: str
    rows: int
    balanced_accuracy: Interval
    accuracy: float
    matrix: dict[tuple[str, str], int]
    failures: tuple[Failure, ...]
    dropped: tuple[tuple[str, str, str], ...]


def balanced(truth: NDArray[Any], predicted: NDArray[Any]) -> float:
    """Mean over the states that occur of the share of each that is right.

    Both are places in ``STATES``, of any number type.
    """
    known = truth.astype(np.intp)
    counts = np.bincount(known, minlength=len(STATES))
    right = np.bincount(known[truth == predicted], minlength=len(STATES))
    there = counts > 0
    return float((right[there] / counts[there]).mean())


def balanced_accuracy(
    truth: Sequence[str], predicted: Sequence[str], groups: Sequence[str]
) -> Interval:
    """Balanced accuracy with its bootstrap interval; whole groups (materials) are resampled."""
    columns = [coded(truth).tolist(), coded(predicted).tolist()]
    return bootstrap(columns, balanced, groups=groups)


def difference(
    truth: Sequence[str], one: Sequence[str], other: Sequence[str], groups: Sequence[str]
) -> Interval:
    """Balanced accuracy of one minus that of the other, materials resampled in pairs."""

    def gain(t: NDArray[Any], a: NDArray[Any], b: NDArray[Any]) -> float:
        return balanced(t, a) - balanced(t, b)

    columns = [coded(truth).tolist(), coded(one).tolist(), coded(other).tolist()]
    return bootstrap(columns, gain, groups=groups)


def coded(states: Sequence[str]) -> Codes:
    """Places of the states in ``STATES``."""
    return np.array([STATES.index(s) for s in states], dtype=np.intp)


def confusion(truth: Sequence[str], predicted: Sequence[str]) -> dict[tuple[str, str], int]:
    """Numbers by (measured, predicted), zeros included."""
    found = {(t, s): 0 for t in STATES for s in STATES}
    for pair in zip(truth, predicted, strict=True):
        found[pair] += 1
    return found


def score(
    name: str,
    title: str,
    materials: Sequence[BenchmarkMaterial],
    predictions: Sequence[Prediction],
    dropped: Sequence[tuple[str, str, str]] = (),
) -> ClassifierScore:
    """Judge predictions on materials."""
    truth, states = [m.state for m in materials], [p.state for p in predictions]
    wrong = [(m, s) for m, s in zip(materials, predictions, strict=True) if m.state != s.state]
    wrong.sort(key=lambda pair: (-pair[1].margin, pair[0].id))
    return ClassifierScore(
        name=name,
        title=title,
        rows=len(materials),
        balanced_accuracy=balanced_accuracy(truth, states, [m.formula for m in materials]),
        accuracy=float(np.mean([t == s for t, s in zip(truth, states, strict=True)])),
        matrix=confusion(truth, states),
        failures=tuple(_failure(m, s) for m, s in wrong),
        dropped=tuple(dropped),
    )


def _failure(material: BenchmarkMaterial, prediction: Prediction) -> Failure:
    note = material.row.text("note") if "note" in material.row else ""
    return Failure(
        material.name, material.state, prediction.state, prediction.why, material.id, note
    )
