"""T1 in worlds where volume alone decides, and where Bloch and Grueneisen do."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotunnel.matter import material, solid_state, solid_volume
from isotunnel.measured.parameter import Parameter
from isotunnel.studies.spacing import ColdPoint, Metal, collapse
from isotunnel.studies.spacing.volume_collapse import collapse_metal
from isotunnel.theories.normal.bloch_grueneisen import phonon_resistivity

T0 = 293.0
powers = st.floats(2.0, 150.0)
expansions = st.floats(1e-5, 3e-4)
moduli = st.floats(2.0, 400.0)


def metal(heating, squeezing, beta=5e-5, k=130.0, error=0.02, name="X"):
    """A metal with the two derivatives of ln rho by ln V, each known to ``error``."""
    alpha, squeeze = heating * beta, (1 / 3 - squeezing) / k
    return Metal(
        name=name,
        temperature_k=T0,
        alpha=Parameter(alpha, "", error * abs(alpha)),
        beta=Parameter(beta, "", error * beta),
        bulk_modulus=Parameter(k, "", error * k),
        squeeze=Parameter(squeeze, "", error * abs(squeeze)),
        theta=Parameter(340.0, "", 5.0),
        gamma=Parameter(2.0, "", 0.1),
    )


def measured(rho, name="Cu", theta=None, gamma=None):
    """A metal of the law rho(V, T) on a real equation of state, by finite differences."""
    phase = material(name).phases[0]
    eos = phase.eos
    state = solid_state(name, 0.0, T0)

    def at(p, t):
        volume = float(solid_volume(eos, p, t, extrapolate=True))
        return rho(volume / state.volume, t), volume

    (hot, _), (cold, _) = at(0, T0 + 1), at(0, T0 - 1)
    (up, small), (down, large) = at(0.05, T0), at(-0.0, T0)
    alpha = math.log(hot / cold) / 2
    lengths = math.log(small / large) / 3
    squeeze = (math.log(up / down) - lengths) / 0.05
    return Metal(
        name=name,
        temperature_k=T0,
        alpha=Parameter(alpha, "", 0.02 * alpha),
        beta=Parameter(state.expansion_per_k, "", 0.02 * state.expansion_per_k),
        bulk_modulus=Parameter(state.bulk_modulus_gpa, "", 0.02 * state.bulk_modulus_gpa),
        squeeze=Parameter(squeeze, "", 0.02 * abs(squeeze)),
        theta=theta,
        gamma=gamma,
    )


@given(powers, expansions, moduli)
def test_where_volume_decides_the_ratio_is_one(power, beta, k):
    row = collapse_metal(metal(power, power, beta, k))
    assert row.ratio.value == pytest.approx(1.0)
    assert row.heating_sign == row.squeezing_sign == 1
    assert row.predicted_squeeze_per_gpa.value == pytest.approx(row.measured_squeeze_per_gpa.value)


@given(powers, powers, st.floats(0.01, 1000))
def test_units_of_pressure_and_temperature_do_not_matter(heating, squeezing, unit):
    a = collapse_metal(metal(heating, squeezing, k=100.0))
    b = collapse_metal(metal(heating, squeezing, k=100.0 * unit))
    c = collapse_metal(metal(heating, squeezing, beta=5e-5 * unit))
    assert b.ratio.value == pytest.approx(a.ratio.value)
    assert c.ratio.value == pytest.approx(a.ratio.value)
    assert b.ratio.error == pytest.approx(a.ratio.error)


@given(powers, powers, st.floats(1.01, 3.0))
def test_the_ratio_grows_with_heating_and_falls_with_squeezing(heating, squeezing, factor):
    here = collapse_metal(metal(heating, squeezing)).ratio.value
    assert collapse_metal(metal(heating * factor, squeezing)).ratio.value > here
    assert collapse_metal(metal(heating, squeezing * factor)).ratio.value < here


def test_errors_of_the_ratio_are_those_of_repeated_measurement():
    rng = np.random.default_rng(1)
    given_metal = metal(50.0, 30.0, error=0.03)
    draws = [
        (m[0] / m[1]) / (1 / 3 - m[2] * m[3])
        for m in rng.normal(
            [
                given_metal.alpha.value,
                given_metal.beta.value,
                given_metal.bulk_modulus.value,
                given_metal.squeeze.value,
            ],
            [
                given_metal.alpha.error,
                given_metal.beta.error,
                given_metal.bulk_modulus.error,
                given_metal.squeeze.error,
            ],
            (100_000, 4),
        )
    ]
    assert collapse_metal(given_metal).ratio.error == pytest.approx(np.std(draws), rel=0.05)


@pytest.mark.parametrize("name", ["Cu", "Al", "Na"])
def test_a_metal_of_volume_alone_on_a_real_equation_of_state(name):
    row = collapse_metal(measured(lambda v, _t: v**40.0, name))
    assert row.ratio.value == pytest.approx(1.0, abs=row.ratio.error)
    assert row.heating.value == pytest.approx(40.0, rel=0.01)


@pytest.mark.parametrize("name", ["Cu", "Al", "Na"])
def test_a_metal_of_bloch_and_grueneisen_does_not_collapse(name):
    state = solid_state(name, 0.0, T0)
    theta, gamma = state.debye_k, state.gruneisen

    def rho(v, t):
        return float(phonon_resistivity(t, theta * v**-gamma, 1.0))

    row = collapse_metal(measured(rho, name, Parameter(theta, "", 0.0), Parameter(gamma, "", 0.0)))
    assert row.ratio.value - 1 > 10 * row.ratio.error
    assert row.heating.value > 5 * row.squeezing.value
    # The rival's own formula, against the differences of its law.
    assert row.bloch_squeezing.value == pytest.approx(row.squeezing.value, rel=0.02)
    assert row.bloch_heating.value == pytest.approx(row.heating.value, rel=0.02)


def test_flip_volume_alone_against_bloch_and_grueneisen():
    rng = np.random.default_rng(2)

    def world(factor):
        return [
            metal(p, p / factor * math.exp(rng.normal(0, 0.03)), name=f"X{i}")
            for i, p in enumerate(rng.uniform(30, 90, 20))
        ]

    alike, apart = collapse(world(1.0)), collapse(world(15.0))
    for test in (alike, apart):
        assert test.statistic("sign_agreement").value == 1.0
    assert alike.statistic("log_ratio").p_value > 0.01
    assert alike.statistic("ratio_median").low < 1 < alike.statistic("ratio_median").high
    assert alike.statistic("spacing_log_error").value < alike.statistic("bloch_log_error").value
    assert apart.statistic("log_ratio").p_value < 1e-10
    assert apart.statistic("ratio_median").low > 10
    assert apart.statistic("spacing_log_error").value > apart.statistic("bloch_log_error").value


def test_signs_count_where_sizes_are_not_known():
    base = metal(50.0, 50.0)
    falls = Metal(**{**vars(base), "squeeze": None, "squeeze_sign": -1})
    rises = Metal(**{**vars(base), "squeeze": None, "squeeze_sign": 1})
    test = collapse([falls, falls, rises])
    assert test.statistic("sign_agreement").value == pytest.approx(2 / 3)
    assert test.statistic("ratio_median").cannot_say
    assert all(r.ratio is None for r in test.rows)
    opposite = collapse_metal(metal(50.0, -8.0))
    assert opposite.squeezing_sign == -1
    assert opposite.ratio.value < 0


def test_nothing_is_reported_without_rows():
    test = collapse([])
    assert test.rows == ()
    assert all(s.cannot_say for s in test.statistics)


def test_the_cold_point_is_scaled_by_the_measured_derivative():
    cold = ColdPoint(80.0, 0.15, 0.99, 1.2)
    row = collapse_metal(Metal(**{**vars(metal(50.0, 4.0)), "cold": cold}))
    assert row.squeezed_ratio == pytest.approx(0.99**4.0)


@pytest.mark.parametrize("unknown", ["gamma", "beta"])
def test_an_unknown_error_is_not_zero(unknown):
    """It counted as zero: the law of Bloch and Grueneisen looked better known than it is."""
    base = metal(50.0, 5.0)
    bare = Parameter(getattr(base, unknown).value, "")
    row = collapse_metal(Metal(**{**vars(base), unknown: bare}))
    assert collapse_metal(base).bloch_heating.error > 0
    assert row.bloch_heating.error is None
    assert (row.bloch_squeezing.error is None) == (unknown == "gamma")
    assert (row.ratio.error is None) == (unknown == "beta")
