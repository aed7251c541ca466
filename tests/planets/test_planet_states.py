"""States by spacing alone and by volume and heat; how long fields live."""

from __future__ import annotations

import math

import numpy as np
import pytest

from isotunnel.errors import InputError
from isotunnel.measured import table
from isotunnel.planets.anchors import VolumeAnchor, anchors, lines_for
from isotunnel.planets.decay import decay_time_years
from isotunnel.planets.iron import V0_A3, hot_resistivity_uohm_cm, room_resistivity_uohm_cm
from isotunnel.planets.states import minimum_metallic_s_m, spacing_state, standard_state
from isotunnel.planets.water import ionic_s_m
from isotunnel.studies.planets import dipole_change, hot_layers, planet_study


def _line(boundary, volume, structure="liquid"):
    return VolumeAnchor(boundary, volume, None, "measured", structure, "made up")


def test_the_published_decay_time():
    """49,000 years for 1e6 S/m and 3480 km."""
    assert decay_time_years(1e6, 3480.0) == pytest.approx(49_000, rel=0.005)


def test_decay_grows_with_conductivity_and_area():
    one = decay_time_years(1e6, 1000.0)
    assert decay_time_years(3e6, 2000.0) == pytest.approx(12 * one)
    for bad in ((0.0, 1.0), (1.0, -1.0), (1.0, math.nan)):
        with pytest.raises(InputError):
            decay_time_years(*bad)


def test_decay_by_a_sphere_solved_on_a_grid():
    """The slowest mode of B_r ~ j_1(pi r/R): the eigenvalue of l = 1 with a vacuum outside.

    u = r^2 f of the poloidal scalar f obeys u'' - 2 u / r^2 = -k^2 u, and u'/u = -1/R at R.
    """
    n = 2000
    r = (np.arange(n) + 0.5) / n
    h = 1 / n
    main = 2 / h**2 + 2 / r**2
    side = np.full(n - 1, -1 / h**2)
    # u falls as 1/r outside, so the next point is u(1 - h) to first order at r = 1.
    main[-1] -= (1 - h / 2) / (1 + h / 2) / h**2
    from scipy.linalg import eigh_tridiagonal

    lowest = eigh_tridiagonal(main, side, select="i", select_range=(0, 0))[0][0]
    assert lowest == pytest.approx(math.pi**2, rel=1e-3)


def test_spacing_knows_no_heat_and_no_melting():
    lines = (_line("superconducting", 5.0), _line("conducting", 6.0))
    states = [spacing_state("H", v, lines).state for v in (4.0, 5.5, 7.0)]
    assert states == ["superconductor", "metal", "insulator"]
    assert math.isinf(spacing_state("H", 4.0, lines).conductivity_s_m)


def test_without_an_anchor_it_cannot_say_and_says_why():
    assert "could be an anchor" in spacing_state("H2O", 5.0, ()).reason
    assert spacing_state("H2O", 5.0, ()).state is None
    assert spacing_state("H", math.nan, (), "no density").reason == "no density"
    seen = (_line("insulating", 6.0),)
    assert spacing_state("MgSiO3", 7.0, seen).state == "insulator"
    assert spacing_state("MgSiO3", 5.0, seen).state is None


def test_iron_is_a_metal_where_no_anchor_makes_it_more():
    state = spacing_state("Fe", 8.0, ())
    assert state.state == "metal"
    assert state.conductivity_s_m == pytest.approx(1e8 / room_resistivity_uohm_cm(8.0))


def test_anchors_lie_where_the_transitions_were_seen():
    (iron,) = anchors("Fe", table)
    assert iron.volume_a3 == pytest.approx(10.35, abs=0.1)
    cold, fluid = (lines_for(s, anchors("H", table)) for s in ("solid", "liquid"))
    assert cold["superconducting"].kind == "calculated"
    assert cold["superconducting"].volume_a3 < cold["conducting"].volume_a3 < 1.4
    assert fluid["conducting"].volume_a3 == pytest.approx(2.09, abs=0.01)
    water = {a.boundary: a for a in anchors("H2O", table)}
    assert water["conducting"].volume_a3 == pytest.approx(6.00509 * 1.660539 / 3.8, rel=1e-3)
    assert water["insulating"].volume_a3 > water["conducting"].volume_a3


def test_a_fluid_has_the_transition_that_was_seen_in_the_fluid():
    lines = (_line("conducting", 2.0), _line("conducting", 1.2, "solid"))
    states = [spacing_state("H", 1.5, lines, "", s).state for s in ("liquid", "solid")]
    assert states == ["metal", "insulator"]
    alone = (_line("conducting", 1.2, "solid"),)
    assert spacing_state("H", 1.1, alone, "", "liquid").state == "metal"


def test_between_what_was_seen_it_cannot_say():
    lines = (_line("conducting", 2.0), _line("insulating", 3.0, "solid"))
    states = [spacing_state("H2O", v, lines) for v in (1.9, 2.5, 3.1)]
    assert [s.state for s in states] == ["metal", None, "insulator"]
    assert "thinner than as a metal (2)" in states[1].reason


def test_every_layer_of_every_planet_has_states():
    """Only rock above the pressures of any measurement, and water between its bounds, is open."""
    for body in ("Earth", "Jupiter", "Saturn", "Uranus", "Neptune"):
        for entry in planet_study(body).points:
            assert entry.point.volume_a3 > 0
            state = entry.states["spacing"]
            if state.state is None:
                assert entry.point.shell.material in ("MgSiO3", "H2O"), (body, state.reason)
                assert entry.point.pressure_gpa > 140


def test_water_conducts_by_protons_as_measured():
    assert ionic_s_m(70.0, table) == pytest.approx(3900)
    assert ionic_s_m(600.0, table) == pytest.approx(2e4)
    assert math.isnan(ionic_s_m(30.0, table))
    state = standard_state("H2O", 3.0, 200.0, 5000.0, 140.0, 2e4)
    assert (state.state, state.conductivity_s_m) == ("insulator", 2e4)
    assert standard_state("H2O", 1.0, 5000.0, 5000.0, 140.0, 2e4).state is None


def test_published_resistivity_of_cold_squeezed_iron():
    """Values of the fit as published with it: 20.4 microohm cm at V/V0 = 0.92, 11.8 at 0.86."""
    assert room_resistivity_uohm_cm(0.92 * V0_A3) == pytest.approx(20.39, rel=2e-3)
    assert room_resistivity_uohm_cm(0.86 * V0_A3) == pytest.approx(11.75, rel=2e-3)
    with pytest.raises(InputError, match="outside"):
        room_resistivity_uohm_cm(30.0)


def test_hot_iron_resists_more_and_saturates():
    cold, warm, hot = (hot_resistivity_uohm_cm(8.0, t) for t in (300.0, 3000.0, 1e7))
    assert cold == pytest.approx(room_resistivity_uohm_cm(8.0), rel=0.05)
    assert cold < warm < hot
    assert hot == pytest.approx(168 * (8.0 / V0_A3) ** (1 / 3), rel=0.01)


def test_the_least_conductivity_of_a_metal():
    """One electron per cubic bohr: 0.323 e^2 / (hbar a)."""
    bohr = 0.529177
    assert minimum_metallic_s_m(bohr**3) == pytest.approx(
        (3 * math.pi**2) ** (-1 / 3) / 4108.236 / (bohr * 1e-10), rel=1e-3
    )
    assert math.isnan(minimum_metallic_s_m(math.nan))


def test_fluid_hydrogen_turns_where_it_was_seen_to():
    states = [standard_state("H", 2.5, p, 5000.0, 140.0).state for p in (139.0, 141.0)]
    assert states == ["insulator", "metal"]
    assert standard_state("MgSiO3", 1.7, 5000.0, 17000.0, 140.0).state is None


def test_cores_are_far_hotter_than_any_tc():
    layers = {(h.body, h.layer): h for h in hot_layers()}
    core = layers["Earth", "outer core"]
    assert (core.tc_k, core.tc_kind) == (2.0, "measured")
    assert core.temperature_k > 3000
    assert layers["Jupiter", "metallic hydrogen"].tc_kind == "calculated"


def test_the_dipole_weakens():
    change, first, last = dipole_change(table)
    assert (first["epoch"], last["epoch"]) == (1900, 2025)
    assert change == pytest.approx(0.0759, abs=1e-3)


def test_the_field_outlives_an_ordinary_core():
    field = planet_study("Earth").field
    assert field is not None
    assert 1e4 < field.decay_years < 1e5
    assert field.age_years / field.decay_years > 1e4
    assert planet_study("Saturn").field is None
