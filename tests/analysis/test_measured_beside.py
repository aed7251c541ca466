"""Measured facts beside an analysis: those of its composition, structure and pressure count."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ase.build import bulk, graphene

from isotunnel import analyze, as_atoms
from isotunnel.analysis.measured import Prediction, facts_beside, possible_states
from isotunnel.engines.procrystal import ProcrystalEngine
from isotunnel.levels import StateRule
from isotunnel.measured.composition import points_of, same_structure
from isotunnel.theories.base import INSULATOR, METAL, SUPERCONDUCTOR

SC, COND, INS = (frozenset({s}) for s in (SUPERCONDUCTOR, METAL, INSULATOR))


def labels(facts):
    return [f.point.label for f in facts if f.compared]


def test_rock_salt_insulates():
    salt = bulk("NaCl", "rocksalt", a=5.64)
    said = (Prediction("a", SC), Prediction("b", INS), Prediction("c", COND))
    beside = facts_beside(salt, said, 0.0)
    assert labels(beside.facts) == ["insulates at 4 K and room pressure"]
    assert set(beside.contradicted) == {"a", "c"}
    other = facts_beside(bulk("NaCl", "cesiumchloride", a=3.5), said, 0.0)
    assert other.contradicted == {}
    assert [f.same_structure for f in other.facts] == [False]


def test_lead_superconducts_when_cold_and_conducts_when_warm():
    lead = bulk("Pb", "fcc", a=4.95)
    said = (Prediction("paired", SC), Prediction("plain", COND), Prediction("shut", INS))
    wrong = facts_beside(lead, said, 0.0).contradicted
    assert set(wrong) == {"plain", "shut"}
    assert wrong["plain"][0].point.kind == "tc"


def test_pressure_decides_what_is_compared():
    lead, said = bulk("Pb", "fcc", a=4.95), (Prediction("shut", INS),)
    assert facts_beside(lead, said, 1.5).contradicted == {}
    assert facts_beside(lead, said, 0.9).contradicted
    assert facts_beside(lead, said, 1.5, distance_gpa=5.0).contradicted
    unknown = facts_beside(lead, said, None)
    assert unknown.facts
    assert unknown.contradicted == {}
    assert not any(f.compared for f in unknown.facts)


def test_graphite_is_no_diamond():
    sheet = graphene(vacuum=3.35)
    sheet.pbc = True
    assert facts_beside(sheet, (Prediction("a", COND),), 0.0).contradicted == {}
    diamond = bulk("C", "diamond", a=3.567)
    assert facts_beside(diamond, (Prediction("a", COND),), 0.0).contradicted


def test_tc_of_formulas_against_a_measured_one():
    h3s = next(p for p in points_of({"H": 3, "S": 1}).points if p.temperature_k == 203.0)
    assert h3s.pressure_gpa == 155.0
    crystal = as_atoms("H3S@200GPa")
    said = (
        Prediction("close", tc_k=190.0, tc_error_k=5.0),
        Prediction("far", tc_k=90.0, tc_error_k=20.0),
        Prediction("vague", tc_k=90.0, tc_error_k=60.0),
        Prediction("silent", tc_k=90.0),
    )
    assert set(facts_beside(crystal, said, 155.0).contradicted) == {"far"}
    assert facts_beside(crystal, said, 200.0).contradicted == {}


def test_a_reading_blind_to_overlap_leaves_superconductors_open():
    metal = StateRule(0.1, sees_overlap=False).classify([0.0, 0.0, 0.0])
    assert possible_states("band", metal) == COND | SC
    assert possible_states("ks", StateRule(0.1).classify([0.05, 0.05, 0.05])) == COND
    assert possible_states("ks", StateRule(0.1).classify([-1.0, -1.0, -1.0])) == SC
    assert possible_states("nobody's", metal) == COND | SC


@pytest.mark.parametrize(
    ("phase", "number", "symbol", "same"),
    [
        ("fcc", 225, "Fm-3m", True),
        ("bcc", 225, "Fm-3m", False),
        ("Im-3m", 229, "Im-3m", True),
        ("P6_3/mmc", 194, "P6_3/mmc", True),
        ("Fm-3m", 229, "Im-3m", False),
        ("hexagonal", 194, "P6_3/mmc", True),
        ("V", 194, "P6_3/mmc", None),
        ("9R at low T", 166, "R-3m", None),
    ],
)
def test_phases_as_tables_name_them(phase, number, symbol, same):
    assert same_structure(phase, number, symbol) is same


def test_compositions_are_found_whatever_the_name():
    assert {p.row for p in points_of({"C": 4}).points} == {
        p.row for p in points_of({"C": 1}).points
    }
    assert any(p.row == "state_benchmark:diamond-1" for p in points_of({"C": 2}).points)
    assert points_of({"Na": 4, "Cl": 4}).points
    assert points_of({"Na": 1, "Cl": 7}).points == ()
    assert points_of({"H": 2}).points == points_of({"H": 1}).points


def test_an_analysis_carries_them_into_json(quick_salt):
    beside = quick_salt.measured
    assert beside.pressure_gpa == 0.0
    data = quick_salt.as_dict()["measured"]
    (fact,) = data["facts"]
    assert fact["compared"]
    assert fact["same_structure"]
    assert fact["row"] == "state_benchmark:NaCl-1"
    assert set(fact["contradicts"]) == set(beside.contradicted)
    assert "atomic" in fact["contradicts"]
    assert replace(quick_salt, atoms=None).measured is None


@pytest.fixture(scope="module")
def quick_salt():
    return analyze("NaCl", engine=ProcrystalEngine(shape=(16, 16, 16)), refine=False)
