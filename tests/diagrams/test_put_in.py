"""What was put into a theory is told apart from what comes out of it, for every theory alike."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from made_up_theories import Rule, substance, volume

from isotunnel.diagrams import diagram
from isotunnel.diagrams.axes import Axis
from isotunnel.diagrams.build import panel
from isotunnel.diagrams.calibration_marks import is_input
from isotunnel.report import write_diagram
from isotunnel.report.figures.diagram.figure import diagram_figure
from isotunnel.report.figures.diagram.given import RING_WORDS, STAR_WORDS, put_in_notes, rings
from isotunnel.substances import substance as known_substance
from isotunnel.theories import RIVALS, TUNNEL_THEORIES, MaterialData, Parameter
from isotunnel.theories.base import INSULATOR, METAL
from isotunnel.theories.calibration import Calibrated, PutIn

AXES = Axis(0.01, 90.0, True), Axis(0.1, 1000.0, True)


@dataclass(frozen=True)
class Telling(Rule):
    """A made-up theory that tells its inputs."""

    told: tuple[PutIn, ...] = ()

    def put_in(self, _material: MaterialData) -> tuple[PutIn, ...]:
        return self.told


def item(kind="tc", pressure=3.0, end=None, temperature=20.0, error=None):
    return PutIn(kind, pressure, end, temperature, error, f"{kind} was put in", "a source")


@pytest.fixture(scope="module")
def hydride():
    return diagram("H3S")


def test_every_theory_of_the_package_tells_what_was_put_in():
    for theory in (*TUNNEL_THEORIES, *RIVALS):
        assert isinstance(theory, Calibrated), theory.name


def test_at_its_anchor_a_theory_returns_its_anchor(hydride):
    point = next(p for p in hydride.points if p.temperature_k == 203)
    for name in ("tunnel-spacing", "bloch_grueneisen+bcs"):
        found = hydride.panel(name)
        assert hydride.prediction(found, point) == "Tc = 203 K (put in)"
        assert found.critical_at(point.pressure_gpa).value == pytest.approx(203, rel=1e-6)
    predicted = hydride.prediction(hydride.panel("bloch_grueneisen+allen_dynes"), point)
    assert "put in" not in predicted
    assert "error unknown" in predicted
    told = next(p for p in hydride.as_dict()["measured"] if p["temperature_k"] == 203)
    assert told["put_into"] == ["tunnel-spacing", "bloch_grueneisen+bcs"]
    # The other measured point was put into none.
    other = next(p for p in hydride.points if p.temperature_k == 183)
    assert not any("put in" in hydride.prediction(q, other) for q in hydride.panels)


def test_room_pressure_on_a_logarithmic_axis_is_the_anchor_too():
    found = diagram("Pb", ["tunnel-spacing", "bcs"])
    assert found.pressures.log
    point = next(p for p in found.points if p.kind == "tc")
    assert [found.prediction(q, point) for q in found.panels] == ["Tc = 7.2 K (put in)"] * 2
    slope = next(p for p in found.points if p.kind == "tc_slope")
    # The slope was not put in: the two theories differ in its sign.
    said = [found.prediction(q, slope) for q in found.panels]
    assert said[0].startswith("dTc/dP = 300 K/GPa")
    assert said[1].startswith("dTc/dP = -0.3")


def test_nothing_electrical_goes_into_a_reading(hydride):
    assert hydride.panel("tunnel-ks").inputs == ()
    assert any("tunnel-ks: nothing electrical" in note for note in put_in_notes(hydride))


def test_a_parameter_fitted_to_tc_is_reported():
    found = diagram("S", ["bloch_grueneisen+allen_dynes", "bloch_grueneisen+bcs"])
    point = next(p for p in found.points if p.temperature_k == 17)
    fitted, silent = (found.prediction(q, point) for q in found.panels)
    assert fitted.endswith("(fitted to it)")
    assert silent == "cannot say"
    kinds = {i.kind for _, i in found.panels[0].inputs}
    assert kinds == {"insulator", "metal", "parameter"}


def test_states_taken_as_given_are_starred_and_others_not():
    found = diagram("Si", ["tunnel-ks", "bloch_grueneisen+bcs"])
    figure = diagram_figure(found)
    ours, theirs = ({t.get_text() for t in axis.texts} for axis in figure.axes)
    assert any(word.endswith("*") for word in theirs)
    assert not any(word.endswith("*") for word in ours)
    assert STAR_WORDS in {t.get_text() for t in figure.legends[0].get_texts()}
    standard = found.panels[1]
    assert standard.state_put_in(INSULATOR, 5.0)
    assert not standard.state_put_in(INSULATOR, 30.0)
    assert standard.state_put_in(METAL, 30.0)


def test_a_theory_of_a_user_that_predicts_nothing_is_reported(tmp_path):
    silent = panel(Rule(lambda _p, _t: (METAL, "", None)), substance(), *AXES)
    assert silent.inputs is None
    found = replace(diagram("Pb", ["bcs"]), panels=(silent,))
    assert put_in_notes(found) == ["put into made-up: it does not tell"]
    page = write_diagram(found, html=tmp_path / "x.html").html.read_text("utf-8")
    assert "does not tell what was put into it" in page


def test_every_input_has_a_ring_and_one_without_a_mark_a_cross():
    lead = diagram("Pb", ["bcs"])
    theory = Telling(lambda _p, _t: (METAL, "", None), told=(item(), item("tc", 0.0, None, 7.2)))
    made_up = panel(theory, substance(), lead.pressures, lead.temperatures)
    found = replace(lead, panels=(made_up,))
    places = rings(found, made_up)
    assert sorted((p, t, marked) for p, t, marked in places) == [
        (lead.pressures.low, 7.196, True),
        (3.0, 20.0, False),
    ]
    figure = diagram_figure(found)
    assert RING_WORDS in {t.get_text() for t in figure.legends[0].get_texts()}
    none = replace(made_up, inputs=())
    bare = diagram_figure(replace(lead, panels=(none,)))
    assert RING_WORDS not in {t.get_text() for t in bare.legends[0].get_texts()}


@pytest.mark.parametrize(
    ("given", "same"),
    [
        (item("tc", 0.0, None, 7.2), True),
        (item("tc", 0.05, None, 7.1), True),
        (item("tc", 0.0, None, 8.0), False),
        (item("tc", 2.0, None, 7.2), False),
        (item("transition", 0.0, None, 7.2), False),
        (item("metal", 0.0, 90.0, None), False),
        (item("parameter", 0.0, None, 7.2), True),
        (item("parameter", 0.0, None, None), False),
    ],
)
def test_an_input_is_a_measured_point_of_its_kind_at_its_place(given, same):
    point = next(p for p in diagram("Pb", ["drude"]).points if p.kind == "tc")
    assert is_input(given, point) is same


def test_tables_and_page_list_the_inputs(hydride, tmp_path):
    page = write_diagram(hydride, html=tmp_path / "x.html").html.read_text("utf-8")
    assert "What was put in, and is not predicted" in page
    assert "Tc = 203 K (put in)" in page
    for q in hydride.panels:
        for _, given in q.inputs:
            assert given.words in page


def test_at_a_pressure_that_is_asked_nothing_is_interpolated():
    steep = Rule(lambda p, t: ("superconductor" if t < 1e4 * (p - 33.3) + 5 else "metal", "", None))
    asked = panel(steep, substance(), *AXES, asked=[33.3])
    labels, cuts = asked.cuts_at(33.3)
    assert [label.state for label in labels] == ["superconductor", "metal"]
    assert AXES[1].place(cuts[0]) == pytest.approx(AXES[1].place(5.0), abs=1e-3)


def test_gaps_and_metals_of_a_material():
    gapped = MaterialData("X", volume=volume, band_gap_ev=Parameter(2.0, "measured: x"))
    for theory in RIVALS:
        if hasattr(theory, "tc"):
            kinds = [i.kind for i in theory.put_in(gapped)]
            assert kinds in ([], ["insulator"]), theory.name
        else:
            assert theory.put_in(gapped) == ()
    metal = replace(gapped, band_gap_ev=None)
    drude = next(t for t in RIVALS if t.name == "drude")
    assert [i.kind for i in drude.put_in(metal)] == ["metal"]
    xenon = known_substance("Xe").phases[0]
    assert all(i.kind == "insulator" for i in RIVALS[2].put_in(xenon))
