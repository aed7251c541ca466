"""What a diagram must not paint as known: superconductivity left open, and what is extrapolated."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_up_theories import below, substance
from matplotlib.collections import PolyCollection

from isotunnel.diagrams import diagram
from isotunnel.diagrams.combined import NOTHING_SUPERCONDUCTS_ABOVE_K, Combined
from isotunnel.diagrams.label import is_extrapolated, state_of_key
from isotunnel.diagrams.theory_plane import CANNOT_SAY
from isotunnel.report.figures.diagram.figure import diagram_figure
from isotunnel.report.figures.diagram.style import EXTRAPOLATED_HATCH, HATCH
from isotunnel.schemas import document
from isotunnel.schemas.diagram import Panel
from isotunnel.substances import substance as of_catalogue
from isotunnel.theories import rival, theory
from isotunnel.theories.base import METAL, SUPERCONDUCTOR

UNKNOWN = ("Sn", "Cd", "In")
"""Substances whose panels said "conducting" down to 0 K, for want of a coupling."""


def combined() -> Combined:
    return Combined(rival("bloch_grueneisen"), rival("allen_dynes"))


def blinded(name: str):
    """A superconductor of which nothing is known that pairing theories could start from."""
    known = of_catalogue(name)
    phases = tuple(replace(p.without_tc(), lambda_ep=None, spectrum=None) for p in known.phases)
    return replace(known, phases=phases)


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_metal_of_which_no_tc_is_known_is_not_called_conducting_when_cold(name):
    about = blinded(name)
    for t in (0.0, 1.0, 77.0, NOTHING_SUPERCONDUCTS_ABOVE_K - 1):
        cold = about.answer(combined(), 0.0, t)
        assert cold.state is None
        assert "superconductivity unknown" in cold.state_reason
    warm = about.answer(combined(), 0.0, NOTHING_SUPERCONDUCTS_ABOVE_K)
    assert warm.state == METAL
    # What the normal half knows is still told.
    if about.answer(rival("bloch_grueneisen"), 0.0, 77.0).rho_uohm_cm.cannot_say is None:
        assert about.answer(combined(), 0.0, 77.0).rho_uohm_cm.value > 0


def test_the_panel_hatches_it():
    about = blinded("Sn")
    made = diagram(about, [combined()], pressure=(0.0, 5.0), temperature=(0.5, 400.0))
    panel = made.panels[0]
    assert panel.state_at(1.0, 20.0) is None
    assert panel.state_at(1.0, 350.0) == METAL
    assert panel.shares[CANNOT_SAY] > 0.5
    assert any("superconductivity unknown" in reason.text for reason in panel.reasons)
    drawn = {c.get_hatch() for a in diagram_figure(made).axes for c in a.collections}
    assert HATCH in drawn


def test_what_is_known_stays_known():
    lead = of_catalogue("Pb").answer(combined(), 0.0, 20.0)
    assert lead.state == METAL
    assert of_catalogue("Pb").answer(combined(), 0.0, 2.0).state == SUPERCONDUCTOR


def test_extrapolated_parts_are_regions_of_their_own_and_hatched():
    carried_on = replace(below(lambda _p: 60.0), carried_on_above_gpa=30.0)
    made = diagram(substance(), [carried_on], pressure=(0.0, 90.0), temperature=(1.0, 120.0))
    panel = made.panels[0]
    told = ((10.0, 20.0, SUPERCONDUCTOR), (60.0, 20.0, SUPERCONDUCTOR), (60.0, 99.0, METAL))
    for p, t, state in told:
        label = panel.label_at(p, t)
        assert label.state == state == state_of_key(label.key)
        assert label.extrapolated == (p > 30.0) == is_extrapolated(label.key)
    assert panel.shares.keys() == {SUPERCONDUCTOR, METAL}
    columns = document(Panel, panel)["columns"]
    assert columns[0]["extrapolated"] == [False, False]
    assert columns[-1]["extrapolated"] == [True, True]
    figure = diagram_figure(made)
    regions = [c for a in figure.axes for c in a.collections if isinstance(c, PolyCollection)]
    assert {c.get_hatch() for c in regions} == {None, EXTRAPOLATED_HATCH}
    words = [t.get_text() for t in figure.legends[0].get_texts()]
    assert any("extrapolated" in w for w in words)


def test_the_tunnel_theory_says_where_it_extrapolates():
    """The blue region of iron lies beyond the volumes of its scan."""
    iron, reading = of_catalogue("Fe"), theory("tunnel-ks")
    told = set()
    for p in (0.0, 12.0, 30.0, 100.0, 200.0, 300.0):
        answer = iron.answer(reading, p, 10.0)
        if answer.state is None:
            continue
        told.add(answer.extrapolated)
        assert answer.extrapolated == any("beyond the scan" in note for note in answer.notes)
    assert True in told
