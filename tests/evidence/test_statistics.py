"""Intervals and p values against closed forms and simulation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import beta, norm, spearmanr

from isotunnel.errors import InputError
from isotunnel.evidence import statistics
from isotunnel.evidence.statistics import (
    RESAMPLES,
    SEED,
    bootstrap,
    median,
    rank_correlation,
    share,
    share_p_value,
    weighted_mean,
    whole_spread,
)
from isotunnel.measured.parameter import Parameter
from isotunnel.studies.spacing.result import mean_of, share_of


@pytest.mark.parametrize(("successes", "trials"), [(0, 7), (3, 9), (20, 20)])
def test_a_share_has_the_exact_interval(successes: int, trials: int) -> None:
    value, low, high = share(successes, trials)
    assert value == successes / trials
    if successes:
        assert low == pytest.approx(beta.ppf(0.025, successes, trials - successes + 1))
    else:
        assert low == 0
    if successes < trials:
        assert high == pytest.approx(beta.ppf(0.975, successes + 1, trials - successes))
    else:
        assert high == 1


@pytest.mark.parametrize(("successes", "trials"), [(0, 7), (3, 9), (20, 20)])
def test_the_p_value_of_a_share_counts_what_is_at_least_as_far_off(successes, trials) -> None:
    """Against a half the distribution is symmetric: both tails, from the nearer end."""
    tail = sum(math.comb(trials, k) for k in range(min(successes, trials - successes) + 1))
    assert share_p_value(successes, trials) == pytest.approx(2 * tail / 2**trials)
    assert share_p_value(successes, trials, max(successes / trials, 1e-12)) > 0.99


def test_spacing_tests_and_fits_state_the_same_intervals() -> None:
    hits = [True] * 7 + [False] * 2
    found = share_of("x", "x", hits, against=0.5)
    assert (found.value, found.low, found.high) == share(7, 9)
    assert found.p_value == share_p_value(7, 9)
    values = [Parameter(v, "made up", e) for v, e in ((1.0, 0.1), (1.4, 0.2), (0.7, 0.1))]
    mean = mean_of("x", "x", "", values, against=1.0)
    assert (mean.value, mean.low, mean.high) == weighted_mean([1.0, 1.4, 0.7], [0.1, 0.2, 0.1])
    half = (mean.high - mean.low) / 2
    off = abs(mean.value - 1.0) / half * norm.ppf(0.975)
    assert mean.p_value == pytest.approx(2 * norm.sf(off))


def test_the_bootstrap_of_a_mean_is_near_its_normal_interval() -> None:
    x = np.random.default_rng(1).normal(3.0, 2.0, 200)
    value, low, high = bootstrap([x], np.mean)
    half = 1.96 * x.std() / np.sqrt(len(x))
    assert value == x.mean()
    assert low == pytest.approx(value - half, abs=0.08)
    assert high == pytest.approx(value + half, abs=0.08)


def test_rows_of_one_group_are_not_independent() -> None:
    rng = np.random.default_rng(2)
    values = np.repeat(rng.normal(size=12), 10)
    groups = list(np.repeat(np.arange(12), 10))
    _, low, high = bootstrap([values], np.mean)
    _, wide_low, wide_high = bootstrap([values], np.mean, groups=groups)
    assert wide_high - wide_low > 2 * (high - low)


def test_the_same_data_give_the_same_interval() -> None:
    x = [1.0, 5.0, 2.0, 8.0]
    assert bootstrap([x], median) == bootstrap([x], median)


@pytest.mark.parametrize("groups", [None, [*"aabbbcdefg"]], ids=["rows", "groups"])
@pytest.mark.parametrize("statistic", [median, rank_correlation, np.mean])
def test_many_resamples_at_once_are_those_drawn_one_by_one(statistic, groups) -> None:
    rng = np.random.default_rng(5)
    columns = [rng.normal(size=10) for _ in range(2 if statistic is rank_correlation else 1)]
    columns[0][3] = columns[0][7]
    labels = sorted(set(groups)) if groups else range(10)
    blocks = [[i for i in range(10) if (groups[i] if groups else i) == g] for g in labels]
    draws = np.random.default_rng(SEED)
    one_by_one = []
    for _ in range(RESAMPLES):
        rows = [i for b in draws.integers(len(blocks), size=len(blocks)) for i in blocks[b]]
        one_by_one.append(statistic(*(c[rows] for c in columns)))
    value, low, high = bootstrap(columns, statistic, groups=groups)
    assert value == statistic(*columns)
    expected = np.quantile(one_by_one, [0.025, 0.975])
    np.testing.assert_allclose((low, high), expected, rtol=0, atol=1e-12)


def test_resamples_in_several_batches_are_those_of_one(monkeypatch) -> None:
    x, y = np.random.default_rng(6).normal(size=(2, 30))
    whole = bootstrap([x, y], rank_correlation)
    monkeypatch.setattr(statistics, "_AT_ONCE", 700)
    assert bootstrap([x, y], rank_correlation) == whole


def test_a_weighted_mean_without_scatter_is_the_textbook_one() -> None:
    values, errors = [1.0, 1.1, 0.95], [0.1, 0.2, 0.1]
    weights = 1 / np.square(errors)
    value, low, high = weighted_mean(values, errors)
    assert value == pytest.approx(np.average(values, weights=weights))
    assert (high - low) / 2 == pytest.approx(1.959964 / np.sqrt(weights.sum()))


def test_a_weighted_mean_widens_where_values_scatter_more_than_their_errors() -> None:
    tight = weighted_mean([0.0, 1.0, 2.0], [1.0, 1.0, 1.0])
    scattered = weighted_mean([0.0, 1.0, 2.0], [0.01, 0.01, 0.01])
    assert scattered[2] - scattered[1] > 1.5
    assert tight[0] == pytest.approx(scattered[0])


def test_the_rank_correlation_is_spearmans() -> None:
    rng = np.random.default_rng(3)
    x, y = rng.integers(0, 9, 40).astype(float), rng.normal(size=40)
    assert rank_correlation(x, y) == pytest.approx(spearmanr(x, y).statistic)
    assert np.isnan(rank_correlation(np.ones(4), np.arange(4.0)))


def test_nothing_comes_of_nothing() -> None:
    with pytest.raises(InputError):
        share(0, 0)
    with pytest.raises(InputError):
        share_p_value(3, 2)
    with pytest.raises(InputError):
        bootstrap([[]], np.mean)
    with pytest.raises(InputError):
        weighted_mean([1.0], [0.0])


@pytest.mark.parametrize(("count", "whole"), [(2, True), (3, True), (5, True), (8, False)])
def test_the_interval_of_a_median_of_few_values_is_their_range(count, whole):
    values = [float(i) for i in range(count)]
    _, low, high = bootstrap([values], median)
    assert whole_spread(values, low, high) == (count if whole else None)
    assert whole_spread([1.0, 1.0], 1.0, 1.0) is None
