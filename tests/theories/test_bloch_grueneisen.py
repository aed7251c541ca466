"""The Bloch-Grueneisen law: its integral, its limits, volume, saturation."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import zeta

from isotunnel.errors import CannotSay, InputError
from isotunnel.measured.parameter import Parameter
from isotunnel.theories.normal.bloch_grueneisen import (
    BlochGrueneisen,
    amplitude_exponent,
    amplitude_from_reference,
    bloch_integral,
    in_parallel,
    phonon_resistivity,
)
from isotunnel.theories.parameters import MaterialData


def adaptive(x: float, power: int) -> float:
    def integrand(t):
        return t**power * math.exp(-t) / (1 - math.exp(-t)) ** 2 if t > 0 else 0.0

    return quad(integrand, 0, x, epsabs=0, epsrel=1e-12, limit=400)[0]


@pytest.mark.parametrize("power", [2, 3, 5])
@pytest.mark.parametrize("x", [1e-3, 0.1, 1, 5, 20, 59, 200])
def test_integral_against_adaptive_quadrature(x, power):
    expected = adaptive(min(x, 150), power)
    assert bloch_integral(x, power) == pytest.approx(expected, rel=1e-9)


def test_integral_limits():
    for power in (2, 3, 5):
        assert bloch_integral(1e-4, power) == pytest.approx(1e-4 ** (power - 1) / (power - 1))
        assert bloch_integral(1e4, power) == pytest.approx(
            math.factorial(power) * zeta(power), rel=1e-10
        )
    assert bloch_integral(1e4) == pytest.approx(124.4313306, abs=1e-6)
    assert bloch_integral(np.array([[0.0, 1.0], [2.0, 3.0]])).shape == (2, 2)


def test_fifth_power_at_low_and_first_at_high_temperature():
    def slope(t):
        up, down = phonon_resistivity(np.array([t * 1.001, t / 1.001]), 300.0, 1.0)
        return math.log(up / down) / (2 * math.log(1.001))

    assert slope(2) == pytest.approx(5, abs=1e-6)
    assert slope(3000) == pytest.approx(1, abs=2e-3)
    assert 1 < slope(60) < 5
    assert phonon_resistivity(3e4, 300.0, 7.0) == pytest.approx(7 * 3e4 / (4 * 300**2), rel=1e-4)
    assert phonon_resistivity(0.0, 300.0, 7.0) == 0


@given(st.floats(1, 1000), st.floats(50, 600), st.floats(0.1, 10))
def test_law_of_corresponding_states(t, theta, factor):
    one = phonon_resistivity(t, theta, 1.0)
    other = phonon_resistivity(t * factor, theta * factor, factor)
    assert float(other) == pytest.approx(float(one), rel=1e-9)


@given(st.floats(20, 400), st.floats(0, 0.5), st.one_of(st.none(), st.floats(20, 500)))
def test_the_reference_is_reproduced(t, residual, saturation):
    amplitude = amplitude_from_reference(5.0, t, 250.0, residual, saturation)
    rho = residual + phonon_resistivity(t, 250.0, amplitude)
    assert float(in_parallel(rho, saturation)) == pytest.approx(5.0)


def test_saturation_bends_and_bounds():
    t = np.linspace(10, 5000, 200)
    ideal = phonon_resistivity(t, 200.0, 16000.0)
    bent = in_parallel(ideal, 150.0)
    assert (bent < ideal).all()
    assert bent.max() < 150 < ideal.max()
    assert (np.diff(bent, 2)[100:] < 0).all()
    np.testing.assert_array_equal(in_parallel(ideal, None), ideal)


# Copper: 293 K value and residual of the order of the CRC Handbook's; theta_R of the usual size.
COPPER = MaterialData(
    "Cu",
    rho_reference_uohm_cm=Parameter(1.678, "CRC Handbook, 293 K", 0.005),
    rho_reference_temperature_k=Parameter(293.0, "CRC Handbook"),
    theta_r_k=Parameter(321.35, "Bloch-Grueneisen anchor of BELFEM", 3.0),
    rho_residual_uohm_cm=Parameter(0.002, "typical of pure copper", 0.001),
    gamma=Parameter(2.0, "typical", 0.1),
    volume=lambda p, t: Parameter(
        (1 + 5.3 * p / 133) ** (-1 / 5.3) * (1 + 5e-5 * (t - 293)), "made up", 1e-3
    ),
)


@pytest.mark.parametrize(
    ("t", "measured"), [(100, 0.348), (200, 1.046), (400, 2.402), (500, 3.090)]
)
def test_copper_at_other_temperatures(t, measured):
    """Matula, J. Phys. Chem. Ref. Data 8, 1147 (1979), and CRC Handbook; anchored at 293 K."""
    answer = BlochGrueneisen().answer(COPPER, 0.0, t)
    assert answer.state == "metal"
    assert answer.rho_uohm_cm.value == pytest.approx(measured, rel=0.06)
    assert 0 < answer.rho_uohm_cm.error < 0.05
    assert "superconductivity" in answer.tc_k.cannot_say


def test_compression_lowers_the_resistivity_by_gamma():
    """Far above theta: d ln rho / d ln V = d ln C / d ln V + 2 gamma."""
    rho = BlochGrueneisen().rho
    values = {
        "rho_reference_uohm_cm": 5.0,
        "rho_reference_temperature_k": 300.0,
        "theta_r_k": 100.0,
        "gamma": 1.8,
        "gamma_q": 1.0,
        "amplitude_exponent": 0.4,
    }
    step = 1e-4
    up, down = (rho({**values, "volume_ratio": 1 + s}, 5000.0) for s in (step, -step))
    assert math.log(up / down) / (2 * step) == pytest.approx(0.4 + 2 * 1.8, abs=1e-3)
    # Without a measured exponent: rho ~ V lambda, lambda ~ eta / omega^2.
    del values["amplitude_exponent"]
    values["dlneta_dlnv"] = -1.0
    up, down = (rho({**values, "volume_ratio": 1 + s}, 5000.0) for s in (step, -step))
    assert math.log(up / down) / (2 * step) == pytest.approx(1 - 1 + 2 * 1.8, abs=1e-3)


def test_exponent_from_a_pressure_coefficient_returns_it():
    """R = rho / L: the exponent gives back d ln R / dP in the high-temperature law."""
    bulk, gamma, coefficient = 133.0, 2.0, -0.019
    exponent = amplitude_exponent(coefficient, bulk, gamma)
    dlnrho_dlnv = exponent + 2 * gamma
    assert -(dlnrho_dlnv - 1 / 3) / bulk == pytest.approx(coefficient)


def test_pressure_lowers_copper():
    rho = [BlochGrueneisen().answer(COPPER, p, 300.0).rho_uohm_cm for p in (0, 2, 10)]
    assert rho[0].value > rho[1].value > rho[2].value > 1
    # The assumed exponent shows in the error.
    assert rho[2].error > 3 * rho[0].error


def test_an_input_without_an_error_leaves_the_error_unknown():
    """Unknown errors counted as zero: 1.14 +- 9e-6 K was shown for aluminium's Tc."""
    vague = replace(COPPER, theta_r_k=replace(COPPER.theta_r_k, error=None))
    rho = BlochGrueneisen().answer(vague, 0.0, 100.0).rho_uohm_cm
    assert rho.value > 0
    assert rho.error is None
    assert rho.error_unknown == ("theta_r_k",)
    # Where it does not matter it is no reason: at the reference temperature theta drops out.
    assert BlochGrueneisen().answer(vague, 0.0, 293.0).rho_uohm_cm.error is not None


def test_refusals():
    with pytest.raises(CannotSay, match="not above the residual"):
        amplitude_from_reference(1.0, 300, 300, residual=2.0)
    with pytest.raises(CannotSay, match="not below the saturation"):
        amplitude_from_reference(100.0, 300, 300, saturation=90.0)
    for call in (
        lambda: bloch_integral(-1.0),
        lambda: bloch_integral(math.nan),
        lambda: bloch_integral(1.0, 1),
        lambda: phonon_resistivity(-1.0, 300, 1),
        lambda: phonon_resistivity(1.0, 0, 1),
    ):
        with pytest.raises(InputError):
            call()
