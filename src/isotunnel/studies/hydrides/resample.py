"""Bootstrap intervals of means and rank correlations, all resamples at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from isotunnel.evidence.statistics import LEVEL, RESAMPLES, SEED, Interval, rank_correlation

Array = NDArray[np.float64]


def mean_interval(values: Array, groups: Sequence[str] | None = None) -> Interval:
    """Mean with its percentile interval.

    Args:
        values: shape (n,).
        groups: where given, whole groups are drawn instead of rows.
    """
    rng = np.random.default_rng(SEED)
    labels = np.arange(len(values)) if groups is None else np.unique(groups, return_inverse=True)[1]
    count = int(labels.max()) + 1
    sums = np.bincount(labels, weights=values, minlength=count)
    sizes = np.bincount(labels, minlength=count)
    drawn = rng.integers(count, size=(RESAMPLES, count))
    return _around(float(values.mean()), sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1))


def rank_interval(x: Array, y: Array) -> Interval:
    """Spearman's correlation with its percentile interval over rows; NaN where it is undefined."""
    from scipy.stats import rankdata

    value = rank_correlation(x, y)
    if np.isnan(value):
        return value, value, value
    rng = np.random.default_rng(SEED)
    drawn = rng.integers(len(x), size=(RESAMPLES, len(x)))
    a, b = (rankdata(v[drawn], axis=1) for v in (x, y))
    a, b = (v - v.mean(axis=1, keepdims=True) for v in (a, b))
    with np.errstate(invalid="ignore"):
        found = (a * b).sum(axis=1) / np.sqrt((a**2).sum(axis=1) * (b**2).sum(axis=1))
    return _around(value, found[np.isfinite(found)])


def _around(value: float, found: Array) -> Interval:
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(found, [tail, 1 - tail])
    return value, min(float(low), value), max(float(high), value)
