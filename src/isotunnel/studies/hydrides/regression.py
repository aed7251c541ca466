"""Ridge regression judged on groups that it has not seen, and the errors of predictions.

Everything is a pure function of arrays. Predictions of a temperature below zero count as zero: no
superconductivity.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import CannotSay, InputError

Array = NDArray[np.float64]

PENALTIES = tuple(float(p) for p in np.logspace(-2, 4, 25))
"""Tried in every fit; that with the smallest leave-one-out error of the rows fitted is taken."""

FEWEST_ROWS = 8
"""Rows to fit below which no fit is made."""


@dataclass(frozen=True, eq=False)
class Ridge:
    """A fitted linear model on standardised features.

    Attributes:
        mean, scale: of the features, shape (p,).
        offset: mean of the target.
        slopes: per standard deviation of each feature, shape (p,).
        penalty: the one taken.
    """

    mean: Array
    scale: Array
    offset: float
    slopes: Array
    penalty: float

    def predict(self, features: Array) -> Array:
        """Target of rows of features, shape (n, p) -> (n,)."""
        return self.offset + (features - self.mean) / self.scale @ self.slopes


def fit_ridge(features: Array, target: Array) -> Ridge:
    """Least squares with a penalty on the slopes: minimise |y - Xb|^2 + penalty |b|^2.

    The penalty is chosen by the leave-one-out error, which for ridge regression is that of the fit
    with each residual divided by one minus its leverage (Hoerl and Kennard, Technometrics 12, 55
    (1970); Allen, Technometrics 16, 125 (1974)).

    Raises:
        CannotSay: fewer than :data:`FEWEST_ROWS` rows.
    """
    if len(target) < FEWEST_ROWS:
        raise CannotSay(f"{len(target)} rows to fit; at least {FEWEST_ROWS} are needed")
    mean, scale = features.mean(axis=0), features.std(axis=0)
    scale = np.where(scale > 1e-12 * (1 + np.abs(mean)), scale, 1.0)
    x, offset = (features - mean) / scale, float(target.mean())
    y = target - offset
    u, s, vt = np.linalg.svd(x, full_matrices=False)
    best: tuple[float, float, Array] | None = None
    for penalty in PENALTIES:
        shrink = s**2 / (s**2 + penalty)
        # The mean is fitted too: it has leverage 1/n.
        leverage = (u**2) @ shrink + 1 / len(y)
        residual = y - u @ (shrink * (u.T @ y))
        error = float(np.mean((residual / np.maximum(1 - leverage, 1e-9)) ** 2))
        if best is None or error < best[0]:
            best = (error, penalty, vt.T @ (s / (s**2 + penalty) * (u.T @ y)))
    assert best is not None  # the penalties are not empty
    return Ridge(mean, scale, offset, best[2], best[1])


def left_out_predictions(
    features: Array,
    target: Array,
    groups: Sequence[Any],
    centre: Callable[[Array], Any] = np.mean,
) -> Array:
    """Each group predicted by a fit to all the others; with no features, by their mean.

    Args:
        features: shape (n, p); p may be 0.
        target: shape (n,), kelvin.
        groups: of each row, at least two kinds.
        centre: what stands for the others where there are no features.

    Returns:
        shape (n,), at least 0.

    Raises:
        InputError: lengths differ, or there is one group only.
        CannotSay: too few rows are left to fit.
    """
    labels = np.array([str(g) for g in groups])
    if not len(target) == len(labels) == len(features):
        raise InputError(f"{len(features)} features, {len(target)} targets, {len(labels)} groups")
    if len(set(labels)) < 2:
        raise InputError("one group only: nothing to leave out")
    predicted = np.empty(len(target))
    for label in sorted(set(labels)):
        out = labels == label
        if features.shape[1] == 0:
            predicted[out] = centre(target[~out])
        else:
            predicted[out] = fit_ridge(features[~out], target[~out]).predict(features[out])
    return np.maximum(predicted, 0.0)


def mean_absolute_error(target: Array, predicted: Array) -> float:
    """Mean of |predicted - target|."""
    return float(np.mean(np.abs(predicted - target)))


def root_mean_square_error(target: Array, predicted: Array) -> float:
    """Root of the mean of (predicted - target)^2."""
    return float(np.sqrt(np.mean((predicted - target) ** 2)))


def log_error(target: Array, predicted: Array) -> float:
    """Mean of |log10 (1 + predicted/K) - log10 (1 + target/K)|: a factor, soft below 1 K."""
    return float(np.mean(np.abs(np.log10(1 + predicted) - np.log10(1 + target))))
