"""Laws of the critical field: recovered from their own points; limits; currents."""

from __future__ import annotations

import math

import numpy as np
import pytest

from isotunnel.errors import InputError
from isotunnel.studies.critical import (
    CriticalElement,
    critical_element,
    critical_material,
    elements,
    film_current_a_cm2,
    wire_current_a,
)
from isotunnel.studies.critical_curves import (
    STANDARD,
    field_summaries,
    thermodynamic_curves,
    upper_curves,
)
from isotunnel.studies.critical_shapes import (
    SHAPES,
    UPPER_SHAPES,
    fit_shapes,
    lowest_from_near_tc,
    parabola_at_zero,
)
from isotunnel.theories.superconducting.bcs_gap import reduced_field
from isotunnel.theories.superconducting.critical_fields import upper_field_t

T = np.linspace(0.4, 3.6, 21)


@pytest.mark.parametrize("shapes", [SHAPES, UPPER_SHAPES], ids=["Hc", "Hc2"])
@pytest.mark.parametrize("law", SHAPES | UPPER_SHAPES)
def test_a_law_finds_itself_and_is_better_than_the_others(law, shapes):
    if law not in shapes:
        pytest.skip("a law of the other field")
    points = 30 * shapes[law](T / 3.7)
    fits = fit_shapes(T, points, shapes)
    own = fits[law]
    assert own.field_0_mt == pytest.approx(30, rel=1e-3)
    assert own.tc_k == pytest.approx(3.7, rel=1e-3)
    assert own.held_out_mt == min(f.held_out_mt for f in fits.values())
    assert own.field_mt(law, 5.0) == 0


@pytest.mark.parametrize("law", SHAPES | UPPER_SHAPES)
def test_every_law_runs_from_one_to_zero(law):
    t = np.linspace(0, 1, 50)
    values = (SHAPES | UPPER_SHAPES)[law](t)
    assert values[0] == pytest.approx(1)
    assert values[-1] == pytest.approx(0, abs=1e-6)
    assert np.all(np.diff(values) <= 1e-12)


def test_the_bcs_law_is_the_theorys():
    for t in (0.2, 0.5, 0.9):
        assert SHAPES["BCS"](np.array([t]))[0] == pytest.approx(reduced_field(t), abs=1e-5)


def test_the_whh_law_is_that_of_the_theories_and_starts_at_its_published_slope():
    for t in (0.2, 0.5, 0.9):
        own = upper_field_t(1.0, 1.0, t) / upper_field_t(1.0, 1.0, 0.0)
        assert UPPER_SHAPES["WHH"](np.array([t]))[0] == pytest.approx(own, abs=1e-5)
    # 0.693 Tc |slope|, Phys. Rev. 147, 295 (1966).
    step = 1e-3
    slope = UPPER_SHAPES["WHH"](np.array([1 - step]))[0] / step
    assert 1 / slope == pytest.approx(0.693, abs=2e-3)


@pytest.mark.parametrize("law", ["parabola", "WHH", "GL"])
def test_a_law_foretells_the_low_field_from_its_own_points_near_tc(law):
    points = 30 * UPPER_SHAPES[law](T / 3.7)
    assert lowest_from_near_tc(T, points)[law] == pytest.approx(1.0, abs=1e-3)


def test_what_is_far_from_tc_does_not_enter_what_near_tc_foretells():
    points = 30 * UPPER_SHAPES["WHH"](T / 3.7)
    moved = np.where(0.7 * T.max() > T, points * 2, points)
    a, b = lowest_from_near_tc(T, points), lowest_from_near_tc(T, moved)
    assert all(b[n] == pytest.approx(a[n] / 2) for n in a)
    assert lowest_from_near_tc(T[:-3], points[:-3]) != {}
    assert lowest_from_near_tc([0.1, 0.2, 0.3, 0.4, 3.0, 3.5, 3.6], [9, 8, 7, 6, 3, 2, 1]) == {}


def test_left_out_points_do_not_enter_the_fit():
    points = 30 * SHAPES["parabola"](T / 3.7)
    moved = points.copy()
    moved[1::2] += 5
    a, b = (fit_shapes(T, p)["parabola"] for p in (points, moved))
    assert (a.field_0_mt, a.tc_k) == (b.field_0_mt, b.tc_k)
    assert b.held_out_mt == pytest.approx(5, rel=1e-2)


def test_too_few_points_are_refused():
    with pytest.raises(InputError, match="at least 8"):
        fit_shapes([1, 2, 3], [3, 2, 1])


def test_published_parabolas_of_tin():
    """30.5 and 28.3 mT, as the table's own text says."""
    curves = {c.method[:4]: c for c in critical_element("Sn").curves}
    assert parabola_at_zero(
        curves["resi"].temperatures_k, curves["resi"].fields_mt
    ) == pytest.approx(30.5, abs=0.2)
    assert parabola_at_zero(
        curves["flux"].temperatures_k, curves["flux"].fields_mt
    ) == pytest.approx(28.3, abs=0.2)


def test_currents():
    """Hc / lambda of 30 mT and 50 nm, and the ampere's law of a wire."""
    assert film_current_a_cm2(30, 50) == pytest.approx(4.775e7, rel=1e-3)
    # A wire of 1 mm at 80 mT carries some 400 A.
    assert wire_current_a(80, 1.0) == pytest.approx(400, rel=1e-3)
    for field, radius in ((-1, 1), (1, 0), (1, -1)):
        with pytest.raises(InputError, match="impossible"):
            wire_current_a(field, radius)
    for field, depth in ((-1, 50), (30, 0), (30, -50)):
        with pytest.raises(InputError, match="impossible"):
            film_current_a_cm2(field, depth)
    assert math.isnan(film_current_a_cm2(math.nan, 50))


def test_bcs_is_near_where_it_speaks():
    known = [critical_element(e) for e in elements()]
    spoken = [e for e in known if "bcs" in e.fields_t and not math.isnan(e.field_mt)]
    assert len(spoken) >= 6
    for e in spoken:
        assert e.fields_t["bcs"] == pytest.approx(e.field_mt * 1e-3, rel=0.5)


def test_every_row_counts_and_the_best_grade_decides():
    """Tin: 30.578 mT by muons (grade A) before a textbook's 31 mT; depths of 50 and 77 nm."""
    tin = critical_element("Sn")
    assert tin.field_mt == pytest.approx(30.578)
    assert tin.field_spread_mt == (30.578, 31.0)
    assert (tin.depth_nm, tin.depth_spread_nm) == (50.0, (50.0, 77.0))
    rows = {r.row for r in tin.rows}
    assert {"critical_fields:Sn-1", "critical_fields:Sn-2", "critical_fields:Sn-4"} <= rows


def test_a_film_of_type_ii_is_limited_by_the_lower_field():
    niobium = critical_element("Nb")
    assert niobium.film_current_a_cm2 == pytest.approx(film_current_a_cm2(174, niobium.depth_nm))


def test_compounds_have_curves_and_elements_have_theories():
    compound = critical_material("nb3sn")
    assert compound.material == "Nb3Sn"
    assert {c.quantity for c in compound.curves} == {"Hc2"}
    assert isinstance(critical_material("lead"), CriticalElement)
    with pytest.raises(InputError, match="is a compound"):
        critical_element("Nb3Sn")


def test_whh_has_niobium_tin_and_the_tunnel_law_has_not():
    """Seven curves of one paper: orbital, dirty, one band, which is what WHH assumes."""
    (tin,) = (m for m in upper_curves() if m.material == "Nb3Sn")
    assert tin.held_out("WHH") < 0.015
    assert tin.held_out("tunnel, electrons", "tunnel, phonons") > 0.06
    assert tin.lowest_over_measured("WHH") == pytest.approx(1.0, abs=0.06)


def test_every_curve_has_both_ends_and_the_summaries_count_them():
    of_both = thermodynamic_curves(), upper_curves()
    assert len(of_both[0]) >= 7
    assert len(of_both[1]) >= 80
    for materials in of_both:
        for curve in (c for m in materials for c in m.curves):
            t = curve.temperatures_k
            assert t[0] < 0.55 * t[-1]
            assert curve.fields_mt[0] >= 0.9 * curve.fields_mt.max()
            assert STANDARD[curve.quantity] in curve.fits
    summaries = field_summaries()
    assert len(summaries) == sum(map(len, of_both))
    assert sum(s.points for s in summaries if s.material == "Pb") == 34


def test_the_lead_curve_ends_at_the_published_field():
    """803 Oe at zero and 7.19 K, as Decker, Mapother and Shaw have it (Phys. Rev. 112, 1888)."""
    (lead,) = (m for m in thermodynamic_curves() if m.material == "Pb")
    (curve,) = lead.curves
    assert curve.fits["parabola"].field_0_mt == pytest.approx(80.3, rel=0.03)
    assert curve.temperatures_k[-1] == pytest.approx(7.17, abs=0.02)


def test_a_measured_current_goes_before_what_films_are_reported_to_reach():
    aluminium = critical_element("Al")
    assert aluminium.film_current_from == "measured"
    assert aluminium.film_current_a_cm2 == pytest.approx(3.8155e6)
    assert critical_element("Sn").film_current_from == "Hc / depth"
    assert critical_element("Nb").film_current_from == "Hc1 / depth"
    assert critical_element("Zn").film_current_from == ""


def test_fields_of_fifteen_elements():
    assert sum(not math.isnan(critical_element(e).field_mt) for e in elements()) >= 15


def test_bcs_has_the_field_of_tin_within_strong_coupling():
    """30.578(6) mT; weak coupling is too low by some percent where 2 Delta / k Tc is above 3.53."""
    tin = critical_element("Sn")
    assert tin.fields_t["bcs"] * 1e3 == pytest.approx(tin.field_mt, rel=0.05)
    assert tin.wire_currents_a["measured"] == pytest.approx(wire_current_a(tin.field_mt, 1.0))


def test_an_unknown_element_is_one_line():
    with pytest.raises(InputError, match="there are Al"):
        critical_element("Cu")
