"""B11 flips, its points avoid the anchors, and the rival is not told what it is asked."""

from __future__ import annotations

import pytest

from isotunnel.evidence.claims import Sources, Verdict, claim
from isotunnel.evidence.claims.b11 import Rows, Said, _blind
from isotunnel.evidence.claims.measured_states import MeasuredState, measured_states
from isotunnel.evidence.claims.run import judge_rows
from isotunnel.evidence.rows import RowUsed
from isotunnel.theories.catalogue import substance, substances

ROW = RowUsed("made up", "1", "x", "made up")


def _said(right: float, side: str) -> list[Said]:
    """Two points of each of 40 substances, the first share of them said right."""
    found = []
    for i in range(40):
        for measured, other in (("superconductor", "metal"), ("metal", "superconductor")):
            point = MeasuredState(f"S{i}", 0.0, 5.0, measured, "made up", ROW)
            found.append(Said(point, side, measured if i < right * 40 else other, ""))
    return found


def test_always_saying_metal_is_worth_a_half() -> None:
    said = [Said(s.point, s.side, "metal", "") for s in _said(1, "paper")]
    number = judge_rows(claim("B11"), Rows((*said, *_said(1, "rival")))).numbers[0].measurement
    assert number.value == 0.5


def test_states_of_one_kind_decide_nothing() -> None:
    metals = [s for s in _said(1, "paper") if s.point.state == "metal"]
    number = judge_rows(claim("B11"), Rows((*metals, *_said(1, "rival")))).numbers[0].measurement
    assert number.cannot_say is not None
    assert "one kind" in number.cannot_say


@pytest.mark.parametrize(
    ("paper", "rival", "verdicts"),
    [
        (1.0, 0.1, (Verdict.SUPPORTED, Verdict.CONTRADICTED)),
        (0.1, 1.0, (Verdict.CONTRADICTED, Verdict.SUPPORTED)),
    ],
)
def test_b11_flips(paper: float, rival: float, verdicts: tuple[Verdict, Verdict]) -> None:
    rows = Rows((*_said(paper, "paper"), *_said(rival, "rival")))
    found = judge_rows(claim("B11"), rows).verdicts
    assert (found["paper"], found["rival"]) == verdicts


def test_what_a_side_cannot_say_is_dropped_with_the_reason() -> None:
    silent = [Said(s.point, "paper", None, "no volume is known") for s in _said(1, "paper")]
    rows = Rows((*silent, *_said(1, "rival")))
    number = judge_rows(claim("B11"), rows).numbers[0].measurement
    assert number.cannot_say
    assert {d.reason for d in number.dropped} == {"no volume is known"}


@pytest.fixture(scope="module")
def points() -> tuple[MeasuredState, ...]:
    return measured_states(Sources(), substances())


def test_no_point_is_an_anchor(points: tuple[MeasuredState, ...]) -> None:
    assert len(points) > 40
    for point in points:
        if point.state == "superconductor" and point.row.table == "elements_pressure":
            first = next(p for p in substance(point.substance).phases if p.tc_k)
            anchored = first.tc_k is not None and first.tc_k.value > 0
            assert not anchored or first.reference_pressure_gpa != point.pressure_gpa


def test_points_are_of_all_kinds(points: tuple[MeasuredState, ...]) -> None:
    assert {p.state for p in points} == {"superconductor", "metal", "insulator"}
    assert {p.row.table for p in points} >= {"elements_pressure", "dtc_dp"}


@pytest.mark.parametrize("name", ["Pb", "Li", "Ti", "S"])
def test_the_rival_knows_one_tc_only(name: str) -> None:
    """As the spacing-only diagram is given one anchor."""
    phases = _blind(substance(name)).phases
    assert sum(p.tc_k is not None and p.tc_k.value > 0 for p in phases) <= 1
    fitted = [e for e in substance(name).entries if "dtc_dp" in e.fitted_to]
    assert not fitted or all(p.dlneta_dlnv is None for p in phases)
