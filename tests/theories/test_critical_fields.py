"""Critical fields: BCS constants, WHH, depairing, and aluminium's measured field."""

from __future__ import annotations

import math

import numpy as np
import pytest

from isotunnel.errors import CannotSay, InputError
from isotunnel.theories.superconducting.critical_fields import (
    FIELD_RATIO,
    bcs_field_t,
    depairing_current_a_cm2,
    parabolic_field_t,
    strong_coupling_field_factor,
    upper_field_t,
)


def test_bcs_constant_is_the_gaussian_one():
    """gamma Tc^2 / Hc(0)^2 = 0.168 in Gaussian units: 1 / (8 pi 0.2365)."""
    assert 1 / (4 * math.pi * FIELD_RATIO) == pytest.approx(0.1683, abs=1e-4)


def test_aluminium():
    """gamma 1.35 mJ/(mol K^2), Tc 1.175 K; measured Hc(0) 10.3 mT (calorimetry, 0.1 to 4 K)."""
    values = {
        "sommerfeld_mj_mol_k2": 1.35,
        "volume_per_atom_a3": 16.6,
        "volume_ratio": 1.0,
    }
    assert bcs_field_t(values, 1.175, 0.0) == pytest.approx(0.0103, rel=0.04)
    assert bcs_field_t(values, 1.175, 1.2) == 0
    assert bcs_field_t(values, 0.0, 0.0) == 0
    half = bcs_field_t(values, 1.175, 0.5875)
    assert half == pytest.approx(
        parabolic_field_t(bcs_field_t(values, 1.175, 0), 1.175, 0.5875), 0.05
    )


def test_strong_coupling_lifts_the_field():
    factors = [strong_coupling_field_factor(x) for x in (0, 0.01, 0.05, 0.1, 0.15)]
    assert factors[0] == 1
    assert factors == sorted(factors)
    with pytest.raises(CannotSay, match=r"above 0\.25"):
        strong_coupling_field_factor(0.3)


def test_upper_field_limits():
    """Werthamer, Helfand and Hohenberg: 0.693 Tc |slope| at zero, the slope itself at Tc."""
    assert upper_field_t(2.0, 10.0, 0.0) == pytest.approx(
        math.pi**2 * math.exp(-0.5772156649) / 8 * 20, rel=1e-8
    )
    assert upper_field_t(2.0, 10.0, 1e-4) == pytest.approx(upper_field_t(2.0, 10.0, 0.0), rel=1e-6)
    assert upper_field_t(2.0, 10.0, 9.999) / 0.001 == pytest.approx(2.0, rel=1e-3)
    assert upper_field_t(2.0, 10.0, 10.0) == 0
    values = [upper_field_t(2.0, 10.0, t) for t in np.linspace(0, 10, 60)]
    assert (np.diff(values) < 0).all()


def test_depairing_current():
    """Niobium's order of magnitude: 0.2 T and 40 nm give some 10^8 A/cm^2."""
    zero = depairing_current_a_cm2(0.2, 40.0, 9.2, 0.0)
    assert 1e8 < zero < 3e8
    assert 0 < depairing_current_a_cm2(0.1, 40.0, 9.2, 6.0) < zero / 2
    assert depairing_current_a_cm2(0.2, 40.0, 9.2, 9.3) == 0


def test_impossible_input_is_refused():
    for slope, tc, t in ((0, 1, 0), (1, -1, 0), (1, 1, -1)):
        with pytest.raises(InputError):
            upper_field_t(slope, tc, t)
