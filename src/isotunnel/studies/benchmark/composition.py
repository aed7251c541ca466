"""The rule that knows only what a material is made of: its nearest neighbours in composition."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from isotunnel.crystal.elements import (
    block_of,
    electronegativities,
    outer_electrons,
    period_of,
)
from isotunnel.crystal.formula import formula_counts
from isotunnel.studies.benchmark.materials import STATES, BenchmarkMaterial
from isotunnel.studies.benchmark.prediction import Prediction
from isotunnel.studies.benchmark.scores import balanced

Array = NDArray[np.float64]
NEIGHBOURS = (1, 3, 5, 9)
"""How many neighbours vote: chosen inside the cross-validation."""

FEATURES = (
    "mean row of the periodic table",
    "mean electrons outside the last noble gas",
    "spread of those",
    "mean Pauling electronegativity",
    "spread of it",
    "share of d-block elements",
    "share of p-block elements",
    "share of noble gases",
    "share of hydrogen",
    "number of elements",
)


@lru_cache(maxsize=512)
def features(formula: str) -> tuple[float, ...]:
    """The numbers of ``FEATURES``; electronegativity is 0 for elements that have none."""
    counts = formula_counts(formula)
    weights = np.array(list(counts.values()), dtype=float)
    weights /= weights.sum()
    rows = np.array([period_of(s) for s in counts], dtype=float)
    outer = np.array([outer_electrons(s) for s in counts], dtype=float)
    pauling = np.array([electronegativities().get(s, 0.0) for s in counts])
    blocks = [block_of(s) for s in counts]

    def mean(values: Array) -> float:
        return float(weights @ values)

    def spread(values: Array) -> float:
        return float(np.sqrt(weights @ (values - weights @ values) ** 2))

    def share(block: str) -> float:
        return mean(np.array([float(b == block) for b in blocks]))

    return (
        mean(rows),
        mean(outer),
        spread(outer),
        mean(pauling),
        spread(pauling),
        share("d"),
        share("p"),
        share("noble"),
        mean(np.array([float(s == "H") for s in counts])),
        float(len(counts)),
    )


def composition_rule(
    known: Sequence[BenchmarkMaterial], asked: Sequence[BenchmarkMaterial]
) -> list[Prediction]:
    """The state of the nearest known compositions; the materials of each state count alike."""
    x, y, families = _arrays(known)
    tried = []
    for family in sorted(set(families)):
        out = families == family
        tried.append((y[out], _votes(x[~out], y[~out], x[out])))
    truth = np.concatenate([t for t, _ in tried])
    scores = [
        balanced(truth, np.concatenate([v[k].argmax(axis=1) for _, v in tried]))
        for k in range(len(NEIGHBOURS))
    ]
    best = int(np.argmax(scores))
    wanted = np.array([features(m.formula) for m in asked])
    found = []
    for votes in _votes(x, y, wanted)[best]:
        place = int(np.argmax(votes))
        share = float(votes[place] / votes.sum())
        why = f"{share:.0%} of the votes of the {NEIGHBOURS[best]} nearest compositions"
        found.append(Prediction(STATES[place], share, why))
    return found


def _arrays(known: Sequence[BenchmarkMaterial]) -> tuple[Array, NDArray[np.intp], NDArray[np.str_]]:
    x = np.array([features(m.formula) for m in known])
    y = np.array([STATES.index(m.state) for m in known])
    return x, y, np.array([m.family for m in known])


def _votes(x: Array, y: NDArray[np.intp], wanted: Array) -> Array:
    """Votes by number of neighbours, material asked and state: (k, n, 3).

    Features are standardised on what is known; a vote weighs as one over the number of known
    materials of its state, and slightly more the nearer it is, which decides ties.
    """
    centre, scale = x.mean(axis=0), x.std(axis=0)
    scale = np.where(scale > 0, scale, 1.0)
    apart = np.linalg.norm(((wanted - centre) / scale)[:, None] - ((x - centre) / scale), axis=2)
    order = np.argsort(apart, axis=1, kind="stable")
    counts = np.maximum(np.bincount(y, minlength=len(STATES)), 1)
    weights = np.eye(len(STATES))[y] / counts
    ranked = weights[order] * (1.0 - 1e-6 * np.arange(order.shape[1]))[None, :, None]
    summed = np.cumsum(ranked, axis=1)
    return np.stack([summed[:, min(k, summed.shape[1]) - 1] for k in NEIGHBOURS])
