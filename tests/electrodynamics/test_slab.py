"""Formulas of the superconducting quantities, and flux in both media, from their equations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import constants

from isotunnel.electrodynamics.slab import (
    History,
    Medium,
    field_profile,
    flux_kept,
    screening_depth_nm,
)
from isotunnel.errors import InputError
from isotunnel.theories.tunnel import (
    carrier_density_m3,
    critical_current_a_cm2,
    critical_field_t,
    critical_velocity_m_s,
    overlap_energy_ev,
)

N = 1.8e29


@settings(max_examples=20, deadline=None)
@given(w=st.floats(1e-6, 50), n=st.floats(1e27, 1e30))
def test_energies_at_the_limits_equal_the_overlap(w, n):
    joule = w * constants.e
    v = critical_velocity_m_s(w)
    assert constants.m_e * v**2 / 2 == pytest.approx(joule, rel=1e-6)
    assert critical_field_t(w, n) ** 2 / (2 * constants.mu_0 * n) == pytest.approx(joule, rel=1e-6)
    assert critical_current_a_cm2(w, n) * 1e4 == pytest.approx(n * constants.e * v, rel=1e-6)
    # Field and current are one: the current that fills the screening depth makes the field.
    depth = screening_depth_nm(n) * 1e-9
    surface = constants.mu_0 * critical_current_a_cm2(w, n) * 1e4 * depth
    assert surface == pytest.approx(critical_field_t(w, n), rel=1e-5)


def test_overlap_is_what_the_gap_lacks():
    assert [overlap_energy_ev(d) for d in (2.0, 0.0, -0.3)] == [0.0, 0.0, 0.3]
    assert carrier_density_m3(3, 16.6) == pytest.approx(1.807e29, rel=1e-3)
    for wrong in (lambda: overlap_energy_ev(float("nan")), lambda: critical_field_t(-1.0, N)):
        with pytest.raises(InputError):
            wrong()
    with pytest.raises(InputError, match="must be positive"):
        carrier_density_m3(0.0, 16.6)


@pytest.mark.parametrize("x", [0.3, 2.0, 30.0])
def test_flux_is_the_mean_of_the_profile(x):
    place = np.linspace(-1, 1, 200001)
    for medium in Medium:
        for history in History:
            mean = np.trapezoid(field_profile(medium, history, x, place), place) / 2
            assert mean == pytest.approx(flux_kept(medium, history, x), abs=1e-6)


def test_zero_resistance_against_london():
    thick = 1e4
    for medium in Medium:
        assert flux_kept(medium, "zero_field_cooled", thick) < 1e-3
    assert flux_kept("zero_resistance", "field_cooled", thick) == 1
    assert flux_kept("london", "field_cooled", thick) < 1e-3
    assert flux_kept("zero_resistance", "field_cooled_then_removed", thick) > 0.999
    assert flux_kept("london", "field_cooled_then_removed", thick) == 0


def test_zero_resistance_against_integrating_its_own_equation():
    """lambda^2 B'' dot = B dot in time: whatever the ramp, only the change is screened."""
    x, n = 3.0, 401
    place = np.linspace(-1, 1, n)
    h = place[1] - place[0]
    operator = np.diag(np.full(n, -2.0)) + np.diag(np.ones(n - 1), 1) + np.diag(np.ones(n - 1), -1)
    operator = operator / (h * x) ** 2 - np.eye(n)
    operator[0], operator[-1] = np.eye(n)[0], np.eye(n)[-1]
    field = np.ones(n)
    previous = 1.0
    for applied in np.linspace(1.0, 0.0, 7)[1:]:
        right = np.zeros(n)
        right[0] = right[-1] = applied - previous
        field += np.linalg.solve(operator, right)
        previous = applied
    law = field_profile("zero_resistance", "field_cooled_then_removed", x, place)
    assert field == pytest.approx(law, abs=1e-4)


def test_field_is_continuous_at_the_surface_while_it_is_on():
    for medium in Medium:
        for history in (History.ZERO_FIELD_COOLED, History.FIELD_COOLED):
            assert field_profile(medium, history, 700.0, [-1, 1]) == pytest.approx([1, 1])


def test_bad_media_and_lengths_are_reported():
    with pytest.raises(InputError, match="media: zero_resistance, london"):
        flux_kept("jelly", "field_cooled", 1.0)
    with pytest.raises(InputError, match="must be positive"):
        flux_kept("london", "field_cooled", 0.0)
    with pytest.raises(InputError, match="from -1 to 1"):
        field_profile("london", "field_cooled", 1.0, 1.5)
    with pytest.raises(InputError, match="must be positive"):
        screening_depth_nm(0.0)
    # Niobium's London depth by its 5 valence electrons, far below any measured one.
    assert 10 < screening_depth_nm(carrier_density_m3(5, 18.0)) < 20
