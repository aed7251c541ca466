"""Numbers with errors, statistics, and the slope of a table."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, norm

from isotunnel.errors import CannotSay, InputError
from isotunnel.measured.parameter import Parameter
from isotunnel.plain import plain
from isotunnel.studies.spacing import SpacingTest, Statistic, temperature_coefficient
from isotunnel.studies.spacing.result import (
    chi_square,
    mean_of,
    median_of,
    product,
    rounding_error,
    share_of,
    sign_of,
)
from isotunnel.theories.normal.bloch_grueneisen import phonon_resistivity


def test_errors_of_a_quotient_are_those_of_repeated_measurement():
    rng = np.random.default_rng(7)
    a, b = Parameter(8.0, "", 0.2), Parameter(-2.0, "", 0.03)
    found = product(a.value / b.value, "a/b", a, b)
    drawn = rng.normal(a.value, a.error, 200_000) / rng.normal(b.value, b.error, 200_000)
    assert found.error == pytest.approx(drawn.std(), rel=0.02)
    assert found.value == pytest.approx(drawn.mean(), rel=1e-3)


def test_an_unknown_error_makes_the_product_s_unknown():
    assert product(6.0, "", Parameter(2.0, "", 0.1), Parameter(3.0, "")).error is None
    with pytest.raises(InputError, match="zero"):
        product(0.0, "x", Parameter(0.0, "", 0.1))


@pytest.mark.parametrize(
    ("value", "unit"), [(0.46, 0.01), (1.5, 0.1), (107.0, 1.0), (1e-6, 1e-6), (-0.0182, 1e-4)]
)
def test_rounding_error_is_that_of_an_even_distribution(value, unit):
    drawn = np.linspace(-unit / 2, unit / 2, 100_001)
    assert rounding_error(value) == pytest.approx(drawn.std(), rel=1e-3)


def test_signs():
    assert sign_of(Parameter(1.0, "", 0.4)) == 1
    assert sign_of(Parameter(-1.0, "")) == -1
    assert sign_of(Parameter(1.0, "", 0.6)) is None
    assert sign_of(None, -1) == -1
    assert sign_of(None) is None


@given(st.integers(1, 40), st.data())
def test_the_interval_of_a_share_holds_what_could_give_it(n, data):
    k = data.draw(st.integers(0, n))
    found = share_of("x", "x", [True] * k + [False] * (n - k), against=0.5)
    assert found.low <= found.value == k / n <= found.high
    # The ends are where so extreme a count is as rare as 2.5 %.
    if k:
        assert binom.sf(k - 1, n, found.low) == pytest.approx(0.025, abs=1e-6)
    if k < n:
        assert binom.cdf(k, n, found.high) == pytest.approx(0.025, abs=1e-6)
    twin = sum(
        p for i in range(n + 1) if (p := binom.pmf(i, n, 0.5)) <= binom.pmf(k, n, 0.5) * 1.0001
    )
    assert found.p_value == pytest.approx(min(1.0, twin), rel=1e-6)


def test_the_interval_of_a_median_covers_it():
    rng = np.random.default_rng(3)
    hits = 0
    for _ in range(400):
        found = median_of("x", "x", "", list(rng.lognormal(0, 1, 15)))
        assert found.low <= found.value <= found.high
        hits += found.low <= 1.0 <= found.high
    assert hits >= 375
    few = median_of("x", "x", "", [1.0, 2.0])
    assert (few.value, few.low, few.high) == (1.5, None, None)


def test_the_mean_is_the_weighted_one_where_nothing_scatters():
    values = [Parameter(1.0, "", 0.1), Parameter(1.02, "", 0.2), Parameter(0.98, "", 0.1)]
    w = np.array([100, 25, 100])
    mean = float(w @ [1.0, 1.02, 0.98] / w.sum())
    found = mean_of("x", "x", "", values, against=0.9)
    assert found.value == pytest.approx(mean)
    assert found.high - found.low == pytest.approx(2 * norm.ppf(0.975) / math.sqrt(w.sum()))
    assert found.p_value == pytest.approx(2 * norm.sf((mean - 0.9) * math.sqrt(w.sum())))


def test_scatter_widens_the_mean_s_interval():
    rng = np.random.default_rng(5)
    values = [Parameter(x, "", 0.01) for x in rng.normal(0, 1.0, 60)]
    found = mean_of("x", "x", "", values)
    assert found.high - found.low == pytest.approx(2 * 1.96 / math.sqrt(60), rel=0.25)
    assert chi_square("x", "x", values, 0.0).p_value < 1e-6
    assert mean_of("x", "x", "", [Parameter(1.0, "")]).cannot_say


def test_chi_square_of_a_true_value_is_about_one():
    rng = np.random.default_rng(11)
    values = [Parameter(x, "", 0.3) for x in rng.normal(2.0, 0.3, 400)]
    found = chi_square("x", "x", values, 2.0)
    assert found.value == pytest.approx(1.0, abs=0.2)
    assert 0.001 < found.p_value < 0.999


def test_statistics_say_either_a_number_or_why_not():
    with pytest.raises(InputError, match="either"):
        Statistic("x", "x", "", None, None, None, 0)
    with pytest.raises(InputError, match="finite"):
        Statistic("x", "x", "", math.nan, None, None, 0)
    test = SpacingTest("T0", "t", (), (Statistic.refused("x", "x", "none"),), (), (), ())
    assert test.statistic("x").cannot_say == "none"
    with pytest.raises(InputError, match="no statistic 'y'; it has x"):
        test.statistic("y")
    json.dumps(test.as_dict(), allow_nan=False)
    with pytest.raises(InputError):
        plain((1.0, math.inf))


@given(st.floats(100, 500), st.floats(0.5, 50))
def test_the_slope_of_bloch_s_law_is_found_from_a_table(theta, scale):
    def rho(t):
        return scale * float(phonon_resistivity(t, theta, 1e4))

    points = [(t, rho(t)) for t in (200.0, 250.0, 293.0, 350.0, 400.0)]
    found = temperature_coefficient(points, 293.0)
    true = (math.log(rho(293.3)) - math.log(rho(292.7))) / 0.6
    assert abs(found.value - true) < 3 * found.error + 0.01 * true
    line = temperature_coefficient([(273.15, rho(273.15)), (373.15, rho(373.15))], 293.0)
    assert abs(line.value - true) < 3 * line.error + 0.02 * true


def test_a_slope_needs_points_around():
    with pytest.raises(CannotSay, match="a slope needs two"):
        temperature_coefficient([(293.0, 1.0), (293.0, 1.1)], 293.0)
    with pytest.raises(CannotSay):
        temperature_coefficient([(350.0, 1.0), (400.0, 1.1)], 293.0)
    with pytest.raises(InputError, match="not positive"):
        temperature_coefficient([(280.0, 0.0), (300.0, 1.1)], 293.0)


def test_a_slope_does_not_mind_the_unit_of_resistivity():
    points = [(273.15, 1.55), (373.15, 2.23)]
    a = temperature_coefficient(points, 293.0)
    b = temperature_coefficient([(t, r * 1000) for t, r in points], 293.0)
    assert b.value == pytest.approx(a.value)
