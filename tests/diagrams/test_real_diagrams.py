"""Diagrams of real substances: each is drawn, says what its theories say, is plain JSON."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from isotunnel.diagrams import diagram, theory_names
from isotunnel.diagrams.choose import USUAL, choose_theories, theory_of
from isotunnel.errors import InputError
from isotunnel.matter import melting_temperature
from isotunnel.measured import find_row
from isotunnel.measured.points import KINDS, measured_points
from isotunnel.substances import substance
from isotunnel.theories.base import SUPERCONDUCTOR

NAMES = ("Al", "Pb", "Nb", "Cu", "Na", "Li", "Fe", "Si", "S", "Xe", "H2", "He", "H3S", "MgB2")
QUICK = ("bloch_grueneisen+allen_dynes",)


@pytest.mark.parametrize("name", NAMES)
def test_every_substance_has_a_diagram(name):
    found = diagram(name, QUICK)
    # NaN and infinity are no JSON.
    again = json.loads(json.dumps(found.as_dict(), allow_nan=False))
    assert again["name"] == name
    panel = found.panels[0]
    assert sum(panel.shares.values()) == pytest.approx(1)
    assert set(panel.shares) - {"cannot say"}, "not one state over the whole plane"
    assert panel.assumptions
    assert panel.references
    for line in found.lines:
        assert all(found.pressures.holds(p) for p in line.pressure_gpa)
        assert all(found.temperatures.holds(t) for t in line.temperature_k)


def test_a_diagram_says_what_its_theories_say():
    found = diagram("Pb")
    about = substance("Pb")
    rng = np.random.default_rng(3)
    assert [p.theory for p in found.panels] == [t.name for t in choose_theories(USUAL)]
    for theory, panel in zip(choose_theories(USUAL), found.panels, strict=True):
        wrong = 0
        for x, y in rng.random((25, 2)):
            p, t = found.pressures.value(x), found.temperatures.value(y)
            wrong += about.answer(theory, p, t).state != panel.state_at(p, t)
        assert wrong <= 1, theory.name


def test_tc_and_its_band_are_the_theory_s():
    panel = diagram("Nb", QUICK).panels[0]
    line = next(b for b in panel.boundaries if b.colder == SUPERCONDUCTOR)
    theory, about = theory_of("allen_dynes"), substance("Nb")
    for n in (0, len(line.pressure_gpa) // 2):
        tc = about.answer(theory, line.pressure_gpa[n], 100.0).tc_k
        assert line.temperature_k[n] == pytest.approx(tc.value, rel=5e-3)
        # No source states an error of niobium's coupling: no number, and no band.
        assert tc.error is None
        assert tc.error_unknown
        assert line.high_k[n] is None
    assert any("lambda_ep" in note and "no band" in note for note in panel.notes)


def test_a_band_is_drawn_where_every_error_is_known():
    known = substance("Nb")
    sure = tuple(
        replace(
            p,
            lambda_ep=replace(p.lambda_ep, error=0.05),
            omega_log_k=replace(p.omega_log_k, error=5.0),
            omega_2_k=None,
        )
        for p in known.phases[:1]
    )
    about = replace(known, phases=sure, phase_names=known.phase_names[:1])
    panel = diagram(about, QUICK, pressure=(0.0, 0.001), log_pressure=False).panels[0]
    line = next(b for b in panel.boundaries if b.colder == SUPERCONDUCTOR)
    tc = about.answer(theory_of("allen_dynes"), 0.0, 100.0).tc_k
    assert tc.error > 0
    assert line.high_k[0] == pytest.approx(tc.value + tc.error, rel=1e-2)


def test_melting_lines_are_matter_s():
    found = diagram("Al", QUICK)
    points = [
        (p, t)
        for line in found.lines
        if line.kind == "melting"
        for p, t in zip(line.pressure_gpa, line.temperature_k, strict=True)
    ]
    assert len(points) > 20
    for p, t in points[::10]:
        assert t == pytest.approx(melting_temperature("Al", p).temperature_k)


def test_measured_points_are_rows_of_the_tables():
    found = measured_points(("Pb",))
    assert {p.kind for p in found.points} >= {"tc", "tc_slope"}
    for point in found.points:
        row = find_row(point.row)
        assert point.source == row.source
        assert point.grade == row.grade
        assert point.kind in KINDS
    ambient = next(p for p in found.points if p.row.startswith("elements_ambient"))
    assert ambient.temperature_k == find_row(ambient.row)["tc_k"]
    slope = next(p for p in found.points if p.kind == "tc_slope")
    run = slope.pressure_end_gpa - slope.pressure_gpa
    assert (slope.temperature_end_k - slope.temperature_k) / run == pytest.approx(
        find_row(slope.row)["dtc_dp_k_per_gpa"]
    )


def test_theory_and_extrapolation_are_not_drawn_as_measured():
    for name in NAMES:
        found = measured_points((name, name.rstrip("2")))
        for point in found.points:
            row = find_row(point.row)
            if row.table == "insulator_metal_transitions":
                assert row["method"] == "experiment"
            if row.table == "hydrides_tc":
                assert row["kind"] in ("measured", "claimed")
    assert any("theory, not measured" in reason for reason in measured_points(("He",)).dropped)


def test_ranges_and_axes_are_obeyed():
    found = diagram(
        "Cu", QUICK, pressure=(5, 40), temperature=(10, 200), log_pressure=False,
        log_temperature=False,
    )  # fmt: skip
    assert (found.pressures.low, found.pressures.high, found.pressures.log) == (5, 40, False)
    assert (found.temperatures.low, found.temperatures.high) == (10, 200)
    assert found.panels[0].columns[0].pressure_gpa == 5


def test_names_of_theories():
    assert {"tunnel-spacing", "tunnel-ks", "bcs", "eliashberg"} <= set(theory_names())
    for name in (*theory_names(), *USUAL, "drude+eliashberg"):
        assert theory_of(name).name == name
    assert theory_of("eliashberg").tabulated
    for wrong in ("foo", "bcs+drude", "tunnel-ks+bcs", "drude+", ""):
        with pytest.raises(InputError):
            theory_of(wrong)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"name": "Aluminim"}, "did you mean Al"),
        ({"name": "Al", "theories": ["tunnel"]}, "unknown theory"),
        ({"name": "Al", "pressure": (0, 1001)}, "above 1000 GPa"),
        ({"name": "Al", "pressure": (50, 20)}, "lower end first"),
        ({"name": "Al", "temperature": (-5, 300)}, "kelvin"),
    ],
)
def test_bad_input_is_reported_in_one_line(arguments, words):
    with pytest.raises(InputError, match=words) as told:
        diagram(**arguments)
    assert "\n" not in str(told.value)


def test_a_theory_without_data_says_so_all_over():
    # Reading ks has no scan of iron's dense phase, nor of any made-up one.
    found = diagram("B", ["tunnel-ks"])
    assert found.panels[0].shares == {"cannot say": pytest.approx(1)}
    assert found.panels[0].reasons[0].text
    # A substance that isotunnel.matter does not know has no conventional lines, and a note.
    assert found.phases is None
    assert any("no conventional phase lines" in note for note in found.notes)
