"""Resistivity laws of the tunnel theory: they find the world that obeys them, and only that."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isotunnel.errors import CannotSay, InputError
from isotunnel.theories.tunnel import (
    RESISTIVITY_LAWS,
    ActivatedLaw,
    LinearLaw,
    MonotoneLaw,
    resistivity_law,
)
from isotunnel.units import BOLTZMANN_EV_K

V = np.linspace(16.0, 17.0, 21)
T = np.linspace(50.0, 900.0, 21)


def gap_of(v):
    return 0.4 * (np.asarray(v) - 15.5)


@settings(max_examples=25, deadline=None)
@given(
    slope=st.floats(0.1, 50),
    zero=st.floats(14.0, 16.6),
)
def test_linear_law_finds_its_own_world(slope, zero):
    rho = slope * np.maximum(V - zero, 0)
    fitted = LinearLaw().fit(V, T, rho)
    assert np.allclose(fitted.rho(V, T), rho, atol=1e-9 * rho.max())
    # Also beyond the rows, where nothing was shown to it.
    assert fitted.rho(18.0, 300.0) == pytest.approx(slope * (18.0 - zero), rel=1e-6)


def test_linear_law_on_a_reading_has_one_parameter_and_vanishes_with_the_gap():
    fitted = LinearLaw(gap=gap_of).fit(V, T, 3.0 * gap_of(V))
    assert (fitted.names, fitted.parameters) == (("r",), 1)
    assert fitted.values[0] == pytest.approx(3.0)
    assert fitted.rho(15.0, 300.0) == 0
    assert fitted.rho(15.5 + 1e-9, 300.0) == pytest.approx(0, abs=1e-6)
    shifted = LinearLaw(gap=gap_of, shift=True).fit(V, T, 3.0 * (gap_of(V) - 0.1))
    assert shifted.rho(V, T) == pytest.approx(3.0 * (gap_of(V) - 0.1))


def test_a_gap_that_is_closed_everywhere_gives_no_law():
    for law in (LinearLaw, ActivatedLaw):
        with pytest.raises(CannotSay, match="zero resistance throughout"):
            law(gap=lambda v: 0 * np.asarray(v) - 2.0).fit(V, T, V)
    half = LinearLaw(gap=lambda v: np.asarray(v) - 16.5).fit(V, T, np.maximum(V - 16.5, 0))
    assert "11 of 21 rows" in half.notes[0]


@pytest.mark.parametrize("errors", [None, 0.01])
def test_activated_law_finds_its_own_world(errors):
    def law(v, t):
        return 0.8 * np.exp((0.05 + 0.6 * (v / V[0] - 1)) / (2 * BOLTZMANN_EV_K * t))

    v, t = (a.ravel() for a in np.meshgrid(V[::4], np.linspace(150, 600, 6)))
    fitted = ActivatedLaw().fit(v, t, law(v, t), errors=errors)
    assert dict(zip(fitted.names, fitted.values, strict=True)) == pytest.approx(
        {"ln_rho0": np.log(0.8), "gap_ev": 0.05, "dgap_dlnv_ev": 0.6}, rel=1e-3
    )
    assert fitted.rho(16.3, 420.0) == pytest.approx(law(16.3, 420.0), rel=1e-4)
    on_reading = ActivatedLaw(gap=gap_of).fit(V, T, 2 * np.exp(gap_of(V) / 2 / BOLTZMANN_EV_K / T))
    assert np.exp(on_reading.values[0]) == pytest.approx(2, rel=1e-6)
    assert on_reading.rho(15.0, 300.0) == 0


def test_activated_law_cannot_take_a_negative_gap_to_mimic_a_metal():
    """rho ~ T at fixed V wants Delta < 0, which the theory calls a superconductor."""
    v = np.full(12, 16.5)
    t = np.linspace(100, 400, 12)
    fitted = ActivatedLaw().fit(v, t, 0.01 * t)
    assert "gap_ev" in fitted.on_bound
    assert fitted.rho(16.5, 100.0) >= fitted.rho(16.5, 400.0)
    assert fitted.rms > 0.3


def test_volume_law_is_the_isotonic_regression():
    rng = np.random.default_rng(4)
    rho = 5 * (V - 15) + rng.normal(0, 0.8, V.size)
    fitted = MonotoneLaw().fit(V, T, rho)
    values = fitted.rho(V, T)
    assert (np.diff(values) >= -1e-9).all()
    blocks = _pool_adjacent(rho)
    assert np.ptp(rho - blocks) > 0.1, "the data must violate monotony for this to test anything"
    assert values == pytest.approx(blocks, abs=1e-8)


def _pool_adjacent(y):
    blocks = []
    for value in y:
        blocks.append([value, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            last, first = blocks.pop(), blocks.pop()
            n = last[1] + first[1]
            blocks.append([(last[0] * last[1] + first[0] * first[1]) / n, n])
    return np.concatenate([[value] * n for value, n in blocks])


def test_volume_law_predicts_nothing_outside_unless_asked_to_go_on():
    refusing = MonotoneLaw(knots=4).fit(V, T, V)
    with pytest.raises(CannotSay, match=r"between 16\.0000 and 17\.0000"):
        refusing.rho(18.0, 300.0)
    going_on = MonotoneLaw(knots=4, outside="extend").fit(V, T, V)
    assert going_on.rho([15.0, 18.0], 300.0) == pytest.approx([15.0, 18.0])
    assert (refusing.parameters, len(refusing.values)) == (4, 4)


@pytest.mark.parametrize("law", [LinearLaw(), MonotoneLaw(), MonotoneLaw(knots=3)])
def test_isochore_invariance(law):
    """Equal volumes have equal resistivities, however they were reached."""
    rng = np.random.default_rng(1)
    fitted = law.fit(V, T, 2 * (V - 15) ** 2 + rng.normal(0, 0.05, V.size))
    same = fitted.rho(16.4, np.array([4.0, 77.0, 300.0, 900.0]))
    assert np.ptp(same) == 0
    assert np.ptp(fitted.rho([16.1, 16.9], 300.0)) > 0.1


@pytest.mark.parametrize(
    "law", [LinearLaw(), LinearLaw(gap=gap_of), ActivatedLaw(gap=gap_of), MonotoneLaw(knots=3)]
)
def test_covariance_tells_the_scatter_of_refits(law):
    rng = np.random.default_rng(7)
    # Warm rows, so that no activated resistivity is too near zero for the noise.
    T = np.linspace(700, 900, V.size)
    truth = law.fit(V, T, 4 * (V - 15.2)).rho(V, T)
    assert truth.min() > 0.5
    fits = [law.fit(V, T, truth + rng.normal(0, 0.02, V.size), errors=0.02) for _ in range(60)]
    scatter = np.std([f.rho(16.45, 300.0) for f in fits])
    stated = np.mean([f.rho_error(16.45, 300.0) for f in fits])
    assert stated == pytest.approx(scatter, rel=0.35)
    unweighted = law.fit(V, T, np.abs(truth + rng.normal(0, 0.02, V.size)))
    assert float(unweighted.rho_error(16.45, 300.0)) == pytest.approx(stated, rel=0.6)


def test_a_falling_world_is_a_constant_to_every_law():
    """Resistivity that falls as the crystal expands is beyond the theory, and shown as such."""
    rho = 20 - V
    for law in (LinearLaw(), MonotoneLaw()):
        fitted = law.fit(V, T, rho)
        assert np.ptp(fitted.rho(V, T)) < 1e-9
        assert fitted.rho(16.5, 300.0) == pytest.approx(rho.mean())
    assert LinearLaw().fit(V, T, rho).on_bound == ("slope",)


@pytest.mark.parametrize("law", RESISTIVITY_LAWS, ids=lambda law: law.name)
def test_bad_rows_and_plain_output(law):
    fitted = law.fit(V, T, V)
    assert fitted.rows == 21
    assert not fitted.values.flags.writeable
    for v, t, rho, message in (
        (-V, T, V, "must be positive"),
        (V, -T, V, "zero or positive"),
        (V, T, -V, "zero or positive"),
        (V, T, V * np.nan, "finite"),
        (V, T, V[:5], "one length"),
        (V[:1], T[:1], V[:1], "cannot fix"),
    ):
        with pytest.raises(InputError, match=message):
            law.fit(v, t, rho)
    with pytest.raises(InputError, match="errors"):
        law.fit(V, T, V, errors=0.0)
    assert resistivity_law(law.name.upper()) == law


def test_at_absolute_zero():
    assert LinearLaw().fit(V, T, V).rho(16.5, 0.0) == pytest.approx(16.5)
    fitted = ActivatedLaw(gap=gap_of).fit(V, T, V)
    with pytest.raises(CannotSay, match="infinite at T = 0"):
        fitted.rho(16.5, 0.0)
    with pytest.raises(InputError, match="rows at T = 0"):
        ActivatedLaw().fit(V, 0 * T, V)


def test_unknown_laws_are_named():
    with pytest.raises(InputError, match="known: linear, activated, volume"):
        resistivity_law("cubic")
    with pytest.raises(InputError, match="at least 2 knots"):
        MonotoneLaw(knots=1)


@pytest.mark.parametrize("errors", [None, 0.1, "relative"])
@pytest.mark.parametrize("coldest", [4.0, 30.0])
def test_activated_fits_to_cold_rows_do_not_overflow(errors, coldest):
    """Resistivities over many decades, a gap far too wide for the cold rows, absolute errors."""
    temperature = np.geomspace(coldest, 600.0, V.size)
    lifted = 0.02 * (1 + V - V.min()) / (2 * BOLTZMANN_EV_K * temperature)
    rho = np.exp(2.0 + np.minimum(lifted, 60.0))
    stated = 0.1 * rho if errors == "relative" else errors
    for gap in (None, lambda v: 0.0 * v + 3.0):
        fitted = ActivatedLaw(gap=gap).fit(V, temperature, rho, errors=stated)
        assert np.isfinite(fitted.values).all()
        assert np.isfinite(fitted.residuals).all()


def test_an_activated_world_is_found_again_by_absolute_errors():
    cold = np.geomspace(20.0, 600.0, V.size)
    rho = np.exp(1.5 + 0.03 * (V / V.min()) / (2 * BOLTZMANN_EV_K * cold))
    assert rho.max() / rho.min() > 1e3
    fitted = ActivatedLaw().fit(V, cold, rho, errors=0.1)
    assert fitted.values == pytest.approx([1.5, 0.03, 0.03], rel=1e-5)
