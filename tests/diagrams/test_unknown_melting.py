"""Where the melting line is not known, a diagram says so; where it is, the line is whole."""

from __future__ import annotations

from itertools import pairwise

import pytest

from isotunnel.diagrams import diagram
from isotunnel.diagrams.axes import Axis
from isotunnel.diagrams.unknown_melting import UNTABULATED_K, unknown_melting
from isotunnel.errors import CannotSay
from isotunnel.matter import material, melting_temperature, phase_at
from isotunnel.report.figures.diagram.figure import diagram_figure
from isotunnel.report.figures.diagram.given import VEIL_WORDS

PRESSURES, TEMPERATURES = Axis(0.0, 300.0, False), Axis(0.1, 5000.0, True)


@pytest.mark.parametrize("name", ["S", "Na", "Si", "Nb", "Xe", "Al", "MgB2", "H3S"])
def test_gaps_are_where_matter_knows_no_melting(name):
    solid = material(name)
    parts = unknown_melting(solid, PRESSURES, TEMPERATURES)
    inside = 0
    for p in (1.0, 7.0, 40.0, 110.0, 155.0, 290.0):
        try:
            melting_temperature(solid, p)
            known = True
        except CannotSay:
            known = False
        found = [part for part in parts if part.low_gpa <= p <= part.high_gpa]
        assert (not known) == (len(found) == 1), p
        for part in found:
            inside += 1
            assert part.reason
            assert phase_at(solid, p, 0.99 * part.above_k).phase == "solid"
            assert phase_at(solid, p, 1.01 * part.above_k).phase in ("unknown", "gas")
    assert inside or name == "Al"


def test_edges_are_those_of_the_curve():
    (part,) = unknown_melting(material("Na"), PRESSURES, TEMPERATURES)
    assert part.low_gpa == pytest.approx(118.0, rel=1e-4)
    assert part.high_gpa == 300.0
    assert unknown_melting(material("Na"), Axis(0.0, 100.0, False), TEMPERATURES) == ()
    assert unknown_melting(material("Na"), PRESSURES, Axis(0.1, 200.0, True)) == ()


def test_nothing_tabulated_is_not_known_from_low_temperatures_on():
    (part,) = unknown_melting(None, PRESSURES, TEMPERATURES)
    assert (part.low_gpa, part.high_gpa, part.above_k) == (0.0, 300.0, UNTABULATED_K)


def test_the_figure_fades_and_says_so():
    found = diagram("S", ["bloch_grueneisen+bcs"])
    assert any("melting line not known" in note for note in found.notes)
    figure = diagram_figure(found)
    assert VEIL_WORDS in {t.get_text() for t in figure.legends[0].get_texts()}
    assert any(t.get_text().startswith("melting") for t in figure.axes[0].texts)
    known = diagram("Al", ["bloch_grueneisen+bcs"])
    assert known.melting_unknown == ()
    drawn = {t.get_text() for t in diagram_figure(known).legends[0].get_texts()}
    assert VEIL_WORDS not in drawn


def test_parts_of_which_no_theory_speaks_are_left_out():
    assert unknown_melting(material("Xe"), Axis(0.0, 200.0, False), TEMPERATURES)
    assert diagram("Xe", ["bloch_grueneisen+bcs"]).melting_unknown == ()


def test_the_melting_line_is_drawn_from_its_start_on_a_linear_axis_too():
    lines = [x for x in diagram("Xe", ["drude"]).lines if x.kind == "melting"]
    assert [x.quality for x in lines] == ["measured", "extrapolated", "estimate"]
    for before, after in pairwise(lines):
        assert before.temperature_k[-1] == pytest.approx(after.temperature_k[0], rel=0.05)
        assert before.pressure_gpa[-1] == pytest.approx(after.pressure_gpa[0], rel=0.05)
    assert all(x.source for x in lines)
    assert lines[0].note
