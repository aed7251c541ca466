"""The table of the benchmark, the gaps shipped with it, and the rivals on real rows."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

from isotunnel import measured
from isotunnel.errors import CannotSay
from isotunnel.evidence.sources import Sources
from isotunnel.studies.benchmark import run_benchmark
from isotunnel.studies.benchmark.compute import key_of, record_of
from isotunnel.studies.benchmark.crystals import crystal_of
from isotunnel.studies.benchmark.materials import (
    READINGS,
    STATES,
    _between,
    _stored,
    materials_of,
)
from isotunnel.studies.benchmark.rivals import blind, predicted_tc, standard, unaided_tc
from isotunnel.theories.base import INSULATOR, METAL, SUPERCONDUCTOR

TABLE = measured.table("state_benchmark")


def test_the_benchmark_is_as_wide_as_it_says() -> None:
    states = Counter(r["state"] for r in TABLE)
    assert len(TABLE) >= 60
    assert set(states) == set(STATES)
    assert min(states.values()) >= 20
    assert sum(r.number("pressure_gpa") > 1 for r in TABLE) >= 15
    assert len({r["family"] for r in TABLE}) >= 15


@pytest.mark.parametrize("row", TABLE.rows, ids=lambda r: r.id)
def test_a_row_says_what_it_was_and_where_it_is_known_from(row: measured.Row) -> None:
    if row["state"] == SUPERCONDUCTOR:
        assert row.number("temperature_k") < row.number("tc_k")
    else:
        assert row["tc_k"] is None
    assert row.text("crystal") or row.text("prototype")
    assert row.text("cell_source")
    if row.text("label_row"):
        label = measured.find_row(row.text("label_row"))
        if label.table in ("elements_ambient", "elements_pressure"):
            assert label["element"] == row["formula"]
    if row["lambda_ep"] is not None:
        assert row.text("coupling_source")


def test_superconductors_have_the_tc_of_the_row_they_name() -> None:
    checked = 0
    for row in TABLE:
        label = row.text("label_row")
        if row["state"] != SUPERCONDUCTOR or not label:
            continue
        origin = measured.find_row(label)
        name = "tc_max_k" if "tc_max_k" in origin else "tc_k"
        if origin[name] is not None and row.id != "state_benchmark:Li-2":
            assert row.number("tc_k") == pytest.approx(origin.number(name))
            checked += 1
    assert checked > 30


def test_stored_gaps_belong_to_the_crystals_of_the_table() -> None:
    rows = {r.id: r for r in TABLE}
    assert len(_stored()) >= 20
    for name, engines in _stored().items():
        key = key_of(crystal_of(rows[name]))
        assert {record["key"] for record in engines.values()} == {key}, name


def test_crystals_are_dense_but_not_too_dense() -> None:
    built = 0
    for row in TABLE:
        try:
            atoms = crystal_of(row)
        except CannotSay as reason:
            assert "GPa" in str(reason)  # noqa: PT017
            continue
        built += 1
        counts = Counter(atoms.get_chemical_symbols())
        from isotunnel.crystal.formula import formula_counts

        wanted = formula_counts(row.text("formula"))
        assert set(counts) == set(wanted)
        smallest = min(wanted.values())
        assert all(counts[s] * smallest == wanted[s] * min(counts.values()) for s in wanted), row.id
        assert 2.0 < atoms.get_volume() / len(atoms) < 120.0
    assert built > 90


def test_every_material_has_a_gap_or_a_reason() -> None:
    every = materials_of(Sources())
    assert sum("ks" in m.gaps for m in every) > 60
    assert sum("ks" in m.missing for m in every) > 3
    for material in every:
        for reading in READINGS:
            assert (reading in material.gaps) != (reading in material.missing)
            if reading in material.gaps:
                gaps = material.gaps[reading].gaps
                assert list(gaps) == sorted(gaps)
                assert not any(math.isnan(g) for g in gaps)


def test_own_cell_and_atlas_agree_where_both_exist() -> None:
    """Aluminium at its measured cell, and the atlas at no pressure."""
    from isotunnel import atlas

    stored = _stored()["state_benchmark:Al-1"]["gpaw"]
    scan = atlas.scan_of("Al")
    for reading, tolerance in (("ks", 0.3), ("elf", 0.02), ("density", 0.05)):
        assert stored["gaps"][reading][2] == pytest.approx(
            scan.gaps(reading, 3).values[0], abs=tolerance
        )


def test_a_computed_crystal_gives_the_stored_record() -> None:
    """The atomic reading needs no orbitals: it can be computed here."""
    row = TABLE.row("state_benchmark:Al-1")
    found = record_of(crystal_of(row), "procrystal")
    stored = _stored()[row.id]["gpaw"]["gaps"]["atomic"]
    assert found["gaps"]["atomic"] == pytest.approx(stored, abs=0.01)
    assert found["band_gap_ev"] is None
    assert "ks" in found["reasons"]


def test_the_standard_theory_is_not_given_what_it_is_asked() -> None:
    told = [m for m in materials_of(Sources()) if m.state == SUPERCONDUCTOR]
    known = 0
    for material in told:
        try:
            data = blind(material)
        except CannotSay:
            continue
        known += 1
        assert data.tc_k is None
        for name in ("lambda_ep", "omega_log_k", "mu_star"):
            parameter = getattr(data, name)
            fit = None if parameter is None else parameter.fit
            assert fit is None or not fit.rests_on("tc_k"), (material.id, name)
    assert known > 20


def test_the_standard_theory_goes_by_gap_then_coupling() -> None:
    by_id = {m.id.partition(":")[2]: m for m in run_benchmark().contest.materials}
    assert standard(by_id["Al-1"], predicted_tc).state == SUPERCONDUCTOR
    assert standard(by_id["Si-1"], predicted_tc).state == INSULATOR
    assert standard(by_id["Cu-1"], predicted_tc).state == METAL


def test_unaided_the_coupling_comes_from_the_crystal_or_there_is_none() -> None:
    by_id = {m.id.partition(":")[2]: m for m in run_benchmark().contest.materials}
    niobium = standard(by_id["Nb-1"], unaided_tc)
    assert niobium.state == SUPERCONDUCTOR
    assert "rigid-muffin-tin" in niobium.why
    assert not niobium.assumed
    lacking = [m for m in by_id.values() if "no rigid-muffin-tin result" in unaided_tc(m)[1]]
    assert len(lacking) > 5
    for material in lacking:
        assert material.band_gap_ev or standard(material, unaided_tc).assumed
    # A theory that nobody knows is a mistake of ours, not a metal.
    assert not any("unknown theory" in unaided_tc(m)[1] for m in by_id.values())


def test_every_score_counts_its_rows() -> None:
    benchmark = run_benchmark()
    assert len(benchmark.materials) == len(TABLE)
    assert [s.name for s in benchmark.readings] == list(READINGS)
    sides = [benchmark.contest.score(side) for side in benchmark.contest.predictions]
    assert sides
    for score in (*benchmark.readings, *benchmark.freer, *sides):
        value, low, high = score.balanced_accuracy
        assert low <= value <= high
        assert sum(score.matrix.values()) == score.rows > 0


def test_the_atlas_answers_only_for_the_structure_that_a_row_names() -> None:
    """The atlas's iron is body centred, the benchmark's squeezed iron close packed."""
    of_atlas = [
        m for m in materials_of(Sources()) if any("atlas" in g.source for g in m.gaps.values())
    ]
    assert len(of_atlas) > 5
    assert all(m.row.text("crystal") for m in of_atlas)


@pytest.mark.parametrize(
    ("pressure", "expected"), [(0.0, 2.0), (15.0, 1.5), (25.0, 1.0), (37.0, 0.0), (60.0, math.inf)]
)
def test_between_points_a_closed_gap_stays_closed(pressure: float, expected: float) -> None:
    at = np.array([0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0])
    values = np.array([2.0, 2.0, 1.0, 1.0, 0.0, 0.0, math.nan])
    assert _between(at, values, pressure) == pytest.approx(expected)


def test_a_single_point_stands_for_itself() -> None:
    assert _between(np.array([5.0]), np.array([1.5]), 5.2) == 1.5
