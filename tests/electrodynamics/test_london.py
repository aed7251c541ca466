"""Bodies in a field against London's equation solved on a grid, and laws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_bvp
from scipy.linalg import solve_banded
from scipy.special import iv

from isotunnel.electrodynamics.growing_conductivity import remaining_share, trapped_share
from isotunnel.electrodynamics.london import (
    Shape,
    cool,
    screened_share,
    share_of_history,
    two_fluid_depth_nm,
)
from isotunnel.electrodynamics.slab import History, Medium, flux_kept
from isotunnel.errors import InputError


@pytest.mark.parametrize(("shape", "dimension"), [("slab", 0), ("cylinder", 1)])
@pytest.mark.parametrize("x", [0.3, 2.0, 7.0])
def test_flux_as_a_boundary_value_problem(shape, dimension, x):
    """B'' + d B'/r = x^2 B with B(1) = 1, and its mean over the cross-section."""

    def slopes(r, y):
        bend = x * x * y[0]
        if dimension:
            bend = bend - np.divide(y[1], r, out=bend / 2, where=r > 0)
        return np.array([y[1], bend])

    r = np.linspace(0, 1, 400)
    found = solve_bvp(
        slopes,
        lambda a, b: np.array([a[1], b[0] - 1]),
        r,
        np.array([np.ones_like(r), np.zeros_like(r)]),
        tol=1e-8,
        max_nodes=100_000,
    )
    fine = np.linspace(0, 1, 4001)
    weight = (1 + dimension) * fine**dimension
    mean = float(np.trapezoid(found.sol(fine)[0] * weight, fine))
    assert float(screened_share(shape, x)) == pytest.approx(mean, rel=2e-4)


@pytest.mark.parametrize("x", [0.05, 1.0, 4.0, 30.0])
def test_published_closed_forms(x):
    """tanh(x) / x, 2 I1(x) / (x I0(x)) and 3 (coth(x) / x - 1 / x^2) of the field outside."""
    closed = {
        Shape.SLAB: math.tanh(x) / x,
        Shape.CYLINDER: 2 * iv(1, x) / (x * iv(0, x)),
        Shape.SPHERE: 3 * (1 / (x * math.tanh(x)) - 1 / x**2),
    }
    for shape, share in closed.items():
        assert float(screened_share(shape, x)) == pytest.approx(share, rel=1e-9)


@given(x=st.floats(1e-3, 1e3))
def test_shapes_are_ordered_and_between_none_and_all(x):
    """A body with more surface for its volume lets more in, at the same radius."""
    slab, cylinder, sphere = (float(screened_share(s, x)) for s in Shape)
    assert 0 < slab < cylinder < sphere < 1
    assert slab == pytest.approx(flux_kept("london", "zero_field_cooled", x))


@pytest.mark.parametrize(("shape", "surface"), [("slab", 1), ("cylinder", 2), ("sphere", 3)])
def test_a_thick_body_holds_the_field_in_its_skin(shape, surface):
    """The share is surface times depth over volume."""
    assert float(screened_share(shape, 1e4)) == pytest.approx(surface * 1e-4, rel=1e-3)


@pytest.mark.parametrize("history", History)
def test_the_media_differ_only_where_the_field_came_first(history):
    screened = screened_share("cylinder", np.array([1.0, 5.0, 50.0]))
    london = share_of_history(Medium.LONDON, history, screened)
    perfect = share_of_history(Medium.ZERO_RESISTANCE, history, screened)
    same = bool(np.allclose(london, perfect))
    assert same == (history is History.ZERO_FIELD_COOLED)


def test_lead_expels_the_field_that_it_is_cooled_in_by_london_alone():
    """Lead: 39 nm, 7.2 K; a wire of a micrometre."""
    london = cool("london", "field_cooled", "cylinder", 1000, 39, 7.2)
    perfect = cool("zero_resistance", "field_cooled", "cylinder", 1000, 39, 7.2)
    assert london.share[0] == perfect.share[0] == 1
    assert london.share[-1] == pytest.approx(2 * 39 / 1000, rel=0.05)
    assert (perfect.share == 1).all()
    assert (np.diff(london.share) <= 0).all()


def test_the_depth_of_two_fluids():
    depth = two_fluid_depth_nm(50, 3.7, np.array([0.0, 3.7 * 0.5**0.25, 3.7]))
    assert depth == pytest.approx([50, 50 * math.sqrt(2), math.inf])


def diffuse(growth_time, time, applied, start, cells=400):
    """B(x) across the half slab by implicit steps on a grid: the slow twin of the modes."""
    field = np.full(cells, float(start))
    reached = growth_time * -math.expm1(-time / growth_time)
    steps = max(200, cells)
    weight = reached / steps * cells**2
    bands = np.zeros((3, cells))
    bands[0, 1:] = bands[2, :-1] = -weight
    bands[1] = 1 + 2 * weight
    bands[1, 0] = 1 + weight  # no flux through the middle
    bands[1, -1] = 1 + 3 * weight  # the surface lies half a cell away
    for _ in range(steps):
        right = field.copy()
        right[-1] += 2 * weight * applied
        field = solve_banded((1, 1), bands, right)
    return field


@given(growth=st.floats(0.01, 3), time=st.floats(0.01, 5))
def test_a_growing_conductivity_traps_flux_and_never_expels_it(growth, time):
    left = remaining_share(growth, time)
    assert 0 < trapped_share(growth) <= left <= 1
    assert remaining_share(growth, 0.0) == pytest.approx(1)


@pytest.mark.parametrize(("growth", "time"), [(0.2, 0.1), (0.2, 50.0), (1.0, 0.5)])
def test_as_on_a_grid(growth, time):
    removed = diffuse(growth, time, applied=0.0, start=1.0)
    assert float(removed.mean()) == pytest.approx(remaining_share(growth, time), abs=3e-3)
    # Cooled in the field: it was uniform, and stays so whatever the conductivity does.
    assert diffuse(growth, time, applied=1.0, start=1.0) == pytest.approx(1.0)
    # Cooled without: what comes in and what would stay are the same share.
    switched = diffuse(growth, time, applied=1.0, start=0.0)
    assert 1 - float(switched.mean()) == pytest.approx(float(removed.mean()), abs=1e-6)


def test_bad_input():
    for call, says in (
        (lambda: screened_share("cube", 1.0), "unknown shape"),
        (lambda: screened_share("slab", 0.0), "positive"),
        (lambda: share_of_history("copper", "field_cooled", 0.5), "unknown medium"),
        (lambda: share_of_history("london", "yesterday", 0.5), "unknown history"),
        (lambda: two_fluid_depth_nm(-1, 1, 0), "must be positive"),
        (lambda: cool("london", "field_cooled", "slab", -1, 39, 7.2), "radius"),
        (lambda: remaining_share(0.0, 1.0), "growth time"),
    ):
        with pytest.raises(InputError, match=says):
            call()
