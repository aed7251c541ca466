"""Spearman's correlation with whole groups redrawn, all resamples at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from isotunnel.evidence.statistics import RESAMPLES, SEED, Interval, rank_correlation

Array = NDArray[np.float64]


def grouped_rank_interval(x: Array, y: Array, groups: Sequence[str], level: float) -> Interval:
    """Correlation with its percentile interval, whole groups drawn with replacement.

    A group that is drawn twice counts twice, ranks included; ties share their mean rank. NaN where
    the correlation is undefined.
    """
    value = rank_correlation(x, y)
    if np.isnan(value):
        return value, value, value
    labels = np.unique(groups, return_inverse=True)[1]
    count = int(labels.max()) + 1
    drawn = np.random.default_rng(SEED).integers(count, size=(RESAMPLES, count))
    times = np.stack([np.bincount(row, minlength=count) for row in drawn])
    found = resampled(x, y, times[:, labels].astype(float))
    tail = (1 - level) / 2
    low, high = np.quantile(found[np.isfinite(found)], [tail, 1 - tail])
    return value, min(float(low), value), max(float(high), value)


def resampled(x: Array, y: Array, times: Array) -> Array:
    """Correlation of each resample; ``times`` (resamples, rows): how often each row is in it."""
    a, b = _ranks(x, times), _ranks(y, times)
    total = times.sum(axis=1, keepdims=True)
    a -= (times * a).sum(axis=1, keepdims=True) / total
    b -= (times * b).sum(axis=1, keepdims=True) / total
    both = (times * a * b).sum(axis=1)
    with np.errstate(invalid="ignore"):
        return np.asarray(both / np.sqrt((times * a**2).sum(axis=1) * (times * b**2).sum(axis=1)))


def _ranks(values: Array, times: Array) -> Array:
    _, place = np.unique(values, return_inverse=True)
    order = np.argsort(place, kind="stable")
    starts = np.searchsorted(place[order], np.arange(int(place.max()) + 1))
    sizes = np.add.reduceat(times[:, order], starts, axis=1)
    ends = np.cumsum(sizes, axis=1)
    return np.asarray((ends - sizes + (sizes + 1) / 2)[:, place])
