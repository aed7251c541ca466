"""The catalogue's tables: complete, sourced, made by the script, and what they lead to."""

from __future__ import annotations

import itertools
import math
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from isotunnel import substances as catalogue
from isotunnel.errors import CannotSay, InputError
from isotunnel.matter.laws import EosVolume, GapLaw, GapPoint, MeltingLine
from isotunnel.measured.parameter import KINDS, Parameter
from isotunnel.theories.base import INSULATOR
from isotunnel.theories.parameters import PARAMETERS
from isotunnel.theories.superconducting.mcmillan import McMillan

ROOT = Path(__file__).parents[2]
WANTED = ["Al", "Pb", "Nb", "Cu", "Na", "Li", "Fe", "Si", "S", "Xe", "H2", "He", "H3S", "MgB2"]
ALL = catalogue.substances()


def test_the_wanted_substances_and_many_more_are_there():
    assert set(WANTED) <= set(catalogue.names())
    assert len(catalogue.names()) >= 45
    assert catalogue.substance("sulfur").name == "S"
    assert catalogue.substance("LEAD").name == "Pb"
    assert catalogue.material_data("Pb") == catalogue.substance("Pb").phases
    with pytest.raises(InputError, match=r"unknown substance 'aluminuum'; did you mean Al\b"):
        catalogue.substance("aluminuum")


def test_every_number_has_a_source_a_kind_a_grade_and_a_unit():
    count = 0
    for about in ALL:
        for entry in about.entries:
            count += 1
            known = entry.parameter
            assert known.kind in KINDS
            assert known.grade in "ABCD"
            assert len(known.source) > 5
            assert known.unit == PARAMETERS[entry.field].unit
            assert (known.kind == "fitted") == (known.fit is not None), entry
            assert math.isfinite(known.value)
            phase = about.phases[about.phase_names.index(entry.phase)]
            assert getattr(phase, entry.field) is known
    assert count > 400


@pytest.mark.parametrize("about", ALL, ids=[a.name for a in ALL])
def test_phases_are_in_order_and_do_not_overlap(about):
    edges = [p.stable_gpa for p in about.phases]
    assert all(low < high for low, high in edges)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(edges))
    for (low, high), phase in zip(edges, about.phases, strict=True):
        assert about.at((low + high) / 2) is phase
        assert about.at(low) is phase
    with pytest.raises(CannotSay, match=f"nothing is known of {about.name} at"):
        about.at(edges[-1][1] + 1e4)


def test_tables_are_what_the_script_makes():
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts/make_catalogue.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr or "run scripts/make_catalogue.py"


def test_volumes_come_with_the_error_of_the_equation_of_state():
    """Relative error of V/V0 grows from zero, near P dK/K^2 at first."""
    law = EosVolume("Cu", "fcc")
    assert law(0.0, 300.0).error == pytest.approx(0.0, abs=1e-9) or law(0.0, 300.0).error is None
    niobium = EosVolume("Li", "bcc")
    low, high = niobium(0.5, 300.0), niobium(5.0, 300.0)
    assert 0 < low.error / low.value < high.error / high.value < 0.02
    assert replace(niobium, errors=False)(5.0, 300.0).error is None
    assert niobium(5.0, 300.0).value == replace(niobium, errors=False)(5.0, 300.0).value
    assert "Hanfland" in low.source


def test_a_gap_law_is_right_at_its_points_and_silent_outside():
    points = (
        GapPoint(1.0, Parameter(2.0, "one", 0.1, kind="measured", grade="A")),
        GapPoint(3.0, Parameter(1.0, "two", 0.2, kind="calculated", grade="C")),
    )
    law = GapLaw("X", points)
    assert (law(1.0, 300).value, law(3.0, 300).value) == (2.0, 1.0)
    middle = law(2.0, 300.0)
    assert middle.value == pytest.approx(1.5)
    assert middle.error == pytest.approx(math.hypot(0.05, 0.1))
    assert "one" in middle.source
    assert "two" in middle.source
    with pytest.raises(CannotSay, match="tabulated from 1 to 3 GPa, not at 4 GPa"):
        law(4.0, 300.0)
    with pytest.raises(InputError, match="sorted"):
        GapLaw("X", points[::-1])


def test_silicon_s_gap_falls_as_measured_and_then_it_is_a_metal():
    silicon = catalogue.substance("Si")
    gaps = [silicon.at(p).gap_at(p, 300.0).value for p in (0.0, 5.0, 10.0)]
    assert gaps[0] == pytest.approx(1.110)
    assert gaps[0] - gaps[2] == pytest.approx(0.141, abs=0.002)
    assert silicon.at(20.0).gap_at(20.0, 300.0) is None


def test_insulators_without_a_known_gap_insulate_and_say_whose_word_it_is():
    for name, pressure in (("S", 10.0), ("H2", 200.0), ("Li", 100.0), ("Xe", 2.0)):
        answer = catalogue.substance(name).answer(McMillan(), pressure, 10.0)
        assert answer.state == INSULATOR
        assert len(answer.state_reason) > 30
        assert answer.tc_k.value == 0


def test_fits_can_be_left_out_by_the_row_they_rest_on():
    lead = catalogue.substance("Pb")
    fitted = {e.field for e in lead.entries if e.parameter.fit}
    assert "dlneta_dlnv" in fitted
    spared = lead.without_fits("dtc_dp:Pb-1")
    assert spared.at(0.0).dlneta_dlnv is None
    assert spared.at(0.0).omega_log_k is not None
    assert {e.field for e in lead.entries} - {e.field for e in spared.entries} == {"dlneta_dlnv"}
    assert not any(e.parameter.fit for e in lead.without_fits().entries)
    assert lead.without_fits("no such row").entries == lead.entries


def test_the_fit_of_eta_gives_back_the_slope_it_was_fitted_to():
    lead = catalogue.substance("Pb")
    theory = McMillan(calibrated=True)
    tc = [theory.answer(lead.at(p), p, 0.0).tc_k.value for p in (0.0, 0.2)]
    assert (tc[1] - tc[0]) / 0.2 == pytest.approx(-0.386, abs=0.002)


def test_fitted_debye_temperatures_of_resistivity_lie_near_those_of_heat():
    """Within a factor of 1.6 of theta_D, where a fit with cold rows exists."""
    seen = 0
    for about in ALL:
        found = {e.field: e.parameter for e in about.entries_of(about.phase_names[0])}
        theta = found.get("theta_r_k")
        if theta is None or theta.kind != "fitted" or theta.grade != "B":
            continue
        seen += 1
        assert 1 / 1.6 < theta.value / found["theta_d_k"].value < 1.6
    assert seen >= 4


def test_the_spectrum_of_niobium_is_that_of_its_numbers():
    niobium = catalogue.substance("Nb").at(0.0)
    assert niobium.spectrum.coupling == pytest.approx(niobium.lambda_ep.value, rel=1e-3)
    assert niobium.spectrum.omega_log_k == pytest.approx(niobium.omega_log_k.value, rel=1e-3)
    assert niobium.spectrum.omega_2_k == pytest.approx(niobium.omega_2_k.value, rel=1e-3)
    assert "IsoME" in niobium.spectrum.source


def test_tabulated_volumes_hold_at_their_points_and_nowhere_outside():
    phase = catalogue.substance("LaH10").at(200.0)
    assert phase.volume(250.0, 300.0).value == pytest.approx(28.484 / 11, rel=1e-4)
    assert phase.volume(300.0, 0.0).value < phase.volume(275.0, 0.0).value
    with pytest.raises(InputError, match="tabulated from 161"):
        phase.volume(150.0, 300.0)


def test_melting_lines_are_those_of_matter():
    assert MeltingLine("Al")(0.0) == pytest.approx(933.5, abs=1)
