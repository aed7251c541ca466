"""Known trends: where gaps open and close, the page and its sentences."""

from __future__ import annotations

import json
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isotunnel import atlas
from isotunnel.errors import CannotSay
from isotunnel.evidence.sources import Sources
from isotunnel.report.figures.trends import draw_trends, gaps_figure
from isotunnel.studies.trends import Trend, known_trends
from isotunnel.studies.trends.known import closing, opening, xenon_hcp
from isotunnel.studies.trends.result import Span
from isotunnel.studies.trends.xenon import gap_at

PRESSURES = np.arange(0.0, 101.0, 10.0)


@pytest.fixture(scope="module")
def trends():
    return known_trends()


def about(trends, substance, words):
    return next(t for t in trends if t.substance == substance and words in t.title)


@given(st.floats(15.0, 95.0))
def test_a_straight_gap_closes_where_it_does(closed):
    """The gap of a metal is zero, not negative, and does not pull the crossing."""
    found = closing(PRESSURES, np.maximum(closed - PRESSURES, 0.0) * 0.05)
    assert found.value == pytest.approx(closed)
    assert found.low <= closed <= found.high


@given(st.floats(5.0, 85.0))
def test_a_straight_gap_opens_where_it_does(opened):
    found = opening(PRESSURES, np.maximum(PRESSURES - opened, 0.0) * 0.05)
    assert found.value == pytest.approx(opened)
    assert found.low <= opened <= found.high


def test_a_gap_that_falls_ever_faster_is_kept_between_its_points():
    assert closing(np.array([0.0, 10, 20]), np.array([1.0, 0.9, 0.0])) == Span(20.0, 10.0, 20.0)
    assert closing(np.array([0.0, 10]), np.array([1.0, 0.0])) == Span(None, 0.0, 10.0)


@pytest.mark.parametrize("gaps", [[1.0, 0.5], [0.0, 0.0], [0.0, 0.5], [0.5, 0.0, 0.5]])
def test_a_gap_that_does_not_close_says_so(gaps):
    with pytest.raises(CannotSay, match="does not close"):
        closing(PRESSURES[: len(gaps)], np.array(gaps))


def test_a_gap_that_does_not_open_says_so():
    with pytest.raises(CannotSay, match="no gap opens"):
        opening(PRESSURES[:2], np.array([1.0, 2.0]))


def test_a_crystal_without_a_scan_is_reported():
    def nothing(name):
        raise CannotSay(f"no scan of {name}")

    silent = known_trends(Sources(scan=nothing))
    assert len(silent) == 7
    assert all("atlas" in t.cannot_say and t.shown is None for t in silent)


def test_hydrogen_is_looked_up_as_soon_as_it_is_scanned():
    """With silicon, whose gap falls, and aluminium, a metal, in place of both forms."""
    stand_in = {"H2@5.4GPa": "Si", "H-I41amd@500GPa": "Al"}
    found = known_trends(Sources(scan=lambda name: atlas.scan_of(stand_in.get(name, name))))
    molecular, atomic = found[-2:]
    assert (molecular.substance, molecular.shown) == ("H₂", True)
    assert molecular.computed.value < 0
    assert (atomic.substance, atomic.shown, atomic.computed.value) == ("H", True, 0.0)


def test_deviation_is_from_the_middle_of_what_is_known():
    trend = Trend("X", "x", "GPa", Span(110.0, 100, 120), Span(None, 90.0, 110.0), True)
    assert trend.deviation == pytest.approx(0.1)
    assert Trend.silent("X", "x", "why").deviation is None


def test_every_trend_that_is_looked_for_is_shown(trends):
    looked = [t for t in trends if t.shown is not None]
    assert {t.substance for t in looked} >= {"Xe", "Na", "He", "H3S"}
    assert all(t.shown for t in looked)


def test_numbers_beside_known_ones_are_near_them(trends):
    beside = [t for t in trends if t.deviation is not None]
    assert len(beside) >= 5
    for trend in beside:
        assert abs(trend.deviation) < 0.3, trend.title
        assert len(trend.rows) >= 2, trend.title


def test_what_the_page_says_of_xenon_is_so(trends):
    """Late in the cubic structure, early in the hexagonal one, at the right volume."""
    cubic, hexagonal = about(trends, "Xe", "(fcc)"), about(trends, "Xe", "hexagonal")
    assert cubic.computed.low > cubic.known.high
    assert hexagonal.computed.high < hexagonal.known.low
    assert abs(about(trends, "Xe", "volume").deviation) < 0.03


def test_what_the_page_says_of_helium_is_so(trends):
    lifting = about(trends, "He", "lifting gap").computed.value
    band = about(trends, "He", "change of its Kohn-Sham gap").computed.value
    assert lifting / band == pytest.approx(10, abs=2)
    scan = atlas.scan_of("He")
    crossed = about(trends, "He", "spanning tunnel").computed.value
    there = np.interp(crossed, np.sort(scan.pressures_gpa), np.sort(scan.band_gaps_ev)[::-1])
    assert there == pytest.approx(18, abs=0.5)


def test_hexagonal_xenon_has_the_smaller_gap():
    pressures, gaps = xenon_hcp()
    scan = atlas.scan_of("Xe")
    order = np.argsort(scan.pressures_gpa)
    cubic = np.interp(pressures, scan.pressures_gpa[order], scan.band_gaps_ev[order])
    assert np.all(gaps < cubic)


def test_the_figure_has_a_panel_per_scan(trends, tmp_path):
    figure = gaps_figure(trends)
    assert len(figure.axes) >= 3
    assert all("(GPa)" in ax.get_xlabel() and "(eV)" in ax.get_ylabel() for ax in figure.axes)
    drawn = draw_trends(trends, tmp_path)["gaps"]
    assert {p.suffix for p in drawn.values()} == {".png", ".svg"}
    assert all(p.stat().st_size > 5000 for p in drawn.values())


@pytest.mark.slow
@pytest.mark.dft
def test_a_point_of_hexagonal_xenon_computed_again_agrees():
    pytest.importorskip("gpaw")
    path = files("isotunnel.studies.trends").joinpath("data/xenon_hcp.json")
    packed = json.loads(path.read_text(encoding="utf-8"))["points"][2]
    point, _, _ = gap_at(packed["volume_per_atom_angstrom3"])
    assert point["band_gap_ev"] == pytest.approx(packed["band_gap_ev"], abs=5e-3)
    assert point["pressure_gpa"] == pytest.approx(packed["pressure_gpa"], abs=0.5)
