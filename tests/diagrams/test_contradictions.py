"""Diagrams mark what measurement contradicts; reasons speak of regions, not of grid points."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_up_theories import below, substance
from test_open_questions import blinded, combined

from isotunnel.diagrams import diagram
from isotunnel.diagrams.contradictions import contradictions
from isotunnel.diagrams.label import Label, is_undecided, state_of_key
from isotunnel.diagrams.regions import common_text
from isotunnel.measured.points import MeasuredPoint
from isotunnel.report.figures.diagram.caption import letters, reasons_by_letter
from isotunnel.report.figures.diagram.figure import diagram_figure, letters_drawn
from isotunnel.report.figures.diagram.style import UNDECIDED, UNDECIDED_WORDS
from isotunnel.report.figures.diagram.words import place_words
from isotunnel.schemas import document
from isotunnel.schemas.diagram import MeasuredPoint as Shape
from isotunnel.schemas.diagram import Panel
from isotunnel.theories.base import METAL, SUPERCONDUCTOR


def measured(kind: str, p: float, t: float) -> MeasuredPoint:
    return MeasuredPoint(kind, p, None, t, None, None, f"a {kind}", "row:1", "source", "A")


@pytest.fixture(scope="module")
def lead():
    return diagram("Pb", ["tunnel-ks", "bloch_grueneisen+allen_dynes", "bloch_grueneisen"])


def test_lead_conducts_at_room_temperature_and_the_tunnel_theory_says_otherwise(lead):
    (room,) = (p for p in lead.points if p.kind == "conducts")
    ks, standard, normal = lead.panels
    found = lead.contradiction(ks, room)
    assert found is not None
    assert "superconducts" in found.claim
    assert lead.contradiction(standard, room) is None
    assert lead.contradictions[standard.theory] == ()
    # A theory of the normal state says nothing of Tc, and so nothing wrong.
    assert lead.contradictions[normal.theory] == ()


def test_crosses_are_drawn_where_a_theory_is_contradicted_and_only_there(lead):
    figure = diagram_figure(lead)
    for axis, panel in zip(figure.axes, lead.panels, strict=True):
        crosses = [x for x in axis.lines if x.get_marker() == "x" and x.get_color() == "#c00000"]
        assert len(crosses) == len(lead.contradictions[panel.theory])
    words = [t.get_text() for t in figure.legends[0].get_texts()]
    assert "the theory contradicts this measurement" in words
    tame = replace(lead, panels=lead.panels[1:2])
    quiet = [t.get_text() for t in diagram_figure(tame).legends[0].get_texts()]
    assert "the theory contradicts this measurement" not in quiet


def test_json_says_which_theory_is_contradicted(lead):
    rows = {row["row"]: document(Shape, row) for row in lead.compared}
    (room,) = (r for r in rows.values() if r["kind"] == "conducts")
    assert list(room["contradicted"]) == ["tunnel-ks"]


def test_beyond_the_axes_and_within_its_error_a_theory_contradicts_nothing():
    theory = below(lambda _p: 60.0)
    made = diagram(substance(), [theory], pressure=(10.0, 50.0), temperature=(1.0, 120.0))
    panel = made.panels[0]
    wrong = measured("tc", 30.0, 20.0)
    assert len(contradictions(panel, [wrong])) == 1
    assert contradictions(panel, [measured("tc", 30.0, 60.0)]) == ()
    for p, t in ((5.0, 20.0), (80.0, 20.0)):
        assert contradictions(panel, [measured("tc", p, t)]) == ()
    assert contradictions(panel, [measured("conducts", 30.0, 300.0)]) == ()
    unsure = tuple(replace(c, unsure=((1.0, 119.0),)) for c in panel.columns)
    assert contradictions(replace(panel, columns=unsure), [wrong]) == ()


def test_what_may_superconduct_is_drawn_as_such():
    made = diagram(blinded("Sn"), [combined()], pressure=(0.0, 5.0), temperature=(0.5, 400.0))
    panel = made.panels[0]
    cold = panel.label_at(1.0, 20.0)
    assert cold.undecided
    assert is_undecided(cold.key)
    assert state_of_key(cold.key) is None
    assert cold.possible == {METAL, SUPERCONDUCTOR}
    assert any(True in column["undecided"] for column in document(Panel, panel)["columns"])
    figure = diagram_figure(made)
    hatched = [c for c in figure.axes[0].collections if c.get_hatch() == UNDECIDED.hatch]
    fills = {tuple(round(float(x), 2) for x in c.get_facecolor()[0][:3]) for c in hatched}
    assert (0.99, 0.95, 0.85) in fills
    legend = [t.get_text() for t in figure.legends[0].get_texts()]
    assert any(UNDECIDED_WORDS in words for words in legend)
    # It is no insulator: that much is told, and can be wrong.
    assert len(contradictions(panel, [measured("insulates", 1.0, 20.0)])) == 1
    assert contradictions(panel, [measured("tc", 1.0, 20.0)]) == ()


def test_letters_are_listed_only_where_they_stand_in_a_panel(lead):
    marks = letters_drawn(lead)
    drawn = {
        word.placed.words[word.placed.words.index("(") + 1]
        for panel in lead.panels
        for word in place_words(lead, panel, marks)
        if word.key and state_of_key(word.key) is None
    }
    assert drawn == set(reasons_by_letter(lead.panels, marks))
    assert drawn == set("abcdefghijklmnopqrstuvwxyz"[: len(drawn)])
    assert len(marks) < len(letters(lead.panels)), "lead has a strip too narrow for a letter"


def test_reasons_speak_of_the_region_not_of_a_grid_point(lead):
    ks = lead.panels[0]
    (liquid, *_) = (r for r in ks.reasons if "liquid" in r.text)
    assert "above its melting line" in liquid.text
    assert "600.6 to " in liquid.text
    low, high = liquid.temperatures_k
    assert low == pytest.approx(600.6, rel=0.02)
    assert high == lead.temperatures.high
    assert liquid.pressures_gpa[0] == lead.pressures.low


def test_numbers_that_differ_become_ranges():
    same = ["at 3 K", "at 3 K"]
    assert common_text(same) == "at 3 K"
    assert common_text(["H2 at 3 K of 9", "H2 at 12.5 K of 9", "H2 at 7 K of 9"]) == (
        "H2 at 3 to 12.5 K of 9"
    )
    assert common_text(["other words", "at 3 K"]) == "other words"
    assert Label.refused("at 3 K").key == Label.refused("at 4 K").key
