"""The shipped table of networking values keeps the laws it must, and is fresh."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from isotunnel import measured
from isotunnel.errors import CannotSay, InputError
from isotunnel.studies.hydrides.arrangements import computed_arrangements
from isotunnel.studies.hydrides.compare import comparisons
from isotunnel.studies.hydrides.entries import hydride_entries
from isotunnel.studies.hydrides.known import measured_cases
from isotunnel.studies.hydrides.structures import HydrideStructure, NotBuilt, build
from isotunnel.studies.hydrides.table import HydrideTable, hydride_table, read_table
from isotunnel.studies.hydrides.table_files import STATUS, table_files
from isotunnel.theories.hydrides.networks import estimate_tc

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def table() -> HydrideTable:
    return hydride_table()


def test_every_entry_has_one_row_and_a_reason_where_there_are_no_values(table):
    assert sorted(r.id for r in table.rows) == sorted(e.id for e in hydride_entries())
    assert set(table.counts()) <= set(STATUS)
    assert len(table.computed) > 30
    for row in table.rows:
        assert row.computed != bool(row.reason)
        assert row.source


def test_the_copy_for_people_without_us_is_the_same(table):
    copy = ROOT / "docs" / "data" / "hydride_networking_values.csv"
    assert copy.read_text(encoding="utf-8") == table.text


def test_networking_values_obey_their_definitions(table):
    checked = 0
    for row in table.computed:
        phi, phi_star = row.get("phi"), row.get("phi_star")
        elf = [row.get(f"threshold_gpaw_elf_{d}d") for d in (1, 2, 3)]
        if isinstance(phi, float):
            assert 0 < phi < 1
            assert phi == elf[2]
            assert elf[0] >= elf[1] - 1e-6 >= elf[2] - 2e-6
            # Where the network's hydrogens join each other it cannot be later than phi.
            assert isinstance(phi_star, float)
            assert 0 < phi_star < 1
            checked += 1
        share = row.get("h_dos")
        assert share is None or 0 <= share <= 1
    assert checked > 50


def test_thresholds_rise_with_the_dimension(table):
    assert len(table.computed) > 50
    for row in table.computed:
        for field, sign, end in (("potential", 1, "_ev"), ("density", -1, "_per_angstrom3")):
            found = [sign * row.number(f"threshold_gpaw_{field}_{d}d{end}") for d in (1, 2, 3)]
            assert np.all(np.diff(found) >= -1e-6 * np.abs(found[0])), row.id


def test_the_estimates_follow_from_the_columns_beside_them(table):
    checked = 0
    for row in table.computed:
        inputs = [row.get(name) for name in ("phi", "phi_star", "h_fraction", "h_dos")]
        for estimate in estimate_tc(*inputs):
            value = row.get(f"tc_{estimate.id.lower()}_k")
            if estimate.cannot_say is None:
                assert value == pytest.approx(estimate.tc_k, rel=1e-5, abs=1e-4)
                checked += 1
            else:
                assert value is None
    assert checked > 100


def test_what_the_source_says_is_carried_over_unchanged(table):
    assert sum(r.get("tc_predicted_k") is not None for r in table.rows) > 50
    for row in table.rows:
        origin = measured.find_row(row.id)
        if "tc_predicted_k" in origin:
            assert row.get("tc_predicted_k") == origin["tc_predicted_k"]
        assert row.get("pressure_printed_gpa") == origin["pressure_gpa"]


def test_mended_crystals_are_as_near_to_the_pressure_that_the_source_says_as_their_relatives(table):
    """Labels put on the wrong places would show as a pressure of many GPa."""
    off: dict[bool, list[float]] = {True: [], False: []}
    for row in table.computed:
        if row.family in ("X2YH6", "X2YMH6"):
            mended = any("mixed up" in w for w in row.warnings)
            printed = row.number("pressure_printed_gpa")
            off[mended].append(abs(row.number("pressure_gpa") - printed))
    assert min(len(found) for found in off.values()) > 5
    assert max(off[True]) <= max(off[False])


def test_the_arrangement_of_lowest_energy_is_also_nearest_to_the_printed_pressure():
    """The source's crystals are relaxed: a measure of the right arrangement beside the energy."""
    found = computed_arrangements()
    assert len(found) == 5
    for ways in found.values():
        lowest = min(ways.values(), key=lambda values: values["energy_ev"])
        nearest = min(ways.values(), key=lambda values: abs(values["pressure_gpa"]))
        assert lowest is nearest


def test_one_crystal_from_two_sources_gives_one_value(table):
    twins = [r for r in table.computed if r.short_id in ("S18", "X2YH6-Mg2H6Ir")]
    assert len(twins) == 2
    for name in ("phi", "phi_star", "h_dos", "pressure_gpa", "gap_ks_3d_ev"):
        assert twins[0].number(name) == pytest.approx(twins[1].number(name), rel=1e-3, abs=0.05)


def test_phi_is_that_of_published_calculations_in_the_same_cell():
    """Other code and data sets, one cell: the published definition rounds to two decimals."""
    same = [c for c in comparisons() if c.same_cell]
    assert {c.compound for c in same} == {"H3S", "CaYH20"}
    assert all(abs(c.difference) < 0.03 for c in same)


def test_the_mended_published_values_are_nearer_than_the_printed_ones():
    suspected = [c for c in comparisons() if c.mended is not None and not c.reason]
    assert len(suspected) >= 6
    for c in suspected:
        assert abs(c.difference) < abs(c.difference_from_printed)


def test_published_rows_without_a_cell_of_ours_say_so():
    without = {c.compound for c in comparisons() if c.reason}
    assert {"CaYH18", "PdCuH2"} <= without


def test_measured_cases_take_the_nearest_pressure(table):
    cases = {c.compound: c for c in measured_cases()}
    assert {"H3S", "LaH10", "CaH6", "YH6", "PdH"} <= set(cases)
    for case in cases.values():
        distances = [
            abs(r.number("pressure_gpa") - case.measured_gpa)
            for r in table.computed
            if r.compound == case.compound
        ]
        assert abs(case.computed_gpa - case.measured_gpa) == min(distances)
        assert len(case.estimates_k) == 6


def test_a_cell_without_a_value_gives_its_reason(table):
    row = table.row("S24")
    with pytest.raises(CannotSay, match="cell is not printed"):
        row.number("phi")
    with pytest.raises(InputError, match="no column"):
        row.number("psi")


def test_packing_keeps_what_is_computed_and_says_what_is_not():
    entries = {e.short_id: e for e in hydride_entries()}
    one, two, three = (build(entries[n]) for n in ("S01", "S02", "S16"))
    record = {
        "columns": [{"name": "phi", "unit": "1", "meaning": "networking value"}],
        "values": {"phi": 0.5},
        "settings": {"ecut_ev": 500.0, "xc": "PBE"},
        "versions": {"gpaw": {"gpaw": "26.7.0"}},
        "warnings": ["mind this", "and that"],
        "seconds": 1.5,
    }
    structures: list[HydrideStructure] = [one, two, three]
    text, about = table_files(
        structures,
        [NotBuilt(entries["S24"], "no cell, alas")],
        {one.id: record},
        {two.id: ("failed", "no data set")},
    )
    table = read_table(text, about)
    assert [r.status for r in table.rows] == ["computed", "failed", "left out", "not built"]
    assert [r.reason for r in table.rows] == [
        "",
        "no data set",
        "not computed yet",
        "no cell, alas",
    ]
    assert table.rows[0].number("phi") == 0.5
    assert table.rows[0].warnings == ("mind this", "and that")
    assert table.settings == {"ecut_ev": 500.0, "xc": "PBE"}
    with pytest.raises(InputError, match="wrong file"):
        read_table(text.replace("phi", "psi"), about)


def test_the_description_counts_what_the_table_holds(table):
    path = files("isotunnel.studies.hydrides").joinpath("data/networking_values.json")
    about = json.loads(path.read_text(encoding="utf-8"))
    assert {s: n for s, n in about["counts"].items() if n} == table.counts()
    assert table.settings["xc"] == "PBE"
