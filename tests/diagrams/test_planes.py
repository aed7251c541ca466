"""Boundaries are found where they are, whatever the theory; bands hold what they promise."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_theories import Rule, below, substance, volume

from isotunnel.diagrams.axes import ATMOSPHERE_GPA, Axis, pressure_axis, temperature_axis
from isotunnel.diagrams.build import diagram, panel
from isotunnel.diagrams.isobar import find_isobar
from isotunnel.diagrams.label import Label
from isotunnel.diagrams.refinement import sweep
from isotunnel.diagrams.samplers import PointSampler, bare
from isotunnel.diagrams.theory_plane import CANNOT_SAY
from isotunnel.errors import InputError
from isotunnel.theories import RIVALS, MaterialData, Parameter
from isotunnel.theories.base import INSULATOR, METAL, SUPERCONDUCTOR, Quantity

PRESSURES = Axis(0.01, 90.0, True)
TEMPERATURES = Axis(0.1, 1000.0, True)


def points(panel_, count=300, seed=1):
    rng = np.random.default_rng(seed)
    p, t = panel_.pressures, panel_.temperatures
    return [(p.value(x), t.value(y)) for x, y in rng.random((count, 2))]


@pytest.mark.parametrize("log", [True, False])
@given(share=st.floats(0, 1))
def test_places_and_values_undo_each_other(log, share):
    axis = Axis(0.5, 300.0, log)
    assert axis.place(axis.value(share)) == pytest.approx(share, abs=1e-12)
    assert axis.holds(axis.value(share))


def test_a_curved_boundary_is_found_to_the_stated_resolution():
    theory = below(lambda p: 300 * math.exp(-((p / 20) ** 2)))
    found = panel(theory, substance(), PRESSURES, TEMPERATURES)
    lines = [b for b in found.boundaries if not b.wall]
    assert len(lines) == 1
    line = lines[0]
    assert len(line.pressure_gpa) > 15
    for p, t in zip(line.pressure_gpa, line.temperature_k, strict=True):
        exact = TEMPERATURES.place(300 * math.exp(-((p / 20) ** 2)))
        assert abs(TEMPERATURES.place(t) - exact) < 1.1e-3
    assert (line.colder, line.hotter) == (SUPERCONDUCTOR, METAL)


@pytest.mark.parametrize("log_p", [True, False])
@pytest.mark.parametrize("log_t", [True, False])
def test_the_plane_says_what_the_theory_says(log_p, log_t):
    pressures, temperatures = Axis(0.01, 90.0, log_p), Axis(0.1, 1000.0, log_t)

    def rule(p, t):
        if t > 600 + 2 * p:
            return None, f"liquid at {t:g} K", None
        if p > 40:
            return INSULATOR, "squeezed shut", None
        return (SUPERCONDUCTOR if t < 2 + 5 * p else METAL), "", None

    found = panel(Rule(rule), substance(), pressures, temperatures)
    wrong = [(p, t) for p, t in points(found) if found.state_at(p, t) != rule(p, t)[0]]
    assert {rule(p, t)[0] for p, t in points(found)} == {None, INSULATOR, SUPERCONDUCTOR, METAL}
    # Only points within the resolution of a boundary may differ.
    assert len(wrong) <= 3
    assert len(found.reasons) == 1
    assert sum(found.shares.values()) == pytest.approx(1)
    assert found.shares[CANNOT_SAY] == pytest.approx(found.reasons[0].share)


@settings(max_examples=15, deadline=None)
@given(
    height=st.floats(1, 500), fall=st.floats(-1.5, 1.5), peak=st.floats(0.1, 60), x=st.floats(0, 1)
)
def test_any_smooth_line_is_followed(height, fall, peak, x):
    def line(p):
        return height * ((p + 0.01) / peak) ** fall * math.exp(-p / 50)

    found = panel(below(line), substance(), PRESSURES, TEMPERATURES)
    p = PRESSURES.value(x)
    exact = TEMPERATURES.place(line(p))
    for shift, state in ((-0.02, SUPERCONDUCTOR), (0.02, METAL)):
        if 0 < exact + shift < 1:
            assert found.state_at(p, TEMPERATURES.value(exact + shift)) == state


def test_more_columns_bring_a_boundary_no_farther_from_the_truth():
    def line(p):
        return 300 * math.exp(-((p / 20) ** 2))

    sampler = PointSampler(below(line), substance())
    worst = []
    for most in (13, 25, 60):
        columns = sweep(
            lambda p: find_isobar(sampler, p, TEMPERATURES), PRESSURES, TEMPERATURES, most=most
        )
        assert len(columns) <= most
        misses = []
        for a, b in pairwise(columns):
            if len(a.cuts) == len(b.cuts) == 1:
                middle = PRESSURES.between(a.pressure_gpa, b.pressure_gpa)
                straight = (TEMPERATURES.place(a.cuts[0]) + TEMPERATURES.place(b.cuts[0])) / 2
                misses.append(abs(straight - TEMPERATURES.place(line(middle))))
        worst.append(max(misses))
    assert worst[0] >= worst[1] >= worst[2]
    assert worst[2] < 0.01


def test_reentrant_states_are_kept_apart():
    theory = Rule(lambda _p, t: (METAL if 10 < t < 100 else INSULATOR, "", None))
    column = find_isobar(PointSampler(theory, substance()), 1.0, TEMPERATURES)
    assert [label.state for label in column.labels] == [INSULATOR, METAL, INSULATOR]
    assert column.cuts == pytest.approx((10, 100), rel=1e-2)


def test_a_band_is_where_the_confidence_is_below_one_standard_deviation():
    found = panel(below(lambda _p: 100.0, error=20.0), substance(), PRESSURES, TEMPERATURES)
    for column in found.columns:
        assert len(column.unsure) == 1
        assert column.unsure[0] == pytest.approx((80, 120), rel=0.05)
    line = found.boundaries[0]
    assert line.low_k[0] == column.unsure[0][0]
    assert line.high_k[0] == column.unsure[0][1]


def test_no_confidence_no_band():
    found = panel(below(lambda _p: 100.0), substance(), PRESSURES, TEMPERATURES)
    assert all(c.unsure == () for c in found.columns)
    assert found.boundaries[0].low_k[0] is None


def test_phases_end_in_walls_and_gaps_between_them_are_reported():
    low = MaterialData("X (a)", stable_gpa=(0.0, 10.0), volume=volume)
    high = MaterialData(
        "X (b)", stable_gpa=(30.0, 90.0), reference_pressure_gpa=30.0, volume=volume
    )
    about = substance(low, high)
    theory = Rule(lambda _p, _t: (METAL, "", None))
    found = panel(theory, about, PRESSURES, TEMPERATURES)
    walls = sorted(b.pressure_gpa[0] for b in found.boundaries if b.wall)
    assert walls == pytest.approx([10, 30], rel=1e-6)
    assert found.state_at(20, 1) is None
    assert "nothing is known of X at" in found.reasons[0].text
    assert found.state_at(5, 1) == found.state_at(50, 1) == METAL


@pytest.mark.parametrize("theory", RIVALS[:5], ids=lambda t: t.name)
def test_quick_ways_of_asking_change_no_state(theory):
    def known(value, error=None):
        return Parameter(value, "made up", error)

    metal = MaterialData(
        "X", stable_gpa=(0.0, 90.0), volume=volume, volume_per_atom_a3=known(20.0),
        valence_electrons=known(3), gamma=known(2.0, 0.1), theta_d_k=known(400, 5),
        rho_reference_uohm_cm=known(3.0), rho_reference_temperature_k=known(293),
        tc_k=known(5.0, 0.1), lambda_ep=known(0.6, 0.01), mu_star=known(0.12),
        omega_log_k=known(300, 5), melting_k=lambda p: 600.0 + 2 * p,
        sommerfeld_mj_mol_k2=known(1.4),
    )  # fmt: skip
    found = panel(theory, substance(metal), PRESSURES, TEMPERATURES)
    near = 0
    for p, t in points(found, 60):
        if theory.answer(metal, p, t).state != found.state_at(p, t):
            near += 1
    assert near <= 1
    known_tc = [q for _, q in found.critical() if q.cannot_say is None]
    for p, q in found.critical():
        exact = theory.answer(metal, p, 1000.0).tc_k
        assert (q.cannot_say is None) == (exact.cannot_say is None)
        assert q.value == pytest.approx(exact.value, nan_ok=True)
    assert bool(known_tc) == (theory.name not in ("drude", "bloch_grueneisen"))


def test_bare_parameters_keep_their_values():
    metal = replace(substance().phases[0], tc_k=Parameter(3.0, "x", 0.1))
    plain = bare(metal)
    assert plain.tc_k == Parameter(3.0, "x", None)
    assert plain.volume(5.0, 100.0).value == metal.volume(5.0, 100.0).value
    assert plain.volume(5.0, 100.0).error is None


def test_reasons_that_differ_by_numbers_are_one():
    a, b = Label.refused("X is liquid at 900 K"), Label.refused("X is liquid at 1200.5 K")
    assert a.key == b.key
    assert a.key != Label.refused("Y is liquid at 900 K").key
    assert Label.refused("I4_1/amd at 3 GPa").key.startswith("? I4_1/amd")


def test_tc_predicted_at_a_point_lies_between_its_columns():
    theory = below(lambda p: 10 + p)
    theory = replace(theory, tc=lambda p: Quantity(10 + p, 1.0))
    found = panel(theory, substance(), Axis(0.0, 90.0, False), Axis(0.0, 200.0, False))
    assert found.critical_at(33.3).value == pytest.approx(43.3, rel=1e-6)
    assert found.prediction_at(33.3, 10.0, tc=True) == "Tc = 43.3 ± 1 K"
    assert found.prediction_at(33.3, 10.0, tc=False) == "superconducting"


@pytest.mark.parametrize(
    ("make", "arguments", "words"),
    [
        (pressure_axis, (0, 2000, False), "above 1000 GPa"),
        (pressure_axis, (-1, 10, False), "negative"),
        (pressure_axis, (10, 10, True), "empty"),
        (pressure_axis, (0, 5e-5, True), "one atmosphere"),
        (pressure_axis, (0, math.nan, True), "finite"),
        (temperature_axis, (-10, 300, False), "kelvin, not Celsius"),
        (temperature_axis, (0, 1e9, False), "above 100000 K"),
        (temperature_axis, (0, 1e-3, True), "0.01 K"),
    ],
)
def test_impossible_axes_are_refused(make, arguments, words):
    with pytest.raises(InputError, match=words):
        make(*arguments)


def test_a_logarithmic_axis_starts_at_one_atmosphere():
    assert pressure_axis(0, 100, True).low == ATMOSPHERE_GPA
    assert pressure_axis(0, 100, False).low == 0


def test_a_diagram_needs_a_theory():
    with pytest.raises(InputError, match="at least one theory"):
        diagram("Al", [])
