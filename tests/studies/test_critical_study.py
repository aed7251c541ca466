"""Laws of the critical field: recovered from their own points; limits; currents."""

from __future__ import annotations

import math

import numpy as np
import pytest

from isotunnel.errors import InputError
from isotunnel.studies.critical import (
    critical_element,
    elements,
    film_current_a_cm2,
    wire_current_a,
)
from isotunnel.studies.critical_shapes import SHAPES, fit_shapes, parabola_at_zero
from isotunnel.theories.superconducting.bcs_gap import reduced_field

T = np.linspace(0.4, 3.6, 21)


@pytest.mark.parametrize("law", SHAPES)
def test_a_law_finds_itself_and_is_better_than_the_others(law):
    points = 30 * SHAPES[law](T / 3.7)
    fits = fit_shapes(T, points)
    own = fits[law]
    assert own.field_0_mt == pytest.approx(30, rel=1e-3)
    assert own.tc_k == pytest.approx(3.7, rel=1e-3)
    assert own.held_out_mt == min(f.held_out_mt for f in fits.values())
    assert own.field_mt(law, 5.0) == 0


@pytest.mark.parametrize("law", SHAPES)
def test_every_law_runs_from_one_to_zero(law):
    t = np.linspace(0, 1, 50)
    values = SHAPES[law](t)
    assert values[0] == pytest.approx(1)
    assert values[-1] == pytest.approx(0, abs=1e-6)
    assert np.all(np.diff(values) <= 1e-12)


def test_the_bcs_law_is_the_theorys():
    for t in (0.2, 0.5, 0.9):
        assert SHAPES["BCS"](np.array([t]))[0] == pytest.approx(reduced_field(t), abs=1e-5)


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
