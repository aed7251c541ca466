"""Predictions for families that a fit has not seen. Needs scikit-learn (extra ``scale``)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.screening.packages import need
from isotunnel.studies.world.features import matrix
from isotunnel.studies.world.plan import PARTS, SEED, SURE, TREES, Model
from isotunnel.studies.world.sample import Sample

Array = NDArray[np.float64]


def left_out(sample: Sample, model: Model) -> Array:
    """What a model says of each composition, fitted to the families of the other parts.

    Returns:
        shape (compositions,): probability that a Tc is recorded, within 1 - SURE and SURE, or
        log10 (Tc/K).

    Raises:
        MissingExtraError: scikit-learn is not installed.
    """
    parts = parts_of(sample)
    x, truth = features_of(sample, model), sample.target[sample.of]
    found = np.empty(len(truth))
    for part in range(PARTS):
        out = parts[sample.of] == part
        if model.parts:
            found[out] = fitted(sample.question, model.learner, x[~out], truth[~out],
                                 sample.weights[~out], x[out])  # fmt: skip
        else:
            others = sample.target[parts != part]
            found[out] = np.median(others) if sample.question == "tc" else others.mean()
    if sample.question == "recorded":
        found = np.clip(found, 1 - SURE, SURE)
    return sample.by_composition(found)


def parts_of(sample: Sample) -> NDArray[np.intp]:
    """The part in which each composition is left out, see :func:`dealt`."""
    return dealt(sample.families)


def dealt(families: Sequence[str]) -> NDArray[np.intp]:
    """A part for each row; families stay whole, parts of like size.

    Largest families first, each into the part that is smallest so far.
    """
    names, index, sizes = np.unique(families, return_inverse=True, return_counts=True)
    filled = np.zeros(PARTS)
    part = np.zeros(len(names), dtype=np.intp)
    for family in np.argsort(-sizes, kind="stable"):
        part[family] = int(np.argmin(filled))
        filled[part[family]] += sizes[family]
    return np.asarray(part[index])


def features_of(sample: Sample, model: Model) -> Array:
    """The features of every crystal, shape (crystals, features)."""
    formulas = [r.formula for r in sample.rows]
    values = [r.values for r in sample.rows]
    blocks = [np.empty((len(formulas), 0))]
    for part in model.parts:
        block = matrix(part.removeprefix("shuffled "), formulas, values)
        if part.startswith("shuffled"):
            block = block[np.random.default_rng(SEED).permutation(len(block))]
        blocks.append(block)
    return np.concatenate(blocks, axis=1)


def fitted(question: str, learner: str, x: Array, y: Array, weights: Array, asked: Array) -> Array:
    """What a learner says of ``asked`` after it was fitted; see :mod:`.plan` for its settings."""
    need("sklearn", "fitting the world's table")
    machine = _machine(question, learner)
    # A column without any value says nothing, and the trees' bins cannot be made of it.
    known = np.isfinite(x).any(axis=0)
    x, asked = x[:, known], asked[:, known]
    name = {"trees": "sample_weight", "linear": "fit__sample_weight"}[learner]
    with _threads().limit(limits=1):
        machine.fit(x, y, **{name: weights})
        if question == "recorded":
            return np.asarray(machine.predict_proba(asked)[:, 1], dtype=float)
        return np.asarray(machine.predict(asked), dtype=float)


@cache
def _threads() -> Any:
    """Holds scikit-learn to one thread.

    More gain nothing on thousands of rows, and where another program has a core they wait for each
    other ten times as long as they work.
    """
    from sklearn import ensemble  # noqa: F401  its libraries have to be there to be held
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def _machine(question: str, learner: str) -> Any:
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression, RidgeCV
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import StandardScaler

    if learner == "trees":
        if question == "recorded":
            return HistGradientBoostingClassifier(**TREES)
        return HistGradientBoostingRegressor(loss="absolute_error", **TREES)
    if question == "recorded":
        last: Any = LogisticRegression(C=0.1, max_iter=2000)
    else:
        last = RidgeCV(alphas=np.logspace(-1, 4, 16))
    fill = SimpleImputer(strategy="median", add_indicator=True)
    return Pipeline([("fill", fill), ("scale", StandardScaler()), ("fit", last)])
