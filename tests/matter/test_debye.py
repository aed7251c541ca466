"""Debye's model: the integral, the limits, and thermodynamic identities."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from isotunnel.matter.debye import (
    debye_function,
    heat_capacity,
    vibrational_energy,
    vibrational_entropy,
    vibrational_free_energy,
)
from isotunnel.units import BOLTZMANN_EV_K as K


@given(st.floats(1e-3, 300.0))
def test_the_debye_function_is_its_integral(x):
    integral = quad(lambda t: t**3 / np.expm1(t), 0, x, epsabs=0, epsrel=1e-12, limit=200)[0]
    assert debye_function(x) == pytest.approx(3 / x**3 * integral, rel=1e-10)


def test_limits_of_the_debye_function():
    assert debye_function(0.0) == 1.0
    assert debye_function(np.inf) == 0.0
    below, above = debye_function([1 - 1e-12, 1.0])
    assert below == pytest.approx(above, rel=1e-11)


def test_t_cubed_law():
    theta, t = 400.0, np.array([1.0, 2.0, 4.0])
    law = 12 * np.pi**4 / 5 * K * (t / theta) ** 3
    assert heat_capacity(theta, t) == pytest.approx(law, rel=1e-9)
    # A third of the heat capacity, because S = int C/T dT of T^3.
    assert vibrational_entropy(theta, t) == pytest.approx(law / 3, rel=1e-9)


def test_dulong_and_petit():
    capacity = heat_capacity(100.0, [1e3, 1e5])
    assert capacity == pytest.approx([3 * K, 3 * K], rel=6e-4)
    assert capacity[0] < capacity[1] < 3 * K


def test_absolute_zero():
    assert vibrational_energy(400.0, 0.0) == pytest.approx(9 / 8 * K * 400)
    assert heat_capacity(400.0, 0.0) == 0.0
    assert vibrational_entropy(400.0, 0.0) == 0.0
    assert vibrational_free_energy(400.0, 0.0) == vibrational_energy(400.0, 0.0)


@given(st.floats(20.0, 2000.0), st.floats(2.0, 3000.0))
def test_derivatives(theta, t):
    """C = dU/dT, S = -dF/dT, and dF/d ln theta = U."""
    h = 1e-4 * t
    slope = (vibrational_energy(theta, t + h) - vibrational_energy(theta, t - h)) / (2 * h)
    assert slope == pytest.approx(float(heat_capacity(theta, t)), rel=1e-5, abs=1e-13)
    free = [vibrational_free_energy(theta, t + s) for s in (h, -h)]
    entropy = float(vibrational_entropy(theta, t))
    assert -(free[0] - free[1]) / (2 * h) == pytest.approx(entropy, rel=1e-5, abs=1e-11)
    free = [vibrational_free_energy(theta * (1 + s), t) for s in (1e-5, -1e-5)]
    energy = float(vibrational_energy(theta, t))
    assert (free[0] - free[1]) / 2e-5 == pytest.approx(energy, rel=1e-5)
