"""Weak-coupling BCS: universal numbers, gap and field curves, Tc and its inverse."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from isotunnel.errors import CannotSay, InputError
from isotunnel.theories.superconducting.bcs import bcs_pairing, bcs_tc
from isotunnel.theories.superconducting.bcs_gap import (
    GAP_RATIO,
    JUMP_RATIO,
    TC_PREFACTOR,
    reduced_field,
    reduced_gap,
    specific_heat_jump,
)

# Muehlschlegel, Z. Phys. 155, 313 (1959): Delta(T) / Delta(0) as tabulated in textbooks.
GAPS = {0.98: 0.2436, 0.9: 0.5263, 0.8: 0.7110, 0.7: 0.8288, 0.6: 0.9070, 0.5: 0.9569, 0.3: 0.9971}


def test_universal_numbers():
    assert pytest.approx(1.13387, abs=1e-5) == TC_PREFACTOR
    assert pytest.approx(3.52775, abs=1e-5) == GAP_RATIO
    assert pytest.approx(1.42613, abs=1e-5) == JUMP_RATIO


@pytest.mark.parametrize("t", GAPS)
def test_gap_against_the_tables(t):
    assert reduced_gap(t) == pytest.approx(GAPS[t], abs=1e-4)


@pytest.mark.parametrize("t", [0.1, 0.3, 0.6, 0.9, 0.99])
def test_gap_solves_the_energy_form_of_the_gap_equation(t):
    """int d xi [tanh(E / 2kT) / E - tanh(xi / 2kTc) / xi] = 0: another integral altogether."""
    delta, kt = reduced_gap(t) * GAP_RATIO / 2, t

    def integrand(xi):
        energy = math.hypot(xi, delta)
        return math.tanh(energy / 2 / kt) / energy - math.tanh(xi / 2) / xi

    near = quad(integrand, 1e-12, 20, epsabs=1e-12, limit=300)[0]
    # Beyond, both hyperbolic tangents are 1: the difference of two logarithms.
    far = math.log(2) - math.log(1 + math.hypot(1, delta / 20))
    assert near + far == pytest.approx(0, abs=1e-8)
    assert delta > 0


def test_gap_near_tc_has_its_square_root():
    """Delta / Delta(0) -> 1.7367 (1 - t)^(1/2)."""
    assert reduced_gap(1 - 1e-6) / 1e-3 == pytest.approx(1.7367, abs=1e-3)


def test_gap_and_field_are_monotonic_and_continuous():
    t = np.linspace(0, 1.05, 400)
    for function in (reduced_gap, reduced_field):
        values = np.array([function(x) for x in t])
        assert values[0] == 1
        assert (np.diff(values) <= 0).all()
        assert (values[t >= 1] == 0).all()
        assert np.abs(np.diff(values[t < 0.9])).max() < 0.01


def test_field_lies_up_to_four_per_cent_below_the_parabola():
    deviations = [reduced_field(x) - (1 - x**2) for x in np.linspace(0.02, 0.98, 49)]
    assert max(deviations) < 0
    assert min(deviations) == pytest.approx(-0.037, abs=0.001)


def test_entropy_is_that_of_free_quasiparticles():
    """F from the sums, S = -dF/dT, against the entropy of a Fermi gas with the BCS spectrum."""
    t, step = 0.6, 1e-4

    def free(x):
        # (F_S - F_N) / N(0), in units of (k Tc)^2, and the normal metal's -(pi^2 / 3) T^2.
        return -0.5 * (GAP_RATIO / 2 * reduced_field(x)) ** 2 - math.pi**2 / 3 * x**2

    entropy = -(free(t + step) - free(t - step)) / (2 * step)
    delta = reduced_gap(t) * GAP_RATIO / 2

    def integrand(xi):
        f = 1 / (1 + math.exp(math.hypot(xi, delta) / t))
        return -(f * math.log(f) + (1 - f) * math.log1p(-f))

    direct = 4 * quad(integrand, 0, 40, epsabs=1e-11)[0]
    assert direct > 0.1
    assert entropy == pytest.approx(direct, rel=1e-5)


def test_jump_from_the_field_curve():
    assert specific_heat_jump() == pytest.approx(JUMP_RATIO, rel=1e-4)


@given(st.floats(0.05, 1.0), st.floats(1, 2000))
def test_tc_and_its_inverse(pairing, theta):
    tc = bcs_tc(theta, pairing)
    assert tc == pytest.approx(theta * bcs_tc(1, pairing))
    assert bcs_pairing(tc, theta) == pytest.approx(pairing)


def test_repulsion_gives_none_and_too_much_is_refused():
    assert bcs_tc(300, 0) == bcs_tc(300, -0.2) == 0
    with pytest.raises(CannotSay, match="no attraction gives"):
        bcs_pairing(400, 300)
    for bad in (-1, math.nan, math.inf):
        with pytest.raises(InputError):
            reduced_gap(bad)
        with pytest.raises(InputError):
            bcs_tc(bad, 0.3)
