"""Thresholds between grid points: exact where the field is known, covered by their errors."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from fourier_fields import FourierField, random_field
from numpy.typing import NDArray

from isotunnel.fields.field import Field
from isotunnel.tunnels import Tunnels, find_tunnels

SKEW = np.array([[4.0, 0.0, 0.0], [0.7, 5.0, 0.0], [-0.5, 0.9, 6.0]])


def search(values: NDArray[Any], **options: Any) -> Tunnels:
    return find_tunnels(Field.from_array(values, SKEW, "potential"), **options)


def exact_thresholds(field: FourierField, shape: tuple[int, int, int]) -> NDArray[np.float64]:
    """From a grid four times as fine, then Newton's method on the Fourier sum itself."""
    n1, n2, n3 = (4 * n for n in shape)
    found = search(field.on_grid((n1, n2, n3)))
    exact = [field.at(field.critical_point(b.position_fractional)) for b in found.bottlenecks if b]
    assert len(exact) == 3
    np.testing.assert_allclose(found.thresholds, exact, atol=1e-5 * np.ptp(found.field.values))
    return np.array(exact)


def test_separable_cosines_have_their_passes_at_known_levels() -> None:
    """f = sum a_i cos: wires open along the weakest axis, sheets next, at minus the other two."""
    strengths = np.array([1.0, 2.0, 4.0])
    field = FourierField(np.eye(3, dtype=np.int64), strengths, np.array([0.3, 1.1, 2.7]))
    found = search(field.on_grid((14, 15, 16)))
    expected = [1 - 2 - 4, -1 + 2 - 4, -1 - 2 + 4]
    np.testing.assert_allclose(found.thresholds, expected, atol=1e-4)
    assert (np.abs(found.thresholds - expected) <= found.thresholds_error).all()
    assert (found.thresholds_error < 5e-3).all()
    assert [d.vectors.tolist() for d in found.directions if d] == [
        [[1, 0, 0]],
        [[1, 0, 0], [0, 1, 0]],
        [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    ]
    assert np.abs(found.thresholds_grid - expected).max() > 5e-3


@pytest.mark.parametrize("side", ["below", "above"])
def test_errors_cover_the_truth_and_both_connectivities_agree(side: str) -> None:
    """Six points per shortest wave: at least 95 % of the error bars hold the exact value."""
    shape = (12, 13, 11)
    sign = 1 if side == "below" else -1
    covered, agree, better = [], [], []
    for seed in range(12):
        field = random_field(np.random.default_rng(seed))
        exact = exact_thresholds(field, shape)
        both = [search(sign * field.on_grid(shape), side=side, connectivity=c) for c in (6, 26)]
        for found in both:
            error = np.abs(found.thresholds - sign * exact)
            covered += (error <= found.thresholds_error).tolist()
            better += (error <= np.abs(found.thresholds_grid - sign * exact) + 1e-12).tolist()
        together = both[0].thresholds_error + both[1].thresholds_error
        agree += (np.abs(both[0].thresholds - both[1].thresholds) <= together).tolist()
    assert len(covered) == 72
    assert np.mean(covered) >= 0.95
    assert np.mean(agree) >= 0.95
    assert np.mean(better) >= 0.95


def test_a_pass_far_above_its_voxel_takes_the_place_of_a_flat_one() -> None:
    """Two passes change places: one lies 0.06 above its voxel, the other 0.007 above its own.

    Only the flat one decides on the grid of 30 x 24 x 28 points, so its small shift does not tell
    what the others may do.
    """
    waves = [
        (0, 2, 1),
        (1, 0, 1),
        (2, 0, 1),
        (1, -1, -2),
        (0, 0, 1),
        (0, 2, 0),
        (2, 0, 0),
        (1, 0, 2),
    ]
    field = FourierField(
        np.array(waves),
        np.array([0.75, -0.9, 0.07, 0.27, -0.25, 1.49, 1.98, -0.79]),
        np.array([5.83, -2.4, 4.3, 2.9, 5.12, 2.2, 5.58, -2.67]),
    )
    fine = search(field.on_grid((72, 72, 72)), side="above")
    coarse = search(field.on_grid((30, 24, 28)), side="above")
    assert fine.bottlenecks[1] is not None
    pass_at = field.critical_point(fine.bottlenecks[1].position_fractional)
    expected = field.at(pass_at)
    curvature = np.linalg.eigvalsh(field.hessian(pass_at))
    assert curvature[1] < 0 < curvature[2]
    assert abs(coarse.thresholds[1] - expected) <= coarse.thresholds_error[1] < 1e-3
    assert abs(coarse.thresholds_grid[1] - expected) > 0.02


def test_the_error_falls_nearly_with_the_sixth_power_of_the_spacing() -> None:
    """Quintic splines, order 6; the estimate, which is the cubic's error, order 4."""
    error: dict[int, list[float]] = {12: [], 24: []}
    estimate: dict[int, list[float]] = {12: [], 24: []}
    for seed in range(6):
        field = random_field(np.random.default_rng(seed))
        exact = exact_thresholds(field, (16, 16, 16))
        for n in error:
            found = search(field.on_grid((n, n, n)))
            error[n] += np.abs(found.thresholds - exact).tolist()
            estimate[n] += found.thresholds_error.tolist()

    def order(of: dict[int, list[float]]) -> float:
        return float(np.median(np.log2(np.array(of[12]) / np.array(of[24]))))

    assert 5.0 < order(error) < 7.0, error
    assert 3.5 < order(estimate) < 5.0, estimate


def test_on_noise_the_error_is_of_the_noise_s_size() -> None:
    """Where the grid cannot hold the field, refinement does not pretend to."""
    values = np.random.default_rng(0).random((12, 12, 12))
    found = search(values)
    assert (found.thresholds_error > 0.01).all()


def test_refined_threshold_deeper_than_the_grid_s_minimum() -> None:
    """A narrow channel between grid lines: its pass lies deeper than any grid point in it.

    The network is found all the same, with its direction.
    """
    field = FourierField(
        np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
        np.array([1.0, 1.0, 1e-3]),
        np.pi * np.array([1 - 1 / 6, 1 - 1 / 6, 0]),
    )
    values = field.on_grid((6, 6, 8))
    found = search(values)
    assert found.thresholds[0] < values.min()
    assert found.thresholds[0] == pytest.approx(-2 + 1e-3, abs=0.02)
    direction = found.directions[0]
    assert direction is not None
    assert direction.vectors.tolist() == [[0, 0, 1]]
    assert direction.networks == 1


def test_without_refinement_the_grid_s_values_stand() -> None:
    values = random_field(np.random.default_rng(8)).on_grid((8, 9, 10))
    found = search(values, refine=False)
    np.testing.assert_array_equal(found.thresholds, found.thresholds_grid)
    assert np.isnan(found.thresholds_error).all()
    assert not any(b.refined for b in found.bottlenecks if b)
    assert set(found.thresholds_grid.tolist()) <= set(values.reshape(-1).tolist())


def test_gyroid_pinches_off_at_the_square_root_of_two() -> None:
    """On a grid that misses the pass."""
    x, y, z = 2 * np.pi * np.indices((17, 19, 18)) / np.array([17, 19, 18]).reshape(3, 1, 1, 1)
    values = np.sin(x) * np.cos(y) + np.sin(y) * np.cos(z) + np.sin(z) * np.cos(x)
    found = search(values)
    assert found.thresholds[2] == pytest.approx(-np.sqrt(2), abs=1e-4)
    assert abs(found.thresholds[2] + np.sqrt(2)) <= found.thresholds_error[2]
    assert abs(found.thresholds_grid[2] + np.sqrt(2)) > 1e-3


def test_float32_gives_the_float64_answer_within_its_error() -> None:
    values = random_field(np.random.default_rng(9)).on_grid((24, 24, 24))
    double, single = search(values), search(values.astype(np.float32))
    together = double.thresholds_error + single.thresholds_error
    assert (np.abs(double.thresholds - single.thresholds) <= together).all()
    assert (double.thresholds != single.thresholds).any()


@pytest.mark.parametrize("side", ["below", "above"])
def test_a_mask_is_not_refined_beyond_its_two_values(side: str) -> None:
    smooth = random_field(np.random.default_rng(5)).on_grid((9, 10, 11))
    mask = (smooth > np.median(smooth)).astype(float)
    found = search(mask, side=side)
    assert set(found.thresholds.tolist()) <= {0.0, 1.0}
    np.testing.assert_array_equal(found.thresholds, found.thresholds_grid)
    assert np.isnan(found.thresholds_error).all()
    assert not found.refined
    assert [w for w in found.warnings if "two values only" in w]
    assert not search(mask, side=side, refine=False).warnings
    third = mask.copy()
    third[0, 0, 0] = 0.5
    assert search(third, side=side).refined
    assert search(smooth, side=side).refined


@pytest.mark.parametrize("values", [3, 12, 29])
def test_labels_and_noise_of_few_values_keep_the_grids_thresholds(values):
    """48^3 points of whole numbers took 5 s: one tied saddle after the other was refined."""
    rng = np.random.default_rng(7)
    grid = rng.integers(0, values, (28, 28, 28)).astype(float)
    found = find_tunnels(Field.from_array(grid, np.eye(3) * 5, "potential"))
    np.testing.assert_array_equal(found.thresholds, found.thresholds_grid)
    assert np.isnan(found.thresholds_error).all()
    assert [w for w in found.warnings if "labels or noise" in w]


def _nearest_site(shape: int, sites: int) -> NDArray[Any]:
    """Labels of a partition: which of the sites a point is nearest to, periodic."""
    x = np.stack(np.meshgrid(*(np.arange(shape) / shape,) * 3, indexing="ij"), axis=-1)
    away = np.empty((sites, shape, shape, shape))
    for n, site in enumerate(np.random.default_rng(3).random((sites, 3))):
        step = x - site
        away[n] = ((step - np.round(step)) ** 2).sum(axis=-1)
    return away.argmin(axis=0).astype(float)


STEPPED = {
    "labels": _nearest_site(24, 12),
    "blocks": np.kron(np.random.default_rng(5).integers(0, 9, (4, 4, 4)), np.ones((6, 6, 6))),
    "rounded": np.round(2 * random_field(np.random.default_rng(1)).on_grid((24, 24, 24))),
}


@pytest.mark.parametrize("side", ["below", "above"])
@pytest.mark.parametrize("name", STEPPED)
def test_few_steps_keep_the_grids_thresholds(name: str, side: str) -> None:
    """A spline swings between the labels of a partition and made thresholds out of its swings."""
    # As a file's unit may have it: whole numbers no longer.
    values = STEPPED[name] * 6.748
    found = search(values, side=side)
    np.testing.assert_array_equal(found.thresholds, found.thresholds_grid)
    assert set(found.thresholds.tolist()) <= set(np.unique(values).tolist())
    assert [w for w in found.warnings if "values only" in w or "labels or noise" in w]


def test_numbers_in_fine_steps_are_refined_all_the_same() -> None:
    smooth = random_field(np.random.default_rng(1)).on_grid((24, 24, 24))
    scale = 2000 / np.ptp(smooth)
    found, exact = search(np.round(scale * smooth)), search(scale * smooth)
    assert found.refined
    np.testing.assert_allclose(found.thresholds, exact.thresholds, atol=1.0)


def test_a_smooth_field_of_few_digits_is_refined_all_the_same():
    """An ELF printed with three digits has plateaus too, but few saddles on them."""
    x = 2 * np.pi * np.arange(24) / 24
    wave = np.cos(x[:, None, None] + 0.3) + np.cos(x[:, None] - 0.7) + np.cos(x + 1.1)
    field = Field.from_array(np.round(0.5 + wave / 6.2, 3), np.eye(3) * 5, "elf")
    found = find_tunnels(field)
    assert np.isfinite(found.thresholds_error).all()
    assert not [w for w in found.warnings if "labels or noise" in w]
