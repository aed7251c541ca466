"""T2 to T5 in made-up worlds, both ways, and the identities behind them."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotunnel.crystal.formula import elements_in
from isotunnel.errors import InputError
from isotunnel.matter import material, solid_state, solid_volume
from isotunnel.measured.parameter import Parameter
from isotunnel.studies.spacing import (
    Conductor,
    FirstCompression,
    IsotopeShift,
    Superconductor,
    Transition,
    ZeroPoint,
    isochores,
    isotopes,
    iv_curve,
    ohm,
    reentrant,
    threshold_voltage,
    zero_point_volume,
)
from isotunnel.studies.spacing.isotope_sites import SiteExponent, compounds
from isotunnel.units import ELEMENTARY_CHARGE_C

# T2


@pytest.mark.parametrize(("name", "tc"), [("Pb", 7.2), ("Al", 40.0), ("Nb", 30.0)])
def test_the_isochore_of_a_real_equation_of_state(name, tc):
    """A world in which Tc is where the volume reaches a value: slope by differences of V(P,T)."""
    eos = material(name).phases[0].eos
    state = solid_state(name, 0.0, tc)
    low, high = (float(eos.pressure(state.volume, t)) for t in (tc - 0.2, tc + 0.2))
    slope = Parameter(0.4 / (high - low), "", 0.01)
    k_beta = Parameter(state.expansion_per_k * state.bulk_modulus_gpa, "", 0.0)
    test = isochores([Superconductor(name, "element", None, slope, None, True, k_beta)])
    assert test.rows[0].ratio.value == pytest.approx(1.0, rel=0.02)
    assert test.statistic("within_factor_10").value == 1.0
    assert test.statistic("right_sign").value == 1.0


def test_flip_rising_and_falling_critical_temperatures():
    k_beta = Parameter(1e-4, "", 1e-5)

    def world(sign):
        return isochores(
            [
                Superconductor(
                    f"X{i}", "element", None, Parameter(sign * 9e3, "", 50.0), None, True, k_beta
                )
                for i in range(12)
            ]
        )

    up, down = world(1), world(-1)
    assert up.statistic("rising").value == up.statistic("right_sign").value == 1.0
    assert up.statistic("within_factor_10").value == 1.0
    assert down.statistic("rising").value == down.statistic("right_sign").value == 0.0
    assert down.statistic("within_factor_10").value == 0.0
    assert down.statistic("rising").p_value < 0.001


def test_small_slopes_have_the_right_sign_but_not_the_size():
    k_beta = Parameter(1e-4, "", 1e-5)
    test = isochores([Superconductor("X", "element", None, Parameter(0.5, ""), None, True, k_beta)])
    assert test.statistic("right_sign").value == 1.0
    assert test.statistic("within_factor_10").value == 0.0
    assert test.statistic("log10_size").value == pytest.approx(math.log10(0.5e-4))


def test_disputed_and_flat_signs():
    def one(sign):
        return Superconductor(f"X{sign}", "alloy", None, None, sign)

    test = isochores([one(1), one(0), one(None)])
    assert test.statistic("rising").rows == 2
    assert test.statistic("rising").value == 0.5
    assert test.statistic("rising_elements").cannot_say
    with pytest.raises(InputError, match="not finite"):
        isochores([replace(one(1), thermal_pressure=Parameter(math.nan, ""))])


# T3


def test_the_isotope_s_volume_by_the_equation_of_state():
    """theta goes as M^(-1/2) over a static lattice: the volume's shift by differences."""
    from isotunnel.matter import Isotherm, SolidEos, Vibrations

    def volume(mass):
        vibrations = Vibrations(200.0 / math.sqrt(mass), 2.0, 0.0, 20.0, 1.0)
        eos = SolidEos(Isotherm("vinet", 20.0, 50.0, 5.0), vibrations, None)
        return float(solid_volume(eos, 0.0, 1.0)), eos

    v, eos = volume(1.0)
    h = 0.01
    twin = (math.log(volume(1 + h)[0]) - math.log(volume(1 - h)[0])) / (
        math.log(1 + h) - math.log(1 - h)
    )
    theta = Parameter(float(eos.vibrations.debye_temperature(v)), "", 1.0)
    k = Parameter(float(eos.bulk_modulus(v, 1.0)), "", 1.0)
    found = zero_point_volume(theta, Parameter(2.0, "", 0.1), k, v)
    assert found.value < 0
    assert found.value == pytest.approx(twin, rel=0.02)
    with pytest.raises(InputError, match="must be positive"):
        zero_point_volume(theta, theta, Parameter(0.0, ""), v)


def test_flip_isotopes_of_volume_alone_and_of_bcs():
    rng = np.random.default_rng(4)

    def world(exponent):
        return isotopes(
            [
                IsotopeShift(
                    f"X{i}",
                    "X",
                    Parameter(float(rng.normal(exponent, 0.02)), "", 0.02),
                    f"X{i}",
                    True,
                )
                for i in range(15)
            ]
        )

    zero, bcs = world(0.0), world(0.5)
    assert zero.statistic("nearer_zero").value == 1.0
    assert zero.statistic("mean_simple").p_value > 0.001 > bcs.statistic("mean_simple").p_value
    assert bcs.statistic("nearer_zero").value == 0.0
    assert bcs.statistic("mean_simple_from_bcs").p_value > 0.001
    assert zero.statistic("mean_simple_from_bcs").p_value < 1e-10
    assert zero.statistic("chi2_zero").value < 3 < zero.statistic("chi2_bcs").value
    assert bcs.statistic("chi2_bcs").value < 3 < bcs.statistic("chi2_zero").value


def test_a_group_has_one_vote():
    shifts = [IsotopeShift("Sn", "Sn", Parameter(0.46, ""), "Sn") for _ in range(9)]
    shifts.append(IsotopeShift("X", "X", Parameter(0.0, ""), "X"))
    test = isotopes(shifts)
    assert test.statistic("nearer_zero").rows == 2
    assert test.statistic("nearer_zero").value == 0.5
    assert test.statistic("mean").cannot_say
    assert test.rows[0].sigma_from_zero is None


def test_partial_exponents_are_shown_and_count_nowhere():
    whole = [IsotopeShift(f"X{i}", "X", Parameter(0.5, "", 0.01), f"X{i}") for i in range(4)]
    part = IsotopeShift("XO", "O", Parameter(0.0, "", 0.01), "O-X", partial=True)
    test = isotopes([*whole, part])
    assert [r.partial for r in test.rows] == [False] * 4 + [True]
    for name in ("mean", "chi2_bcs", "nearer_zero", "median"):
        assert test.statistic(name).rows == 4
        assert test.statistic(name) == isotopes(whole).statistic(name)


def _site(material, isotope, value, error=None):
    return SiteExponent(f"{material}:{isotope}", material, isotope, Parameter(value, "s", error))


def test_exponents_of_all_sites_are_summed():
    """A3C60 with both sites measured; errors add in squares, the better measurement counts."""
    found = compounds(
        [
            _site("Rb3C60", "C (99% 13C)", 0.21, 0.03),
            _site("Rb3C60 (crystals)", "C", 0.29, 0.12),
            _site("Rb3C60", "Rb (85/87)", -0.03, 0.04),
        ]
    )
    assert [c.group for c in found] == ["C-Rb"]
    assert found[0].missing == ()
    total = found[0].total()
    assert total.value == pytest.approx(0.18)
    assert total.error == pytest.approx(math.hypot(0.03, 0.04, 0.04))


def test_one_set_of_elements_is_one_compound():
    names = ["La1.85Sr0.15CuO4", "La2-xSrxCuO4 (x<0.15)", "La2-xSrxCuO4 (x>=0.15)"]
    found = compounds([_site(name, "O (16/18)", 0.1) for name in names])
    assert len(found) == 1
    assert found[0].missing == ("Cu", "La", "Sr")
    assert elements_in("(Ba,K)Fe2As2") == elements_in("Ba1-xKxFe2As2")
    assert elements_in("PdHx/PdDx (implanted)") == {"Pd", "H"}
    assert compounds([_site("PdHx/PdDx", "H/D", -0.2)])[0].missing == ("Pd",)
    assert compounds([_site("D2", "H/D", 0.4)])[0].total().error is None


def test_the_isochore_s_own_isotope_effect_is_inverse():
    """V(M, Tc) fixed: a heavier isotope is denser and must be warmer to be as large."""
    zero = ZeroPoint(
        Parameter(-1e-4, "", 1e-5), Parameter(-3.0, "", 0.1), Parameter(2e-5, "", 1e-6)
    )
    row = isotopes([IsotopeShift("X", "X", Parameter(0.5, ""), "X", True, zero)]).rows[0]
    assert row.isochore_alpha.value == pytest.approx(-5.0)
    assert row.volume_alpha.value == pytest.approx(-3e-4)


# T4

losses = st.floats(1e-4, 10.0)
lengths = st.floats(1.0, 6.0)


@given(st.floats(-1e3, 1e3), st.floats(0.1, 10), st.floats(0.1, 1e4), st.floats(1.1, 9.0))
def test_how_voltages_scale_with_the_current(current, resistance, threshold, factor):
    ohmic, fixed, rate = (
        lambda i, m=m: float(iv_curve(m, i, resistance, threshold))
        for m in ("ohmic", "fixed_loss", "loss_rate")
    )
    assert ohmic(factor * current) == pytest.approx(factor * ohmic(current))
    assert fixed(factor * current) == fixed(current)
    for curve in (ohmic, fixed, rate):
        assert curve(-current) == -curve(current)
        assert curve(factor * abs(current)) >= curve(abs(current))
    assert abs(rate(current)) == pytest.approx(min(abs(ohmic(current)), threshold))


@given(losses, lengths, st.floats(1e-3, 100))
def test_the_threshold_is_one_loss_a_hop(loss, hop, length):
    volts = threshold_voltage(loss, hop, length)
    assert volts == pytest.approx(length / (hop * 1e-10) * loss)
    assert threshold_voltage(loss, hop, 2 * length) == pytest.approx(2 * volts)


@given(st.floats(0.5, 200), lengths, st.floats(1e3, 1e9), st.floats(1e27, 1e29))
def test_heat_per_hop_is_joule_s_whatever_the_carriers(rho, hop, current, carriers):
    row = ohm([Conductor("X", Parameter(rho, ""), Parameter(hop, ""))], current).rows[0]
    # Power per volume, from n electrons that make v / a hops a second.
    speed = current / (carriers * ELEMENTARY_CHARGE_C)
    hops = carriers * speed / (hop * 1e-10)
    heat = row.heat_per_hop_ev.value * ELEMENTARY_CHARGE_C * hops
    assert heat == pytest.approx(rho * 1e-8 * current**2, rel=1e-9)
    for loss in row.losses:
        assert loss.share_of_hops * loss.loss_ev == pytest.approx(row.heat_per_hop_ev.value)
        assert loss.over_ohmic == pytest.approx(loss.threshold_v_per_cm / row.ohmic_field_v_per_cm)


def test_flip_a_world_in_which_ordinary_fields_are_threshold_fields():
    """With Delta as small as the heat per hop, the fixed loss needs no more than Ohm's field."""
    copper = Conductor("Cu", Parameter(1.678, "", 0.001), Parameter(2.55, "", 0.01))
    heat = ohm([copper]).rows[0].heat_per_hop_ev.value
    assert ohm([copper], losses_ev=[heat]).rows[0].losses[0].over_ohmic == pytest.approx(1.0)
    assert ohm([copper]).statistic("loss_2_log10_over_ohmic").value > 3


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: iv_curve("sea", 1.0, 1.0, 1.0),
        lambda: iv_curve("ohmic", 1.0, -1.0, 1.0),
        lambda: threshold_voltage(0.0, 1.0, 1.0),
        lambda: ohm([Conductor("X", Parameter(-1.0, ""), Parameter(2.0, ""))]),
        lambda: (
            ohm([], losses_ev=[])
            and ohm([Conductor("X", Parameter(1.0, ""), Parameter(2.0, ""))], math.nan)
        ),
    ],
)
def test_bad_numbers_are_refused(wrong):
    with pytest.raises(InputError, match=r"positive|known: ohmic"):
        wrong()


# T5


def test_flip_worlds_with_and_without_exceptions():
    good = [Transition(f"X{i}", "insulator_to_metal", 10.0 + i) for i in range(10)]
    bad = [Transition(f"X{i}", "metal_to_insulator", 5.0 + i) for i in range(10)]
    never, always = reentrant(good, []), reentrant(good + bad, [])
    assert never.statistic("worse").value == never.statistic("either").value == 0.0
    assert never.statistic("worse_gpa").cannot_say
    assert always.statistic("worse").value == 1.0
    assert always.rows[0].worse_gpa == (5.0,)
    assert always.statistic("worse_gpa").value == 9.5


def test_semimetals_count_apart_and_materials_once():
    test = reentrant(
        [
            Transition("Ca", "metal_to_insulator", 15.0, partial=True),
            Transition("Ca", "insulator_to_metal", 30.0),
            Transition("Na", "metal_to_insulator", 200.0),
            Transition("Na", "metal_to_insulator", 180.0),
            Transition("HI", "insulator_to_metal", None),
            Transition("SrIr", "no_transition", 100.0),
        ],
        [FirstCompression("Na", -1), FirstCompression("Li", 1), FirstCompression("Li", -1)],
    )
    assert test.statistic("worse").rows == 3
    assert test.statistic("worse").value == pytest.approx(1 / 3)
    assert test.statistic("partly_worse").value == pytest.approx(2 / 3)
    assert test.statistic("rising").rows == 1  # sources disagree on Li
    by_name = {r.name: r for r in test.rows}
    assert by_name["Na"].worse_gpa == (180.0, 200.0)
    assert by_name["HI"].better
    assert not by_name["HI"].better_gpa
    assert by_name["SrIr"].searched_gpa == (100.0,)


def test_unknown_words_are_refused():
    with pytest.raises(InputError, match="direction 'up'"):
        reentrant([Transition("X", "up", 1.0)], [])
    with pytest.raises(InputError, match="must be 1 or -1"):
        reentrant([], [FirstCompression("X", 0)])
