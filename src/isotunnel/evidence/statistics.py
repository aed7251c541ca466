"""Intervals for shares, means, medians and rank correlations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isotunnel.errors import InputError

LEVEL = 0.95
RESAMPLES = 2000
SEED = 20261122
"""Fixed, so that the same data give the same page."""

Interval = tuple[float, float, float]
"""Value, lower end, upper end."""


def share(successes: int, trials: int, level: float = LEVEL) -> Interval:
    """A share with its Clopper-Pearson interval, which is never narrower than promised.

    Raises:
        InputError: no trials, or more successes than trials.
    """
    found = _binomial(successes, trials).proportion_ci(level, method="exact")
    return successes / trials, float(found.low), float(found.high)


def share_p_value(successes: int, trials: int, against: float = 0.5) -> float:
    """Two-sided probability of a share at least as far off, were the true one ``against``.

    Raises:
        InputError: as of ``share``.
    """
    return float(_binomial(successes, trials, against).pvalue)


def _binomial(successes: int, trials: int, against: float = 0.5) -> Any:
    from scipy.stats import binomtest

    if not 0 <= successes <= trials or trials == 0:
        raise InputError(f"{successes} of {trials} is not a share")
    return binomtest(successes, trials, against)


def bootstrap(
    columns: Sequence[Sequence[float]],
    statistic: Callable[..., float],
    level: float = LEVEL,
    groups: Sequence[Any] | None = None,
) -> Interval:
    """A statistic of rows with its percentile bootstrap interval.

    Rows are drawn with replacement; where ``groups`` is given, whole groups are (several rows of
    one material are not independent). Resamples on which the statistic is not finite (all values
    alike in a correlation, say) are left out. The interval is widened to hold the value.

    Args:
        columns: one sequence per argument of ``statistic``, all of one length.
        statistic: function of arrays.
        level: confidence.
        groups: group of each row.

    Raises:
        InputError: no rows, or columns of different length.
    """
    data = [np.asarray(c, dtype=float) for c in columns]
    if not data or len({len(c) for c in data}) != 1 or len(data[0]) == 0:
        raise InputError(f"columns of {[len(c) for c in data]} rows cannot be resampled")
    blocks = _blocks(len(data[0]), groups)
    value = float(statistic(*data))
    drawn = _resampled(data, statistic, blocks)
    found = drawn[np.isfinite(drawn)]
    if len(found) == 0:
        return value, value, value
    tail = (1 - level) / 2
    low, high = np.quantile(found, [tail, 1 - tail])
    return value, min(float(low), value), max(float(high), value)


def whole_spread(values: Sequence[float], low: float, high: float) -> int | None:
    """How many values an interval spans from the smallest to the largest; None where it does not.

    A median of five values or fewer, resampled, reaches both ends: its interval is their range and
    promises no level of confidence.
    """
    spans = low <= min(values) and max(values) <= high
    return len(values) if spans and low < high else None


def weighted_mean(
    values: Sequence[float], errors: Sequence[float], level: float = LEVEL
) -> Interval:
    """Mean of measurements that may scatter more than their errors (DerSimonian and Laird).

    The scatter between materials, tau^2, is estimated from the data and added to each error.
    Reference: R. DerSimonian and N. Laird, Controlled Clinical Trials 7, 177 (1986).

    Raises:
        InputError: no values, lengths differ, or an error that is not positive.
    """
    from scipy.stats import norm

    x, s = np.asarray(values, dtype=float), np.asarray(errors, dtype=float)
    if len(x) == 0 or len(x) != len(s) or not np.all(s > 0):
        raise InputError("a weighted mean needs values, each with a positive error")
    weights = 1 / s**2
    mean = float(np.sum(weights * x) / np.sum(weights))
    excess = float(np.sum(weights * (x - mean) ** 2)) - (len(x) - 1)
    scale = float(np.sum(weights) - np.sum(weights**2) / np.sum(weights))
    between = max(0.0, excess / scale) if scale > 0 else 0.0
    weights = 1 / (s**2 + between)
    mean = float(np.sum(weights * x) / np.sum(weights))
    half = float(norm.ppf(0.5 + level / 2)) / float(np.sqrt(np.sum(weights)))
    return mean, mean - half, mean + half


def rank_correlation(x: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    """Spearman's rank correlation; NaN where one side does not vary."""
    return float(_rank_correlations(x, y))


def median(x: NDArray[np.float64]) -> float:
    """Median, as a statistic of ``bootstrap``."""
    return float(np.median(x))


def _rank_correlations(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Spearman's rank correlation along the last axis."""
    from scipy.stats import rankdata

    a, b = rankdata(x, axis=-1), rankdata(y, axis=-1)
    a, b = (r - r.mean(axis=-1, keepdims=True) for r in (a, b))
    with np.errstate(invalid="ignore"):
        found = (a * b).sum(axis=-1) / np.sqrt((a * a).sum(axis=-1) * (b * b).sum(axis=-1))
    return np.asarray(np.clip(found, -1.0, 1.0))


def _medians(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Medians along the last axis."""
    return np.asarray(np.median(x, axis=-1))


_OF_MANY: dict[Callable[..., float], Callable[..., NDArray[np.float64]]] = {
    rank_correlation: _rank_correlations,
    median: _medians,
}
"""The same statistic of many samples at once, along the last axis."""

_AT_ONCE = 1_000_000
"""Numbers of one column that are drawn at a time."""


def _resampled(
    data: list[NDArray[np.float64]],
    statistic: Callable[..., float],
    blocks: list[NDArray[np.intp]],
) -> NDArray[np.float64]:
    """The statistic of every resample; the same draws, whether taken one by one or many at once."""
    rng = np.random.default_rng(SEED)
    count = len(blocks)
    at_once = max(1, _AT_ONCE // count)
    many = _OF_MANY.get(statistic)
    alone = all(len(block) == 1 for block in blocks)
    order = np.concatenate(blocks)
    found: list[float] = []
    for start in range(0, RESAMPLES, at_once):
        drawn = rng.integers(count, size=(min(at_once, RESAMPLES - start), count))
        with np.errstate(all="ignore"):
            if alone and many is not None:
                found.extend(many(*(c[order[drawn]] for c in data)))
                continue
            for picked in drawn:
                rows = order[picked] if alone else np.concatenate([blocks[i] for i in picked])
                found.append(float(statistic(*(c[rows] for c in data))))
    return np.array(found)


def _blocks(count: int, groups: Sequence[Any] | None) -> list[NDArray[np.intp]]:
    if groups is None:
        return [np.array([i]) for i in range(count)]
    if len(groups) != count:
        raise InputError(f"{len(groups)} groups for {count} rows")
    labels = sorted(set(groups), key=str)
    return [np.array([i for i, g in enumerate(groups) if g == label]) for label in labels]
