"""Laws, fits and duels: made-up worlds decide which theory wins, and the arithmetic is exact."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isotunnel.errors import InputError
from isotunnel.schemas import document
from isotunnel.schemas.fits import Fit
from isotunnel.studies.fits import (
    MetalFits,
    compare,
    fit_law,
    fit_points,
    law,
    laws,
    make_points,
    standings,
    training_mask,
)
from isotunnel.theories.normal.bloch_grueneisen import phonon_resistivity
from isotunnel.units import BOLTZMANN_EV_K

T = np.array([40, 50, 60, 80, 100, 130, 160, 200, 240, 273, 300, 350, 400, 500, 600, 700, 800.0])
REFERENCE = 16.0


def volume(t):
    """A Debye-like solid: flat when cold, expanding in proportion to T when hot."""
    heat = 300.0 / np.expm1(300.0 / t)
    return REFERENCE * (1 + 6e-5 * (heat - 300.0 / math.expm1(300.0 / 273.15)))


def world(name, t=T):
    """Resistivities where one law is true."""
    v = volume(t)
    s = v / REFERENCE - 1
    if name == "bloch_grueneisen":
        rho = 0.05 + phonon_resistivity(t, 380.0, 6000.0)
    elif name == "linear":
        rho = 3.0 * (1 + 60.0 * s)
    elif name == "activated":
        rho = 0.5 * np.exp((0.02 + 4.0 * (v / v.min() - 1)) / (2 * BOLTZMANN_EV_K * t))
    else:
        rho = 2.0 * (v / REFERENCE) ** 25
    return rho


def points(rho, theta=380.0, t=T):
    return make_points(t, volume(t), rho, REFERENCE, theta)


def errors(rho, split, **words):
    """Held-out error by law, of laws that could be judged."""
    found = fit_points(points(rho, **words), [split])
    return {f.law: f.held_out.rms_relative for f in found if f.held_out is not None}


def best(found, theory, count):
    return min(found[x.name] for x in laws() if (x.theory, x.count) == (theory, count))


@pytest.mark.parametrize("split", ["alternate", "extrapolate"])
@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize(
    ("name", "winner", "loser"),
    [
        ("bloch_grueneisen", "bloch_grueneisen", "tunnel"),
        ("linear", "tunnel", "bloch_grueneisen"),
        ("power", "tunnel", "bloch_grueneisen"),
    ],
)
def test_the_theory_that_is_true_wins(name, winner, loser, count, split):
    found = errors(world(name), split)
    assert best(found, winner, 2) < 1e-5
    assert best(found, loser, count) > 0.01


def test_an_activated_world_is_recognised():
    found = errors(world("activated"), "alternate")
    assert found["activated3"] < 1e-4
    assert best(found, "bloch_grueneisen", 3) > 0.02


def test_with_noise_the_winner_flips_with_the_world():
    rng = np.random.default_rng(5)
    for name, wins in (("bloch_grueneisen", (8, 0)), ("linear", (0, 8))):
        metals = [made_up(world(name) * rng.normal(1, 0.01, T.size), i) for i in range(8)]
        duel = compare(metals, "alternate", "best", "best", 2)
        assert (duel.rival_wins, duel.tunnel_wins) == wins
        assert duel.p_value == pytest.approx(2 / 2**8)
        assert duel.metals == 8


def made_up(rho, number=0, splits=("alternate",)):
    p = points(rho)
    return MetalFits(f"M{number}", "fcc", p, "made up", (), (), fit_points(p, splits))


def test_the_truth_is_found_with_its_parameters():
    fit = fit_law(law("bg3"), points(world("bloch_grueneisen")), training_mask(T, "alternate"))
    values = {p.name: p.value for p in fit.parameters}
    assert values["theta"] == pytest.approx(380, rel=1e-4)
    assert values["rho_0"] == pytest.approx(0.05, rel=1e-3)
    at_reference = float(phonon_resistivity(273.15, 380.0, 6000.0))
    assert values["rho_ref"] == pytest.approx(at_reference, rel=1e-4)


def test_a_theta_that_swells_is_distinguished_from_one_that_does_not():
    ratio = (volume(T) / REFERENCE) ** -2.0
    theta = 380.0 * ratio
    rho = np.array(
        [0.05 + phonon_resistivity(t, th, 6000.0) for t, th in zip(T, theta, strict=True)]
    )
    p = make_points(T, volume(T), rho, REFERENCE, 380.0, ratio)
    found = {f.law: f for f in fit_points(p, ["alternate"])}
    assert found["bg2v"].held_out.rms_relative < 1e-6
    assert found["bg2"].held_out.rms_relative > 1e-3


def test_stated_errors_cover_the_truth_as_often_as_they_should():
    rng = np.random.default_rng(11)
    mask = np.ones(T.size, dtype=bool)
    mask[-1] = False
    inside = 0
    for _ in range(60):
        rho = world("bloch_grueneisen") * rng.normal(1, 0.02, T.size)
        fit = fit_law(law("bg3"), points(rho), mask)
        theta = next(p for p in fit.parameters if p.name == "theta")
        inside += abs(theta.value - 380.0) < theta.error
    assert 0.5 < inside / 60 < 0.85  # 68 % expected, binomial scatter 6 %


@pytest.mark.parametrize("name", [x.name for x in laws()])
def test_held_out_points_do_not_move_a_fit(name):
    mask = training_mask(T, "alternate")
    rho = world("bloch_grueneisen")
    moved = np.where(mask, rho, 1.3 * rho)
    fits = [fit_law(law(name), points(r), mask) for r in (rho, moved)]
    values = [[p.value for p in f.parameters] for f in fits]
    assert values[0] == values[1]
    assert fits[0].held_out.rms_relative != fits[1].held_out.rms_relative


@pytest.mark.parametrize("name", [x.name for x in laws()])
@pytest.mark.parametrize("noise", ["relative", "absolute"])
def test_the_unit_of_resistivity_changes_nothing(name, noise):
    mask = training_mask(T, "alternate")
    rng = np.random.default_rng(3)
    rho = world("linear") * rng.normal(1, 0.02, T.size)
    one, hundred = (fit_law(law(name), points(c * rho), mask, noise=noise) for c in (1.0, 100.0))
    assert hundred.held_out.rms_relative == pytest.approx(one.held_out.rms_relative, rel=2e-3)
    if one.aic is not None:
        shift = 2 * mask.sum() * math.log(100)
        assert hundred.aic - one.aic == pytest.approx(shift, rel=1e-3)


def test_more_freedom_never_fits_worse():
    rng = np.random.default_rng(2)
    for name in ("bloch_grueneisen", "linear", "activated"):
        rho = world(name) * rng.normal(1, 0.03, T.size)
        found = {f.law: f.training.rms_relative for f in fit_points(points(rho), ["alternate"])}
        for few, more in (
            *(("bg2", "bg3"), ("bg2v", "bg3v"), ("linear2", "linear3"), ("line2", "parabola3")),
            *(("volume3", "volume_free"), ("volume2", "volume_free")),
        ):
            assert found[more] <= found[few] * (1 + 1e-6), (name, few, more)


def test_both_theories_have_laws_with_as_many_parameters():
    for count in (2, 3):
        theories = {x.theory for x in laws() if x.count == count}
        assert theories == {"tunnel", "bloch_grueneisen", "yardstick"}
    fitted = [f for f in fit_points(points(world("linear"))) if f.fitted]
    assert len(fitted) == 2 * len(laws()) - 1  # the free function cannot extrapolate
    for fit in fitted:
        if fit.law != "volume_free":
            assert fit.free_parameters == len(fit.parameters) == law(fit.law).count


def test_criteria_follow_from_the_scatter():
    rng = np.random.default_rng(8)
    mask = training_mask(T, "alternate")
    rho = world("linear") * rng.normal(1, 0.02, T.size)
    fit = fit_law(law("line2"), points(rho), mask)
    n, k = int(mask.sum()), 2
    errors = fit.predict(points(rho).part(mask)) / rho[mask] - 1
    s2 = np.mean(errors**2)
    log_l = -n / 2 * (math.log(2 * math.pi * s2) + 1) - np.log(rho[mask]).sum()
    assert fit.training.log_likelihood == pytest.approx(log_l)
    assert fit.aic == pytest.approx(2 * (k + 1) - 2 * log_l)
    assert fit.bic == pytest.approx((k + 1) * math.log(n) - 2 * log_l)
    assert fit.aicc == pytest.approx(fit.aic + 2 * (k + 1) * (k + 2) / (n - k - 2))
    assert fit.sigma == pytest.approx(math.sqrt(s2 * n / (n - k)))


def test_splits():
    assert training_mask(T, "alternate").tolist() == [i % 2 == 0 or i == 16 for i in range(17)]
    even = training_mask(T[:6], "alternate")
    assert even[0]
    assert even[-1]
    assert (T[training_mask(T, "extrapolate")] <= 300).all()
    assert (T[~training_mask(T, "extrapolate")] > 300).all()
    with pytest.raises(InputError, match="unknown split 'odd': choose alternate or extrapolate"):
        training_mask(T, "odd")


def test_what_cannot_be_fitted_says_why():
    few = points(world("linear", T[:4]), t=T[:4])
    mask = training_mask(T[:4], "alternate")
    fit = fit_law(law("bg3"), few, mask)
    assert not fit.fitted
    assert "3 training points for 3 parameters" in fit.reason
    none = fit_law(law("line2"), few, np.ones(4, dtype=bool))
    assert none.reason == "no point is held out"
    unknown = make_points(T, volume(T), world("linear"), REFERENCE, None)
    assert "Debye" in fit_law(law("bg2"), unknown, training_mask(T, "alternate")).reason
    beyond = fit_law(law("volume_free"), points(world("linear")), training_mask(T, "extrapolate"))
    assert "outside" in beyond.reason


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.floats(1e-4, 1e4), min_size=2, max_size=9),
    st.sampled_from(["relative", "absolute"]),
    st.booleans(),
)
def test_any_data_give_finite_numbers_or_a_reason(rho, noise, rigid):
    t = 40.0 * 1.5 ** np.arange(len(rho))
    v = np.full(len(rho), REFERENCE) if rigid else volume(t)
    for fit in fit_points(make_points(t, v, rho, REFERENCE, 300.0), noise=noise):
        json.dumps(document(Fit, fit), allow_nan=False)
        assert fit.fitted != bool(fit.reason)


def test_bad_points_and_names_are_refused():
    for bad in ([1.0, -1.0], [1.0, math.nan], [1.0]):
        with pytest.raises(InputError):
            make_points([100.0, 200.0], [16.0, 16.1], bad, REFERENCE)
    with pytest.raises(InputError, match="occurs twice"):
        make_points([100.0, 100.0], [16.0, 16.1], [1.0, 2.0], REFERENCE)
    with pytest.raises(InputError, match="unknown law 'bg9'"):
        law("bg9")
    with pytest.raises(InputError, match="unknown noise model"):
        fit_law(law("bg2"), points(world("linear")), training_mask(T, "alternate"), noise="pink")


def test_a_duel_counts_ties_for_nobody():
    same = [made_up(world("linear"), i) for i in range(3)]
    duel = compare(same, "alternate", "bg2", "bg2", 2)
    assert (duel.rival_wins, duel.tunnel_wins, duel.share, duel.p_value) == (0, 0, None, None)
    assert duel.metals == 3


def test_standings_add_up():
    metals = [made_up(world(n), i) for i, n in enumerate(("linear", "bloch_grueneisen", "power"))]
    found = standings(metals, ["alternate"])
    assert {s.law for s in found} == {x.name for x in laws()}
    for count in (2, 3):
        assert sum(s.wins for s in found if s.parameters == count and s.wins is not None) == 3
    for s in found:
        assert s.metals + s.failed == 3
        assert s.median_held_out <= s.worst_held_out


def test_arrays_of_results_cannot_be_changed():
    p = points(world("linear"))
    fit = fit_law(law("line2"), p, training_mask(T, "alternate"))
    for array in (p.rho_uohm_cm, p.volume, fit.covariance):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0.0
