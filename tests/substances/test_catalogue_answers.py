"""Every rival asked about every substance: an answer or a reason, never silence."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from isotunnel import substances as catalogue
from isotunnel.errors import InputError
from isotunnel.theories import RIVALS, rival
from isotunnel.theories.superconducting.eliashberg import Eliashberg

ALL = catalogue.substances()
IDS = [a.name for a in ALL]
PAIRING = ("bcs", "mcmillan", "allen_dynes", "eliashberg")
MEASURED = {"Al": (0.0, 1.175), "Pb": (0.0, 7.196), "Nb": (0.0, 9.25), "MgB2": (0.0, 39.0),
            "H3S": (155.0, 203.0)}  # fmt: skip


def places(about):
    """A few pressures in each phase, its ends and beyond them."""
    found = []
    for low, high in (p.stable_gpa for p in about.phases):
        found += [low, (low + high) / 2]
    return [*sorted({*found}), about.phases[-1].stable_gpa[1] + 500.0]


@pytest.mark.parametrize("about", ALL, ids=IDS)
def test_every_theory_answers_or_says_why_not(about):
    for theory in RIVALS:
        quick = Eliashberg(tabulated=True) if theory.name == "eliashberg" else theory
        for pressure in places(about):
            for temperature in (0.5, 300.0):
                # Critical fields, which take most time, have tests of their own.
                hot = temperature if theory.name != "eliashberg" else 300.0
                answer = quick.answer(about.at(pressure), pressure, hot) if _known(
                    about, pressure
                ) else about.answer(quick, pressure, hot)  # fmt: skip
                _check(answer, theory.name)


def _known(about, pressure):
    return any(p.stable_gpa[0] <= pressure <= p.stable_gpa[1] for p in about.phases)


def _check(answer, name):
    assert answer.state in ("superconductor", "metal", "insulator", None)
    assert 10 < len(answer.state_reason) < 400
    assert "\n" not in answer.state_reason
    assert "nan" not in answer.state_reason.lower().split()
    for quantity in (
        answer.rho_uohm_cm, answer.tc_k, answer.hc_t, answer.hc2_t, answer.jc_a_cm2,
    ):  # fmt: skip
        if quantity.cannot_say is None:
            assert math.isfinite(quantity.value)
            assert quantity.value >= 0
        else:
            assert len(quantity.cannot_say) > 10
    json.dumps(answer.as_dict(), allow_nan=False)
    tc = answer.tc_k
    if tc.cannot_say is None and answer.state is not None:
        assert (answer.state == "superconductor") == (answer.temperature_k < tc.value)
    if answer.state == "insulator":
        assert tc.value == 0
        assert name in PAIRING


def test_each_theory_says_something_of_each_wanted_substance_or_why_not():
    """At least one theory gives a state for each of the fourteen, somewhere."""
    for name in [
        "Al",
        "Pb",
        "Nb",
        "Cu",
        "Na",
        "Li",
        "Fe",
        "Si",
        "S",
        "Xe",
        "H2",
        "He",
        "H3S",
        "MgB2",
    ]:
        about = catalogue.substance(name)
        states = {
            about.answer(rival(theory), p, 300.0).state
            for theory in ("bloch_grueneisen", "mcmillan", "drude", "allen_dynes")
            for p in places(about)
        }
        assert states - {None}, name


@pytest.mark.parametrize("theory", ["allen_dynes", "eliashberg"])
@pytest.mark.parametrize("name", MEASURED)
def test_measured_tc_is_met_by_theories_that_take_lambda(theory, name):
    """Within 15 % for each: lambda calculated or of tunnelling, mu* of the source or 0.12.

    Not independent of Tc are mu* of MgB2 and omega_log of lead, which their sources say.
    """
    pressure, measured = MEASURED[name]
    about = catalogue.substance(name)
    tc = about.answer(rival(theory), pressure, 300.0 if measured < 250 else 400.0).tc_k
    assert tc.value == pytest.approx(measured, rel=0.15)


@pytest.mark.parametrize("name", MEASURED)
def test_bcs_reproduces_the_tc_it_is_calibrated_on(name):
    pressure, measured = MEASURED[name]
    tc = catalogue.substance(name).answer(rival("bcs"), pressure, 500.0).tc_k
    assert tc.value == pytest.approx(measured, rel=1e-6)


def test_pressure_lowers_tc_of_lead_as_measured():
    """-0.386(12) K/GPa: put in by a fit for McMillan, and near it in the others."""
    curve = catalogue.tc_of_pressure(rival("allen_dynes"), catalogue.substance("Pb"), [0.0, 1.0])
    slope = np.diff(curve.tc_k)[0] / curve.tc_k[0]
    assert slope == pytest.approx(-0.386 / 7.196, rel=0.6)
    assert slope < 0


def test_curves_agree_with_single_answers_and_carry_reasons():
    lead = catalogue.substance("Pb")
    curve = catalogue.tc_of_pressure(rival("eliashberg"), lead, [0.0, 5.0, 20.0, 900.0])
    exact = lead.answer(rival("eliashberg"), 5.0, 300.0).tc_k
    assert curve.tc_k[1] == pytest.approx(exact.value, rel=1e-3)
    # Unknown in both, and for the same reasons.
    assert exact.error is None
    assert np.isnan(curve.error_k[1])
    assert curve.tc[1].error_unknown == exact.error_unknown
    assert curve.phases == ("Pb (fcc)", "Pb (fcc)", "Pb (hcp)", "")
    assert "nor omega_log of Pb (hcp) is known" in curve.tc[2].cannot_say
    assert "nothing is known" in curve.tc[3].cannot_say
    assert np.isnan(curve.tc_k[2:]).all()
    bare = catalogue.tc_of_pressure(rival("eliashberg"), lead, [5.0], errors=False)
    assert bare.tc_k[0] == pytest.approx(curve.tc_k[1], rel=1e-9)
    with pytest.raises(InputError, match="impossible"):
        catalogue.tc_of_pressure(rival("bcs"), lead, [-1.0])


@pytest.mark.parametrize("theory", ["bloch_grueneisen", "drude", "mcmillan"])
def test_grids_agree_with_single_answers(theory):
    lead = catalogue.substance("Pb")
    pressures, temperatures = [0.0, 6.0, 400.0], np.linspace(1.0, 590.0, 25)
    grid = catalogue.over_grid(rival(theory), lead, pressures, temperatures)
    assert grid.states.shape == grid.rho_uohm_cm.shape == (3, 25)
    assert (grid.states[2] == "").all()
    assert any("nothing is known" in r for r in grid.reasons)
    for i, j in ((0, 0), (1, 3), (0, 20), (1, 24)):
        single = lead.answer(rival(theory), pressures[i], float(temperatures[j]))
        assert grid.states[i, j] == (single.state or "")
        if single.rho_uohm_cm.cannot_say is None:
            assert grid.rho_uohm_cm[i, j] == pytest.approx(single.rho_uohm_cm.value, rel=2e-3)
        else:
            assert np.isnan(grid.rho_uohm_cm[i, j])


def test_tabulated_tc_is_that_of_the_equations():
    """From lead to weak coupling, and zero where the equations have none."""
    for name, pressure in (("Pb", 3.0), ("MgB2", 4.0), ("Al", 5.0)):
        phase = catalogue.without_errors(catalogue.substance(name).at(pressure))
        exact = Eliashberg().answer(phase, pressure, 300.0).tc_k.value
        quick = Eliashberg(tabulated=True).answer(phase, pressure, 300.0)
        assert quick.tc_k.value == pytest.approx(exact, rel=1e-3)
        assert any("interpolated" in note for note in quick.notes)
    sodium = catalogue.without_errors(catalogue.substance("Na").at(0.0))
    assert Eliashberg(tabulated=True).answer(sodium, 0.0, 300.0).tc_k.value == 0


def test_leaving_errors_out_changes_no_value():
    for name in ("Al", "H3S", "Si"):
        for phase in catalogue.substance(name).phases:
            bare = catalogue.without_errors(phase)
            p = phase.reference_pressure_gpa
            for theory in (rival("bcs"), rival("bloch_grueneisen")):
                a, b = theory.answer(phase, p, 50.0), theory.answer(bare, p, 50.0)
                assert (a.state, a.state_reason) == (b.state, b.state_reason)
                assert b.tc_k.error is None or b.tc_k.error == 0
