"""The figure and the page: words inside their regions, legend and sources complete."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from isotunnel.diagrams import diagram
from isotunnel.errors import InputError
from isotunnel.measured.points import MeasuredPoint
from isotunnel.report import write_diagram
from isotunnel.report.figures.diagram.caption import letters
from isotunnel.report.figures.diagram.figure import diagram_figure
from isotunnel.report.figures.diagram.labels import CELLS, Room, regions
from isotunnel.report.figures.diagram.points import place_of
from isotunnel.report.figures.diagram.style import LINES, LOOKS, MARKS
from isotunnel.report.page.diagram import diagram_page


@pytest.fixture(scope="module")
def lead():
    return diagram("Pb", ["bloch_grueneisen+allen_dynes", "bloch_grueneisen+bcs"])


def test_axes_have_units_and_panels_are_shared(lead):
    figure = diagram_figure(lead)
    assert len(figure.axes) == 2
    for axis in figure.axes:
        assert axis.get_xlabel().startswith("pressure (GPa)")
        assert axis.get_xlim() == (lead.pressures.low, lead.pressures.high)
        assert axis.get_ylim() == (lead.temperatures.low, lead.temperatures.high)
    assert figure.axes[0].get_ylabel() == "temperature (K)"


def test_states_are_written_in_their_regions(lead):
    figure = diagram_figure(lead)
    for axis, panel in zip(figure.axes, lead.panels, strict=True):
        words = {t.get_text(): t.get_position() for t in axis.texts}
        for state, word in (("superconductor", "superconducting"), ("metal", "conducting*")):
            x, y = words[word]
            assert panel.state_at(lead.pressures.value(x), lead.temperatures.value(y)) == state


def test_the_legend_has_all_that_is_drawn_and_covers_no_panel(lead):
    figure = diagram_figure(lead)
    figure.canvas.draw()
    legend = figure.legends[0]
    told = {t.get_text() for t in legend.get_texts()}
    assert {"superconducting", "conducting", "melting, estimated", "Tc, measured"} <= told
    box = legend.get_window_extent()
    for axis in figure.axes:
        assert not box.overlaps(axis.get_window_extent())


def test_words_keep_to_their_region_and_off_each_other():
    rng = np.random.default_rng(0)
    for _ in range(20):
        room = Room.empty()
        region = np.zeros((CELLS, CELLS), dtype=bool)
        i, j = rng.integers(0, CELLS // 2, 2)
        region[j : j + 40, i : i + 40] = True
        taken = []
        for n in range(3):
            found = room.place(f"w{n}", "", region, 0.3, 0.06)
            if found is None:
                continue
            w, h = (0.06, 0.3) if found.vertical else (0.3, 0.06)
            box = (found.x - w / 2, found.x + w / 2, found.y - h / 2, found.y + h / 2)
            assert i / CELLS - 0.02 < box[0]
            assert box[1] < (i + 40) / CELLS + 0.02
            for other in taken:
                apart = box[1] <= other[0] or other[1] <= box[0]
                assert apart or box[3] <= other[2] + 0.01 or other[3] <= box[2] + 0.01
            taken.append(box)
        assert taken
    assert Room.empty().place("too long", "", np.zeros((CELLS, CELLS), bool), 0.3, 0.1) is None


def test_regions_are_connected_and_sorted():
    grid = [["a"] * CELLS for _ in range(CELLS)]
    for n in range(10):
        grid[n][:10] = ["b"] * 10
        grid[-1 - n][-5:] = ["b"] * 5
    found = regions(grid, 0.001)
    assert [key for key, _ in found] == ["a", "b", "b"]
    assert [int(mask.sum()) for _, mask in found] == [CELLS**2 - 150, 100, 50]


def test_points_beyond_the_axes_stay_out_or_move_to_the_edge(lead):
    point = next(p for p in lead.points if p.kind == "tc")
    assert place_of(point, lead) == (lead.pressures.low, point.temperature_k)
    assert place_of(replace(point, pressure_gpa=900.0), lead) is None
    assert place_of(replace(point, temperature_k=1e4), lead) is None
    assert place_of(replace(point, temperature_k=1e-6), lead)[1] == lead.temperatures.low
    assert place_of(replace(point, temperature_k=None), lead)[1] < lead.temperatures.high


def test_every_kind_of_point_and_line_has_a_look(lead):
    from isotunnel.measured.points import KINDS

    assert set(MARKS) == set(KINDS)
    assert {(line.kind, line.quality) for line in lead.lines} <= set(LINES)
    assert len({look.fill for look in LOOKS.values()}) == len(LOOKS)
    every = tuple(
        MeasuredPoint(kind, 3.0, 5.0 if kind == "tc_slope" else None, 20.0,
                      30.0 if kind == "tc_slope" else None, 1.0, kind, "row:1", "source", "A")
        for kind in KINDS
    )  # fmt: skip
    figure = diagram_figure(replace(lead, points=every))
    told = {t.get_text() for t in figure.legends[0].get_texts()}
    assert {mark.words for mark in MARKS.values()} <= told


def test_each_reason_has_its_letter(lead):
    marks = letters(lead.panels)
    assert set(marks.values()) <= set("abcdefghijklmnopqrstuvwxyz")
    assert marks


def test_files_are_written_and_the_page_loads_nothing(lead, tmp_path):
    found = write_diagram(
        lead,
        png=tmp_path / "a" / "x.png",
        svg=tmp_path / "x.svg",
        html=tmp_path / "x.html",
        json_path=tmp_path / "x.json",
    )
    assert found.png.read_bytes().startswith(b"\x89PNG")
    page = found.html.read_text("utf-8")
    assert page.count("<svg") == len(lead.panels) + 1
    assert not re.findall(r'(?:src|href)="(?!data:|#)[^"]+"', page.split("<main>")[0])
    for point in lead.points:
        assert point.row in page
    for panel in lead.panels:
        assert panel.assumptions[0][:40].replace("'", "&#x27;") in page
    again = write_diagram(lead, svg=tmp_path / "y.svg")
    assert again.png is None
    assert again.svg.read_bytes() == found.svg.read_bytes()


def test_a_file_that_cannot_be_written_is_reported(lead, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError):
        write_diagram(lead, json_path=tmp_path / "file" / "x.json")


def test_words_of_the_tables_are_escaped_in_the_page(lead):
    odd = "<script>x</script>"
    panel = replace(lead.panels[0], title=odd, inputs=None, notes=(odd,))
    point = replace(lead.points[0], label=odd, source=odd, note=odd)
    made = replace(lead, name=odd, panels=(panel,), notes=(odd,), points=(point,))
    page = diagram_page(made)
    assert odd not in page
    assert "<script>x" not in page
    assert "This theory does not tell what was put into it." in page
    # The page's head and title, the theory's titles, notes, and the three words of the point.
    assert page.count("&lt;script&gt;x") >= 10
