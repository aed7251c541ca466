"""The engine of fits: exact on lines, like the textbook's covariance, lowest of several valleys."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotunnel.least_squares import covariance, minimise

X = np.linspace(-1.0, 2.0, 12)


@given(st.floats(-5, 5), st.floats(-5, 5))
def test_a_line_is_found_with_the_covariance_of_the_normal_equations(a: float, b: float) -> None:
    noise = 0.1 * np.cos(7 * X)
    design = np.stack([np.ones_like(X), X], axis=1)
    found = minimise(lambda p: design @ p - (a + b * X + noise), [np.zeros(2)])
    assert found is not None
    exact, left, *_ = np.linalg.lstsq(design, a + b * X + noise, rcond=None)
    assert found.values == pytest.approx(exact, abs=1e-6)
    assert found.cost == pytest.approx(left[0] / 2)
    known = covariance(found.jacobian, variance=2.0)
    assert known == pytest.approx(2.0 * np.linalg.inv(design.T @ design), rel=1e-6)


def test_the_lowest_valley_wins_whatever_the_order_of_the_starts() -> None:
    def valleys(p: np.ndarray) -> np.ndarray:
        return np.array([p[0] ** 2 - 1.0, 0.1 * (p[0] - 1.0)])

    starts = [np.array([-2.0]), np.array([2.0])]
    for order in (starts, starts[::-1]):
        found = minimise(valleys, order)
        assert found is not None
        assert found.values == pytest.approx([1.0])
    alone = minimise(valleys, starts[:1])
    assert alone is not None
    assert alone.values[0] < 0


def test_bounds_hold_and_held_parameters_have_no_variance() -> None:
    found = minimise(lambda p: np.array([p[0] + 3.0, p[1] - 1.0]), [np.ones(2)], lower=0.0)
    assert found is not None
    assert found.values == pytest.approx([0.0, 1.0], abs=1e-6)
    held = covariance(found.jacobian, free=np.array([False, True]))
    assert held == pytest.approx(np.diag([0.0, 1.0]))


def test_the_size_of_parameters_changes_no_covariance_but_saves_its_digits() -> None:
    jacobian = np.stack([np.ones_like(X), 1e9 * X], axis=1)
    size = np.array([1.0, 1e-9])
    scaled = covariance(jacobian, size=size)
    exact = np.linalg.inv(np.stack([np.ones_like(X), X], axis=1).T @ np.stack([X**0, X], axis=1))
    assert scaled / np.outer(size, size) == pytest.approx(exact, rel=1e-9)


def test_no_finite_sum_of_squares_is_no_minimum() -> None:
    assert minimise(lambda p: p, []) is None
