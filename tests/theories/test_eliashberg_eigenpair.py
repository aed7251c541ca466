"""The largest eigenpair of the gap equation by matrix and by transforms."""

from __future__ import annotations

import numpy as np
import pytest

from isotunnel.theories.superconducting.alpha2f.spectrum import Alpha2F
from isotunnel.theories.superconducting.eliashberg.eigenpair import (
    LARGEST_DENSE,
    _iterated,
    _matrix,
    largest_eigenpair,
)
from isotunnel.theories.superconducting.eliashberg.kernel import Matsubara, kernel_of
from isotunnel.theories.superconducting.eliashberg.settings import Settings


def sums_at(t: float, count: int, coupling: float = 1.2) -> Matsubara:
    omega = np.linspace(0.001, 0.03, 120)
    shape = Alpha2F.from_arrays(omega, omega**2 * (0.031 - omega), "made up")
    spectrum = shape.scaled(1.0, coupling / shape.coupling)
    return Settings(0.13).matsubara(kernel_of(spectrum), t, count)


@pytest.mark.parametrize("count", [24, 60, LARGEST_DENSE])
@pytest.mark.parametrize("coupling", [0.5, 1.2, 20.0])
def test_matrix_and_transforms_agree(count: int, coupling: float) -> None:
    sums = sums_at(9.0, count, coupling)
    dense, vector = largest_eigenpair(sums, None)
    value, other = _iterated(sums, None)
    assert dense == pytest.approx(value, abs=1e-9 * max(1.0, abs(value)))
    assert np.abs(vector) / np.linalg.norm(vector) == pytest.approx(
        np.abs(other) / np.linalg.norm(other), abs=1e-4
    )


def test_following_a_vector_finds_the_largest() -> None:
    _, vector = largest_eigenpair(sums_at(9.0, 80), None)
    for t in (8.5, 9.5, 12.0, 20.0):
        sums = sums_at(t, 80)
        value, _ = largest_eigenpair(sums, vector)
        assert value == pytest.approx(np.linalg.eigvalsh(_matrix(sums))[-1], abs=1e-10)


def test_a_start_of_no_use_is_left() -> None:
    sums = sums_at(9.0, 60)
    wrong = np.zeros(60)
    wrong[40] = 1.0
    value, _ = largest_eigenpair(sums, wrong)
    assert value == pytest.approx(np.linalg.eigvalsh(_matrix(sums))[-1], abs=1e-10)


def test_vectors_of_other_sizes_are_carried_over() -> None:
    _, vector = largest_eigenpair(sums_at(9.0, 40), None)
    for size in (39, 80):
        sums = sums_at(9.0, size)
        value, _ = largest_eigenpair(sums, vector)
        assert value == pytest.approx(np.linalg.eigvalsh(_matrix(sums))[-1], abs=1e-10)
