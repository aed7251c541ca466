"""The spacing tests over the measured tables: rows traced, flipped worlds, figures."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from isotunnel import measured
from isotunnel.errors import InputError
from isotunnel.matter import material, solid_state
from isotunnel.measured import Row
from isotunnel.studies.spacing import TESTS, measured_collapse, measured_isochores, spacing_tests


@pytest.fixture(scope="module")
def tests():
    return {t.id: t for t in spacing_tests()}


def changed(name, change):
    """The measured tables, with one whose rows pass through ``change`` (None drops a row)."""

    def tables(wanted):
        table = measured.table(wanted)
        if wanted != name:
            return table
        rows = []
        for row in table:
            cells = change(dict(row.values_by_name))
            if cells is not None:
                rows.append(Row(row.table, cells, row.units))
        return replace(table, rows=tuple(rows))

    return tables


def test_all_run_in_order_and_by_id(tests):
    assert list(tests) == list(TESTS) == ["T1", "T2", "T3", "T4", "T5"]
    assert [t.id for t in spacing_tests(["t5", "T2"])] == ["T2", "T5"]
    with pytest.raises(InputError, match="unknown test 'T6'; known: T1, T2"):
        spacing_tests(["T6"])


@pytest.mark.parametrize("name", TESTS)
def test_every_row_is_traced_to_a_source(tests, name):
    test = tests[name]
    assert len(test.rows) >= 10
    assert test.used
    used, dropped = ({r.row for r in rows} for rows in (test.used, test.dropped))
    assert not used & dropped
    assert len(used) == len(test.used)
    for ref in test.used:
        assert ref.source
        if ref.table == "matter":
            assert material(ref.row.removeprefix("matter:")).name in ref.label
        else:
            assert measured.find_row(ref.row).source == ref.source
    for gone in test.dropped:
        assert gone.reason
        measured.find_row(gone.row)
    json.dumps(test.as_dict(), allow_nan=False)
    assert "/work" not in json.dumps(test.as_dict())


@pytest.mark.parametrize(
    ("name", "tables"),
    [
        ("T1", ["pressure_coefficient", "resistivity_vs_temperature"]),
        ("T2", ["dtc_dp"]),
        ("T3", ["isotope_effect"]),
        ("T4", ["resistivity_vs_temperature"]),
        ("T5", ["insulator_metal_transitions", "pressure_coefficient"]),
    ],
)
def test_every_row_of_the_tables_is_used_or_dropped_with_a_reason(tests, name, tables):
    told = {r.row for r in (*tests[name].used, *tests[name].dropped)}
    rows = {r.id for table in tables for r in measured.table(table)}
    assert rows - told == set()


def test_signs_follow_the_table():
    def up(cells):
        return {**cells, "sign": "rises"}

    def down(cells):
        return {**cells, "sign": "falls"}

    assert measured_isochores(changed("dtc_dp", up)).statistic("rising").value == 1.0
    assert measured_isochores(changed("dtc_dp", down)).statistic("rising").value == 0.0


def test_a_measured_coefficient_that_collapses_is_found_to(tests):
    """The table rewritten with the coefficients that volume alone demands."""
    demanded = {r.name: r.predicted_squeeze_per_gpa.value for r in tests["T1"].rows}

    def change(cells):
        if cells["material"] not in demanded or cells["scope"] != "initial":
            return None
        numbers = {"dlnr_dp_per_gpa": demanded[cells["material"]], "temperature_k": 293.0}
        return {**cells, **numbers, "dlnr_dp_per_gpa_error": 0.05, "sign": "falls", "basis": None}

    test = measured_collapse(changed("pressure_coefficient", change))
    assert len(test.rows) >= 10
    assert test.statistic("ratio_median").value == pytest.approx(1.0, abs=1e-3)
    assert test.statistic("sign_agreement").value == 1.0
    assert test.statistic("log_ratio").p_value > 0.5


def test_coefficients_of_resistivity_are_turned_into_those_of_resistance():
    """d ln R / dP = d ln rho / dP + 1/(3K): the derivative by volume is K times what is printed."""

    def change(cells):
        numbers = {"dlnr_dp_per_gpa": -0.0204, "temperature_k": 293.0, "scope": "initial"}
        return {**cells, **numbers, "sign": "falls", "basis": "resistivity", "grade": "A"}

    test = measured_collapse(changed("pressure_coefficient", change))
    copper = next(r for r in test.rows if r.name == "Cu")
    k = solid_state("Cu", 0.0, 293.0).bulk_modulus_gpa
    assert copper.squeezing.value == pytest.approx(0.0204 * k)

    def inferred(cells):
        return {**change(cells), "grade": "C"}

    wider = measured_collapse(changed("pressure_coefficient", inferred))
    again = next(r for r in wider.rows if r.name == "Cu")
    assert again.squeezing.value == pytest.approx(copper.squeezing.value)
    assert again.squeezing.error > 2 * copper.squeezing.error


def test_rows_known_to_be_weak_judge_nothing():
    def weak(cells):
        return {**cells, "grade": "D"}

    test = measured_isochores(changed("dtc_dp", weak))
    assert test.rows == ()
    assert len(test.dropped) == len(measured.table("dtc_dp"))


def test_the_isochore_of_lead_is_that_of_its_equation_of_state(tests):
    """Electrons add to the Debye solid's thermal pressure, so the slope is at most 1/(K beta)."""
    row = next(r for r in tests["T2"].rows if r.name == "Pb")
    state = solid_state("Pb", 0.0, row.tc_k.value)
    bare = 1 / (state.expansion_per_k * state.bulk_modulus_gpa)
    assert 0.5 * bare < row.predicted.value <= bare * (1 + 1e-9)
    # Volume alone sets ratio 1; what enters besides is not more than orders of magnitude off.
    assert row.ratio.value == pytest.approx(row.measured.value / row.predicted.value)


def test_inputs_agree_with_what_is_known(tests):
    """Temperature coefficients of copper and nickel, and the heat of copper, by handbooks."""
    t1 = {r.name: r for r in tests["T1"].rows}
    copper = solid_state("Cu", 0.0, 293.0)
    # Copper's coefficient is 3.93e-3 per kelvin at 293 K (International Annealed Copper Standard).
    assert t1["Cu"].heating.value * copper.expansion_per_k == pytest.approx(3.93e-3, rel=0.03)
    t4 = {r.name: r for r in tests["T4"].rows}
    assert t4["Cu"].hop.value == pytest.approx(2.556, abs=0.02)
    assert t4["Na"].hop.value == pytest.approx(3.716, abs=0.05)


def test_figures_are_drawn_and_follow_the_data(tests, tmp_path):
    pytest.importorskip("matplotlib")
    from isotunnel.report.figures.spacing.figure import draw_spacing

    written = draw_spacing(list(tests.values()), tmp_path / "s")
    assert list(written) == ["t1", "t2", "t3", "t4", "t5"]
    for forms in written.values():
        assert forms["png"].stat().st_size > 10_000
    text = written["t5"]["svg"].read_text(encoding="utf-8")
    assert ">Na<" in text
    assert "mathdefault" not in text
    empty = [replace(tests["T1"], rows=())]
    assert draw_spacing(empty, tmp_path / "e") == {}


def test_a_figure_of_one_row_is_drawn_too(tests):
    pytest.importorskip("matplotlib")
    from isotunnel.report.figures.spacing import resistivity as r
    from isotunnel.report.figures.spacing import superconductors as s

    makers = (r.collapse_figure, s.isochore_figure, s.isotope_figure, r.ohm_figure)
    for test, make in zip(tests.values(), (*makers, r.reentrant_figure), strict=True):
        figure = make(replace(test, rows=test.rows[:1]))
        assert figure.axes[0].has_data()


def test_slopes_that_agree_without_an_error_have_none():
    """Two papers without errors gave their spread as one, and zero where they agreed."""

    def without(cells):
        cells["dtc_dp_k_per_gpa_error"] = cells["dlntc_dp_per_gpa_error"] = None
        return cells

    rows = {r.name: r for r in measured_isochores(changed("dtc_dp", without)).rows}
    assert sum(r.measured is not None for r in rows.values()) > 10
    assert all(r.measured.error is None for r in rows.values() if r.measured)
    known = [r for r in measured_isochores().rows if r.measured and r.measured.error is not None]
    assert len(known) > 3


def test_no_bar_where_no_error_is_known(tests):
    pytest.importorskip("matplotlib")
    from isotunnel.report.figures.spacing.superconductors import isotope_figure

    row = next(r for r in tests["T3"].rows if r.alpha.error and not r.partial)
    bare = replace(row, name="bare", alpha=replace(row.alpha, error=None))
    figure = isotope_figure(replace(tests["T3"], rows=(row, bare)))
    (bars,) = (c for c in figure.axes[0].collections if len(c.get_segments()) == 2)
    lengths = [abs(s[1][0] - s[0][0]) if len(s) == 2 else 0.0 for s in bars.get_segments()]
    drawn = [x for x in lengths if x == x and x > 0]
    assert drawn == [pytest.approx(2 * row.alpha.error)]
    assert any(not (s == s).all() for s in bars.get_segments() if len(s) == 2) or len(drawn) == 1
    assert "no bar" in figure.axes[0].get_title()
